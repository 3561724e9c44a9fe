"""What is exported reads back as the same; nothing in it is taken for a formula; the log tells of it."""

import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tests.imports.conftest import problems
from zhongchuang.audit.models import Entry
from zhongchuang.imports import actions as imports
from zhongchuang.spaces.exports import record_file, register_file
from zhongchuang.spaces.models import TABLES, Space
from zhongchuang.tables.writing import OutSheet, write

pytestmark = pytest.mark.django_db
BEES = "91330482MA28A00016"
HEAD = ["name of the space", "operator", "unified social credit code", "opened on", "region", "address", "total area", "desks", "introduction"]  # fmt: skip


def entered(kind=None):
    """Everything that is recorded, without what is new each time."""
    found = {}
    for name, model in TABLES.items():
        rows = model.objects.order_by("space__name", "pk")
        fields = [one.name for one in model.entered() if one.name not in {"site", "evidence"}]
        found[name] = list(rows.values_list("space__name", "valid_from", *fields))
    found["spaces"] = list(Space.objects.order_by("name").values_list("name", "kind", "opened"))
    return found


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_the_register_reads_back_as_the_same(bring, cast, kind):
    rows = [HEAD, ["=1+1", "Bees Ltd", BEES, "2016-01-01", "Ping", "+A1", "12.34", None, "@x\n-y"], ["B", "Bees Ltd", BEES, "2016-01-02", "Ping", "b", None, None, "007"]]  # fmt: skip
    found = bring("ping.clerk", "register", write([OutSheet("R", rows[0], rows[1:])], "xlsx"), confirm=True)  # fmt: skip
    assert found.state == "done"
    before = entered()
    data = register_file(Space.objects.all(), kind)
    assert bring("ping.clerk", "register", data, name=f"r.{kind}").findings["counts"] == {"same": 2}
    imports.undo(found, by=cast["ping.clerk"])
    data = without_codes(data, kind)
    assert not Space.objects.exists()
    again = bring("ping.clerk", "register", data, name=f"r.{kind}", confirm=True)
    assert (again.state, problems(again), entered()) == ("done", [], before)


def without_codes(data, kind):
    """Codes of spaces that were undone are blanked, as the refusal asks."""
    if kind == "json":
        return json.dumps([one | {next(iter(one)): None} for one in json.loads(data)]).encode()
    if kind == "csv":
        lines = data.decode("utf-8-sig").split("\r\n")
        return "\r\n".join([lines[0], *(line[10:] for line in lines[1:])]).encode()
    made = openpyxl.load_workbook(io.BytesIO(data))
    for row in made.active.iter_rows(min_row=2, max_col=1):
        row[0].value = None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"]), min_size=1, max_size=30)  # fmt: skip
AREAS = st.decimals(Decimal("0.01"), Decimal(999999), places=2)


@tries(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(TEXTS, AREAS, st.none() | st.integers(0, 9999), st.sampled_from(["owned", "rented", ""])),
        min_size=1, max_size=5, unique_by=lambda one: one[0],
    )
)  # fmt: skip
def test_any_site_reads_back_as_the_same(bring, space, sites):
    TABLES["premises"].objects.all().delete()
    for name, area, desks, tenure in sites:
        TABLES["premises"].objects.create(
            space=space, valid_from=date(2016, 3, 1), name=name, floor_area=area, desks=desks, tenure=tenure
        )  # fmt: skip
    before = entered()["premises"]
    data = record_file(space)
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    TABLES["premises"].objects.all().delete()
    found = bring("bees.operator_clerk", "premises", data, scope=space.code, confirm=True)
    assert (problems(found), entered()["premises"]) == ([], before)


def test_an_export_keeps_the_filters_and_what_one_may_see_and_is_told_in_the_log(client, cast, bring):  # fmt: skip
    rows = [HEAD, ["Oak Hall", "Bees Ltd", BEES, "2016-01-01", "Ping", "a", 100, 5, ""], ["Elm Hall", "Bees Ltd", BEES, "2016-01-02", "Ping", "b", 200, 6, ""]]  # fmt: skip
    bring("ping.clerk", "register", rows, confirm=True)
    names = {}
    for who in ("jia.clerk", "lu.clerk", "bees.operator_clerk"):
        client.force_login(cast.people[who])
        answer = client.post("/spaces/export/?q=Elm", {"kind": "json"})
        names[who] = [list(one.values())[1] for one in json.loads(answer.content)]
    assert names == {"jia.clerk": ["Elm Hall"], "lu.clerk": [], "bees.operator_clerk": ["Elm Hall"]}
    told = Entry.objects.filter(verb="register_exported")
    assert told.count() == 3
    assert '"q":"Elm"' in told.first().details


def test_a_space_of_others_is_not_exported(client, cast, space):
    client.force_login(cast.people["ants.operator_clerk"])
    assert client.post(f"/spaces/{space.code}/record/").status_code == 404
    client.force_login(cast.people["bees.operator_clerk"])
    assert client.post(f"/spaces/{space.code}/record/").status_code == 200
