"""What is major is said by the rules of the place where they have a procedure of changes, else by the project (SH-3)."""

from datetime import date

import pytest

from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.differences import differences_of
from zhongchuang.spaces.rules import fields_of, major, major_of

pytestmark = pytest.mark.django_db
ARTICLE = "上海市众创空间发展实施细则 第七条"


def test_in_shanghai_the_article_is_that_of_its_own_rules(in_shanghai):
    found = major_of(in_shanghai())
    named = {found[table][field] for name in ("floor_area", "operator", "goals") for table, field in fields_of(name)}  # fmt: skip
    assert named == {ARTICLE}
    assert (found["desks"]["can_be_let"], found["particulars"]["address"] == ARTICLE) == (ARTICLE, False)  # fmt: skip


def test_elsewhere_it_is_the_projects_and_says_so(registered):
    found = major_of(registered())
    assert found == major()
    assert ARTICLE not in {cite for fields in found.values() for cite in fields.values()}


def test_the_page_of_a_change_names_the_article_of_the_place(cast, in_shanghai):
    space = in_shanghai()
    site = space.premises_rows.get()
    change = actions.write(
        space, Operation("premises", "revise", date(2026, 9, 1), {"floor_area": 900}, site.series),
        by=cast["cranes.operator_head"], reason="扩建",
    )  # fmt: skip
    assert [(one.name, one.cite) for one in differences_of(change)] == [("floor_area", ARTICLE)]
