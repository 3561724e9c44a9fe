"""An objection that stands upheld, written as it then stands: for tests in which only what follows counts."""

import uuid

from django.utils import timezone

from zhongchuang.objections.access import is_on_notice
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.procedures.models import Case


def upheld(case):
    """The case with an upheld objection to its notice, where it stands at one."""
    if not is_on_notice(case):
        return case
    now = timezone.now()
    made = Objection.objects.create(
        case=case, notice=case.arrived, department=case.department, request_key=uuid.uuid4(), kind="person", name="周知",
        email="zhou@example.com", grounds="面积不符", state="upheld", proposed="upheld", words="成立", received=now,
        number=f"Y2027-{case.pk:07d}", answered=now, proposed_by=case.begun_by, signed_by=case.begun_by,
    )  # fmt: skip
    Hold.objects.create(case=made.case, begun=now, due=case.due, left=1)
    Case.objects.filter(pk=case.pk).update(on_hold=True)
    return Case.objects.get(pk=case.pk)
