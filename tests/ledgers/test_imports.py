"""Ledgers as workbooks: what is taken away is brought in again, the same in another space (XC-5, BY-1)."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation

from tests.imports.conftest import book, bring, carry_out, no_queue, problems, warnings
from zhongchuang.audit.actions import log_all
from zhongchuang.audit.models import Entry
from zhongchuang.finance.models import Investment, YearAccounts
from zhongchuang.imports import actions as imports
from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.workbooks import template
from zhongchuang.ledgers import actions
from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.ledgers.exports import ledger_file
from zhongchuang.ledgers.importable import key_of, sheet_of
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as residents
from zhongchuang.residents.models import Founder, Occupation, Report, Resident, Stage, Stay
from zhongchuang.services.actions import appoint
from zhongchuang.services.models import Event, Mentor, PolicyService, Session, TechnicalService

pytestmark = pytest.mark.django_db
CODE, OTHER = "91330482MA2CX12349", "913304821234567890"
CLERK = "bees.operator_clerk"
__all__ = ["bring", "no_queue"]
LEFT = {"outcome": "graduated", "destination": "market", "destination_name": "", "reason": ""}


def file_of(space, name):
    shown = ledgers()[name]
    sheet = sheet_of(shown)
    return ledger_file(shown, sheet.lines(space).order_by("-day", "-pk"), "xlsx")


def rows_of(data, *, without=("记录编号",)):
    """The rows of a workbook by heading, in any order."""
    head, *rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    found = [{h: v for h, v in zip(head, row, strict=True) if h not in without and v is not None} for row in rows]
    return sorted(found, key=str)


@pytest.fixture
def code(cast):
    """A credit code that is right."""
    from stdnum.cn import uscc

    def one(number):
        body = f"91330482MA2CX{number:04d}"
        return body + uscc.calc_check_digit(body)

    return one


@pytest.fixture
def year(registered, cast, code):
    """A space whose operator wrote in every ledger."""
    space, by = registered(), cast[CLERK]
    team = residents.take_in(
        space, by=by, kind="team", name="星火团队", day=date(2025, 3, 1), stage="nursery", desks=4,
        founder="李雷", founder_kind="student", free_months=6, people=5, area=Decimal("45.50"),
    )  # fmt: skip
    firm = residents.take_in(
        space, by=by, kind="firm", name="平湖微感科技有限公司", credit_code=code(1), day=date(2024, 1, 1),
        stage="incubator", desks=10, founder="韩梅", founder_kind="returnee", agreement="协 1", monthly_fee=Decimal(1200),
    )  # fmt: skip
    residents.revise(
        firm.resident, by=by, version=1, registered=date(2023, 12, 1), founded=date(2023, 11, 1),
        region=cast.regions["330482"], registration="limited", taxpayer="small", industry="electronics",
        field="传感器", product="微型传感器", capital=Decimal(1_000_000), high_tech="no",
    )  # fmt: skip
    gone = residents.take_in(
        space, by=by, kind="team", name="远行；团队", day=date(2023, 1, 1), stage="nursery", desks=2, founder="", founder_kind="",
    )  # fmt: skip
    residents.leave(gone, by=by, version=1, day=date(2024, 1, 1), **LEFT)

    def write(model, day, **given):
        return actions.write_down(model, space, by=by, day=date.fromisoformat(day), **given)

    both = [team.resident, firm.resident]
    mentor = appoint(space, by=by, day=date(2024, 1, 1), name="王导", employer="浙江大学", level="provincial", fulltime="no").mentor
    for _twice in range(2):
        write(Event, "2025-05-01", title="路演", kind="roadshow", attendance=60)
    write(Event, "2025-06-01", title="沙龙", kind="salon", part="joint", international="yes", minutes="一\n二")
    write(Session, "2025-05-02", mentor=mentor, topic="融资", residents=both, length=60, rating=5)
    write(TechnicalService, "2025-05-03", subject="检测", kind="testing", times=3, residents=[firm.resident])
    write(PolicyService, "2025-05-04", subject="注册", kind="registration", residents=[gone.resident, team.resident])
    write(PolicyService, "2025-05-04", subject="注册", kind="registration", residents=[])
    write(Report, "2025-12-31", resident=firm.resident, staff=12, net_profit=Decimal("-250000.5"), has_mentor="yes", prizes=0)
    write(Investment, "2025-07-01", resident=firm.resident, source="own", amount=Decimal(500_000), form="equity", arrived="yes")
    write(YearAccounts, "2025-12-31", year=2025, income_rent=Decimal(10), income_services=Decimal(0))
    return space


ALL = ("stays", "mentors", "reports", "events", "sessions", "technical", "policy", "investments", "accounts")


def test_what_is_taken_away_and_brought_into_an_empty_space_is_taken_away_the_same(year, registered, bring, cast):
    empty = registered("另一个空间", who="ants.operator_head", region="330402", by=None) if False else registered("二号空间")
    for name in ALL:
        data = file_of(year, name)
        assert rows_of(data), name
        found = bring(CLERK, f"ledger-{name}", data, scope=empty.code, confirm=True)
        assert (name, found.state, found.findings.get("failure"), problems(found)) == (name, "done", None, [])
        assert rows_of(file_of(empty, name)) == rows_of(data)
    assert Resident.objects.count() == 3
    assert Founder.objects.count() == 2
