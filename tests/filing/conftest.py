"""Titles that were granted by the Zhejiang rules."""

import pytest

from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from zhongchuang.filing.models import Title

STEPS = (("jia", "consent"), ("ping", "recommend"), ("zhe", "grant"))


@pytest.fixture
def titled(handed_in, step):  # noqa: F811 -- the fixtures above
    """`titled()` is the title of a space of Bees, which the province of Zhe granted."""

    def one(**more):
        case = handed_in(**more)
        for department, move in STEPS:
            case = step(case, department, move)
        return Title.objects.get(case=case)

    return one
