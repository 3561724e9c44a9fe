"""Records of the operator Bees, entered by the city, and titles that are revoked and reviewed."""

from datetime import date

import pytest

from tests.contests.conftest import asked, decided, review, taken  # noqa: F401 -- fixtures
from tests.filing.conftest import titled  # noqa: F401 -- a fixture
from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from zhongchuang.credit import actions
from zhongchuang.credit.models import Record
from zhongchuang.organisations.models import Role

FOUND = date(2026, 3, 2)


@pytest.fixture
def entered(cast):
    """`entered()` is a bad record of Bees that the reviewer of the city entered; its approver and a second reviewer may answer."""

    def one(who="jia.reviewer", matter="other_bad", day=FOUND, **more):
        given = {"basis": "嘉科监〔2026〕3号", "words": "统计数据与凭证不一致"} | more
        made = actions.enter(cast.organisations["bees"], by=cast[who], matter=matter, day=day, **given)  # fmt: skip
        return Record.objects.get(pk=made.pk)

    return one


@pytest.fixture
def colleague(cast):
    """A second reviewer of the city."""
    cast.person("jia.reviewer.b", organisation=cast.organisations["jia"], role=Role.REVIEWER)
    return cast["jia.reviewer.b"]
