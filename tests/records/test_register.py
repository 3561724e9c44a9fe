from datetime import date

import pytest

from zhongchuang.page.listed import answering, ask
from zhongchuang.records.actions import consequences
from zhongchuang.records.register import REGISTER, Register, Source, collect

DAY = date(2026, 11, 22)
ROWS = {("bees", "desks"): ["desk 1", "desk 2"], ("bees", "mentors"): ["Ann"]}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def register(asked):
    """Two tables: desks and area in one, mentors in the other."""

    def desks(subjects, names, on, window):
        asked.append(("desks", subjects, names, on))
        known = {"desks": {"bees": 20, "ants": 0}, "floor_area": {"bees": 500}}
        return {name: known[name] for name in names}

    def mentors(subjects, names, on, window):
        asked.append(("mentors", subjects, names, on))
        return {"mentors": {"ants": 3}}

    def rows(name, subject, on, window):
        return ROWS[subject, name]

    register = Register()
    register.add(Source(("desks", "floor_area"), desks, rows))
    register.add(Source(("mentors",), mentors, rows))
    return register


def test_facts_come_as_columns_in_which_unknown_is_not_zero(register):
    table = register.collect(["bees", "ants", "owls"], ["desks", "floor_area", "mentors"], DAY)
    assert table.subjects == ["bees", "ants", "owls"]
    assert table.columns == {
        "desks": [20, 0, None], "floor_area": [500, None, None], "mentors": [None, 3, None],
    }  # fmt: skip
    assert table.values(1) == {"desks": 0, "mentors": 3}


def test_each_table_is_asked_once_however_many_subjects_and_only_for_what_is_wanted(
    register, asked
):
    register.collect(["bees", "ants"], ["desks", "floor_area"], DAY)
    assert asked == [("desks", ["bees", "ants"], {"desks", "floor_area"}, DAY)]
    register.collect(range(1000), ["mentors"], DAY)
    assert len(asked) == 2


def test_a_fact_that_no_app_tells_is_unknown_for_all(register):
    assert register.collect(["bees"], ["residents"], DAY).columns == {"residents": [None]}


def test_the_rows_behind_a_figure_are_asked_for_by_themselves(register, asked):
    assert register.rows_behind("desks", "bees", DAY) == ["desk 1", "desk 2"]
    assert register.rows_behind("residents", "bees", DAY) == ()
    assert asked == []


def test_a_fact_told_twice_or_not_in_the_catalogue_is_a_fault(register):
    register.add(Source(("desks", "unheard_of"), dict, dict))
    assert register.faults == [
        "The fact desks has two sources.",
        "The fact unheard_of does not stand in the catalogue.",
    ]


@pytest.mark.django_db
def test_the_installed_apps_tell_their_facts_without_fault():
    assert REGISTER.faults == []
    assert collect([], REGISTER.names, DAY).subjects == []


def test_every_app_that_has_an_answer_is_asked_in_order():
    modules = [function.__module__ for function in answering("todos")]
    assert modules[0] == "zhongchuang.organisations.todos"
    assert [function.__module__ for function in answering("notices")] == [
        "zhongchuang.records.notices"
    ]
    with pytest.raises(LookupError):
        ask("anything")


@pytest.mark.django_db(transaction=True)
def test_consequences_belong_into_the_transaction_of_the_event():
    with pytest.raises(Exception, match="transaction"):
        consequences("revoked")
