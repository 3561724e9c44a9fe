"""A title that ends soon is applied for anew with one press, and the new one follows without a gap."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.filing.conftest import STEPS
from zhongchuang.filing.actions import expire, remind
from zhongchuang.filing.bars import bars
from zhongchuang.filing.models import Title
from zhongchuang.filing.todos import todos
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import Bid
from zhongchuang.procedures.checks import check
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import withdraw as withdraw_file
from zhongchuang.records.models import Evidence, Letter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEAD = "bees.operator_head"
BEGIN = ("zhejiang-2016", "filing")


@pytest.fixture
def ends_in(titled):
    """`ends_in(60)` is a title whose last day is in so many days."""

    def one(days):
        title, until = titled(), timezone.localdate() + (days + 1) * DAY
        Title.objects.filter(pk=title.pk).update(until=until, since=until - 400 * DAY)
        return Title.objects.get(pk=title.pk)

    return one


@pytest.fixture
def renewed(cast, handed_in, step):
    """`renewed(title)` is the title that follows it."""

    def one(title):
        case = handed_in(actions.begin(title.space, *BEGIN, by=cast[HEAD]))
        for department, move in STEPS:
            case = step(case, department, move)
        return Title.objects.get(case=case)

    return one


def begun(title, cast):
    return actions.begin(title.space, *BEGIN, by=cast[HEAD])


def test_the_page_and_the_workbench_lead_to_applying_anew_within_the_term_alone(ends_in, signed_in, cast):  # fmt: skip
    title, client = ends_in(120), signed_in(HEAD)
    begin = reverse("procedures:begin", args=[*BEGIN, title.space.code])
    assert (begin in client.get(title.get_absolute_url()).content.decode(), todos(cast[HEAD])) == (False, [])  # fmt: skip
    until = timezone.localdate() + 30 * DAY
    Title.objects.update(until=until)
    assert begin in client.get(title.get_absolute_url()).content.decode()
    assert [(one.url, one.due) for one in todos(cast[HEAD])] == [(title.get_absolute_url(), until - DAY)]  # fmt: skip
    client.post(begin)
    assert (Case.objects.filter(state="draft").count(), todos(cast[HEAD])) == (1, [])
    assert begin not in client.get(title.get_absolute_url()).content.decode()


def test_nobody_else_is_led_to_apply_anew(ends_in, signed_in):
    title = ends_in(30)
    begin = reverse("procedures:begin", args=[*BEGIN, title.space.code])
    for who in ("kites.operator_head", "zhe.approver"):
        assert begin not in signed_in(who).get(title.get_absolute_url()).content.decode()


def test_the_wording_is_copied_and_marked_until_it_was_looked_through(ends_in, cast):
    title = ends_in(30)
    case = begun(title, cast)
    before = title.case.handed_in.entries
    assert (case.follows, case.entries, sorted(case.copied)) == (title.case, before, sorted(before))
    name = case.copied[0]
    assert f"entry:{name}" in {one.place for one in check(case) if not one.is_error}
    actions.write(case, by=cast[HEAD], version=case.version, **{name: before[name]})
    assert name not in Case.objects.get(pk=case.pk).copied


def test_files_are_taken_again_one_by_one_while_they_are_kept_and_not_too_old(ends_in, cast, signed_in):  # fmt: skip
    title = ends_in(30)
    case, client = begun(title, cast), signed_in(HEAD)
    assert case.attachments.count() == 0
    fresh, old, gone, *_rest = title.case.attachments.order_by("pk")
    limit = timezone.now() - 1098 * DAY
    Evidence.objects.filter(pk=old.evidence_id).update(moment=limit)
    withdraw_file(gone.evidence, by=cast[HEAD])
    for held, code in ((fresh, None), (old, "too_old"), (gone, "not_kept")):
        page = client.get(reverse("procedures:material", args=[case.key, held.slot])).content.decode()  # fmt: skip
        again = reverse("procedures:again", args=[case.key, held.slot, held.evidence.key])
        assert (again in page) == (code is None)
        if code is None:
            assert client.post(again).status_code == 302
        else:
            with pytest.raises(Refused) as caught:
                actions.take_again(case, by=cast[HEAD], slot=held.slot, evidence=Evidence.objects.get(pk=held.evidence_id))  # fmt: skip
            assert caught.value.refusal.code == code
    assert [one.evidence for one in case.attachments.all()] == [fresh.evidence]


def test_the_new_title_begins_on_the_day_after_the_last_one_and_both_pages_name_the_other(ends_in, renewed, client):  # fmt: skip
    old = ends_in(30)
    new = renewed(old)
    assert (new.since, new.follows, new.is_valid, new.is_to_come) == (old.until, old, False, True)
    assert new.number in client.get(old.get_absolute_url()).content.decode()
    page = client.get(new.get_absolute_url()).content.decode()
    assert (old.number in page, "起有效" in page) == (True, True)


def test_decided_later_the_new_title_begins_on_the_day_of_the_decision(ends_in, renewed):
    old = ends_in(-10)
    new = renewed(old)
    assert (new.since, new.follows, new.is_valid) == (timezone.localdate(), old, True)


def test_a_renewed_title_is_not_applied_for_a_third_time(ends_in, renewed, cast):
    old = ends_in(30)
    renewed(old)
    pack = all_packs()[old.pack]
    assert [one.code for one in bars(Bid(old.space, pack, pack.procedures["filing"]))] == ["held"]
    assert todos(cast[HEAD]) == []


def test_a_revoked_title_is_followed_by_none(ends_in, renewed):
    old = ends_in(30)
    Title.objects.update(state="revoked", reason="虚假材料", ended_on=timezone.localdate())
    assert (renewed(old).follows, Title.objects.latest("pk").since) == (None, timezone.localdate())


def test_who_renewed_a_title_is_neither_reminded_nor_told_that_it_ended(ends_in, renewed):
    old = ends_in(30)
    new = renewed(old)
    assert remind(timezone.localdate()) == 0
    assert expire(old.until) == 1
    assert not Letter.objects.filter(key__startswith=f"title-{old.code}").exists()
    assert (Title.objects.get(pk=old.pk).state, Title.objects.get(pk=new.pk).state) == (
        "expired",
        "valid",
    )
