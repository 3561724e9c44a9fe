"""Whoever must decide can read what was handed in, wherever the operator sits; nobody else can."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures import actions
from zhongchuang.records.models import Evidence
from zhongchuang.spaces.models import Proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def sits_in_hunan(cast):
    """The operator moves its seat to another province; its space stays."""
    Organisation.objects.filter(pk=cast.organisations["bees"].pk).update(region=cast.regions["430104"])  # fmt: skip


def answers(signed_in, who, file):
    client = signed_in(who)
    return [client.get(reverse(f"records:{name}", args=[file.key])).status_code for name in ("file", "download", "show")]  # fmt: skip


def test_the_files_of_a_case_are_read_by_those_in_whose_reach_the_space_is(cast, handed_in, sits_in_hunan, signed_in):  # fmt: skip
    file = handed_in().attachments.first().evidence
    for who in ("ping.reviewer", "jia.approver", "zhe.reviewer"):
        assert answers(signed_in, who, file) == [200, 200, 200]
    for who in ("hai.reviewer", "owls.operator_head", "founder"):
        assert answers(signed_in, who, file) == [404, 404, 404]


def test_what_is_not_handed_in_is_the_applicants_own(cast, complete, sits_in_hunan, signed_in):
    case = complete()
    taken, kept = list(case.attachments.all())[:2]
    assert answers(signed_in, "ping.reviewer", kept.evidence) == [404, 404, 404]
    actions.detach(taken, by=cast["bees.operator_head"])
    actions.attach(case, by=cast["bees.operator_head"], slot=taken.slot, evidence=kept.evidence)
    case.refresh_from_db()
    actions.hand_in(case, by=cast["bees.operator_head"], version=case.version, promised=True, at=timezone.now())  # fmt: skip
    assert answers(signed_in, "ping.reviewer", taken.evidence) == [404, 404, 404]
    assert answers(signed_in, "ping.reviewer", kept.evidence) == [200, 200, 200]


def test_other_files_of_the_operator_stay_with_it(cast, handed_in, file_of, sits_in_hunan, signed_in):  # fmt: skip
    handed_in()
    other = file_of("bees.operator_head", "other.pdf")
    assert answers(signed_in, "ping.reviewer", other) == [404, 404, 404]
    assert other not in Evidence.objects.readable_by(cast["ping.reviewer"])


def test_the_file_from_which_a_region_was_brought_in_stays_with_its_department(cast, registered, file_of, sits_in_hunan, signed_in):  # fmt: skip
    space = registered()
    own, whole = file_of("bees.operator_head", "lease.pdf"), file_of("zhe.clerk", "region.pdf")
    for file in (own, whole):
        Proof.objects.create(space=space, series=uuid.uuid4(), evidence=file)
    assert answers(signed_in, "ping.reviewer", own) == [200, 200, 200]
    assert answers(signed_in, "ping.reviewer", whole) == [404, 404, 404]
    assert answers(signed_in, "zhe.reviewer", whole) == [200, 200, 200]


def test_what_is_added_to_a_returned_case_is_read_once_it_is_handed_in_again(cast, handed_in, file_of, sits_in_hunan, signed_in):  # fmt: skip
    case, by = handed_in(), cast["bees.operator_head"]
    slot = case.course.materials[0].id
    actions.move(case, "return", by=cast["jia.clerk"], version=case.version, words="不全", pins=[(f"material:{slot}", "看不清")])  # fmt: skip
    case.refresh_from_db()
    kept, taken = file_of("bees.operator_head", "new.pdf"), file_of("bees.operator_head", "wrong.pdf")  # fmt: skip
    for file in (kept, taken):
        attached = actions.attach(case, by=by, slot=slot, evidence=file)
    actions.detach(attached, by=by)
    assert [answers(signed_in, "jia.clerk", file)[0] for file in (kept, taken)] == [404, 404]
    case.refresh_from_db()
    actions.hand_in(case, by=by, version=case.version, promised=True, at=timezone.now())
    assert [answers(signed_in, "jia.clerk", file)[0] for file in (kept, taken)] == [200, 404]
