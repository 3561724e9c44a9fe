"""A title holds from the decision to its end, anybody checks it, and what ended it stays beside it."""

import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from zhongchuang.filing import actions
from zhongchuang.filing.bars import bars
from zhongchuang.filing.certificate import pdf, public_address
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import Ban as BanRule
from zhongchuang.procedures.access import Bid
from zhongchuang.records.models import Letter

DAY = timedelta(days=1)


@contextmanager
def refuses(code):
    """What stands inside is refused, for this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code


def bid(title):
    pack = all_packs()[title.pack]
    return Bid(title.space, pack, pack.procedures[title.case.procedure])


def ending(title, until):
    Title.objects.filter(pk=title.pk).update(until=until, since=until - 400 * DAY)
    return Title.objects.get(pk=title.pk)


def test_a_granted_filing_leads_to_a_title_that_holds_from_that_day(titled, cast):
    title = titled()
    assert (title.since, title.until, title.is_valid) == (timezone.localdate(), None, True)
    assert (title.department, title.operator) == (cast.organisations["zhe"], cast.organisations["bees"])  # fmt: skip
    assert title.case.number in title.number


def test_whoever_scans_the_plaque_reads_whether_it_holds_today(titled, client, cast):
    title = titled()
    url = title.get_absolute_url()
    assert "该称号" in client.get(url).content.decode()
    assert title.of_space in client.get(reverse("filing:titles"), {"q": title.of_space[:2]}).content.decode()  # fmt: skip
    assert public_address(title).endswith(url)
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    page = client.get(url).content.decode()
    assert ("长期停业" in page, "不在有效期" in page) == (True, True)


def test_the_certificate_is_one_sheet_with_number_space_and_term(titled):
    title = titled()
    reader = PdfReader(io.BytesIO(pdf(title)))
    text = "".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert title.number in text


def test_while_a_title_holds_it_is_not_applied_for_again_until_it_ends_soon(titled):
    title = titled()
    assert [one.code for one in bars(bid(title))] == ["held"]
    today = timezone.localdate()
    assert [one.code for one in bars(bid(ending(title, today + 91 * DAY)))] == ["held"]
    assert bars(bid(ending(title, today + 90 * DAY))) == []
    assert bars(bid(ending(title, today))) == []


def test_a_title_expires_on_the_day_after_its_last_and_its_operator_is_told_before(titled, cast):
    title, today = titled(), timezone.localdate()
    ending(title, today + 30 * DAY)
    assert (actions.expire(today), actions.remind(today)) == (0, 1)
    actions.remind(today)
    head = cast.people["bees.operator_head"]
    told = Letter.objects.filter(recipient=head, key__startswith=f"title-{title.code}")
    assert told.count() == 1
    assert actions.expire(today + 29 * DAY) == 0
    assert actions.expire(today + 30 * DAY) == 1
    assert Title.objects.get(pk=title.pk).state == "expired"
    assert actions.expire(today + 30 * DAY) == 0


def test_false_material_bars_its_operator_as_long_as_the_document_says(titled, cast, monkeypatch):
    title, by = titled(), cast["zhe.approver"]
    rules = title.case.course
    three = replace(rules, ban=BanRule(years=3))
    monkeypatch.setattr(type(title.case), "course", three)
    actions.revoke(title, by=by, version=title.version, words="提供虚假租赁合同", false_material=True)  # fmt: skip
    ban = Ban.objects.get()
    assert ban.until.year - ban.since.year == 3
    (refusal,) = bars(bid(title))
    assert (refusal.code, "虚假租赁合同" in str(refusal)) == ("banned", True)
    Ban.objects.update(since=ban.since - 1200 * DAY, until=timezone.localdate())
    assert bars(bid(title)) == []


def test_only_an_approver_of_the_granting_department_revokes_and_once(titled, cast):
    title = titled()
    for who in ("zhe.clerk", "jia.approver", "xiang.approver", "bees.operator_head"):
        with refuses("not_granting"):
            actions.revoke(title, by=cast[who], version=title.version, words="x")
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    with refuses("ended"):
        actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="again")


def test_the_head_of_its_operator_gives_a_title_up(titled, cast):
    title = titled()
    with refuses("not_the_head"):
        actions.give_up(title, by=cast["bees.operator_clerk"], version=title.version)
    actions.give_up(title, by=cast["bees.operator_head"], version=title.version, words="搬迁")
    assert (title.state, title.ended_on, title.is_valid) == ("withdrawn", timezone.localdate(), False)  # fmt: skip


def test_the_register_costs_the_same_for_one_title_and_for_three(titled, registered, client, django_assert_num_queries):  # fmt: skip
    titled()
    with CaptureQueriesContext(connection) as first:
        client.get(reverse("filing:titles"))
    for number in range(2):
        titled(space=registered(f"慧谷 {number}"))
    with django_assert_num_queries(len(first)):
        client.get(reverse("filing:titles"))


def test_no_certificate_of_a_revoked_title_is_offered_or_printed(titled, cast, signed_in):
    title, bees = titled(), signed_in("bees.operator_head")
    way = reverse("filing:certificate", args=[title.code])
    assert way in bees.get(title.get_absolute_url()).content.decode()
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    assert way not in bees.get(title.get_absolute_url()).content.decode()
    assert bees.get(way).status_code == 409
