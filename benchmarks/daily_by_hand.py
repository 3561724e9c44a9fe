"""What the facts of daily work would be by statements written by hand for one day: one a table, nothing unknown told."""

from django.db import connection

OF = {
    "on": "'2026-11-01'", "first": "'2025-01-01'", "last": "'2025-12-31'", "from3": "'2023-01-01'",
    "then": "'2024-11-01'",
}  # fmt: skip
OPEN = "{t}.day <= {on} AND ({t}.until IS NULL OR {t}.until > {on})"
FIRM = "r.kind = 'firm' AND (r.registered IS NULL OR r.registered <= {on})"
OLD = "s.day <= {then} AND r.kind = 'firm' AND (r.registered IS NULL OR r.registered <= {then})"
CASES = "(s.outcome = 'graduated' OR s.destination IN ('acquired', 'listed'))"
GROWTH = "s.destination IN ('incubator', 'accelerator', 'park')"
HERE = "r.registered >= s.day AND (s.until IS NULL OR s.until >= r.registered) AND r.kind = 'firm'"
SERVED = {
    "year": "s.day <= {last} AND (s.until IS NULL OR s.until > {first})",
    "years3": "s.day <= {last} AND (s.until IS NULL OR s.until > {from3})",
    "total": "s.day <= {on}",
}
ENDED = {
    "year": "s.until BETWEEN {first} AND {last}",
    "years3": "s.until BETWEEN {from3} AND {last}",
    "total": "s.until <= {on}",
}
NO_MAKER = "r.kind IN ('team', 'firm')"
NOWHERE = "s.outcome IN ('graduated', 'moved') AND s.destination = ''"


def distinct(what, of="s.resident_id"):
    return f"COUNT(DISTINCT CASE WHEN {what} THEN {of} END)"


def count(what, of="1"):
    return f"COUNT(CASE WHEN {what} THEN {of} END)"


def total(what, of):
    return f"SUM(CASE WHEN {what} THEN {of} END)"


STAYS = ", ".join([
    "MIN(s.day)",
    distinct(f"{OPEN.format_map({'t': 's', 'on': '{on}'})} AND {NO_MAKER}"),
    distinct(f"{OPEN.format_map({'t': 's', 'on': '{on}'})} AND {FIRM}"),
    distinct(f"{OPEN.format_map({'t': 's', 'on': '{on}'})} AND (r.kind = 'team' OR r.kind = 'firm' AND r.registered > {{on}})"),
    *(distinct(f"{SERVED[kind]} AND {NO_MAKER}") for kind in SERVED),
    *(distinct(f"{ENDED[kind]} AND {CASES}") for kind in ENDED),
    *(distinct(f"{ENDED[kind]} AND {GROWTH}") for kind in ("year", "total")),
    *(distinct(f"{ENDED[kind]} AND s.destination = 'market' AND r.kind = 'firm'") for kind in ("year", "total")),
    distinct(f"r.registered BETWEEN {{first}} AND {{last}} AND {HERE}"),
    distinct(f"r.registered <= {{on}} AND {HERE}"),
    *(count(f"{ENDED[kind]} AND {NOWHERE}") for kind in ENDED),
    count(OPEN.format_map({"t": "s", "on": "{on}"})),
    *(f"{aggregate}(CASE WHEN {OPEN.format_map({'t': 's', 'on': '{on}'})} THEN s.{column} END)"
      for column, aggregates in (("free_months", ("COUNT", "MIN")), ("months_allowed", ("COUNT", "MAX")))
      for aggregate in aggregates),
    distinct(OLD),
    distinct(f"{OLD} AND s.until <= {{on}} AND s.outcome = 'closed'"),
])  # fmt: skip
OPEN_STAY = OPEN.format_map({"t": "s", "on": "{on}"})
OPEN_DESK = OPEN.format_map({"t": "d", "on": "{on}"})
YEARS = {"year": "day BETWEEN {first} AND {last}", "total": "day <= {on}"}
REPORTED = ("staff", "ip_valid", "inventions_valid", "graduates", "ip_applied", "ip_granted")


def lines(table, *parts):
    """A grouped statement over a table of lines."""
    return f"SELECT space_id, MIN(day), {', '.join(parts)} FROM {table} WHERE struck IS NULL AND day <= {{on}} GROUP BY space_id"


def both(*conditions):
    return [count(f"{YEARS[kind]} AND {what}") for what in conditions for kind in YEARS]


