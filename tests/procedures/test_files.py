"""Whoever must decide can read what was handed in, wherever the operator sits; nobody else can."""

import pytest
from django.urls import reverse

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Attachment
from zhongchuang.records.models import Evidence

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
    actions.hand_in(case, by=cast["bees.operator_head"], version=case.version, promised=True, at=Attachment.objects.get(pk=taken.pk).removed)  # fmt: skip
    assert answers(signed_in, "ping.reviewer", taken.evidence) == [404, 404, 404]
    assert answers(signed_in, "ping.reviewer", kept.evidence) == [200, 200, 200]


def test_other_files_of_the_operator_stay_with_it(cast, handed_in, file_of, sits_in_hunan, signed_in):  # fmt: skip
    handed_in()
    other = file_of("bees.operator_head", "other.pdf")
    assert answers(signed_in, "ping.reviewer", other) == [404, 404, 404]
    assert other not in Evidence.objects.readable_by(cast["ping.reviewer"])
