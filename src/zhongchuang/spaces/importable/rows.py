"""Rows that an operator brings into one of its spaces: sites, leases, staff and their numbers, equipment, desks, host."""

from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column, Kind, Plan
from zhongchuang.page.refusal import Refusal
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.imported import Step, write_steps
from zhongchuang.spaces.actions.undone import undo
from zhongchuang.spaces.actions.versions import Operation, articles
from zhongchuang.spaces.importable.columns import (
    SINCE,
    SITE,
    aliases,
    area_faults,
    column_of,
    fault,
    staff_faults,
)
from zhongchuang.spaces.models import TABLES, Change, Premises, Space

Verb = Change.Verb


@dataclass(frozen=True)
class Table:
    """A table that takes rows: its columns, by which of them a row is known again, and its checks."""

    name: str
    title: object
    about: object
    columns: tuple[Column, ...]
    known_by: tuple[str, ...] = ()
    check: object = None

    @property
    def model(self):
        return TABLES[self.name]


def columns(model, *names):
    return tuple(column_of(model, name) for name in names)


def own_space(acting, code):
    """A space that the post works for."""
    found = Space.objects.visible_to(acting).filter(code=code, operator=acting.organisation)
    return found.select_related("operator", "region").first()


def may(acting, code):
    """Whether the post changes the space: by the rule of its pages."""
    space = own_space(acting, code)
    if space is None:
        return Refusal(
            "not_yours", _("Only those who work for the operator of this space change it.")
        )
    return may_edit(acting, space)


def lease_faults(place, row):
    if row["begins"] and row["ends"] and row["ends"] < row["begins"]:
        yield fault(place, "ends", "ends_early", gettext_noop("The last day lies before the first day."))  # fmt: skip


def checked_rows(table, rows, *, by, scope, existing, on):
    """What writing the rows into the space would do."""
    checking = Checking(table, own_space(by, scope), existing, on)
    plan = Plan(work=[])
    for place, row in enumerate(rows):
        fate = "" if row is None else checking.look(place, row, plan)
        plan.fates.append(fate)
    return plan


class Checking:
    """The rows of one table of one space, beside what is recorded."""

    def __init__(self, table, space, existing, on):
        self.table, self.space, self.existing, self.on = table, space, existing, on
        sites = Premises.objects.filter(space=space, valid_until=None)
        self.sites = {site.name: site.series for site in sites}
        self.names = {series: name for name, series in self.sites.items()}
        self.recorded = {}
        for row in table.model.objects.filter(space=space, valid_until=None):
            self.recorded.setdefault(self.key_of_row(row), row)
        self.seen = {}

    def key_of_row(self, row):
        return tuple(self.part(getattr(row, name)) for name in self.table.known_by)

    def part(self, value):
        return self.names.get(value, value)

    def key_of(self, row):
        """What a row is known by; values that are recorded for blanks count as they are recorded."""
        return tuple(self.default(name) if row[name] is None else row[name] for name in self.table.known_by)  # fmt: skip

    def default(self, name):
        field = self.table.model._meta.get_field(name)
        return field.get_default() if field.has_default() or not field.null else None

    def look(self, place, row, plan):
        """The fate of one row; its step joins the plan."""
        found = list(self.table.check(place, row)) if self.table.check else []
        if "site" in row and row["site"] not in self.sites:
            found.append(self.unknown_site(place, row["site"]))
        key = self.key_of(row)
        if key in self.seen:
            found.append(
                fault(
                    place, self.table.known_by[0] if self.table.known_by else "", "doubled",
                    gettext_noop("The same stands in entry %(entry)s of the file already. Delete one of them."),
                    entry=self.seen[key] + 1,
                )
            )  # fmt: skip
        self.seen.setdefault(key, place)
        plan.faults += found
        if any(not one.warning for one in found):
            return ""
        return self.fate(place, row, self.recorded.get(key), plan)

    def unknown_site(self, place, name):
        return fault(
            place, "site", "unknown_site",
            gettext_noop("The space has no site “%(found)s”. Allowed: %(allowed)s. Import or enter the site first."),
            found=name, allowed=", ".join(self.sites) or "–",
        )  # fmt: skip

    def fate(self, place, row, recorded, plan):
        day = row["since"] or self.on
        given = {name: value for name, value in row.items() if name != "since"}
        if "site" in given:
            given["site"] = self.sites[given["site"]]
        if recorded is None:
            values = {name: self.default(name) if value is None else value for name, value in given.items()}  # fmt: skip
            return self.step(place, Verb.ADD, day, values, None, plan)
        changed = {n: v for n, v in given.items() if v is not None and getattr(recorded, n) != v}
        if not changed:
            return "same"
        if self.existing != "change":
            return "skipped"
        if day < recorded.valid_from:
            plan.faults.append(too_early(place, recorded))
            return ""
        verb = Verb.CORRECT if day == recorded.valid_from else Verb.REVISE
        return self.step(place, verb, day, changed, recorded, plan)

    def step(self, place, verb, day, values, recorded, plan):
        series = recorded.series if recorded else None
        operation = Operation(self.table.name, verb, day, values, series)
        waits = bool(articles(self.space, operation))
        if waits and series and Change.objects.waiting().filter(series=series).exists():
            plan.faults.append(waiting(place))
            return ""
        plan.work.append(Step(self.space, operation, recorded, waits=waits))
        return "waiting" if waits else "new" if recorded is None else "changed"


