"""A space of the register against every set: from its records, or as its operator states with a reason."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from zhongchuang.gap.models import Statement
from zhongchuang.gap.registered import table_of
from zhongchuang.ledgers import actions as ledger_actions

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)
ZHEJIANG = "zhejiang-2016:filing"


def page(client, space, **asked):
    asked = {"on": ON.isoformat(), "pack": ZHEJIANG, "one": ZHEJIANG} | asked
    return client.get(reverse("gap:space", args=[space.code]), asked)


def rows(answer):
    """Facts by name with what is known of them and the verdicts of the set."""
    return {
        row.key: (row.found, [cell.name for cell in row.cells[0]])
        for section in answer.context["sections"]
        for row in section.rows
    }


def test_every_figure_comes_from_the_records_and_what_is_not_recorded_is_unknown(
    registered,
    signed_in,
):
    answer = page(signed_in("bees.operator_clerk"), registered())
    found = rows(answer)
    assert found["floor_area"] == (600, ["met"])
    assert found["desks"] == (80, ["not_met"])
    assert found["fund_amount"] == (None, ["unknown"])


def test_a_figure_leads_to_the_records_behind_it(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = f"{reverse('ledgers:behind', args=[space.code, 'floor_area'])}?on={ON}"
    assert url in page(client, space).content.decode()
    assert "A 座" in client.get(url).content.decode()


def state(space, cast, fact="desks", text="120", day=ON):
    return ledger_actions.write_down(
        Statement, space, by=cast["bees.operator_clerk"], fact=fact, text=text, day=day,
        reason="四十个工位在隔壁楼，合同未到", until=None,
    )  # fmt: skip


def test_a_stated_figure_counts_and_stands_beside_what_the_records_tell(
    registered,
    signed_in,
    cast,
):
    space = registered()
    line = state(space, cast)
    answer = page(signed_in("ping.reviewer"), space)
    assert rows(answer)["desks"] == (120, ["met"])
    ((shown, _column, *found),) = answer.context["beside"]
    assert (shown, found) == (line, [120, 80, False])
    assert "四十个工位在隔壁楼" in answer.content.decode()


def test_a_stated_figure_that_was_struck_out_or_holds_later_counts_no_more(
    registered,
    cast,
):
    space = registered()
    line = state(space, cast, day=date(2027, 1, 1))
    assert table_of(space, ON).values(0)["desks"] == 80
    assert table_of(space, date(2027, 1, 1)).values(0)["desks"] == 120
    ledger_actions.strike(line, by=cast["bees.operator_clerk"], version=1, reason="误填")
    assert table_of(space, date(2027, 1, 1)).values(0)["desks"] == 80


@pytest.mark.parametrize(
    ("fact", "text", "kept"),
    [("floor_area", "1200平方米", "1200"), ("free_broadband", "是", "yes"), ("fund_amount", "300万元", "3000000")],
)  # fmt: skip
def test_a_figure_is_stated_in_words_and_kept_in_the_unit_of_the_catalogue(
    registered,
    signed_in,
    fact,
    text,
    kept,
):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "statements"])
    sends = {"fact": fact, "text": text, "day": "2026-12-01", "reason": "审计报告"}
    sends["request_key"] = client.get(url).context["form"]["request_key"].value()
    assert client.post(url, sends).status_code == 302
    assert Statement.objects.get().text == kept


def test_a_value_that_the_figure_does_not_have_is_refused_beside_its_field(
    registered,
    signed_in,
):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "statements"])
    sends = {"fact": "desks", "text": "300万元", "day": "2026-12-01", "reason": "审计报告"}
    sends["request_key"] = client.get(url).context["form"]["request_key"].value()
    answer = client.post(url, sends)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["text"])
    assert not Statement.objects.exists()


def test_a_young_space_is_told_the_day_on_which_it_is_old_enough(registered, signed_in, cast):
    space = registered()
    type(space).objects.update(opened=date(2026, 10, 15))
    with time_machine.travel("2026-12-01 12:00 +0800"):
        answer = page(signed_in("ping.reviewer"), space)
    (way,) = answer.context["ways"]
    told = {one.column.name: one.reached for one in way.path.changes}
    assert (way.path.answer.reference, told["months_operating"]) == (ZHEJIANG, date(2027, 1, 15))
    assert "2027年1月15日" in answer.content.decode()


def test_what_would_make_it_eligible_is_said_in_sentences_that_lead_to_the_records(
    registered, signed_in, cast
):
    space = registered()
    state(space, cast, "fund_amount", "3000000")
    state(space, cast, "projects_invested.total", "1")
    text = page(signed_in("bees.operator_head"), space).content.decode()
    assert "工位数：由 80 个增至 100 个" in text
    (way,) = page(signed_in("bees.operator_head"), space).context["ways"]
    assert {one.column.name for one in way.path.raised} == {"desks", "projects_invested.total"}
    assert {one.column.name for one in way.path.recorded} == {
        "operator_kind",
        "lease_years_left",
        "online_platform",
    }
    urls = dict(way.recorded + way.raised)
    assert f"{reverse('ledgers:behind', args=[space.code, 'desks'])}?on={ON}" in urls.values()
    assert (
        f"{reverse('ledgers:enter', args=[space.code, 'online_platform'])}?on={ON}" in urls.values()
    )
    assert len(way.judged) == len(way.path.judged) > 3
    assert all(way.judged)


def test_only_those_who_see_the_space_see_its_answer(registered, signed_in, client):
    space = registered()
    assert page(client, space).status_code == 302
    for who, status in {"ping.reviewer": 200, "jia.clerk": 200, "ants.operator_clerk": 404}.items():
        assert (who, page(signed_in(who), space).status_code) == (who, status)


def test_the_way_to_the_answer_names_the_space_once(registered, signed_in):
    text = page(signed_in("bees.operator_clerk"), registered(), pack="all").content.decode()
    crumbs = re.search(r'<nav class="crumb".*?</nav>', text, re.DOTALL)[0]
    assert (crumbs.count("慧谷众创空间"), crumbs.count("对标")) == (1, 1)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "name",
    ["gap:space", "ledgers:charts", "spaces:space", "ledgers:behind", "ledgers:behind_export"],
)
def test_a_day_of_another_age_in_an_address_is_taken_as_today(registered, signed_in, name, day):
    space, client = registered(), signed_in("bees.operator_clerk")
    keys = [space.code, "events.year"] if "behind" in name else [space.code]
    assert client.get(reverse(name, args=keys), {"on": day}).status_code == 200
