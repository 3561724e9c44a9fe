"""Five years of daily work in the register: 0.7 million residents, 0.25 million events a year, and all facts of it.

Filled in bulk by statements, not by the actions. The worker that imports this has ZHONGCHUANG_DATA and, for PostgreSQL,
DATABASE_URL in its environment.
"""

import resource
import time
from datetime import date
from io import StringIO

from daily_by_hand import fetched
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone
from register import officer, ordered, registered

from zhongchuang.demo.dice import Dice
from zhongchuang.finance.models import Cooperation, Fund, Investment, Partner, YearAccounts
from zhongchuang.organisations.models import Organisation
from zhongchuang.records.register import REGISTER, collect
from zhongchuang.residents.models import Founder, Occupation, Report, Resident, Stage, Stay
from zhongchuang.services.models import (
    Appointment,
    Event,
    Mentor,
    PolicyService,
    Result,
    Session,
    TechnicalService,
)
from zhongchuang.spaces.models import Space

TODAY = date(2026, 11, 1)
FIRST = date(2021, 1, 1)
DAYS = (TODAY - FIRST).days
RESIDENTS_A_SPACE = 70
EVENTS_A_SPACE = 125
KINDS_OF_EVENT = ("roadshow", "salon", "training", "lecture")


def build(spaces):
    return lambda: filled(spaces)


def filled(spaces):
    """An empty database with spaces and five years of their lines; tells how many rows and seconds."""
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("regions", stdout=StringIO())
    with transaction.atomic():
        officer()
        rows = registered(Dice(7), spaces)
        for model, count, given in tables(spaces):
            insert(model, count, given)
            rows += count
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # what autovacuum, and the nightly upkeep of SQLite, do in operation
    return {"rows": rows, "seconds": time.perf_counter() - begun}


# --- filling --------------------------------------------------------------------------------------


def first_of(model, **only):
    return model.objects.filter(**only).order_by("pk").values_list("pk", flat=True)[0]


def at(base, size):
    """One of so many rows with running keys, the same number of lines for each."""
    return f"{base} + (i % {size})"


def random(salt, below):
    """A whole number from 0 to below `below`, scattered over i and the same every time."""
    return f"(((i + {salt}) * 48271) % 2147483647 % {below})"


def picked(salt, values):
    """One of the values, as SQL."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE {random(salt, len(values))} {cases} END"


def day(offset):
    """So many days after the first, as SQL."""
    if connection.vendor == "postgresql":
        return f"(date '{FIRST}' + ({offset})::int)"
    return f"date('{FIRST}', '+' || ({offset}) || ' days')"


def text(number, digits):
    if connection.vendor == "postgresql":
        return f"lpad(({number})::text, {digits}, '0')"
    return f"printf('%0{digits}d', {number})"


def key():
    if connection.vendor == "postgresql":
        return "lpad(to_hex(i), 32, '0')::uuid"
    return "printf('%032x', i)"


def missing(expression, one_in):
    return f"CASE WHEN {random(991, one_in)} = 0 THEN NULL ELSE {expression} END"


def tables(spaces):
    """Each table with how many rows it gets and its columns as expressions of the row's number i."""
    space, operators = first_of(Space), Organisation.objects.filter(kind="operator").count()
    operator, count = first_of(Organisation, kind="operator"), spaces * RESIDENTS_A_SPACE
    in_space, of_operator = {"space_id": at(space, spaces)}, at(operator, operators)
    when = {"day": day(random(5, DAYS))}
    open_ended = {"day": day(random(5, DAYS - 400)), "until": "NULL"}
    yield Resident, count, {
        "code": f"'r' || {text('i', 11)}", "name": "'Resident ' || i",
        "kind": picked(1, ("firm", "firm", "team")), "words": "'resident ' || i",
        "registered": f"CASE WHEN {random(1, 3)} < 2 THEN {day(random(6, DAYS))} END",
    }  # fmt: skip
    resident = first_of(Resident)
    ended = f"{random(7, 3)} = 0"
    yield Stay, count, in_space | {
        "resident_id": f"{resident - 1} + i", "day": day(random(5, DAYS - 400)),
        "until": f"CASE WHEN {ended} THEN {day(f'{DAYS - 300} + {random(8, 300)}')} END",
        "outcome": f"CASE WHEN {ended} THEN {picked(9, Stay.Outcome.values)} ELSE '' END",
        "destination": f"CASE WHEN {ended} THEN {picked(10, Stay.Destination.values)} ELSE '' END",
        "free_months": missing("6", 400), "months_allowed": missing("36", 400),
    }  # fmt: skip
    stay = first_of(Stay)
    of_stay = {"stay_id": f"{stay - 1} + i", "day": day(0), "until": "NULL"}
    yield Occupation, count, of_stay | {"desks": f"1 + {random(11, 6)}"}
    yield Stage, count, of_stay | {"name": picked(12, Stage.Name.values)}
    yield Founder, count * 2, {
        "resident_id": f"{resident} + (i / 2) % {count}", "operator_id": of_operator,
        "name": "'Founder ' || i", "kind": picked(13, Founder.Kind.values),
        "left": f"CASE WHEN {random(14, 20)} = 0 THEN {day(DAYS - 100)} END",
    }  # fmt: skip
    figures = {
        name: missing(random(20 + place, 30), 2000)
        for place, name in enumerate(("staff", "graduates", "ip_applied", "ip_granted", "ip_valid", "inventions_valid"))
    }  # fmt: skip
    yield Report, count, in_space | figures | {
        "resident_id": f"{resident - 1} + i", "day": f"'{TODAY.year - 1}-12-31'"
    }  # fmt: skip
    yield Event, spaces * EVENTS_A_SPACE, in_space | when | {
        "title": "'Event ' || i", "kind": picked(15, KINDS_OF_EVENT),
        "attendance": missing(f"10 + {random(16, 90)}", 3000),
        "international": picked(17, ("yes", "no", "no", "no")),
    }  # fmt: skip
    yield TechnicalService, spaces * 20, in_space | when | {
        "subject": "'S'", "kind": picked(18, TechnicalService.Kind.values), "times": "1"
    }  # fmt: skip
    yield Result, spaces * 10, in_space | when | {
        "name": "'R'", "what": picked(19, Result.What.values)
    }  # fmt: skip
    yield PolicyService, spaces * 20, in_space | when | {
        "subject": "'P'", "kind": picked(20, PolicyService.Kind.values)
    }  # fmt: skip
    yield Mentor, spaces * 5, {"operator_id": of_operator, "name": "'Mentor ' || i"}
    mentor = first_of(Mentor)
    yield Appointment, spaces * 5, in_space | open_ended | {"mentor_id": f"{mentor - 1} + i"}
    yield Session, spaces * 50, in_space | when | {
        "mentor_id": at(mentor, spaces * 5), "topic": "'T'", "length": "60"
    }  # fmt: skip
    amount = f"10000 * (1 + {random(21, 500)})"
    yield Fund, spaces, in_space | open_ended | {
        "name": "'F'", "kind": "'own'", "amount": amount, "at_disposal": "'yes'"
    }  # fmt: skip
    yield Partner, spaces * 3, in_space | open_ended | {"name": "'Partner ' || i"}
    yield Cooperation, spaces * 3, in_space | open_ended | {"name": "'Body ' || i"}
    yield Investment, spaces * 20, in_space | when | {
        "resident_id": at(resident, count), "source": picked(22, Investment.Source.values),
        "amount": amount, "arrived": "'yes'",
    }  # fmt: skip
    parts = ("income_rent", "income_services", "income_investment", "income_public", "income_other")
    yield YearAccounts, spaces * 5, in_space | dict.fromkeys((*parts, "operating_cost"), amount) | {
        "year": f"{FIRST.year} + (i - 1) / {spaces}",
        "day": f"{text(f'{FIRST.year} + (i - 1) / {spaces}', 4)} || '-12-31'"
        if connection.vendor == "sqlite" else f"make_date(({FIRST.year} + (i - 1) / {spaces})::int, 12, 31)",
        "space_id": f"{space} + (i - 1) % {spaces}",
    }  # fmt: skip


