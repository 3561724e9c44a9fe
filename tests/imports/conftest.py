"""A space with what is recorded of it, and files to import."""

import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongchuang.imports import actions as imports
from zhongchuang.imports import jobs
from zhongchuang.imports.declaration import kind_of
from zhongchuang.spaces import actions
from zhongchuang.spaces.models import Space

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def no_queue(monkeypatch):
    """Jobs wait until a test carries them out."""
    monkeypatch.setattr(imports, "async_task", lambda *given, **more: None)


@pytest.fixture
def space(cast):
    region = cast.regions["330482"]
    made = actions.register(
        by=cast["bees.operator_clerk"], kind="space", opened=date(2016, 3, 1), name="Bee Hall",
        region=region, address="1 Lake Road",
    )  # fmt: skip
    return Space.objects.get(pk=made.pk)


def book(rows, *, sheet="Rows", more=(), formats=None):
    """A workbook whose first row is the header; `formats` are those of some cells below it, by row and column."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    for (row, column), shown in (formats or {}).items():
        made.active.cell(row + 2, column + 1).number_format = shown
    for name, other in more:
        extra = made.create_sheet(name)
        for row in other:
            extra.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(data, name="rows.xlsx"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def bring(cast):
    """Sends rows in and checks them; `confirm=True` has them recorded as well."""

    def one(who, kind, data, *, confirm=False, scope="", name="rows.xlsx", **choices):
        data = data if isinstance(data, bytes) else book(data)
        found = imports.receive(upload(data, name), by=cast[who], kind=kind_of(kind), scope=scope)
        imports.assign(
            found, by=cast[who], columns=found.columns, **{"existing": "skip", "on": TODAY} | choices, version=found.version
        )  # fmt: skip
        return carry_out(found, cast[who]) if confirm else found

    return one


def carry_out(found, by):
    found.refresh_from_db()
    imports.confirm(found, by=by, version=found.version, request_key=uuid.uuid4())
    jobs.run(found.pk)
    found.refresh_from_db()
    return found


def problems(found):
    """Where and what, in short."""
    return [(one["place"]["row"], one["place"]["column"], one["code"]) for one in found.findings["errors"]]  # fmt: skip


def warnings(found):
    return [(one["place"]["row"], one["place"]["column"], one["code"]) for one in found.findings["warnings"]]  # fmt: skip
