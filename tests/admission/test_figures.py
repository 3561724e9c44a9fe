"""Residents hand in their own figures of a year; the operator confirms them into the ledger, and blank stays unknown (XC-5)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admission.conftest import letters
from zhongchuang.admission import actions
from zhongchuang.admission.models import Application, Figures
from zhongchuang.admission.rules import holds
from zhongchuang.admission.views.figures import read
from zhongchuang.audit.models import Entry
from zhongchuang.ledgers.actions import write_down
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as residents
from zhongchuang.residents.models import MonthReport, Report
from zhongchuang.residents.models.month import last_day

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
YEAR = timezone.localdate().year - 1


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def fresh(it):
    return Figures.objects.get(pk=it.pk)


@pytest.fixture
def asked(registered, cast):
    """`asked()` are figures of last year that a resident was asked for."""

    def one(space=None, name="云帆团队", **when):
        space = space or registered()
        stay = residents.take_in(
            space, by=cast[CLERK], kind="team", name=name, day=date(2023, 3, 1), stage="nursery", desks=2,
            founder="李想", founder_kind="student",
        )  # fmt: skip
        (it,) = actions.ask(
            space,
            by=cast[CLERK],
            addresses=[(stay.resident, "li@example.com")],
            **(when or {"year": YEAR}),
        )
        return it

    return one


def given(client, it, **figures):
    it = fresh(it)
    return client.post(it.give_url, {"version": it.version, "giver": "李想"} | figures)


def confirm(it, cast):
    it = fresh(it)
    return actions.confirm(it, by=cast[CLERK], version=it.version, **read(it))


def test_a_resident_fills_the_figures_in_without_an_account_and_the_operator_confirms_them(
    asked, client, cast
):
    it = asked()
    _subject, body, to = letters()[-1]
    assert (to, it.give_url in body) == ("li@example.com", True)
    assert (
        given(
            client, it, staff="5", graduates="0", income="120000.50", net_profit="-300"
        ).status_code
        == 302
    )
    assert Report.objects.count() == 0
    line = confirm(it, cast)
    assert (line.staff, line.graduates, line.income, line.net_profit) == (5, 0, Decimal("120000.50"), -300)  # fmt: skip
    assert (line.taxes, line.ip_valid, line.day) == (None, None, date(YEAR, 12, 31))
    assert (fresh(it).state, fresh(it).report) == ("confirmed", line)
    assert Entry.objects.about(line).get(verb="figures_confirmed").values["given"] == {
        "giver": "李想"
    }


def test_a_form_without_any_figure_is_not_handed_in(asked, client):
    it = asked()
    assert given(client, it).status_code == 200
    assert (fresh(it).state, given(client, it, staff="0").status_code) == ("asked", 302)


def test_sent_twice_the_figures_are_handed_in_once(asked, client):
    it = asked()
    sends = {"version": it.version, "giver": "李想", "staff": "5"}
    assert [client.post(it.give_url, sends).status_code for _time in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="figures_handed_in").count() == 1
    assert client.post(it.give_url, sends | {"staff": "6"}).status_code == 409
    assert fresh(it).given["staff"] == "5"


def test_returned_figures_stand_in_the_form_as_they_were_with_what_is_wrong(asked, client, cast):
    it = asked()
    given(client, it, staff="500")
    it = fresh(it)
    actions.return_(it, by=cast[CLERK], version=it.version, words="从业人员请核对")
    assert "从业人员请核对" in letters()[-1][1]
    page = client.get(it.give_url)
    assert ("从业人员请核对" in page.content.decode(), page.context["form"]["staff"].value()) == (True, "500")  # fmt: skip
    given(client, it, staff="5")
    assert confirm(it, cast).staff == 5


def test_of_two_officers_one_confirms(asked, client, cast):
    it = asked()
    given(client, it, staff="5")
    mine, theirs = fresh(it), fresh(it)
    actions.confirm(mine, by=cast[CLERK], version=mine.version, **read(mine))
    assert refusal(lambda: actions.return_(theirs, by=cast["bees.operator_head"], version=theirs.version, words="x")) == "stale"  # fmt: skip
    assert Report.objects.count() == 1
    assert refusal(lambda: confirm(it, cast)) == "not_handed"


def test_a_line_that_stands_in_the_ledger_is_corrected_and_what_is_blank_leaves_it(
    asked, client, cast
):
    it = asked()
    line = write_down(Report, it.space, by=cast[CLERK], resident=it.resident, day=it.day, staff=3, income=Decimal(9))  # fmt: skip
    given(client, it, staff="5")
    assert confirm(it, cast) == line
    line.refresh_from_db()
    assert (line.staff, line.income, Report.objects.count()) == (5, 9, 1)


def test_after_the_confirmation_and_when_no_longer_asked_the_address_takes_nothing(
    asked, client, cast
):
    it = asked()
    other = asked(it.space, "海棠团队")
    given(client, it, staff="5")
    confirm(it, cast)
    assert given(client, it, staff="6").status_code == 409
    actions.cancel(other, by=cast[CLERK], version=other.version)
    assert given(client, other, staff="6").status_code == 404
    assert refusal(lambda: actions.cancel(fresh(it), by=cast[CLERK], version=1)) == "done"


def test_the_operator_asks_those_whose_figures_are_unknown(asked, signed_in, cast):
    it = asked()
    residents.take_in(
        it.space, by=cast[CLERK], kind="team", name="海棠团队", day=date(2023, 3, 1), stage="nursery", desks=2,
        founder="", founder_kind="",
    )  # fmt: skip
    client, url = signed_in(CLERK), reverse("admission:ask", args=[it.space.code])
    form = client.get(url).context["form"]
    assert [row.label for row in form.rows] == ["海棠团队"]
    key = {"request_key": form["request_key"].value()}
    assert client.post(url, key).status_code == 200
    assert client.post(url, key | {form.rows[0].name: "H@example.com"}).status_code == 302
    assert Figures.objects.get(resident__name="海棠团队").email == "h@example.com"
    assert len(client.get(url).context["form"].rows) == 0


def test_who_claimed_an_application_and_moved_in_begins_the_figures_without_being_asked(
    called, applied, signed_in, cast
):
    it = applied(called(), email="founder@example.org")
    actions.admit(it, by=cast[CLERK], version=it.version, words="")
    actions.move_in(
        it, by=cast[CLERK], seen=it.version, kind="team", name=it.name, day=date(2023, 3, 1), stage="nursery",
        desks=2, founder="", founder_kind="",
    )  # fmt: skip
    client, url = signed_in("founder"), reverse("admission:begin_own", args=[it.key])
    assert client.post(url, {"period": YEAR}).status_code == 404
    actions.claim(Application.objects.get(pk=it.pk), by=cast["founder"])
    answers = [client.post(url, {"period": YEAR}) for _time in range(2)]
    row = Figures.objects.get()
    assert [answer.url for answer in answers] == [row.give_url] * 2
    assert (row.email, row.day.year, row.asked_by) == ("founder@example.org", YEAR, None)


def test_figures_that_wait_are_one_thing_to_do_for_the_operator_alone(asked, client, cast):
    it = asked()
    given(client, it, staff="5")
    found = {
        who: [todo.url for todo in all_todos(cast[who]) if "/figures/" in str(todo.url)]
        for who in (CLERK, "ants.operator_head", "ping.reviewer")
    }
    url = reverse("admission:all_figures", args=[it.space.code])
    assert found == {CLERK: [url], "ants.operator_head": [], "ping.reviewer": []}


def test_the_list_costs_the_same_for_one_and_for_three(asked, client, signed_in):
    it = asked()
    given(client, it, staff="5")
    reader, url = signed_in(CLERK), reverse("admission:all_figures", args=[it.space.code])
    reader.get(url)
    with CaptureQueriesContext(connection) as queries:
        reader.get(url)
    count = len(queries)
    for name in ("海棠团队", "星野团队"):
        given(client, asked(it.space, name), staff="1")
    with CaptureQueriesContext(connection) as queries:
        assert len(reader.get(url).context["waiting"]) == 3
    assert len(queries) == count


def aged(it, days):
    Figures.objects.filter(pk=it.pk).update(sent=timezone.now() - timedelta(days=days))


def test_a_private_address_expires_and_its_page_says_how_to_get_a_new_one(asked, client, cast):
    it, term = asked(), holds().days
    given(client, it, staff="5")
    aged(it, term - 1)
    assert client.get(it.give_url).status_code == 200
    aged(it, term)
    answer = client.get(it.give_url)
    assert (answer.status_code, "补发新网址" in answer.content.decode()) == (404, True)
    assert "云帆团队" not in answer.content.decode()
    assert given(client, it, staff="6").status_code == 404
    assert fresh(it).given["staff"] == "5"


def test_a_new_address_goes_out_by_mail_keeps_what_was_filled_and_ends_the_one_before(
    asked, client, cast, signed_in
):
    it = asked()
    given(client, it, staff="5")
    aged(it, holds().days)
    before, it = it.give_url, fresh(it)
    sends = {"version": it.version, "request_key": "6f1d2b0c-0000-4000-8000-000000000001"}
    url = reverse("admission:renew", args=[it.key])
    assert signed_in(CLERK).post(url, sends).status_code == 302
    it = fresh(it)
    assert (letters()[-1][2], it.give_url in letters()[-1][1]) == ("li@example.com", True)
    assert (client.get(before).status_code, client.get(it.give_url).status_code) == (404, 200)
    assert client.get(it.give_url).context["form"]["staff"].value() == "5"


def test_a_label_that_names_the_unit_has_no_hint_that_names_it_again(asked, client):
    form = client.get(asked().give_url).context["form"]
    assert (str(form["income"].label), form["income"].help_text) == ("营业收入（元）", "")


def test_no_more_people_than_can_be_are_handed_in(asked, client):
    it = asked()
    answer = given(client, it, staff="2147483648")
    assert list(answer.context["form"].errors) == ["staff"]
    assert given(client, it, staff="5").status_code == 302


# --- months ---------------------------------------------------------------------------------------


def months_of(it, cast, numbers, **given):
    for number in numbers:
        day = last_day(YEAR, number)
        write_down(MonthReport, it.space, by=cast[CLERK], resident=it.resident, day=day, **given)


def test_the_figures_of_a_month_go_the_same_way_into_a_ledger_of_their_own(asked, client, cast):
    it = asked(year=YEAR, month=12)
    assert (it.give_url in letters()[-1][1], it.day, it.period) == (
        True,
        date(YEAR, 12, 31),
        "month",
    )
    fields = set(client.get(it.give_url).context["form"].fields)
    assert {"income", "rd_spending", "invested"} <= fields and not {"doctors", "projects"} & fields  # noqa: PT018 -- one thing
    given(client, it, staff="5", income="1200.50", invested="0")
    line = confirm(it, cast)
    assert (type(line), line.day, line.staff, line.income, line.invested, line.taxes) == (
        MonthReport, date(YEAR, 12, 31), 5, Decimal("1200.50"), 0, None,
    )  # fmt: skip
    assert (fresh(it).line, fresh(it).report, Report.objects.count()) == (line, None, 0)


def test_december_and_its_year_are_asked_one_beside_the_other_each_once(asked, signed_in, cast):
    it = asked(year=YEAR, month=12)
    client, url = signed_in(CLERK), reverse("admission:ask", args=[it.space.code])

    def rows(period):
        return len(client.get(url, {"period": period}).context["form"].rows)

    assert (rows(f"{YEAR}-12"), rows(f"{YEAR}-11"), rows(YEAR)) == (0, 1, 1)
    pair = [(it.resident, "li@example.com")]
    actions.ask(it.space, by=cast[CLERK], year=YEAR, addresses=pair)
    assert refusal(lambda: actions.ask(it.space, by=cast[CLERK], year=YEAR, month=12, addresses=pair)) == "twice"  # fmt: skip
    assert Figures.objects.count() == 2


def test_the_operator_asks_for_a_month_on_the_page(asked, signed_in):
    it = asked()
    client, url = signed_in(CLERK), reverse("admission:ask", args=[it.space.code])
    form = client.get(url, {"period": f"{YEAR}-11"}).context["form"]
    sends = {"request_key": form["request_key"].value(), form.rows[0].name: "li@example.com"}
    assert client.post(f"{url}?period={YEAR}-11", sends).status_code == 302
    assert Figures.objects.get(period="month").day == date(YEAR, 11, 30)


def test_the_form_of_a_year_begins_with_its_twelve_months_and_says_so(asked, client, cast):
    it = asked()
    months_of(it, cast, range(1, 12), staff=4, income=Decimal(10), taxes=None)
    page = client.get(it.give_url).context
    assert (page["form"]["income"].value(), page["months"]) == (None, {})
    months_of(it, cast, [12], staff=7, income=Decimal(10), taxes=Decimal(1))
    page = client.get(it.give_url)
    form = page.context["form"]
    assert (form["staff"].value(), form["income"].value(), form["taxes"].value()) == (7, 120, None)
    assert page.context["months"] == {"staff": 7, "income": 120}
    assert (fresh(it).given, Report.objects.count()) == ({}, 0)
    given(client, it, staff="8", income="120")
    assert client.get(it.give_url).context["form"]["staff"].value() == "8"


def test_the_operator_sees_the_sum_of_the_months_beside_what_was_handed_in(
    asked, client, signed_in, cast
):
    it = asked()
    months_of(it, cast, range(1, 13), staff=4, income=Decimal(10))
    given(client, it, income="125")
    rows = {str(label): row for label, *row in signed_in(CLERK).get(it.get_absolute_url()).context["rows"]}  # fmt: skip
    income = str(Report._meta.get_field("income").verbose_name)
    assert rows[income] == ["125", "", "", "120"]


def test_months_still_to_end_are_not_asked_for(asked, signed_in):
    it = asked()
    page = signed_in(CLERK).get(reverse("admission:ask", args=[it.space.code])).context
    days = [value for value, _told in page["choice"].fields["period"].choices[1][1]]
    today = timezone.localdate()
    assert (len(days), days[0] <= f"{today:%Y-%m}", page["time"].day) == (
        12,
        True,
        date(YEAR, 12, 31),
    )
