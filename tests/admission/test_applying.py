"""Anyone applies to a space without an account; a code in a letter hands the application in, once (XZ-3)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admission.conftest import SENDS, code, letters
from zhongchuang.admission import actions, attempts, jobs
from zhongchuang.admission.models import Application
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.personal import all_personal

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=10, seconds=1)


def one():
    return Application.objects.get()


def test_an_application_is_handed_in_with_the_code_from_the_letter(called, send, client):
    space = called()
    answer = send(space)
    assert (answer.status_code, one().state, one().number) == (302, "begun", "")
    assert letters()[-1][2] == "li@example.com"
    assert one().code_digest != code()
    client.post(answer.url, {"code": code()})
    year = timezone.localdate().year
    assert (one().state, one().number, one().email) == ("waiting", f"{year}-0001", "li@example.com")
    assert (one().people, one().desks, one().mobile.plain()) == (5, None, "13812341234")
    assert answer.url in letters()[-1][1]
    assert Entry.objects.about(one()).get().verb == "application_handed_in"


def test_sending_twice_makes_one_application_with_one_number(called, send, client):
    space = called()
    key = "6f1d2b0c-0000-4000-8000-000000000001"
    first, second = send(space, request_key=key), send(space, request_key=key)
    assert first.url == second.url
    given = {"code": code()}
    assert [client.post(first.url, given).status_code for _time in range(2)] == [302, 302]
    assert one().number.endswith("-0001")
    assert len(letters()) == 2


def test_a_wrong_code_counts_and_after_five_another_one_is_needed(called, send, client):
    address = send(called()).url
    right = code()
    wrong = "000000" if right != "000000" else "000001"
    for _try in range(5):
        assert client.post(address, {"code": wrong}).status_code == 200
    assert client.post(address, {"code": right}).status_code == 429
    assert one().state == "begun"
    client.post(f"{address}again/")
    client.post(address, {"code": code()})
    assert one().state == "waiting"


def test_a_code_works_for_ten_minutes(called, send, client):
    address = send(called()).url
    with time_machine.travel(timezone.now() + LATER):
        assert client.post(address, {"code": code()}).status_code == 409
    assert one().state == "begun"
    client.post(address, {"code": code()})
    assert one().state == "waiting"


def test_what_nobody_confirmed_is_seen_by_no_one_and_forgotten_after_a_day(
    called, send, applied, cast
):
    space = called()
    kept = applied(space)
    send(space, name="海棠团队", email="other@example.com")
    assert list(Application.objects.visible_to(cast["bees.operator_head"])) == [kept]
    assert jobs.forget() == {"begun": 0, "over": 0}
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert jobs.forget() == {"begun": 1, "over": 0}
    assert one() == kept


def test_a_closed_space_takes_no_application_but_shows_its_conditions(called, client):
    space = called()
    url = reverse("admission:apply", args=[space.code])
    assert "注册不满两年" in client.get(url).content.decode()
    called(space, version=2, is_open=False)
    page = client.get(url).content.decode()
    assert ("注册不满两年" in page, 'name="email"' in page) == (True, False)
    key = "6f1d2b0c-0000-4000-8000-000000000002"
    assert client.post(url, SENDS | {"request_key": key}).status_code == 409
    assert Application.objects.count() == 0


def test_a_space_that_never_called_or_is_not_in_the_register_has_no_page(
    registered, prepared, client
):
    for space in (registered(), prepared("云谷")):
        assert client.get(reverse("admission:apply", args=[space.code])).status_code == 404


def test_the_code_of_a_firm_is_checked_and_a_team_has_none(called, send):
    space = called()
    wrong, team = (
        send(space, kind="firm", credit_code="91330482MA28A00017"), send(space, credit_code="91330482MA28A00016")
    )  # fmt: skip
    assert [list(a.context["form"].errors) for a in (wrong, team)] == [["credit_code"]] * 2
    assert send(space, kind="firm", credit_code="91330482MA28A00016").status_code == 302


def test_a_second_application_of_the_same_name_and_address_waits_until_the_first_is_over(
    called, applied, send, client
):
    space = called()
    first = applied(space)
    address = send(space).url
    assert client.post(address, {"code": code()}).status_code == 409
    actions.take_back(first, by=None, version=first.version)
    client.post(f"{address}again/")
    client.post(address, {"code": code()})
    assert sorted(Application.objects.values_list("state", flat=True)) == ["waiting", "withdrawn"]


def test_letters_to_one_address_and_applications_from_one_place_are_few_an_hour(
    called, send, monkeypatch
):
    space = called()
    answers = [send(space, name=f"队{n}").status_code for n in range(attempts.TO_AN_ADDRESS + 1)]
    assert answers == [302] * attempts.TO_AN_ADDRESS + [429]
    monkeypatch.setattr(attempts, "FROM_AN_ADDRESS", 0)
    assert send(space, email="new@example.com").status_code == 429
    assert Application.objects.count() == attempts.TO_AN_ADDRESS


def test_the_applicant_follows_and_takes_back_under_the_private_address(called, applied, client):
    it = applied(called())
    page = client.get(it.follow_url)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert ("13812341234" in page.content.decode(), it.number in page.content.decode()) == (
        False,
        True,
    )
    take = reverse("admission:take_back", args=[it.secret.plain()])
    sends = {"version": it.version}
    assert [client.post(take, sends).status_code for _time in range(2)] == [302, 302]
    assert one().state == "withdrawn"
    assert Entry.objects.about(it).filter(verb="application_taken_back").count() == 1
    assert client.get(reverse("admission:follow", args=["0" * 40])).status_code == 404


def test_who_signs_in_with_the_same_confirmed_address_finds_the_application_and_claims_it(
    called, applied, signed_in, cast
):
    space = called()
    it = applied(space, email="founder@example.org")
    other = applied(space, email="stranger@example.org", name="别的团队")
    client = signed_in("founder")
    held = {one.name: one.rows for one in all_personal(cast.people["founder"])}
    assert [row["number"] for row in held["applications"]] == [it.number]
    assert it.number in client.get(reverse("admission:mine")).content.decode()
    assert client.post(reverse("admission:claim", args=[other.key])).status_code == 404
    assert client.post(reverse("admission:claim", args=[it.key])).status_code == 302
    it.refresh_from_db()
    assert it.claimed_by == cast.people["founder"]
    cast.people["founder"].emailaddress_set.update(verified=False)
    assert it.number not in client.get(reverse("admission:mine")).content.decode()


def test_who_was_not_admitted_is_forgotten_after_a_year_and_who_waits_is_not(called, applied, cast):
    space = called()
    refused, waits = applied(space), applied(space, name="海棠团队", email="other@example.com")
    actions.refuse(
        refused, by=cast["bees.operator_head"], version=refused.version, words="团队不足三人"
    )
    with time_machine.travel(timezone.now() + timedelta(days=367)):
        assert [jobs.forget()["over"] for _time in range(2)] == [1, 0]
    refused, waits = (Application.objects.get(pk=one.pk) for one in (refused, waits))
    assert (refused.contact, refused.mobile, refused.email) == ("", "", "nobody@erased.invalid")
    assert (refused.name, refused.words) == ("云帆团队", "团队不足三人")
    assert (waits.contact, waits.email) == ("李想", "other@example.com")


def test_everybody_finds_the_spaces_that_take_applications_by_region(called, registered, client):
    page = lambda **asked: client.get(reverse("admission:calls"), asked)  # noqa: E731 -- as short as it reads
    shut = called(registered("关门空间", region="330481", by="hai.reviewer"))
    open_ = called(registered("开门空间"))
    here = client.get(reverse("admission:apply", args=[open_.code])).status_code
    called(shut, version=2, is_open=False)
    registered("无招募空间")
    text = page().content.decode()
    assert (here, "开门空间" in text, "关门空间" in text, "无招募空间" in text) == (200, True, False, False)  # fmt: skip
    called(shut, version=3)
    names = lambda **asked: [one.space.name for one in page(**asked).context["page"].rows]  # noqa: E731 -- as short as it reads
    assert names() == ["关门空间", "开门空间"]
    assert names(region=open_.region.path) == ["开门空间"]
    assert reverse("admission:calls") in client.get("/").content.decode()


def test_the_list_of_spaces_costs_as_many_queries_with_three_as_with_one(
    called, registered, client
):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("admission:calls"))
        return len(found)

    called()
    queries()
    once = queries()
    for name in ("甲", "乙"):
        called(registered(name))
    assert queries() == once
