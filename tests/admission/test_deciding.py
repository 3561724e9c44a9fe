"""The operator decides by written conditions; the applicant reads why, and who is admitted becomes a resident (HN-2, SH-1)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admission.conftest import letters
from zhongchuang.admission import actions
from zhongchuang.admission.models import Application, Call
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.actions import erase
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.records.models import Letter
from zhongchuang.residents.models import Founder, Stay

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def fresh(it):
    return Application.objects.get(pk=it.pk)


def test_an_open_space_has_conditions_and_each_version_stays(
    registered, called, signed_in, applied
):
    space, client = registered(), signed_in(CLERK)
    url = reverse("admission:call", args=[space.code])

    def sent(**given):
        form = client.get(url).context["form"]
        key = {name: form[name].value() for name in ("request_key", "version")}
        return client.post(url, key | given)

    assert list(sent(is_open="on").context["form"].errors) == ["admission"]
    assert sent(is_open="on", admission="三人以上").status_code == 302
    it = applied(space)
    assert sent(is_open="on", admission="五人以上").status_code == 302
    assert [(c.number, c.admission) for c in Call.objects.filter(space=space)] == [(2, "五人以上"), (1, "三人以上")]  # fmt: skip
    assert it.call.admission == "三人以上"


def test_of_two_officers_who_change_the_conditions_at_once_one_wins(called):
    space = called()
    assert refusal(lambda: called(space, version=1)) == "stale"
    assert Call.objects.get(space=space).number == 1


def test_an_application_is_refused_with_a_reason_that_the_applicant_reads(
    called, applied, cast, client
):
    it = applied(called())
    actions.refuse(it, by=cast[CLERK], version=it.version, words="团队不足三人")
    _subject, body, to = letters()[-1]
    assert ("团队不足三人" in body, it.follow_url in body, to) == (True, True, "li@example.com")
    assert "团队不足三人" in client.get(it.follow_url).content.decode()
    assert Entry.objects.about(it).first().verb == "application_handed_in"
    assert Entry.objects.about(it).last().verb == "application_refused"
    assert (
        refusal(lambda: actions.admit(it, by=cast[CLERK], version=it.version, words=""))
        == "decided"
    )


def test_of_two_officers_who_decide_at_once_one_wins(called, applied, cast):
    it = applied(called())
    mine, theirs = fresh(it), fresh(it)
    actions.admit(mine, by=cast[CLERK], version=mine.version, words="")
    assert refusal(lambda: actions.refuse(theirs, by=cast["bees.operator_head"], version=theirs.version, words="x")) == "stale"  # fmt: skip
    assert fresh(it).state == "admitted"


def test_who_talks_and_is_admitted_moves_in_with_what_was_written(called, applied, cast, signed_in):
    it = applied(called(), desks="4")
    actions.invite_to_talk(it, by=cast[CLERK], version=it.version, words="周三下午")
    actions.admit(it, by=cast[CLERK], version=it.version, words="带上身份证")
    client, url = signed_in(CLERK), reverse("admission:take_in", args=[it.key])
    form = client.get(url).context["form"]
    names = ("kind", "name", "founder", "founder_kind", "day", "desks", "product", "people", "request_key")  # fmt: skip
    assert client.post(url, {name: form[name].value() for name in names}).status_code == 302
    stay, person = Stay.objects.get(), Founder.objects.get()
    assert (stay.resident.name, stay.desks, stay.people) == ("云帆团队", 4, 5)
    assert (person.name, person.kind, person.mobile.plain()) == ("李想", "student", "13812341234")
    assert (fresh(it).state, fresh(it).stay) == ("moved_in", stay)
    assert client.post(url, {name: form[name].value() for name in names}).status_code == 302
    assert Stay.objects.count() == 1
    assert refusal(lambda: actions.take_back(fresh(it), by=None, version=1)) == "over"


def test_only_who_was_admitted_moves_in(called, applied, cast):
    it = applied(called())
    assert refusal(lambda: actions.move_in(it, by=cast[CLERK], seen=it.version)) == "not_admitted"
    assert Stay.objects.count() == 0


def test_those_of_other_operators_and_departments_see_no_application(called, applied, cast):
    it = applied(called())
    sees = {who for who in ("bees.operator_head", CLERK, "ants.operator_head", "ping.reviewer", "founder")
            if Application.objects.visible_to(cast[who]).filter(pk=it.pk).exists()}  # fmt: skip
    assert sees == {"bees.operator_head", CLERK}
    assert refusal(lambda: actions.refuse(it, by=cast["ants.operator_head"], version=1, words="x")) == "not_yours"  # fmt: skip


def test_the_queue_is_oldest_first_and_counted_among_the_things_to_do(
    called, applied, signed_in, cast
):
    space, client = called(), signed_in(CLERK)
    url = reverse("admission:applications", args=[space.code])
    applied(space)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    count = len(queries)
    for number in (2, 3):
        applied(space, name=f"队{number}")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert len(queries) == count
    assert [one.name for one in page.context["waiting"]] == ["云帆团队", "队2", "队3"]
    found = [todo for todo in all_todos(cast[CLERK]) if "/applications/" in str(todo.url)]
    assert len(found) == 1
    assert "3" in str(found[0].about)


def test_the_number_is_masked_and_each_opening_stands_in_the_log(called, applied, signed_in):
    it, client = applied(called()), signed_in(CLERK)
    assert "13812341234" not in client.get(it.get_absolute_url()).content.decode()
    url = reverse("admission:reveal", args=[it.key])
    seen = client.post(url, {"field": "mobile", "reason": "约时间"}).content.decode()
    assert "13812341234" in seen
    assert Entry.objects.filter(verb="revealed", subject_key=str(it.pk)).count() == 1


def test_who_claimed_an_application_reads_the_answer_in_the_platform(called, applied, cast):
    it = applied(called(), email="founder@example.org")
    actions.claim(it, by=cast["founder"])
    it = fresh(it)
    actions.refuse(it, by=cast[CLERK], version=it.version, words="团队不足三人")
    assert "团队不足三人" in Letter.objects.get(recipient=cast.people["founder"]).text


def test_with_an_account_go_its_claim_and_what_still_runs(called, applied, cast):
    from zhongchuang.admission.consequences import consequences  # noqa: PLC0415 -- slow import
    from zhongchuang.organisations.actions import Erased  # noqa: PLC0415 -- slow import

    it = applied(called(), email="founder@example.org")
    actions.claim(it, by=cast["founder"])
    user = erase(cast.people["founder"], by=cast["founder"])
    consequences(Erased(user))
    it = fresh(it)
    assert (it.state, it.claimed_by, it.contact, it.mobile, it.email) == ("withdrawn", None, "", "", user.email)  # fmt: skip


def test_the_poster_shows_the_address_as_a_qr_code_while_the_space_is_open(called, signed_in):
    space, client = called(), signed_in(CLERK)
    url = reverse("admission:poster", args=[space.code])
    page = client.get(url).content.decode()
    assert (reverse("admission:apply", args=[space.code]) in page, f"{url[:-1]}.svg" in page) == (True, True)  # fmt: skip
    assert client.get(f"{url[:-1]}.svg").content.startswith(b"<?xml")
    called(space, version=2, is_open=False)
    assert client.get(url).status_code == 409
