"""An organisation is not closed while it runs spaces, or while spaces wait for it."""

import pytest

from zhongchuang.organisations import actions as organisations
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import actions


def close(cast, short, who):
    organisation = Organisation.objects.get(pk=cast.organisations[short].pk)
    organisations.close_organisation(organisation, reason="merged", by=cast[who])
    return Organisation.objects.get(pk=organisation.pk).state


def test_an_operator_with_a_registered_space_stays_open(cast, registered):
    registered()
    with pytest.raises(Refused, match="1 个众创空间"):
        close(cast, "bees", "ping.approver")
    assert close(cast, "ants", "ping.approver") == "closed"


def test_a_department_decides_first_on_what_was_submitted(cast, prepared):
    space = prepared()
    assert close(cast, "hai", "jia.system_admin") == "closed"
    actions.submit(space, by=cast["bees.operator_head"])
    with pytest.raises(Refused, match="待其审核"):
        close(cast, "ping", "jia.system_admin")
