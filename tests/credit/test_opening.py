"""Credit records from before the platform come in from a file, and are taken back with it unless something rests on one."""

import pytest

from tests.imports.conftest import bring, no_queue, problems, warnings  # noqa: F401 -- fixtures
from zhongchuang.credit import actions
from zhongchuang.credit.models import Record
from zhongchuang.imports import actions as imports
from zhongchuang.imports.access import may_import
from zhongchuang.imports.declaration import kind_of
from zhongchuang.page.refusal import Refused
from zhongchuang.records.models import Letter

pytestmark = pytest.mark.django_db
BEES, KITES, OWLS = "91330482MA28A00016", "91330481MA28A0003X", "91430104MA28A0004P"
HEADS = [
    "统一社会信用代码",
    "众创空间名称",
    "信用事项",
    "文号",
    "事由",
    "认定日期",
    "截止日期",
    "决定编号",
]


def told(**more):
    cells = {
        "code": BEES, "space": None, "matter": "弄虚作假", "basis": "浙科监〔2024〕7号", "words": "申报材料不实", "day": "2024-05-20",
        "until": None, "number": None,
    }  # fmt: skip
    return list((cells | more).values())


@pytest.fixture
def records(bring):  # noqa: F811 -- the fixture above
    def one(*rows, who="zhe.reviewer", **more):
        return bring(who, "credit_records", [HEADS, *rows], **more)

    return one


def test_a_record_comes_in_with_its_document_file_and_row(records, registered, cast):
    space = registered()
    found = records(told(), told(space="慧谷众创空间", matter="违规使用财政资金", until="2026-01-31", number="决〔2024〕1号"), confirm=True)  # fmt: skip
    assert (found.state, problems(found), found.findings["counts"]) == ("done", [], {"new": 2})
    whole, one = Record.objects.order_by("pk")
    assert (whole.matter, whole.space, whole.until.isoformat()) == ("false_material", None, "2027-05-20")  # fmt: skip
    assert (one.matter, one.space, one.until.isoformat(), one.is_in_force) == ("subsidy_misused", space, "2026-02-01", False)  # fmt: skip
    assert (one.number, one.row, one.evidence) == ("决〔2024〕1号", 3, found.evidence)
    assert {one.department for one in (whole, one)} == {cast.organisations["zhe"]}
    letters = Letter.objects.filter(
        recipient=cast.people["bees.operator_head"], key__startswith="credit-"
    )
    assert [one.key for one in letters] == [f"credit-{whole.code}"]
    assert records(told()).findings["counts"] == {"same": 1}
    assert warnings(records(told(words="另一事由"))) == [(2, "A", "recorded_otherwise")]


def test_what_does_not_fit_is_told_by_its_cell(records, registered):
    registered()
    found = records(
        told(code="91330482MA28A00029X"[:18]), told(code=OWLS), told(space="没有的空间"), told(code=KITES, space="慧谷众创空间"),
        told(day="2999-01-01"), told(until="2020-01-01"), told(), told(), told(basis=None), told(matter="天气"),
    )  # fmt: skip
    assert [one for one in problems(found) if one[2] != "no_operator"] == [
        (3, "A", "other_region"), (4, "B", "unknown_space"), (5, "B", "other_operator"), (6, "F", "future"), (7, "G", "ends_early"),
        (9, "A", "doubled"), (10, "D", "missing"), (11, "C", "choice"),
    ]  # fmt: skip


def test_a_heading_that_stands_twice_keeps_its_meaning_for_the_next_file(bring, registered):  # noqa: F811
    registered()
    bring("zhe.reviewer", "credit_records", [[*HEADS, "文号"], [*told(), "再写一次"]])
    found = bring("zhe.reviewer", "credit_records", [HEADS, told()])
    assert found.findings["counts"] == {"new": 1}


def test_the_last_day_of_the_calendar_is_a_day_like_others(records, registered):
    registered()
    found = records(told(until="9999-12-31"), told(basis="二", until="9999-12-30"))
    assert problems(found) == [(2, "G", "endless")]


def test_a_file_is_taken_back_unless_something_rests_on_it(records, registered, cast):
    registered()
    first = records(told(), confirm=True)
    imports.undo(first, by=cast["zhe.reviewer"])
    assert Record.objects.count() == 0
    found = records(told(basis="浙科监〔2024〕8号"), confirm=True)
    actions.ask(Record.objects.get(), by=cast["bees.operator_head"], kind="repair", words="已整改")
    with pytest.raises(Refused) as caught:
        imports.undo(found, by=cast["zhe.reviewer"])
    assert caught.value.refusal.code == "built_on"


def test_a_register_that_was_taken_away_is_read_back_as_the_same(records, registered, signed_in, bring):  # noqa: F811  # fmt: skip
    registered()
    records(
        told(), told(space="慧谷众创空间", matter="表彰", basis="浙科〔2024〕9号"), confirm=True
    )
    data = signed_in("zhe.reviewer").post("/credit/register.xlsx").content
    assert bring("zhe.reviewer", "credit_records", data).findings["counts"] == {"same": 2}


def test_competent_departments_bring_records_in(cast):
    asked = ("zhe.reviewer", "zhe.clerk", "zhe.finance", "zhe.system_admin", "bees.operator_head")
    answers = {who: may_import(cast[who], kind_of("credit_records"), "") for who in asked}
    assert {who: answer and answer.code for who, answer in answers.items()} == {
        "zhe.reviewer": None, "zhe.clerk": "not_competent", "zhe.finance": "not_competent", "zhe.system_admin": "not_competent", "bees.operator_head": "not_competent",
    }  # fmt: skip
