"""Ledgers as workbooks: what is taken away is brought in again, the same in another space (XC-5, BY-1)."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from stdnum.cn import uscc

from tests.imports.conftest import problems, warnings
from zhongchuang.audit.models import Entry
from zhongchuang.finance.models import Investment, YearAccounts
from zhongchuang.imports import actions as imports
from zhongchuang.ledgers import actions
from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.ledgers.exports import ledger_file
from zhongchuang.ledgers.importable import sheet_of
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as residents
from zhongchuang.residents import merges
from zhongchuang.residents.models import Founder, MonthReport, Report, Resident, Stay
from zhongchuang.services.actions import appoint
from zhongchuang.services.models import Event, PolicyService, Session, TechnicalService

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
LEFT = {"outcome": "graduated", "destination": "market", "destination_name": "", "reason": ""}


def file_of(space, name):
    shown = ledgers()[name]
    sheet = sheet_of(shown)
    return ledger_file(shown, sheet.lines(space).order_by("-day", "-pk"), "xlsx")


def rows_of(data, *, without=("记录编号",)):
    """The rows of a workbook by heading, in any order."""
    head, *rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    found = [
        {h: v for h, v in zip(head, row, strict=True) if h not in without and v is not None}
        for row in rows
    ]
    return sorted(found, key=str)


@pytest.fixture
def code(cast):
    """Credit codes that are right."""

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
    mentor = appoint(
        space,
        by=by,
        day=date(2024, 1, 1),
        name="王导",
        employer="浙江大学",
        level="provincial",
        fulltime="no",
    ).mentor
    for _twice in range(2):
        write(Event, "2025-05-01", title="路演", kind="roadshow", attendance=60)
    write(
        Event,
        "2025-06-01",
        title="沙龙",
        kind="salon",
        part="joint",
        international="yes",
        minutes="一\n二",
    )
    write(Session, "2025-05-02", mentor=mentor, topic="融资", residents=both, length=60, rating=5)
    write(
        TechnicalService,
        "2025-05-03",
        subject="检测",
        kind="testing",
        times=3,
        residents=[firm.resident],
    )
    write(
        PolicyService,
        "2025-05-04",
        subject="注册",
        kind="registration",
        residents=[gone.resident, team.resident],
    )
    write(PolicyService, "2025-05-04", subject="注册", kind="registration", residents=[])
    write(
        Report,
        "2025-12-31",
        resident=firm.resident,
        staff=12,
        net_profit=Decimal("-250000.5"),
        has_mentor="yes",
        prizes=0,
    )
    write(
        MonthReport, "2025-02-28", resident=team.resident, staff=5, income=Decimal("10.50"), taxes=0
    )
    write(
        Investment,
        "2025-07-01",
        resident=firm.resident,
        source="own",
        amount=Decimal(500_000),
        form="equity",
        arrived="yes",
    )
    write(
        YearAccounts, "2025-12-31", year=2025, income_rent=Decimal(10), income_services=Decimal(0)
    )
    return space


ALL = (
    "stays",
    "mentors",
    "reports",
    "months",
    "events",
    "sessions",
    "technical",
    "policy",
    "investments",
    "accounts",
)


def test_what_is_taken_away_and_brought_into_an_empty_space_is_taken_away_the_same(
    year, registered, bring
):
    empty = registered("二号空间")
    for name in ALL:
        data = file_of(year, name)
        assert rows_of(data), name
        found = bring(CLERK, f"ledger-{name}", data, scope=empty.code, confirm=True)
        assert (name, found.state, found.findings.get("failure"), problems(found)) == (
            name,
            "done",
            None,
            [],
        )
        assert rows_of(file_of(empty, name)) == rows_of(data)
    assert Resident.objects.count() == 3
    assert Founder.objects.count() == 2


def edited(data, change):
    """A workbook after someone changed its rows; `change(row)` has them by heading."""
    made = openpyxl.load_workbook(io.BytesIO(data))
    head, *rows = made.worksheets[0].iter_rows()
    places = {cell.value: place for place, cell in enumerate(head)}
    for row in rows:
        for name, value in (change({n: row[p].value for n, p in places.items()}) or {}).items():
            row[places[name]].value = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_line_that_was_changed_in_the_file_is_known_again_by_its_number(year, bring, cast):
    data = edited(
        file_of(year, "events"),
        lambda row: {"标题": "春季路演", "参加人数（人）": 80} if row["标题"] == "沙龙" else None,
    )
    found = bring(CLERK, "ledger-events", data, scope=year.code, existing="change", confirm=True)
    assert found.findings["counts"] == {"changed": 1, "same": 2}
    line = Event.objects.get(title="春季路演")
    assert (line.attendance, line.version, Event.objects.count()) == (80, 2, 3)
    entry = Entry.objects.get(verb="line_corrected")
    assert (entry.values["old"], entry.values["new"]) == (
        {"title": "沙龙", "attendance": None}, {"title": "春季路演", "attendance": 80}
    )  # fmt: skip
    imports.undo(found, by=cast[CLERK])
    line.refresh_from_db()
    assert (line.title, line.attendance) == ("沙龙", None)


def test_what_is_known_of_a_resident_is_changed_by_the_file_and_put_back(year, bring, cast):
    def change(row):
        if row["入驻项目或企业"] == "星火团队":
            return {
                "工位（个）": 7,
                "孵化阶段": "孵化器",
                "产品或项目": "机器人",
                "使用面积（m²）": 60,
            }
        return {"退出方式": "淘汰"} if row["退出方式"] else None

    before = file_of(year, "stays")
    found = bring(CLERK, "ledger-stays", edited(before, change), scope=year.code, existing="change", confirm=True)  # fmt: skip
    assert (found.state, found.findings["counts"]) == ("done", {"changed": 2, "same": 1})
    stay = Stay.objects.get(resident__name="星火团队")
    assert (stay.desks, stay.stage.name, stay.area, stay.resident.product) == (
        7, "incubator", Decimal(60), "机器人"
    )  # fmt: skip
    assert Resident.objects.found_by("机器人").exists()
    imports.undo(found, by=cast[CLERK])
    assert rows_of(file_of(year, "stays")) == rows_of(before)


def test_undoing_strikes_what_was_brought_and_only_that(year, registered, bring, cast):
    empty = registered("二号空间")
    found = bring(CLERK, "ledger-stays", file_of(year, "stays"), scope=empty.code, confirm=True)
    imports.undo(found, by=cast[CLERK])
    here = Stay.objects.filter(space=empty)
    assert (here.count(), here.standing().count()) == (3, 0)
    assert "stays.xlsx" not in here.first().struck_reason
    assert Stay.objects.filter(space=year).standing().count() == 3
    entry = Entry.objects.get(verb="ledger_import_undone")
    assert entry.values["new"] == {"stay": 3}


def test_an_import_is_not_undone_after_one_of_its_lines_was_corrected(
    year, registered, bring, cast
):
    empty = registered("二号空间")
    found = bring(CLERK, "ledger-events", file_of(year, "events"), scope=empty.code, confirm=True)
    line = Event.objects.filter(space=empty).first()
    actions.correct(line, by=cast[CLERK], version=1, title="改名")
    with pytest.raises(Refused) as refused:
        imports.undo(found, by=cast[CLERK])
    assert refused.value.refusal.code == "built_on"
    assert Event.objects.filter(space=empty).standing().count() == 3


def test_an_import_is_not_undone_after_one_of_its_founders_was_merged(registered, bring, cast):
    space = registered()
    rows = [
        ["企业名称", "类别", "入驻时间", "创始人"],
        ["甲队", "团队", "2025-01-01", "李雷"],
        ["乙队", "团队", "2025-01-01", "李磊"],
    ]
    found = bring(CLERK, "ledger-stays", rows, scope=space.code, confirm=True)
    goes, stays = Founder.objects.order_by("-pk")
    merges.merge_founders(goes, stays, by=cast[CLERK], reason="同一人")
    with pytest.raises(Refused) as refused:
        imports.undo(found, by=cast[CLERK])
    assert (refused.value.refusal.code, Founder.objects.count()) == ("built_on", 2)


def test_the_same_row_twice_is_told_and_what_stands_already_is_left_as_it_is(year, bring):
    rows = [
        ["活动名称", "活动类型", "活动日期", "参加人数"],
        ["路演", "路演", "2025-05-01", 60], ["路演", "路演", "2025-05-01", 60], ["路演", "路演", "2025-05-01", 60],
        ["新活动", "沙龙", "2025.7.1", "30人"], ["新活动", "沙龙", "2025-07-01", 31],
    ]  # fmt: skip
    found = bring(CLERK, "ledger-events", rows, scope=year.code)
    assert problems(found) == [(4, "A", "doubled"), (6, "A", "doubled")]
    found = bring(CLERK, "ledger-events", [*rows[:3], rows[4]], scope=year.code, confirm=True)
    assert found.findings["counts"] == {"new": 1, "same": 2}
    assert Event.objects.get(title="新活动").attendance == 30


def test_a_ledger_as_an_operator_keeps_it_is_read(registered, bring, code, cast):
    space = registered()
    rows = [
        ["序号", "企业名称", "类别", "统一社会信用代码", "负责人", "创业者类型", "入驻时间", "孵化阶段", "工位数", "使用面积", "注册资本（万元）", "退出时间", "退出方式", "去向"],
        [1, "新芽科技有限公司", "企业", code(7), "赵一", "大学生", "2025.3.1", "孵化器", "6个", 40, 100, None, None, None],
        [2, "青苗团队", "团队", None, "钱二", "海归", date(2024, 1, 1), "苗圃", 0, None, None, "2025-01-01", "毕业", None],
        [3, "青苗团队", "团队", None, "钱二", "海归", date(2025, 6, 1), "苗圃", 2, None, None, None, None, None],
    ]  # fmt: skip
    found = bring(CLERK, "ledger-stays", rows, scope=space.code, confirm=True)
    assert (problems(found), warnings(found)) == ([], [(3, "N", "nowhere")])
    assert found.findings["counts"] == {"new": 3}
    assert Resident.objects.get(credit_code=code(7)).capital == Decimal(1_000_000)
    assert list(Stay.objects.order_by("day").values_list("resident__name", "until")) == [
        ("青苗团队", date(2025, 1, 1)), ("新芽科技有限公司", None), ("青苗团队", None),
    ]  # fmt: skip
    assert Founder.objects.filter(name="钱二").count() == 1
    entry = Entry.objects.get(verb="ledger_imported")
    assert entry.values["new"] == {
        "resident": 2,
        "founder": 2,
        "stay": 3,
        "stage": 3,
        "occupation": 3,
    }


def test_what_does_not_fit_is_told_by_cell(registered, bring, code, cast):
    space = registered()
    firm = residents.take_in(
        space, by=cast[CLERK], kind="firm", name="甲公司", credit_code=code(8), day=date(2025, 1, 1),
        stage="", desks=None, founder="", founder_kind="",
    )  # fmt: skip
    head = ["企业名称", "类型", "统一社会信用代码", "入驻时间", "退出时间", "退出方式"]
    rows = [
        head,
        ["乙公司", "企业", code(8), "2026-01-01", None, None],
        ["甲公司", "企业", code(8), "2025-06-01", None, None],
        ["丙团队", "团队", None, "2025-06-01", "2025-05-01", "毕业"],
        ["丁团队", "团队", None, "2025-06-01", "2025-09-01", None],
        ["戊团队", "团队", None, "2025-06-01", None, "毕业"],
        ["己团队", "团队", None, "2999-06-01", None, None],
        ["庚团队", "团队", code(9), "2025-06-01", None, None],
        ["辛团队", "团队", None, "1899-06-01", None, None],
    ]
    found = bring(CLERK, "ledger-stays", rows, scope=space.code)
    assert problems(found) == [
        (2, "A", "other_name"), (3, "D", "then_too"), (4, "E", "before_it_began"), (5, "F", "no_outcome"),
        (6, "E", "no_end"), (7, "D", "future"), (8, "B", "not_a_firm"),
        (9, "D", "other_age"),
    ]  # fmt: skip
    rows = [
        ["年度", "企业名称", "从业人员"],
        [2025, "甲公司", 5],
        [2025, "无此公司", 5],
        [2999, "甲公司", 1],
        ["去年", "甲公司", 1],
    ]
    found = bring(CLERK, "ledger-reports", rows, scope=space.code)
    assert problems(found) == [(3, "B", "unknown_resident"), (4, "A", "year"), (5, "A", "whole")]
    rows = [
        ["年度", "月份", "企业名称", "营业收入"],
        [2025, 2, "甲公司", 5],
        [2025, 13, "甲公司", 5],
        [2025, 0, "甲公司", 1],
        [2025, 2, "甲公司", 6],
    ]
    found = bring(CLERK, "ledger-months", rows, scope=space.code)
    assert problems(found) == [(3, "B", "month"), (4, "B", "month"), (5, "C", "doubled")]
    assert firm.version == 1


def test_only_the_operator_of_the_space_brings_its_ledgers_in(year, bring, signed_in):
    url = reverse("imports:new_into", args=[year.code, "ledger-stays"])
    page = reverse("ledgers:ledger", args=[year.code, "stays"])
    client = signed_in(CLERK)
    assert url in client.get(page).content.decode()
    assert client.get(url).status_code == 200
    client = signed_in("ping.reviewer")
    assert url not in client.get(page).content.decode()
    assert client.get(url).status_code == 404
    with pytest.raises(Refused):
        bring("ants.operator_head", "ledger-events", file_of(year, "events"), scope=year.code)


def test_a_ledger_with_merged_records_goes_out_and_in(year, bring, cast):
    firm = Resident.objects.get(kind="firm")
    team = residents.take_in(
        year, by=cast[CLERK], kind="team", name="微感", credit_code="", day=date(2024, 5, 1), stage="nursery",
        desks=1, founder="", founder_kind="",
    ).resident  # fmt: skip
    merges.merge(team, firm, by=cast[CLERK], reason="同一家")
    found = bring(CLERK, "ledger-stays", file_of(year, "stays"), scope=year.code, existing="change")
    assert (problems(found), found.findings["counts"]) == ([], {"same": 4})
    rows = [["企业名称", "类别", "入驻时间"], ["微感", "团队", "2026-01-01"]]
    found = bring(CLERK, "ledger-stays", rows, scope=year.code)
    assert problems(found) == [(2, "C", "then_too")]