def too_early(place, recorded):
    return fault(
        place, "since", "too_early",
        gettext_noop("What is recorded holds since %(day)s; a change cannot begin before. Choose a later day."),
        day=recorded.valid_from.isoformat(),
    )  # fmt: skip


def waiting(place):
    return fault(
        place, "", "change_waiting",
        gettext_noop("Another change of the same thing waits for a decision. Withdraw it first, or wait for the answer."),
    )  # fmt: skip


def with_value_columns(table):
    """The table with the day from which a row holds as its last column."""
    return replace(table, columns=(*table.columns, SINCE))


def tables():
    """The tables that take rows, in the order of the page of a space."""
    model = TABLES
    site = (SITE,)
    site_name = replace(column_of(model["premises"], "name"), aliases=aliases("site_name"))
    person = replace(column_of(model["staff"], "name"), aliases=aliases("person"))
    return [
        Table(
            "premises", _("Sites"), _("Buildings or floors of the space, each with its area."),
            (site_name, *columns(model["premises"], "address", "floor_area", "public_area", "desk_area", "desks", "tenure")),
            ("name",), area_faults,
        ),
        Table(
            "leases", _("Leases"), _("Contracts for rented sites; record the sites first."),
            site + columns(model["leases"], "landlord", "number", "begins", "ends", "area", "yearly_rent"),
            ("site", "landlord", "number", "begins"), lease_faults,
        ),
        Table(
            "staff", _("Staff"), _("The people who manage and serve, one by one."),
            (person, *columns(model["staff"], "duty", "education", "fulltime", "professional")),
            ("name",),
        ),
        Table(
            "staff-count", _("Numbers of staff"), _("Numbers alone, where people are not listed: one row."),
            columns(model["staff-count"], "staff", "fulltime", "college", "professional", "investment_managers", "trainers"),
            (), staff_faults,
        ),
        Table(
            "equipment", _("Equipment"), _("Professional equipment and software, one device or group a row."),
            columns(model["equipment"], "name", "model", "pieces", "value", "holding", "shared"),
            ("name", "model"),
        ),
        Table(
            "desks", _("Desks"), _("Desks one by one; from then on the listed ones count. Record the sites first."),
            site + columns(model["desks"], "label", "kind", "can_be_let"),
            ("site", "label"),
        ),
        Table(
            "host", _("Host organisation"), _("The organisation that the space relies on: one row."),
            (*columns(model["host"], "kind", "name", "level", "credit_code"),
             Column("platforms", _("innovation platforms"), "list", fact="host_platforms")),
        ),
    ]  # fmt: skip


def as_kind(table):
    shaped = with_value_columns(table)
    if table.name == "host":
        code = next(one for one in shaped.columns if one.name == "credit_code")
        shaped = replace(
            shaped,
            columns=tuple(replace(one, type="code") if one is code else one for one in shaped.columns),
        )  # fmt: skip
    return Kind(
        table.name,
        table.title,
        table.about,
        shaped.columns,
        may=may,
        check=partial(checked_rows, shaped),
        write=write_steps,
        undo=undo,
        scope=own_space,
        dated=True,
    )