def insert(model, count, given):
    """So many rows of a table by one statement; what is not given has its default."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values, plain = [], []
    for field in fields:
        if field.column in given:
            values.append(given[field.column])
        elif isinstance(field, models.UUIDField) and field.unique:
            values.append(key())
        else:
            values.append("%s")
            plain.append(field.get_db_prep_save(default_of(field), connection))
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT {first_number()} UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    percent = ", ".join(value if value == "%s" else value.replace("%", "%%") for value in values)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"{numbers} INSERT INTO {table} ({names}) SELECT {percent} FROM n", plain)


def first_number():
    return "1::bigint" if connection.vendor == "postgresql" else "1"


def default_of(field):
    value = field.get_default()
    return timezone.now() if isinstance(field, models.DateTimeField) and value else value


# --- what is measured -----------------------------------------------------------------------------


def names():
    """Every fact that some app tells."""
    return [name for source in REGISTER.sources.values() for name in source.names]


def facts():
    """All facts of one space."""
    pk, asked = ordered()[3].pk, list(dict.fromkeys(names()))
    return lambda: collect([pk], asked, TODAY) and None


def all_keys():
    return list(Space.objects.order_by("pk").values_list("pk", flat=True))


def facts_of_all():
    keys, asked = all_keys(), list(dict.fromkeys(names()))
    return lambda: collect(keys, asked, TODAY) and None


def slowest():
    """Seconds of each source by its first fact, the slowest first."""
    keys, found = all_keys(), {}
    for source in dict.fromkeys(REGISTER.sources.values()):
        begun = time.perf_counter()
        source.collect(keys, frozenset(source.names), TODAY, "calendar_year")
        found[source.names[0]] = round(time.perf_counter() - begun, 3)
    return lambda: dict(sorted(found.items(), key=lambda one: -one[1]))


def memory():
    """The most bytes that this process ever held."""
    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def by_hand():
    """The statements written by hand, one after the other, all rows fetched."""
    return lambda: fetched() and None


CHECKED = {
    "residents": ("stays", 2), "residents_served.year": ("stays", 5), "cases_incubated.total": ("stays", 10),
    "events.year": ("events", 2), "events.total": ("events", 3), "results_promoted.total": ("results", 7),
    "mentor_sessions.year": ("sessions", 2), "projects_invested.year": ("investments", 2),
}  # fmt: skip


def differing():
    """Facts that differ from what was counted by hand, of those that are never unknown here."""
    keys, rows = all_keys(), fetched()
    told = collect(keys, CHECKED, TODAY).columns
    wrong = []
    for name, (statement, column) in CHECKED.items():
        counted = {row[0]: row[column] for row in rows[statement]}
        ours = dict(zip(keys, told[name], strict=True))
        wrong += [name] if any(ours[key] not in (None, counted[key]) for key in keys) else []
    return lambda: wrong
