"""Titles and bans on record are figures of a space, of any day, with the rows behind them; what is not on record is unknown."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import count
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.imports.conftest import bring, no_queue  # noqa: F401 -- fixtures
from zhongchuang.api.rows import row_told
from zhongchuang.filing import actions
from zhongchuang.filing.actions.titles import counted
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.gap.registered import recorded
from zhongchuang.policy.procedure import HEIGHTS, LEVELS, TITLES
from zhongchuang.policy.verdict import MET, NOT_MET, UNKNOWN
from zhongchuang.records.register import collect, rows_behind

pytestmark = pytest.mark.django_db
DAY, NUMBERS = timedelta(days=1), count(1)
FILED = "innovation_space@provincial"
KEPT = import_module("zhongchuang.filing.migrations.0006_counts_as")


@pytest.fixture
def held(cast):
    """`held(space, "chain@provincial")` is a title on record, for three days unless something else is said."""

    def one(space, code=FILED, **more):
        day = timezone.localdate() - 3 * DAY
        values = {
            "number": f"称号 {next(NUMBERS)}", "operator": space.operator, "department": cast.organisations["zhe"], "pack": "zhejiang-2016", "kind": "filed",
            "level": "province", "name_zh": "众创空间", "name_en": "Innovation space", "of_space": space.name, "of_operator": space.operator.name,
            "since": day, "basis": "浙科〔2017〕1号", "counts_as": code,
        }  # fmt: skip
        return Title.objects.create(space=space, **values | more)

    return one


def titles_of(space, on=None):
    return recorded(space, on or timezone.localdate()).get(TITLES)


def judged(pack, rules, condition, space, on=None):
    """The verdict on one condition by what the register tells."""
    found = next(one for one in all_packs()[pack].sets[rules].conditions() if one.id == condition)
    return found.judge(recorded(space, on or timezone.localdate()), {}).verdict


def amounts(pack, space, on=None):
    """Whether the facts give each award that asks for a title; where it is registered is taken as said."""
    known = recorded(space, on or timezone.localdate()) | {"registered_in": all_packs()[pack].region.ljust(6, "0")}  # fmt: skip
    awards = all_packs()[pack].awards.values()
    return {one.id: one.when.judge(known, {}).verdict for one in awards if one.when and TITLES in str(one.when)}  # fmt: skip


# --- of any day ---


def test_a_title_granted_here_satisfies_rules_that_ask_for_it_from_its_first_day_to_its_end(titled, cast):  # fmt: skip
    title, today = titled(), timezone.localdate()
    space, asked = title.space, ("jiangsu-2015", "subsidy", "filed", title.space)
    assert (title.counts_as, titles_of(space)) == (FILED, {FILED})
    assert (judged(*asked), judged(*asked, today - DAY)) == (MET, UNKNOWN)
    Title.objects.filter(pk=title.pk).update(since=today - 9 * DAY)
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    assert (judged(*asked), judged(*asked, today - DAY)) == (UNKNOWN, MET)


def test_a_title_given_up_or_expired_still_held_on_the_days_before(registered, held):
    space, today = registered(), timezone.localdate()
    held(space, "chain@provincial", until=today, state="expired")
    held(space, state="withdrawn", ended_on=today - DAY)
    assert titles_of(space, today - 2 * DAY) == {FILED, "chain@provincial"}
    assert titles_of(space, today - DAY) == {"chain@provincial"}
    assert titles_of(space) is None
    assert titles_of(space, today - 4 * DAY) is None


@pytest.mark.parametrize(
    ("code", "pack", "met"),
    [
        ("innovation_space@county", "hedong-2017", {"district"}),
        ("innovation_space@municipal", "hedong-2017", {"municipal_match"}),
        ("key_space@municipal", "xuzhou-2016", {"title_municipal"}),
        ("key_space@national", "xuzhou-2016", {"title_national"}),
        ("innovation_space@municipal", "xuzhou-2016", set()),
    ],
)
def test_awards_for_a_title_are_decided_where_one_is_on_record_and_open_where_none_is(
    registered, held, code, pack, met
):
    space = registered()
    assert set(amounts(pack, space).values()) == {UNKNOWN}
    held(space, code)
    found = amounts(pack, space)
    assert {id_ for id_, verdict in found.items() if verdict == MET} == met
    assert set(found.values()) <= {MET, NOT_MET}


def test_a_title_that_rules_count_as_none_tells_nothing(registered, held):
    space = registered()
    held(space, "")
    assert titles_of(space) is None


def test_a_title_brought_in_from_a_file_counts_as_its_rules_say(bring, registered):  # noqa: F811
    head = ["编号", "众创空间名称", "统一社会信用代码", "依据办法", "授予日期", "依据文件"]
    row = ["浙众创〔2017〕12号", "慧谷众创空间", "91330482MA28A00016", "zhejiang-2016", "2017-05-02", "浙科发高〔2017〕88号"]  # fmt: skip
    space = registered()
    bring("zhe.clerk", "titles", [head, row], confirm=True)
    assert titles_of(space, date(2017, 5, 2)) == {FILED}
    assert titles_of(space, date(2017, 5, 1)) is None


def test_a_case_by_rules_from_before_they_said_so_counts_as_they_say_now(titled):
    title = titled()
    silent = replace(title.case.course.gives, counts_as="")
    assert counted("zhejiang-2016", silent) == FILED
    assert counted("zhejiang-2016", replace(silent, id="unheard_of")) == ""
    assert counted("gone-1999", silent) == ""
    assert counted("gone-1999", replace(silent, counts_as="key_space@municipal")) == "key_space@municipal"  # fmt: skip


def test_titles_on_record_are_filled_from_the_packs(registered, held):
    space = registered()
    known, other, gone = held(space, ""), held(space, "", kind="unheard_of"), held(space, "", pack="gone-1999")  # fmt: skip
    KEPT.fill(apps, SimpleNamespace(connection=connection))
    found = dict(Title.objects.values_list("pk", "counts_as"))
    assert found == {known.pk: FILED, other.pk: "", gone.pk: ""}


def test_every_procedure_that_gives_a_title_says_what_it_counts_as():
    given = [one.gives for pack in all_packs().values() for one in pack.procedures.values() if one.gives]  # fmt: skip
    assert [one.id for one in given if not one.counted or one.basis != "project"] == []
    assert tuple(HEIGHTS) == LEVELS


# --- bans ---


@pytest.fixture
def barred(cast):
    """`barred(space)` is a ban on its operator since yesterday."""

    def one(space, **more):
        since = timezone.localdate() - DAY
        values = {"pack": "shanghai-2016", "since": since, "cite": "第十八条", "reason": "提供虚假租赁合同"}  # fmt: skip
        return Ban.objects.create(operator=space.operator, set_by=cast.people["zhe.approver"], **values | more)  # fmt: skip

    return one


def test_an_operator_is_barred_while_a_ban_holds_and_never_known_to_be_free(registered, barred):
    space, today = registered(), timezone.localdate()
    other = registered("风筝空间", "kites.operator_head", "330481", "hai.reviewer")
    ban = barred(space, until=today + DAY)
    days = [today - 2 * DAY, today - DAY, today, today + DAY]
    assert [recorded(space, day).get("banned") for day in days] == [None, True, True, None]
    assert recorded(other, today).get("banned") is None
    assert list(rows_behind("banned", space.pk, today)) == [ban]
    assert list(rows_behind("banned", other.pk, today)) == []


# --- many at once, and the rows behind ---


def test_titles_and_bans_of_many_spaces_come_out_of_two_queries(registered, held, barred):
    spaces = [registered(f"慧谷 {number}") for number in range(3)]
    for space in spaces:
        held(space)
    barred(spaces[0])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = collect([*(one.pk for one in spaces), *range(10_000, 20_000)], [TITLES, "banned"], timezone.localdate())  # fmt: skip
    assert len(asked) == 2
    assert found.columns[TITLES][:4] == [{FILED}] * 3 + [None]
    assert found.columns["banned"][:4] == [True] * 3 + [None]


def test_titles_and_bans_stand_behind_their_figures_and_lead_to_their_pages(
    registered, held, barred, signed_in, cast
):
    space, client, day = registered(), signed_in("ping.reviewer"), timezone.localdate()
    title, ended = held(space), held(space, "chain@provincial", ended_on=day, state="withdrawn")
    page = client.get(f"{reverse('ledgers:behind', args=[space.code, TITLES])}?on={day}")
    assert [(row, url) for row, url, _pairs in page.context["rows"]] == [(title, title.get_absolute_url())]  # fmt: skip
    words = page.content.decode()
    assert ("省级众创空间" in words, str(cast.organisations["zhe"]) in words, ended.number in words) == (True, True, False)  # fmt: skip
    before, of_title = barred(space), barred(space, title=title, reason="")
    page = client.get(f"{reverse('ledgers:behind', args=[space.code, 'banned'])}?on={day}")
    urls = {row: url for row, url, _pairs in page.context["rows"]}
    assert urls == {before: reverse("gap:pack", args=["shanghai-2016"]), of_title: title.get_absolute_url()}  # fmt: skip
    assert "提供虚假租赁合同" in page.content.decode()


def test_the_check_of_a_space_shows_its_titles_and_leads_to_them(titled, signed_in):
    space, client = titled().space, signed_in("bees.operator_clerk")
    asked = {
        "on": timezone.localdate(),
        "pack": "jiangsu-2015:subsidy",
        "one": "jiangsu-2015:subsidy",
    }
    answer = client.get(reverse("gap:space", args=[space.code]), asked)
    (row,) = [
        row for section in answer.context["sections"] for row in section.rows if row.key == TITLES
    ]
    assert (row.found, [cell.name for cell in row.cells[0]]) == ({FILED}, ["met"])
    page = answer.content.decode()
    assert ("省级众创空间" in page, reverse("ledgers:behind", args=[space.code, TITLES]) in page) == (True, True)  # fmt: skip


def test_the_api_tells_titles_and_bans_with_their_days(registered, held, barred):
    space, today = registered(), timezone.localdate()
    title, ban = held(space, ended_on=today + DAY, until=today + 9 * DAY), barred(space)
    told = row_told(title)
    assert (told.table, told.valid_from, told.valid_until) == ("titles", title.since, title.ended_on)  # fmt: skip
    assert told.values["counts_as"] == FILED
    told = row_told(ban)
    assert (told.table, told.valid_from, told.valid_until, told.values["reason"]) == ("bans", ban.since, None, "提供虚假租赁合同")  # fmt: skip


def test_where_no_title_is_on_record_the_operator_states_it(registered, held, signed_in):
    space, client, day = registered(), signed_in("bees.operator_head"), timezone.localdate()
    url = f"{reverse('ledgers:enter', args=[space.code, TITLES])}?on={day}"
    assert client.get(url).url == f"{reverse('ledgers:new', args=[space.code, 'statements'])}?fact={TITLES}"  # fmt: skip
    held(space)
    assert client.get(url).url.partition("?")[0] == reverse("ledgers:behind", args=[space.code, TITLES])  # fmt: skip
