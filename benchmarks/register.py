"""The register of spaces in a database of its own: how it is filled, and the pages that are measured on it.

The worker that imports this has ZHONGCHUANG_DATA and, for PostgreSQL, DATABASE_URL in its environment.
"""

import json
import logging
import os
import time
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "zhongchuang.settings"
django.setup()

from django.conf import settings  # noqa: E402 -- the settings stand first
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from zhongchuang.demo.dice import Dice  # noqa: E402
from zhongchuang.demo.province import code_of, name_of  # noqa: E402
from zhongchuang.organisations.models import Organisation, Post, Region, User  # noqa: E402
from zhongchuang.page.paging import key_of  # noqa: E402
from zhongchuang.records.register import collect  # noqa: E402
from zhongchuang.spaces.actions.listing import words_of  # noqa: E402
from zhongchuang.spaces.facts import SOURCES  # noqa: E402
from zhongchuang.spaces.models import (  # noqa: E402
    Equipment,
    Host,
    Lease,
    Particulars,
    Premises,
    Space,
    StaffCount,
)

settings.ALLOWED_HOSTS = ["*"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
logging.disable(logging.WARNING)

OFFICER = "officer@bench.example"
OPERATORS = 1_000
BATCH = 5_000
BEGAN = date(2014, 1, 15)
STATES = {"confirmed": 90, "submitted": 5, "returned": 3, "closed": 2}
PROVINCE = "330000"


# --- filling --------------------------------------------------------------------------------------


def build(spaces, versions):
    return lambda: filled(spaces, versions)


def filled(spaces, versions):
    """An empty database filled in bulk, not by the actions; tells how many rows and seconds."""
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("regions", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    dice = Dice(7)
    with transaction.atomic():
        officer()
        rows = registered(dice, spaces)
        rows += dated(dice, list(Space.objects.order_by("pk")), versions)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does in operation
    return {"rows": rows, "seconds": time.perf_counter() - begun}


def officer():
    """An officer of the province, to whom all of the register is visible."""
    region = Region.objects.get(code=PROVINCE)
    department = Organisation.objects.create(
        name="Department", kind="department", region=region, level="province", competent=True,
        state="confirmed",
    )  # fmt: skip
    user = User.objects.create_user(OFFICER, None, name="Officer")
    Post.objects.create(user=user, organisation=department, role="reviewer")


def registered(dice, spaces):
    """Operators and spaces with their lines, over the counties of the province."""
    counties = list(Region.objects.filter(path__startswith=f"/000000/{PROVINCE}/", level="county"))
    Organisation.objects.bulk_create(
        Organisation(
            name=name_of(number * 3).replace(name_of(number * 3)[-4:], "有限公司"), kind="operator",
            region=dice.pick(counties), credit_code=code_of(number), state="confirmed",
        )
        for number in range(OPERATORS)
    )  # fmt: skip
    operators = list(Organisation.objects.filter(kind="operator").select_related("region"))
    industries, now = Particulars.Industry.values, timezone.now()
    made = []
    for number in range(spaces):
        run_by = dice.pick(operators)
        state = dice.weighed(STATES)
        line = Particulars(
            name=name_of(number), operator=run_by, region=run_by.region,
            address=f"{run_by.region.name}科创路{dice.whole(1, 400)}号",
        )  # fmt: skip
        made.append(
            Space(
                kind="space", state=state, opened=BEGAN, name=line.name, operator=run_by,
                region=run_by.region, path=run_by.region.path, industry=dice.pick(industries),
                registered=now - timedelta(minutes=7 * number), words=words_of(line),
                floor_area=Decimal(dice.whole(500, 9000)), desks=dice.whole(30, 400),
                reason="…" if state == "returned" else "",
                closed_on=date(2025, 1, 1) if state == "closed" else None,
            )
        )  # fmt: skip
    Space.objects.bulk_create(made, batch_size=500)
    return len(made) + len(operators)


def dated(dice, spaces, versions):
    """So many versions of site, particulars and staff of every space; one lease, machine and host."""
    days = [BEGAN + timedelta(days=400 * place) for place in range(versions)]
    terms = list(zip(days, [*days[1:], None], strict=True))
    count, tables = 0, {}

    def keep(row):
        nonlocal count
        count += 1
        rows = tables.setdefault(type(row), [])
        rows.append(row)
        if len(rows) == BATCH:
            type(row).objects.bulk_create(rows, batch_size=500)
            rows.clear()

    for space in spaces:
        site, about, staff = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        for since, until in terms:
            term = {"space": space, "valid_from": since, "valid_until": until}
            area = dice.whole(500, 9000)
            keep(Premises(series=site, name="A", floor_area=area, public_area=area // 4,
                          desk_area=area // 2, desks=area // 25, tenure="rented", **term))  # fmt: skip
            keep(Particulars(series=about, name=space.name, operator_id=space.operator_id,
                             region_id=space.region_id, address="A", industry=space.industry, **term))  # fmt: skip
            keep(StaffCount(series=staff, staff=dice.whole(4, 20), fulltime=4, **term))
        term = {"space": space, "valid_from": BEGAN}
        keep(Lease(site=site, landlord="A", begins=BEGAN, ends=date(2030, 1, 1), **term))
        keep(Equipment(name="A", value=Decimal(100_000), **term))
        keep(Host(kind="university", name="A", platforms=[], **term))
    for table, rows in tables.items():
        table.objects.bulk_create(rows, batch_size=500)
    return count


# --- pages ----------------------------------------------------------------------------------------


def client():
    signed_in = Client()
    signed_in.force_login(User.objects.get(email=OFFICER))
    session = signed_in.session
    session["began"] = session["seen"] = timezone.now().timestamp()
    session.save()
    return signed_in


def ordered():
    return Space.objects.order_by("-registered", "-pk")


def addresses(depth):
    """Pages by name, each with its address."""
    space = ordered()[depth // 2]
    after = {name: key_of(ordered()[place], ("registered", "pk")) for name, place in
             {"middle": depth // 2, "deepest": depth - 30}.items()}  # fmt: skip
    before = key_of(ordered()[depth - 31], ("registered", "pk"))
    return {
        "first": ({}, "/spaces/"),
        "middle": ({"older": after["middle"]}, "/spaces/"),
        "deepest": ({"older": after["deepest"]}, "/spaces/"),
        "backwards": ({"newer": before}, "/spaces/"),
        "chinese": ({"q": "枫桥"}, "/spaces/"),
        "initials": ({"q": "qfck"}, "/spaces/"),
        "both": ({"q": "枫 嘉兴"}, "/spaces/"),
        "nothing": ({"q": "没有这样的空间"}, "/spaces/"),
        "region": ({"region": "/000000/330000/330400/"}, "/spaces/"),
        "industry": ({"industry": "biotech"}, "/spaces/"),
        "state": ({"state": "submitted"}, "/spaces/"),
        "all filters": ({"q": "枫", "region": "/000000/330000/330100/", "industry": "energy",
                         "state": "confirmed"}, "/spaces/"),
        "space": ({}, f"/spaces/{space.code}/"),
        "space earlier": ({"on": "2019-06-30"}, f"/spaces/{space.code}/"),
        "history": ({}, f"/spaces/{space.code}/history/"),
    }  # fmt: skip


def page(which, depth):
    """One page, as the officer gets it through the whole application."""
    reader, (given, path) = client(), addresses(depth)[which]

    def get():
        answer = reader.get(path, given)
        if answer.status_code != 200:
            raise SystemExit(f"{path} {given}: {answer.status_code}")

    return get


def queries(depth):
    """How many queries each page takes."""
    reader, found = client(), {}
    for name, (given, path) in addresses(depth).items():
        reader.get(path, given)
        with CaptureQueriesContext(connection) as taken:
            reader.get(path, given)
        found[name] = len(taken)
    return lambda: found


def facts():
    """All facts that the register tells of one space."""
    names = [name for source in SOURCES for name in source.names]
    pk, today = ordered()[3].pk, timezone.localdate()
    return lambda: collect([pk], names, today) and None


def facts_of_all():
    names = [name for source in SOURCES for name in source.names]
    keys, today = list(Space.objects.values_list("pk", flat=True)), timezone.localdate()
    return lambda: collect(keys, names, today) and None


# --- what stands beside them ----------------------------------------------------------------------

COLUMNS = """
SELECT s.code, s.name, s.kind, r.name, o.name, s.floor_area, s.desks, s.state
FROM spaces_space s
JOIN organisations_region r ON r.id = s.region_id
JOIN organisations_organisation o ON o.id = s.operator_id
WHERE s.path LIKE '/000000/330000/%%' AND s.state <> 'draft'"""
ORDER = " ORDER BY s.registered DESC, s.id DESC LIMIT 51"
WHERE = {
    "region": (" AND s.path LIKE %s", ["/000000/330000/330400/%"]),
    "industry": (" AND s.industry = %s", ["biotech"]),
    "state": (" AND s.state = %s", ["submitted"]),
    "chinese": (" AND s.words LIKE %s", ["%枫桥%"]),
    "initials": (" AND s.words LIKE %s", ["%qfck%"]),
    "nothing": (" AND s.words LIKE %s", ["%没有这样的空间%"]),
    "both": (" AND s.words LIKE %s AND s.words LIKE %s", ["%枫%", "%嘉兴%"]),
    "all filters": (
        " AND s.words LIKE %s AND s.path LIKE %s AND s.industry = %s AND s.state = %s",
        ["%枫%", "/000000/330000/330100/%", "energy", "confirmed"],
    ),
}


def statement(name, depth):
    """The statement by hand for the rows of a page of the list."""
    given = addresses(depth)[name][0]
    if "older" in given:
        moment, pk = json.loads(given["older"])
        moment = datetime.fromisoformat(moment)
        if connection.vendor == "sqlite":
            moment = moment.replace(tzinfo=None).isoformat(" ")
        return COLUMNS + " AND (s.registered, s.id) < (%s, %s)" + ORDER, [moment, int(pk)]
    more, values = WHERE.get(name, ("", []))
    return COLUMNS + more + ORDER, values


def by_hand(which, depth):
    """The rows of the page by one statement, fetched."""
    sql, values = statement(which, depth)

    def fetch():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.fetchall()

    return fetch


PLAIN = """<!doctype html><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>
{% endfor %}</tr>{% endfor %}</table>"""


def bare(which, depth):
    """A view without middleware, rights, counts and translations: the same rows in a plain template."""
    sql, values = statement(which, depth)
    template, factory = engines["django"].from_string(PLAIN), RequestFactory()

    def view(_request):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return HttpResponse(template.render({"rows": cursor.fetchall()}))

    return lambda: view(factory.get("/")) and None
