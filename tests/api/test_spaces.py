"""The register through the API: a space comes in, its area changes, the county decides, the province sees it."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import person, program
from tests.files.conftest import pdf
from zhongchuang.records.models import Evidence
from zhongchuang.spaces.models import Change, Space, StaffMember

pytestmark = pytest.mark.django_db
NEW = {
    "name": "慧谷众创空间", "kind": "space", "opened": "2020-03-01", "region": "330482",
    "address": "平湖大道 1 号",
}  # fmt: skip
SITE = {"name": "A 座", "floor_area": "600.50", "desks": 80, "tenure": "rented"}


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


def added(space, values=SITE, table="premises", **more):
    return {"table": table, "verb": "add", "on": "2020-03-01", "values": values} | more


def site_of(asker, code):
    return asker.get(f"spaces/{code}/rows/?table=premises").json()[0]


def larger(row, **more):
    return {
        "table": "premises", "verb": "revise", "on": "2026-09-01", "series": row["series"],
        "version": row["version"], "values": {"floor_area": "900"}, "reason": "二楼投入使用",
    } | more  # fmt: skip


@pytest.fixture
def code(cast, bees):
    """A space that came into the register by the API alone."""
    code = bees.post("spaces/", NEW).json()["code"]
    assert bees.post(f"spaces/{code}/changes/", added(code)).json()["outcome"] == "recorded"
    assert bees.post(f"spaces/{code}/submit/").json()["state"] == "submitted"
    county = person(cast, "ping.reviewer")
    assert county.post(f"spaces/{code}/confirm/").json()["state"] == "confirmed"
    return code


def test_an_operator_changes_the_area_and_the_county_confirms_it(cast, bees, code):
    file = bees.post("evidence/", {"file": SimpleUploadedFile("lease.pdf", pdf())}).json()["key"]
    asked = bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code), evidence=[file]))
    assert (asked.status_code, asked.json()["outcome"]) == (202, "waiting")
    change = asked.json()["change"]
    assert (change["old"]["floor_area"], change["new"]["floor_area"]) == ("600.5", "900")
    county = person(cast, "ping.reviewer")
    assert county.post(f"changes/{change['key']}/confirm/").json()["state"] == "confirmed"
    area = [
        program(cast, "ping").get(f"spaces/{code}/facts/?on={day}").json()["facts"]["floor_area"]
        for day in ("2026-08-31", "2026-09-01")
    ]
    assert [(one["value"], one["unit"]) for one in area] == [("600.5", "m2"), ("900", "m2")]
    assert person(cast, "zhe.clerk").get(f"changes/{change['key']}/").status_code == 200
    assert person(cast, "xiang.clerk").get(f"changes/{change['key']}/").status_code == 404


def test_the_county_does_not_confirm_and_says_why(cast, bees, code):
    change = bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code))).json()["change"]
    path = f"changes/{change['key']}/refuse/"
    for who, status in (("ping.clerk", 403), ("hai.reviewer", 404), ("ping.reviewer", 200)):
        answer = person(cast, who).post(path, {"answer": "请附合同"})
        assert answer.status_code == status
    assert (answer.json()["state"], answer.json()["answer"]) == ("refused", "请附合同")
    assert person(cast, "ping.approver").post(path, {"answer": "再看"}).json()["code"] == "decided"


def test_the_operator_withdraws_what_it_asked_for(bees, code):
    change = bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code))).json()["change"]
    assert bees.post(f"changes/{change['key']}/withdraw/").json()["state"] == "withdrawn"


def test_a_request_sent_twice_with_its_key_counts_once(cast, bees, code):
    again = key()
    answers = [
        bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code)), **again).json()
        for _turn in range(2)
    ]
    assert answers[0] == answers[1]
    assert Change.objects.count() == 1
    other = bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code), reason="x"), **again)
    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    again = key()
    codes = {
        bees.post("spaces/", NEW | {"name": "B"}, **again).json()["code"] for _turn in range(2)
    }
    assert (len(codes), Space.objects.count()) == (1, 2)
    again = key()
    files = {
        bees.post("evidence/", {"file": SimpleUploadedFile("a.pdf", pdf())}, **again).json()["key"]
        for _turn in range(2)
    }
    assert (len(files), Evidence.objects.count()) == (1, 1)


def test_a_change_on_an_old_picture_is_refused(bees, code):
    old = site_of(bees, code)
    small = larger(old, values={"desks": 90}, reason="")
    first = bees.post(f"spaces/{code}/changes/", small | {"reason": "加桌"})
    assert first.status_code in {201, 202}
    bees.post(f"changes/{first.json().get('change', {}).get('key')}/withdraw/")
    late = bees.post(f"spaces/{code}/changes/", larger(old, version=old["version"] + 1))
    assert (late.status_code, late.json()["code"]) == (409, "stale")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"version": None}, "version"),
        ({"series": None}, "series"),
        ({"on": "2026-02-30"}, "on"),
        ({"values": {"floor_area": 900}}, "values.floor_area"),
        ({"values": {"floor_area": "0"}}, "values.floor_area"),
        ({"values": {"public_area": "9999"}}, "values.floor_area"),
        ({"evidence": [str(uuid.uuid4())]}, "evidence"),
    ],
)
def test_what_is_wrong_in_a_change_is_named(bees, code, more, field):
    answer = bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code), **more))
    assert (answer.status_code, list(answer.json()["detail"])) == (422, [field])
    assert bees.post(f"spaces/{code}/changes/", larger(site_of(bees, code))).status_code == 202


def test_what_is_left_out_stays_and_null_is_unknown(bees, cast):
    code = bees.post("spaces/", NEW).json()["code"]
    row = bees.post(f"spaces/{code}/changes/", added(code)).json()["row"]
    asked = larger(row, values={"desks": None}, reason="")
    told = bees.post(f"spaces/{code}/changes/", asked).json()["row"]
    assert told["values"] == {"name": "A 座", "floor_area": "600.5", "tenure": "rented"}
    assert "desks" not in bees.get(f"spaces/{code}/facts/?on=2026-09-01").json()["facts"]


def test_what_is_unknown_is_left_out_of_the_facts_and_never_zero(bees, code):
    told = bees.get(f"spaces/{code}/facts/?on=2026-08-31").json()
    assert "equipment_value" not in told["facts"]
    assert told["facts"]["desks"]["value"] == "80"
    assert bees.get(f"spaces/{code}/facts/?on=2019-01-01").json()["facts"] == {}


def test_the_records_behind_a_fact_are_told(bees, code):
    rows = bees.get(f"spaces/{code}/facts/floor_area/rows/?on=2026-08-31").json()
    assert [(row["table"], row["values"]["floor_area"]) for row in rows] == [("premises", "600.5")]
    opening = bees.get(f"spaces/{code}/facts/months_operating/rows/").json()
    assert opening[0]["values"] == {"opened": "2020-03-01"}
    assert bees.get(f"spaces/{code}/facts/no_such_fact/rows/").status_code == 404


def test_every_table_is_read_and_written(bees):
    code = bees.post("spaces/", NEW).json()["code"]
    row = bees.post(f"spaces/{code}/changes/", added(code)).json()["row"]
    values = {
        "leases": {"site": row["series"], "landlord": "平湖城投", "begins": "2024-01-01", "ends": "2028-12-31", "yearly_rent": "120000.50"},
        "staff": {"name": "王芳", "duty": "management", "education": "master", "fulltime": "yes"},
        "staff-count": {"staff": 12, "fulltime": 10},
        "equipment": {"name": "3D 打印机", "pieces": 2, "value": "88000.10", "holding": "owned"},
        "host": {"kind": "university", "name": "平湖学院", "platforms": []},
    }  # fmt: skip
    for table, given in values.items():
        answer = bees.post(f"spaces/{code}/changes/", added(code, given, table))
        assert (answer.status_code, answer.json()["row"]["table"]) == (201, table), answer.json()
    told = {row["table"]: row["values"] for row in bees.get(f"spaces/{code}/rows/").json()}
    assert told["leases"]["yearly_rent"] == "120000.5"
    assert told["equipment"] == values["equipment"] | {"value": "88000.1"}
    assert told["host"]["platforms"] == []
    assert told["particulars"]["region"] == "330482"
    assert told["particulars"]["operator"] == "91330482MA28A00016"


def test_numbers_of_staff_are_answered_masked_and_stay_where_their_mask_comes_back(bees):
    code = bees.post("spaces/", NEW).json()["code"]
    given = {
        "name": "王芳",
        "duty": "management",
        "mobile": "13812341234",
        "identity_number": "33048219900307110X",
    }
    row = bees.post(f"spaces/{code}/changes/", added(code, given, "staff")).json()["row"]
    masks = {"mobile": "138****1234", "identity_number": "3***************0X"}
    assert {name: row["values"][name] for name in masks} == masks
    change = {"table": "staff", "verb": "revise", "on": "2026-09-01", "series": row["series"], "version": row["version"]}  # fmt: skip
    wrong = change | {"values": {"identity_number": "330482199003071101"}}
    answer = bees.post(f"spaces/{code}/changes/", wrong)
    assert (answer.status_code, list(answer.json()["detail"])) == (422, ["values.identity_number"])
    right = change | {"values": {"education": "master", "mobile": masks["mobile"]}}
    assert bees.post(f"spaces/{code}/changes/", right).status_code == 201
    kept = StaffMember.objects.get(valid_until=None)
    assert (kept.education, kept.mobile.plain()) == ("master", given["mobile"])
    assert kept.identity_number.plain() == given["identity_number"]


def test_a_file_that_may_not_be_kept_is_refused_with_its_reason(bees):
    answer = bees.post("evidence/", {"file": SimpleUploadedFile("run.exe", b"MZ" * 500)})
    assert (answer.status_code, answer.json()["code"]) == (422, "kind")


def test_a_file_is_given_out_to_those_who_see_it(cast, bees):
    data = pdf()
    file = bees.post("evidence/", {"file": SimpleUploadedFile("lease.pdf", data)}).json()
    path = f"evidence/{file['key']}/download/"
    given = bees.get(path)
    assert b"".join(given.streaming_content) == data
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    statuses = [person(cast, who).get(path).status_code for who in ("ping.clerk", "xiang.clerk")]
    assert statuses == [200, 404]
    assert [
        one["key"] for one in bees.get(f"evidence/?sha256={file['sha256']}").json()["items"]
    ] == [file["key"]]
