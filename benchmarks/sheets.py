"""The ledger of residents as a workbook: read and checked, shown before it is recorded, recorded.

The worker that imports this has ZHONGCHUANG_DATA and, for PostgreSQL, DATABASE_URL in its environment.
"""

import logging
import os
import uuid
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import Mock

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "zhongchuang.settings"
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 -- the settings stand first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from zhongchuang.demo.dice import Dice  # noqa: E402
from zhongchuang.demo.province import code_of, name_of  # noqa: E402
from zhongchuang.imports import actions as imports  # noqa: E402
from zhongchuang.imports.checking import assigned, check, findings, uncollected  # noqa: E402
from zhongchuang.imports.declaration import STAMP, kind_of  # noqa: E402
from zhongchuang.imports.workbooks import cells_of  # noqa: E402
from zhongchuang.organisations.access import Acting  # noqa: E402
from zhongchuang.organisations.models import Organisation, Post, Region, User  # noqa: E402
from zhongchuang.spaces.models import Space  # noqa: E402
from zhongchuang.tables.child import grid_in_child  # noqa: E402
from zhongchuang.tables.writing import XLSX, OutSheet, write  # noqa: E402

logging.disable(logging.WARNING)
imports.async_task = Mock()  # nobody waits in the queue: imports are carried out here

KIND = "ledger-stays"
CLERK = "clerk@bench.example"
COUNTY = "330482"
NUMBERS = count()


def build():
    """An empty database with one operator."""

    def filled():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("regions", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
        region = Region.objects.get(code=COUNTY)
        operator = Organisation.objects.create(
            name="Operator",
            kind="operator",
            region=region,
            credit_code=code_of(1),
            state="confirmed",
        )
        user = User.objects.create_user(CLERK, None, name="Clerk")
        Post.objects.create(user=user, organisation=operator, role="operator_clerk")

    return filled


def clerk():
    user = User.objects.get(email=CLERK)
    return Acting(user, user.current_posts[0], "")


def space():
    """A space without any line."""
    operator = Organisation.objects.get(kind="operator")
    return Space.objects.create(
        kind="space", state="confirmed", opened=date(2016, 1, 1), name=f"Space {next(NUMBERS)}",
        operator=operator, region=operator.region, path=operator.region.path, registered=timezone.now(),
    )  # fmt: skip


def workbook(folder, rows):
    """The path of a workbook with so many stays, its columns those of an export."""
    path = Path(folder) / f"stays-{rows}.xlsx"
    if not path.exists():
        kind, dice = kind_of(KIND), Dice(11)
        header = [one.heading("zh") for one in kind.columns]
        region = Region.objects.get(code=COUNTY)
        lines = (cells_of(kind.columns, values(dice, number, region)) for number in range(rows))
        path.write_bytes(write([OutSheet("台账", header, lines)], XLSX))
    return lambda: str(path)


def values(dice, number, region):
    """A stay as an operator has it, every third one ended."""
    firm, gone = number % 2 == 0, number % 3 == 0
    day = date(2018, 1, 1) + timedelta(days=dice.whole(0, 2000))
    found = {
        "resident": f"{name_of(number)} {number}", "kind": "firm" if firm else "team",
        "credit_code": code_of(100 + number) if firm else None, "founder": f"创业者{number}",
        "founder_kind": dice.pick(["student", "returnee", "other"]), "day": day, "stage": "incubator",
        "desks": dice.whole(0, 12), "free_months": 6, "people": dice.whole(1, 30), "area": dice.whole(5, 300),
        "agreement": f"协 {number}", "monthly_fee": dice.whole(0, 9000), "registered_here": "yes",
        "industry": "electronics", "field": "传感器", "product": "微型传感器", "capital": dice.whole(1, 900) * 10_000,
        "high_tech": "no", "region": region, "registered": day if firm else None,
    }  # fmt: skip
    if gone:
        found |= {
            "until": day + timedelta(days=400),
            "outcome": "graduated",
            "destination": "market",
        }
    return found


def calamine(path):
    return lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() and None


def reading(path):
    """Reading and checking in this process' turn, as the page does it, without keeping anything."""
    data, kind, by, into = Path(path).read_bytes(), kind_of(KIND), clerk(), space()

    def read():
        grid = grid_in_child(
            data, "rows.xlsx", known=kind.known, sheets=imports.sheets_of(kind), stamp=STAMP
        )
        columns = assigned(kind, grid, {})
        today = timezone.localdate()
        with uncollected():
            found = check(kind, grid, columns, by=by, scope=into.code, existing="skip", on=today)
            told = findings(kind, grid, columns, found)
        if told["errors_in_all"]:
            raise SystemExit(told["errors"][:3])

    return read


def received(path, into):
    upload = SimpleUploadedFile("rows.xlsx", Path(path).read_bytes())
    return imports.receive(upload, by=clerk(), kind=kind_of(KIND), scope=into.code)


def assigned_to(found):
    return imports.assign(
        found, by=clerk(), columns=found.columns, existing="skip", on=timezone.localdate(), version=found.version
    )  # fmt: skip


def preview(path):
    """From the file to the rows as the page shows them."""
    into = space()
    return lambda: assigned_to(received(path, into)) and None


def recorded(path):
    """From the confirmation until everything is recorded, into a space without any line."""
    made = []

    def before():
        made.append(assigned_to(received(path, space())))

    def record():
        found = made.pop()
        imports.confirm(found, by=clerk(), version=found.version, request_key=uuid.uuid4())
        if imports.run(found.pk) != "done":
            found.refresh_from_db()
            raise SystemExit(found.findings.get("failure"))

    return record, before
