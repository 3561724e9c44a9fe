"""A title that is revoked for false material brings a credit record, by which the rules of the document judge; the review that lifts it lifts both."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.contests.conftest import HEAD, colleagues
from zhongchuang.credit import actions as credit
from zhongchuang.credit.access import may_ask
from zhongchuang.credit.models import Record, Request
from zhongchuang.filing import actions
from zhongchuang.filing.contestable import subject_of
from zhongchuang.filing.forms import RevokeForm
from zhongchuang.gap.packs import all_packs
from zhongchuang.gap.registered import table_of
from zhongchuang.records.register import collect, rows_behind
from zhongchuang.spaces.actions.listing import refresh
from zhongchuang.spaces.models import Particulars

pytestmark = pytest.mark.django_db
NAMES = ("false_material", "subsidy_misused")


def facts(space, on=None):
    columns = collect([space.pk], NAMES, on or timezone.localdate()).columns
    return {name: columns[name][0] for name in NAMES}


def follows(pack, consequence, space, on=None):
    """Whether the rule says that it follows, with the facts of the register."""
    known = {name: value for name, value in facts(space, on).items() if value is not None}
    return all_packs()[pack].consequences[consequence].follows(known)


def revoked(cast, title):
    colleagues(cast, "zhe")
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="提供虚假租赁合同", false_material=True)  # fmt: skip
    return Record.objects.get()


def test_the_rows_behind_are_told_to_those_who_see_the_record(cast, registered, entered):
    space, record = registered(), entered(matter="subsidy_misused")

    def rows(who):
        return list(
            rows_behind("subsidy_misused", space.pk, timezone.localdate(), reader=cast[who])
        )

    assert [rows(who) for who in ("bees.operator_head", "ping.reviewer", "zhe.approver")] == [
        [record]
    ] * 3
    assert [rows(who) for who in ("owls.operator_head", "hai.reviewer", "founder")] == [[], [], []]


def test_what_a_department_put_on_record_is_not_stated_otherwise(cast, registered, entered, signed_in):  # fmt: skip
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "statements"])

    def stated():
        sends = {
            "fact": "subsidy_misused",
            "text": "否",
            "day": timezone.localdate().isoformat(),
            "reason": "没有",
        }
        sends["request_key"] = client.get(url).context["form"]["request_key"].value()
        return client.post(url, sends)

    assert stated().status_code == 302
    assert table_of(space, timezone.localdate()).columns["subsidy_misused"] == [False]
    entered(matter="subsidy_misused")
    assert table_of(space, timezone.localdate()).columns["subsidy_misused"] == [True]
    assert list(stated().context["form"].errors) == ["fact"]
    assert "以部门记录为准" in client.get(reverse("gap:space", args=[space.code])).content.decode()


def test_after_a_revocation_for_false_material_the_rule_of_zhejiang_says_so(cast, titled):
    title = titled()
    assert facts(title.space) == dict.fromkeys(NAMES)
    assert follows("zhejiang-2016", "false_material", title.space) is False
    assert "false_material" in RevokeForm(title=title).fields
    record = revoked(cast, title)
    assert (record.matter, record.operator, record.space, record.department) == ("false_material", title.operator, title.space, title.department)  # fmt: skip
    assert ("第十二条(四)" in record.basis, record.number, record.url) == (True, title.number, title.get_absolute_url())  # fmt: skip
    assert follows("zhejiang-2016", "false_material", title.space) is True
    assert follows("hunan-2016", "false_material", title.space) is True
    yesterday = timezone.localdate() - timedelta(days=1)
    assert facts(title.space, yesterday) == dict.fromkeys(NAMES)
    assert [*rows_behind("false_material", title.space.pk, timezone.localdate())] == [record]


def test_the_record_stands_behind_the_figure_for_who_reads_the_space(cast, titled, signed_in):
    title = titled()
    record = revoked(cast, title)
    url = reverse("ledgers:behind", args=[title.space.code, "false_material"])
    for who in ("zhe.clerk", HEAD):
        [(_row, address, pairs)] = signed_in(who).get(url).context["rows"]
        assert (address, "提供虚假材料" in dict(pairs).values()) == (
            record.get_absolute_url(),
            True,
        )


def test_the_review_that_lifts_the_revocation_lifts_the_record_and_settles_what_was_asked(cast, titled, review, decided):  # fmt: skip
    title = titled()
    record = revoked(cast, title)
    credit.ask(record, by=cast[HEAD], kind="correction", words="合同真实")
    made = decided(review(subject=subject_of(title)), "zhe", "grant")
    record.refresh_from_db()
    assert (record.state, made.number in record.end_reason) == ("lifted", True)
    assert Request.objects.get().state == "settled"
    assert follows("zhejiang-2016", "false_material", title.space) is False
    assert may_ask(cast[HEAD], record).code == "ended"


def test_the_longest_reason_of_a_review_fits_on_the_record(cast, titled, review, taken):
    title = titled()
    record = revoked(cast, title)
    made = taken(
        taken(review(subject=subject_of(title)), "zhe", "consent"),
        "zhe",
        "grant",
        words="理" * 1000,
    )
    record.refresh_from_db()
    assert (record.state, record.end_reason.startswith(made.number)) == ("lifted", True)
    assert len(record.end_reason) <= Record._meta.get_field("end_reason").max_length


def test_a_record_is_told_of_who_ran_the_space_on_the_day(cast, registered, entered):
    space = registered()
    entered(matter="subsidy_misused")
    before = Particulars.objects.get(space=space)
    handed_over = date(2026, 5, 1)
    Particulars.objects.filter(pk=before.pk).update(valid_until=handed_over)
    before.pk, before.valid_from, before.operator = None, handed_over, cast.organisations["kites"]
    before.save()
    refresh(space)
    days = (date(2026, 4, 30), handed_over)
    assert [facts(space, day)["subsidy_misused"] for day in days] == [True, None]
    assert [len(rows_behind("subsidy_misused", space.pk, day)) for day in days] == [1, 0]


def test_a_revocation_for_another_reason_leaves_no_record(cast, titled):
    title = titled()
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    assert not Record.objects.exists()


def test_money_misused_counts_for_every_space_of_the_operator_or_for_the_one_that_is_named(cast, registered, entered):  # fmt: skip
    one, other = registered(), registered("第二空间")
    foreign = registered("别家空间", who="ants.operator_head")
    entered(matter="subsidy_misused", space=one)
    assert [facts(space, date(2026, 4, 1))["subsidy_misused"] for space in (one, other, foreign)] == [True, None, None]  # fmt: skip
    assert follows("hunan-2016", "misuse", one, date(2026, 4, 1))
    entered(matter="subsidy_misused", basis="嘉科监〔2026〕8号")
    assert [facts(space, date(2026, 4, 1))["subsidy_misused"] for space in (one, other, foreign)] == [True, True, None]  # fmt: skip
    assert facts(one, date(2026, 3, 1))["subsidy_misused"] is None
    assert facts(one, date(2029, 3, 2))["subsidy_misused"] is None
