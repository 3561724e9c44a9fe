"""A public notice is there for everyone to read, lasts its working days, and ends by itself."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.procedures.conftest import SHANGHAI
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Act, Case


def test_a_notice_is_read_by_everyone_until_its_last_day(on_notice, client):
    case = on_notice
    page = client.get(reverse("procedures:notices")).content.decode()
    assert case.space.name in page
    assert f"{case.due:%Y-%m-%d}" in page
    assert case.due == last_day(timezone.localdate(case.arrived), case.at.days)


def test_it_ends_by_itself_when_its_days_are_over_and_not_before(on_notice, time_machine):
    case = on_notice
    time_machine.move_to(timezone.make_aware(datetime.combine(case.due, datetime.max.time())))
    assert close_notices() == 0
    time_machine.shift(2)
    assert close_notices() == 1
    held = Case.objects.get(pk=case.pk)
    assert held.step != case.step or held.state == "granted"
    assert Act.objects.filter(case=case, move="close", user=None).count() == 1
    assert close_notices() == 0


def test_one_that_waits_for_an_objection_does_not_end(on_notice, time_machine):
    Case.objects.filter(pk=on_notice.pk).update(on_hold=True)
    time_machine.move_to(timezone.make_aware(datetime.combine(on_notice.due, datetime.max.time())))
    time_machine.shift(2)
    assert close_notices() == 0


def test_outside_the_window_nothing_is_begun(cast, registered, time_machine):
    time_machine.move_to(datetime(2027, 8, 10, 9, tzinfo=SHANGHAI))
    space = registered("湘江众创空间", who="owls.operator_head", region="430104", by="lu.reviewer")
    with pytest.raises(Refused) as caught:
        actions.begin(space, "hunan-2016", "recognition", by=cast["owls.operator_head"])
    assert (caught.value.refusal.code, "2028" in str(caught.value)) == ("window", True)
