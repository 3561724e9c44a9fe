"""What an audit administrator reads of the log: what happened in the reach of the department, not in the next province."""

import pytest
from django.db import transaction

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Entry, Subject
from zhongchuang.organisations.models import Organisation, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """Entries by someone, about someone, by the platform, and about someone who belongs nowhere."""
    with transaction.atomic():
        log(Subject("records.evidence", "1", "a"), "by_bees", by=cast["bees.operator_head"].who)
        log(Subject("records.evidence", "2", "b"), "by_lu", by=cast["lu.clerk"].who)
        log(cast.people["bees.operator_clerk"], "failed_bees", by=None)
        log(cast.people["lu.clerk"], "failed_lu", by=None)
        log(cast.organisations["owls"], "about_owls", by=None)
        log(cast.people["founder"], "failed_founder", by=None)
        log(Subject("organisations.region", "", "regions"), "loaded", by=None)
        log(Subject("records.evidence", "3", "c"), "scanned", by=None)


def read(cast, who):
    return set(Entry.objects.visible_to(cast[f"{who}.audit_admin"]).values_list("verb", flat=True))


def test_each_reads_what_happened_in_the_own_reach(cast, told):
    platform = {"loaded", "failed_founder"}
    bees, lu = {"by_bees", "failed_bees"}, {"by_lu", "failed_lu", "about_owls"}
    assert {who: read(cast, who) for who in ("ping", "hai", "jia", "zhe", "xiang", "lu")} == {
        "ping": bees, "hai": set(), "jia": bees, "zhe": bees | platform, "xiang": lu | platform, "lu": lu,
    }  # fmt: skip


def test_a_department_that_holds_the_whole_site_reads_all_of_it(cast, told):
    nation = Organisation.objects.create(
        name="Ministry", kind="department", region=cast.regions["000000"], state="confirmed",
        competent=True, level="national",
    )  # fmt: skip
    Post.objects.filter(user=cast.people["zhe.audit_admin"]).update(organisation=nation)
    assert read(cast, "zhe") == set(Entry.objects.values_list("verb", flat=True))


def test_other_roles_read_nothing(cast, told):
    others = [who for who in cast.people if not who.endswith("audit_admin")]
    assert [who for who in others if Entry.objects.visible_to(cast[who]).exists()] == []
