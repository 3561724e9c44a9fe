"""The ledgers: written down as it happens, corrected and struck out without losing anything (XC-5, BY-1)."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import pdf
from zhongchuang.audit.models import Entry
from zhongchuang.gap.models import Statement
from zhongchuang.ledgers import actions
from zhongchuang.ledgers.declaration import ledgers as all_ledgers
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions.requests import Stale
from zhongchuang.residents.actions import take_in
from zhongchuang.services.actions import appoint
from zhongchuang.services.models import Event
from zhongchuang.spaces import actions as space_actions
from zhongchuang.spaces.models import Proof

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)


def write(space, cast, text="90", *, who="bees.operator_clerk", **more):
    given = {"fact": "desks", "day": DAY, "reason": "重新清点", "until": None} | more
    return actions.write_down(Statement, space, by=cast[who], text=text, **given)


def filled(client, url, **sends):
    """What a browser sends back: the fields of the page with some of them changed."""
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields if name != "file"}
    return {name: value for name, value in fields.items() if value is not None} | sends


def test_a_line_is_written_once_with_the_file_behind_it(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "statements"])
    sends = filled(client, url, fact="desks", text="90", reason="重新清点")
    for _again in range(2):
        file = SimpleUploadedFile("清点表.pdf", pdf())
        assert client.post(url, sends | {"file": file}).status_code == 302
    line = Statement.objects.get()
    assert Proof.objects.get(series=line.key).evidence.name == "清点表.pdf"
    assert "清点表.pdf" in client.get(line.get_absolute_url()).content.decode()


def test_the_day_of_a_new_line_is_today_unless_said_otherwise(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    form = client.get(reverse("ledgers:new", args=[space.code, "statements"])).context["form"]
    assert form["day"].value() == timezone.localdate()


def test_a_correction_keeps_in_the_chain_what_the_line_said_before(registered, cast, signed_in):
    space = registered()
    line = write(space, cast)
    actions.correct(line, by=cast["bees.operator_clerk"], version=1, text="95", reason="重新清点")
    entry = Entry.objects.get(verb="line_corrected")
    assert (entry.values["old"], entry.values["new"]) == ({"text": "90"}, {"text": "95"})
    page = signed_in("ping.reviewer").get(line.get_absolute_url()).content.decode()
    assert "<del>90</del> → <ins>95</ins>" in page


def test_of_two_people_at_once_the_second_is_told_what_the_first_wrote(registered, cast):
    line = write(registered(), cast)
    actions.correct(line, by=cast["bees.operator_clerk"], version=1, text="95")
    line = Statement.objects.get()
    with pytest.raises(Stale) as stale:
        actions.correct(line, by=cast["bees.operator_head"], version=1, text="99")
    assert [one["new"] for one in stale.value.refusal.params["changes"]] == ["95"]


def test_a_line_that_is_struck_out_stays_readable_with_its_reason_and_is_written_no_more(
    registered, cast, signed_in
):
    space, by = registered(), cast["bees.operator_clerk"]
    line = write(space, cast)
    actions.strike(line, by=by, version=1, reason="记错空间")
    client = signed_in("bees.operator_clerk")
    url = reverse("ledgers:ledger", args=[space.code, "statements"])
    assert client.get(url).context["total"] == 0
    assert client.get(url, {"struck": "on"}).context["total"] == 1
    assert "记错空间" in client.get(line.get_absolute_url()).content.decode()
    for act in (
        lambda: actions.strike(line, by=by, version=2, reason="x"),
        lambda: actions.correct(line, by=by, version=2, text="1"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "struck"


@pytest.mark.parametrize("who", ["ants.operator_head", "ping.reviewer", "zhe.approver", "founder"])
def test_only_the_operator_of_the_space_writes(registered, cast, who):
    space = registered()
    with pytest.raises(Refused):
        write(space, cast, who=who)
    assert not Statement.objects.exists()


def test_nothing_is_written_in_the_ledgers_of_a_closed_space(registered, cast):
    space = registered()
    space_actions.close(space, by=cast["bees.operator_head"], on=date(2026, 6, 1), reason="合并")
    with pytest.raises(Refused) as refused:
        write(space, cast)
    assert refused.value.refusal.code == "closed"


def test_a_list_is_narrowed_by_year_and_words_and_taken_away_as_it_is_shown(
    registered, cast, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    for text, day, reason in (
        ("1", date(2025, 1, 1), "去年"),
        ("2", DAY, "春季清点"),
        ("3", DAY, "秋季清点"),
    ):
        write(space, cast, text, day=day, reason=reason)
    url = reverse("ledgers:ledger", args=[space.code, "statements"])
    shown = {"": 3, "year=2026": 2, "q=春季": 1, "year=2025&q=春季": 0}
    assert {asked: client.get(f"{url}?{asked}").context["total"] for asked in shown} == shown
    file = client.post(f"{url}export/?year=2026", {"kind": "csv"}).content.decode("utf-8-sig")
    assert ("秋季清点" in file, "去年" in file, len(file.splitlines())) == (True, False, 3)


def test_a_list_costs_as_many_queries_with_three_lines_as_with_one(registered, cast, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:ledger", args=[space.code, "statements"])

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    write(space, cast)
    client.get(url)
    one = cost()
    write(space, cast, "2")
    write(space, cast, "3")
    assert cost() == one


def test_the_ledgers_of_a_space_are_listed_with_their_lines_of_the_year(
    registered, cast, signed_in
):
    space = registered()
    write(space, cast, day=date(2025, 1, 1))
    page = signed_in("ping.reviewer").get(reverse("ledgers:ledgers", args=[space.code]))
    counts = {
        ledger.name: count
        for _group, rows in page.context["groups"]
        for ledger, count, _url in rows
    }
    assert (counts["statements"]["all"], counts["statements"]["year"], counts["stays"]["all"]) == (
        1,
        0,
        0,
    )
    assert "自报一项数据" not in page.content.decode()


def test_what_ends_before_it_begins_is_refused_beside_its_field(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "funds"])
    sends = filled(client, url, name="启航", kind="own", amount="100", day="2026-05-01")
    answer = client.post(url, sends | {"until": "2026-05-01"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["until"])
    assert client.post(url, sends | {"until": "2026-05-02"}).status_code == 302


def test_a_line_that_contradicts_another_is_refused_in_words(registered, cast, signed_in):
    """An appointment that had ended is opened again while another of the same mentor runs."""
    space, by = registered(), cast["bees.operator_clerk"]
    first = appoint(space, by=by, name="周明", day=date(2024, 1, 1))
    actions.correct(first, by=by, version=1, until=date(2025, 1, 1))
    appoint(space, by=by, name="周明", day=date(2025, 1, 1))
    client = signed_in("bees.operator_clerk")
    url = reverse("ledgers:correct", args=["mentors", first.key])
    answer = client.post(url, filled(client, url, until=""))
    assert answer.status_code == 409
    assert "同一时间已有相同的记录" in answer.content.decode()


def test_a_file_of_a_ledger_says_choices_in_words(registered, cast, signed_in):
    space = registered()
    actions.write_down(
        Event, space, by=cast["bees.operator_clerk"], day=DAY, title="春季", kind="roadshow"
    )
    url = reverse("ledgers:export", args=[space.code, "events"])
    file = signed_in("ping.reviewer").post(url, {"kind": "csv"}).content.decode("utf-8-sig")
    assert ("路演" in file, "roadshow" in file) == (True, False)


def test_the_workbench_of_an_operator_leads_to_the_forms_of_daily_work(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    registered("鹊桥众创空间", who="ants.operator_head")
    assert (
        reverse("ledgers:daily") in client.get(reverse("organisations:workbench")).content.decode()
    )
    page = client.get(reverse("ledgers:daily")).content.decode()
    assert reverse("ledgers:new", args=[space.code, "events"]) in page
    assert reverse("residents:take_in", args=[space.code]) in page
    assert "鹊桥" not in page
    assert reverse("ledgers:daily") not in signed_in("ping.reviewer").get(reverse("organisations:workbench")).content.decode()  # fmt: skip


def test_no_form_of_daily_work_offers_a_choice_without_words(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    urls = [url for ledger in all_ledgers().values() if (url := ledger.new_url(space))]
    assert len(urls) > 10
    for url in [*urls, reverse("services:ask", args=[space.code])]:
        assert (url, "---------" in client.get(url).content.decode()) == (url, False)


def new_event(client, space, **sends):
    url = reverse("ledgers:new", args=[space.code, "events"])
    return client.post(url, filled(client, url, title="路演", kind="roadshow", **sends))


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01"])
def test_a_day_of_another_age_is_refused_beside_its_field(registered, signed_in, day):
    space, client = registered(), signed_in("bees.operator_clerk")
    assert new_event(client, space, day="2026-05-01").status_code == 302
    answer = new_event(client, space, day=day)
    assert list(answer.context["form"].errors) == ["day"]
    assert Event.objects.count() == 1


def test_what_begins_in_a_far_year_is_refused_and_a_distant_end_is_taken(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "partners"])
    sends = filled(client, url, name="南湖银行", kind="bank")
    late = client.post(url, sends | {"day": "2999-01-01"})
    assert list(late.context["form"].errors) == ["day"]
    assert client.post(url, sends | {"until": "2060-01-01"}).status_code == 302


def test_a_number_beyond_all_measure_is_refused_with_a_bound_that_one_can_read(
    registered, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    answer = new_event(client, space, attendance="2147483648")
    assert answer.context["form"].errors["attendance"] == ["请填写不大于 99999999 的数。"]
    assert 'inputmode="numeric"' in answer.content.decode()
    assert new_event(client, space, attendance="120").status_code == 302


def test_one_line_after_the_other_keeps_day_and_kind_and_a_resident_its_stage(
    registered, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    answer = new_event(client, space, day="2026-05-01", again="1")
    form = client.get(answer["Location"]).context["form"]
    assert (form["day"].value(), form["kind"].value(), form["title"].value()) == ("2026-05-01", "roadshow", "")  # fmt: skip
    url = reverse("residents:take_in", args=[space.code])
    answer = client.post(
        url, filled(client, url, kind="team", name="云帆", stage="nursery", again="1")
    )
    form = client.get(answer["Location"]).context["form"]
    assert (form["stage"].value(), form["name"].value()) == ("nursery", None)
    assert new_event(client, space)["Location"].endswith("/ledgers/events/")


def test_the_history_of_a_line_says_choices_and_days_in_words(registered, cast, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    given = {"day": DAY, "title": "路演", "kind": "roadshow", "attendance": 30}
    event = actions.write_down(Event, space, by=cast["bees.operator_clerk"], **given)
    actions.correct(event, by=cast["bees.operator_clerk"], version=1, kind="salon", attendance=0, day=date(2026, 5, 2))  # fmt: skip
    changes = client.get(event.get_absolute_url()).context["history"][0][1]
    told = {str(one["label"]): (str(one["old"]), str(one["new"])) for one in changes}
    assert told == {
        "日期": ("2026年5月1日", "2026年5月2日"), "类型": ("路演", "沙龙"), "参加人数": ("30", "0")
    }  # fmt: skip


def test_no_desk_is_told_as_zero_and_an_unknown_number_as_a_dash(registered, cast, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    given = {"kind": "team", "day": DAY, "stage": "", "founder": "", "founder_kind": ""}
    for name, desks in (("甲", 0), ("乙", None), ("丙", 1200)):
        take_in(space, by=cast["bees.operator_clerk"], name=name, desks=desks, **given)
    text = client.get(reverse("ledgers:ledger", args=[space.code, "stays"])).content.decode()
    cells = re.findall(r'<td data-label="工位"[^>]*>([^<]*)</td>', text)
    assert cells == ["1,200", "–", "0"]
