"""Filings that wait at the step of the county, which needs a letter."""

import pytest

from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from zhongchuang.papers import actions
from zhongchuang.papers.models import Paper
from zhongchuang.papers.wording import prefilled
from zhongchuang.procedures import actions as moves
from zhongchuang.procedures.models import Case


@pytest.fixture
def at_county(handed_in, step):  # noqa: F811 -- the fixtures above
    """`at_county()` is a filing to which the city consented."""

    def one(**more):
        return Case.objects.get(pk=step(handed_in(**more), "jia", "consent").pk)

    return one


@pytest.fixture
def lettered(cast):
    """`lettered(case)` is the letter as the clerk of the county keeps it by one click."""

    def one(case, who="ping.clerk", **other):
        case = Case.objects.get(pk=case.pk)
        fields = prefilled(case, "letter") | other
        return actions.write(case, "letter", by=cast[who], **fields)

    return one


@pytest.fixture
def proposed(cast):
    """`proposed(case)` is the case after the clerk of the county proposed to recommend."""

    def one(case):
        case = Case.objects.get(pk=case.pk)
        return moves.move(case, "propose", by=cast["ping.clerk"], version=case.version, proposed="recommend", words="已核对")  # fmt: skip

    return one


@pytest.fixture
def issued(cast, at_county, lettered, proposed):
    """`issued()` is a letter with its number, as the approver of the county signed it."""

    def one(case=None, text=None, **more):
        case = case or at_county(**more)
        paper = lettered(case, **({"text": text} if text else {}))
        case = proposed(case)
        moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
        return Paper.objects.get(pk=paper.pk)

    return one
