"""Daily work through the API: written down, read page by page, corrected, struck out; and the figures made of it."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import person, program, register
from zhongchuang.audit.models import Entry
from zhongchuang.residents.models import Stay
from zhongchuang.services.models import Event

pytestmark = pytest.mark.django_db
EVENT = {"title": "春季路演", "kind": "roadshow", "day": "2025-05-01", "attendance": 40}
FIRM = {"kind": "firm", "name": "云帆科技有限公司", "day": "2025-03-01", "desks": 4, "stage": "incubator", "founder": "张三"}  # fmt: skip


@pytest.fixture
def code(cast):
    return register(cast).code


def write(asker, code, values, name="events", **headers):
    return asker.post(f"spaces/{code}/ledgers/{name}/", {"values": values}, **headers)


def test_an_event_is_written_down_and_counts(cast, bees, code):
    made = write(bees, code, EVENT)
    assert made.status_code == 201
    line = made.json()
    assert line["values"] == {
        "title": "春季路演",
        "kind": "roadshow",
        "attendance": 40,
        "part": "own",
    }
    facts = bees.get(f"spaces/{code}/facts/?on=2026-07-01").json()["facts"]
    assert (facts["events.year"]["value"], facts["attendance.total"]["value"]) == ("1", "40")
    rows = bees.get(f"spaces/{code}/facts/events.year/rows/?on=2026-07-01").json()
    assert [(row["table"], row["series"]) for row in rows] == [("events", line["key"])]
    assert program(cast, "ping").get(f"ledgers/events/{line['key']}/").json() == line
    assert person(cast, "xiang.clerk").get(f"ledgers/events/{line['key']}/").status_code == 404


def test_a_resident_is_taken_in_and_named_by_its_code_afterwards(bees, code):
    stay = write(bees, code, FIRM, "stays").json()
    resident = stay["values"]["resident"]
    assert resident == Stay.objects.get().resident.code
    report = {"resident": resident, "day": "2025-12-31", "staff": 9, "income": "120000.50"}
    told = write(bees, code, report, "reports").json()["values"]
    assert (told["resident"], told["income"]) == (resident, "120000.5")
    served = {"subject": "样机", "kind": "prototype", "day": "2025-06-01", "residents": [resident], "times": 1, "done_by": "self"}  # fmt: skip
    assert write(bees, code, served, "technical").json()["values"]["residents"] == [resident]
    facts = bees.get(f"spaces/{code}/facts/?on=2026-07-01").json()["facts"]
    assert [facts[name]["value"] for name in ("resident_firms", "desks_occupied", "jobs")] == ["1", "4", "9"]  # fmt: skip


def test_what_a_form_would_not_take_is_told_field_by_field(bees, code):
    answer = write(bees, code, EVENT | {"kind": "party", "day": "2199-01-01", "colour": "red"})
    assert (answer.status_code, set(answer.json()["detail"])) == (422, {"colour"})
    answer = write(bees, code, EVENT | {"kind": "party", "day": "2199-01-01"})
    assert (answer.status_code, set(answer.json()["detail"])) == (422, {"kind", "day"})
    assert not Event.objects.exists()


def test_a_line_is_corrected_as_it_was_read_and_struck_out_with_a_reason(bees, code):
    line = write(bees, code, EVENT).json()
    path = f"ledgers/events/{line['key']}"
    corrected = bees.post(f"{path}/correct/", {"version": 1, "values": {"attendance": None}})
    assert "attendance" not in corrected.json()["values"]
    assert corrected.json()["values"]["title"] == EVENT["title"]
    late = bees.post(f"{path}/correct/", {"version": 1, "values": {"attendance": 3}})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert bees.post(f"{path}/strike/", {"version": 2, "reason": "重复"}).json()["struck_reason"] == "重复"  # fmt: skip
    assert bees.get(f"spaces/{code}/ledgers/events/").json()["items"] == []
    assert len(bees.get(f"spaces/{code}/ledgers/events/?struck=true").json()["items"]) == 1
    verbs = list(Entry.objects.about(Event.objects.get()).order_by("number").values_list("verb", flat=True))  # fmt: skip
    assert verbs == ["line_written", "line_corrected", "line_struck"]


def test_the_same_request_sent_again_writes_one_line(bees, code):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, second = write(bees, code, EVENT, **key), write(bees, code, EVENT, **key)
    assert first.json() == second.json()
    assert Event.objects.count() == 1


def test_lines_that_follow_from_something_else_are_not_written_here(bees, code):
    answer = write(bees, code, {}, "nothing")
    assert answer.status_code == 404
    listed = {one["name"]: one["lines"] for one in bees.get(f"spaces/{code}/ledgers/").json()}
    assert {"events", "stays", "funds"} <= set(listed)
    assert set(listed.values()) == {0}


def test_a_page_of_lines_costs_the_same_for_one_and_for_three(bees, code):
    path = f"spaces/{code}/ledgers/events/"
    write(bees, code, EVENT)
    bees.get(path)
    with CaptureQueriesContext(connection) as few:
        bees.get(path)
    write(bees, code, EVENT)
    write(bees, code, EVENT)
    with CaptureQueriesContext(connection) as more:
        assert len(bees.get(path).json()["items"]) == 3
    assert len(few) == len(more)