def invested():
    for days in YEARS.values():
        for arrived in ("arrived = 'yes'", "arrived <> 'no'"):
            held = f"{days} AND {arrived}"
            yield distinct(f"{held} AND source IN ('own', 'cofounded')", "resident_id")
            yield distinct(f"{held} AND source IN ('own', 'cofounded', 'close')", "id")
            yield distinct(held, "resident_id")
            for whose in (held, f"{held} AND source = 'own'"):
                yield count(whose, "amount")
        for whose in ("1 = 1", "source = 'own'"):
            yield total(f"{days} AND arrived = 'yes' AND {whose}", "amount")


STATEMENTS = {
    "stays": f"SELECT s.space_id, {STAYS} FROM residents_stay s JOIN residents_resident r ON r.id = s.resident_id "
             "WHERE s.struck IS NULL AND s.day <= {on} GROUP BY s.space_id",
    "desks": f"SELECT s.space_id, {distinct(OPEN_STAY, 's.id')}, {distinct(f'{OPEN_STAY} AND {OPEN_DESK}', 's.id')}, "
             f"{total(f'{OPEN_STAY} AND {OPEN_DESK}', 'd.desks')} FROM residents_stay s "
             "LEFT JOIN residents_occupation d ON d.stay_id = s.id WHERE s.struck IS NULL AND s.day <= {on} GROUP BY s.space_id",
    "founders": "SELECT s.space_id, COUNT(DISTINCT s.resident_id), COUNT(DISTINCT CASE WHEN f.id IS NOT NULL THEN s.resident_id END), "
                "COUNT(DISTINCT f.id) FROM residents_stay s LEFT JOIN residents_founder f ON f.resident_id = s.resident_id "
                f"AND (f.left IS NULL OR f.left > {{on}}) WHERE s.struck IS NULL AND {OPEN_STAY} GROUP BY s.space_id",
    "reports": lines(
        "residents_report",
        count("day = {last}"), *(f"{what}(CASE WHEN day = {{last}} THEN {column} END)" for column in REPORTED for what in ("COUNT", "SUM")),
        *(f"{what}({column})" for column in REPORTED[3:] for what in ("COUNT", "SUM")),
    ),
    "everyone": "SELECT s.space_id, COUNT(DISTINCT s.resident_id), COUNT(DISTINCT p.resident_id) FROM residents_stay s "
                "JOIN residents_resident r ON r.id = s.resident_id LEFT JOIN residents_report p ON p.resident_id = s.resident_id "
                "AND p.space_id = s.space_id AND p.day = {last} AND p.struck IS NULL WHERE s.struck IS NULL AND s.day <= {last} "
                "AND (s.until IS NULL OR s.until > {last}) AND r.kind IN ('team', 'firm') GROUP BY s.space_id",
    "events": lines(
        "services_event",
        *both("1 = 1", "kind IN ('training', 'lecture', 'boot_camp')", "kind = 'roadshow'", "international = 'yes'"),
        *(part for kind in YEARS for part in (count(YEARS[kind], "attendance"), total(YEARS[kind], "attendance"))),
    ),
    "technical": lines("services_technicalservice", *(total(YEARS[kind], "times") for kind in YEARS)),
    "results": lines("services_result", *both(*(f"what = '{what}'" for what in ("developed", "transferred", "promoted")))),
    "policy": lines("services_policyservice", *both("1 = 1")),
    "sessions": lines("services_session", *both("1 = 1")),
    "mentors": lines("services_appointment", distinct("until IS NULL OR until > {on}", "mentor_id")),
    "funds": lines("finance_fund", total("until IS NULL OR until > {on}", "amount")),
    "partners": lines("finance_partner", distinct("until IS NULL OR until > {on}", "name")),
    "bodies": lines("finance_cooperation", distinct("until IS NULL OR until > {on}", "name")),
    "investments": lines("finance_investment", *invested()),
    "accounts": "SELECT space_id, income_rent, income_services, income_investment, income_public, income_other, operating_cost "
                "FROM finance_yearaccounts WHERE struck IS NULL AND year = 2025",
}  # fmt: skip


def fetched():
    """The rows of every statement."""
    found = {}
    with connection.cursor() as cursor:
        for name, statement in STATEMENTS.items():
            cursor.execute(statement.format_map(OF))
            found[name] = cursor.fetchall()
    return found
