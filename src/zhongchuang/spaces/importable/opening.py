"""Whole spaces, one a row: the opening state of a region, entered by its department, or an operator's own spaces."""

from dataclasses import replace
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column, Kind, Plan
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import OFFICIALS, Role
from zhongchuang.page.refusal import Refusal
from zhongchuang.spaces.access import may_register
from zhongchuang.spaces.actions.imported import NewSpace, Step, in_all, parts, write_spaces
from zhongchuang.spaces.actions.undone import undo
from zhongchuang.spaces.actions.versions import Operation, articles
from zhongchuang.spaces.importable.columns import (
    aliases,
    area_faults,
    column_of,
    fault,
    staff_faults,
)
from zhongchuang.spaces.models import TABLES, Change, Host, Particulars, Premises, Space, StaffCount

Verb = Change.Verb
State = Space.State
ESTABLISHED = (Organisation.State.PENDING, Organisation.State.CONFIRMED)
PARTICULARS = (
    "name", "short_name", "region", "address", "operator_kind", "industry", "founder", "service",
    "direction", "goals", "separate_accounts", "free_broadband", "online_platform", "website",
    "phone", "hours", "introduction",
)  # fmt: skip
SITE = ("floor_area", "public_area", "desk_area", "desks", "tenure")
STAFF = ("staff", "fulltime", "college", "professional", "investment_managers", "trainers")
HOST = {"host_kind": "kind", "host_name": "name", "host_level": "level"}


def may_enter(acting):
    """Whether this post enters the opening state of a region: those of its competent department who work on the register do."""
    own = acting.organisation
    if own is None or not own.competent or acting.role not in OFFICIALS - {Role.FINANCE}:
        return Refusal(
            "not_competent",
            _("The register of a region is entered by the department that decides on its spaces."),
        )
    return None


def all_columns():
    """The columns of a space in the order of the pages."""
    region = Column(
        "region", _("Region"), "region", required=True, aliases=aliases("region"),
        about=_("County, district or development zone in which it lies."),
    )  # fmt: skip
    whole = [
        Column("space_code", _("Code of the space"), longest=10, about=_("Only for spaces that are registered already; leave it blank for new ones.")),
        column_of(Particulars, "name", label=_("Name of the space")),
        column_of(Particulars, "short_name"),
        column_of(Space, "kind", prefix="", label=_("Kind of carrier"), required=False),
        Column("operator", _("Operator"), required=True, longest=200, aliases=aliases("operator"), about=_("Name of the organisation that runs the space, as on its licence.")),
        Column("credit_code", _("Unified social credit code of the operator"), "code", required=True, aliases=aliases("credit_code")),
        column_of(Space, "opened"),
        region,
        *(column_of(Particulars, name) for name in PARTICULARS[3:]),
        *(column_of(Premises, name, required=False) for name in SITE),
        *(column_of(StaffCount, name) for name in STAFF),
        Column("equipment_value", _("Value of equipment in all"), "amount", "CNY", aliases=aliases("equipment_value")),
        *(replace(column_of(Host, name, label=label, required=False), name=called, aliases=aliases(called)) for called, (name, label) in HOSTS.items()),
    ]  # fmt: skip
    return tuple(whole)


HOSTS = {
    "host_kind": ("kind", _("Kind of host organisation")),
    "host_name": ("name", _("Name of the host organisation")),
    "host_level": ("level", _("Level of the host organisation")),
}


class Checking:
    """The rows of a file beside the register: who the operators are, which spaces are recorded, what would change."""

    def __init__(self, rows, *, by, existing, on, own):
        self.by, self.existing, self.on, self.own = by, existing, on, own
        self.today = timezone.localdate()
        self.plan = Plan(work=([], []))
        self.operators = self.known_operators(rows)
        self.fresh, self.names, self.seen, self.by_code = {}, {}, {}, {}
        self.recorded = self.recorded_spaces(rows)
        self.tables = self.open_rows()

    def known_operators(self, rows):
        if self.own:
            return {}
        codes = sorted({row["credit_code"] for row in rows if row})
        found = {}
        for some in parts(codes):
            known = Organisation.objects.filter(credit_code__in=some, state__in=ESTABLISHED)
            found |= {one.credit_code: one for one in known}
        return found

    def recorded_spaces(self, rows):
        """The spaces that rows may mean, by code, and by operator and name."""
        seen = Space.objects.visible_to(self.by).select_related("operator", "region")
        names = sorted({row["name"] for row in rows if row})
        codes = sorted({row["space_code"] for row in rows if row and row["space_code"]})
        found = {}
        for field, wanted in (("name", names), ("code", codes)):
            for some in parts(wanted):
                for space in seen.filter(**{f"{field}__in": some}):
                    found[space.code] = found[space.operator.credit_code, space.name] = space
        return found

    def open_rows(self):
        """What is recorded of these spaces now: {table: {space: [rows]}}."""
        keys = sorted({space.pk for space in self.recorded.values()})
        found = {}
        for table in ("particulars", "premises", "staff-count", "equipment", "host"):
            by_space = found[table] = {}
            for some in parts(keys):
                rows = TABLES[table].objects.filter(space__in=some, valid_until=None)
                if table == "particulars":
                    rows = rows.select_related("operator", "region")
                for row in rows:
                    by_space.setdefault(row.space_id, []).append(row)
        return found

    def look(self, place, row):
        """The fate of one row."""
        if self.own:
            row["operator"] = self.by.organisation.name
            row["credit_code"] = self.by.organisation.credit_code
        found = [*self.of_itself(place, row), *self.of_others(place, row)]
        self.plan.faults += found
        if any(not one.warning for one in found):
            return ""
        space = self.recorded.get(row["space_code"]) or self.recorded.get(
            (row["credit_code"], row["name"])
        )
        if space is None:
            return self.new(row)
        return self.again(place, row, space)

    def of_itself(self, place, row):
        """Faults that the row has by itself."""
        yield from area_faults(place, row)
        yield from staff_faults(place, row)
        if row["opened"] > self.today:
            yield fault(
                place, "opened", "future",
                gettext_noop("%(day)s is still to come. A space is registered when it has opened."),
                day=row["opened"].isoformat(),
            )  # fmt: skip
        if row["website"] and not is_address(row["website"]):
            yield fault(
                place, "website", "website",
                gettext_noop("“%(found)s” is no address of a website. Write it whole, such as https://www.example.cn."),
                found=row["website"],
            )  # fmt: skip
        if row["host_kind"] is None and (row["host_name"] or row["host_level"]):
            yield fault(
                place, "host_kind", "host_kind",
                gettext_noop("The host has a name or a level, but no kind. Choose the kind, or leave all three blank."),
            )  # fmt: skip
        if not self.own and not self.in_reach(row["region"]):
            yield fault(
                place, "region", "other_region",
                gettext_noop("“%(found)s” lies outside your region, %(own)s."),
                found=str(row["region"]), own=str(self.by.organisation.region),
            )  # fmt: skip

    def in_reach(self, region):
        return any(region.path.startswith(path) for path in self.by.post.reach)

    def of_others(self, place, row):
        """Faults beside the other rows and beside what is registered."""
        code, name = row["credit_code"], row["name"]
        first = self.seen.setdefault((code, name), place)
        if first != place:
            yield fault(
                place, "name", "doubled",
                gettext_noop("The same stands in entry %(entry)s of the file already. Delete one of them."),
                entry=first + 1,
            )  # fmt: skip
        elif self.names.setdefault(name, code) != code:
            yield fault(
                place, "name", "same_name",
                gettext_noop("Another operator has a space of the same name in this file. Compare both rows."),
                warning=True,
            )  # fmt: skip
        if row["space_code"] and row["space_code"] not in self.recorded:
            yield fault(
                place, "space_code", "unknown_space",
                gettext_noop("No space that you see has the code “%(found)s”. Leave the cell blank for a new space."),
                found=row["space_code"],
            )  # fmt: skip
        if not self.own:
            yield from self.of_operator(place, row)

    def of_operator(self, place, row):
        known = self.operators.get(row["credit_code"])
        if known is None:
            name = self.by_code.setdefault(row["credit_code"], row["operator"])
        elif known.kind != Organisation.Kind.OPERATOR:
            yield fault(
                place, "credit_code", "no_operator",
                gettext_noop("%(name)s is registered, but not as an operator."), name=known.name,
            )  # fmt: skip
            return
        elif known.state == Organisation.State.PENDING:
            yield fault(
                place, "credit_code", "operator_waits",
                gettext_noop("%(name)s waits for its registration to be decided. Decide on it first, then import."),
                name=known.name,
            )  # fmt: skip
            return
        else:
            name = known.name
        if name != row["operator"]:
            yield fault(
                place, "operator", "other_name",
                gettext_noop("The operator with this code is called %(name)s; that name is kept. Compare the code with the licence."),
                warning=True, name=name,
            )  # fmt: skip

    # --- new ---

    def new(self, row):
        basics = {"kind": row["kind"] or Space.Kind.SPACE, "opened": row["opened"]}
        self.plan.work[0].append(NewSpace(basics, self.operator_of(row), parts_of(row)))
        return "new"

    def operator_of(self, row):
        """The operator by its code; one that nobody registered is new, once for all its rows."""
        if self.own:
            return self.by.organisation
        code = row["credit_code"]
        if code in self.operators:
            return self.operators[code]
        if code not in self.fresh:
            self.fresh[code] = Organisation(
                name=self.by_code[code], kind=Organisation.Kind.OPERATOR, region=row["region"],
                credit_code=code,
            )  # fmt: skip
        return self.fresh[code]

    # --- registered already ---

    def again(self, place, row, space):
        """What a row says of a space that is recorded: nothing new, or what would change."""
        if space.state in {State.SUBMITTED, State.CLOSED}:
            self.plan.faults.append(
                fault(
                    place, "name", "not_open",
                    gettext_noop("The space is registered, but not open to changes: %(state)s. The row is passed over."),
                    warning=True, state=str(space.get_state_display()),
                )
            )  # fmt: skip
            return "skipped"
        steps = list(self.steps(place, row, space))
        if not steps:
            return "same"
        if self.existing != "change":
            return "skipped"
        self.plan.work[1].extend(steps)
        return "waiting" if any(step.waits for step in steps) else "changed"

    def steps(self, place, row, space):
        for table, values in parts_of(row).items():
            rows = self.tables[table].get(space.pk, [])
            given = {n: v for n, v in values.items() if v not in (None, "")}
            given.pop("operator", None)
            if len(rows) > 1:
                yield from self.several(place, table, rows, given)
            elif not rows:
                yield self.step(space, Operation(table, Verb.ADD, self.day(space.opened), values))
            else:
                yield from self.change(space, table, rows[0], given)

    def several(self, place, table, rows, given):
        """A figure of a whole that consists of several rows is not changed by one row of a file."""
        names = {
            "premises": ("floor_area", "floor_area"),
            "equipment": ("value", "equipment_value"),
        }
        field, column = names[table]
        if sum(getattr(row, field) or 0 for row in rows) != given.get(field):
            self.plan.faults.append(
                fault(
                    place, column, "several",
                    gettext_noop("The space has several sites or devices recorded one by one; this figure is passed over. Change it on the page of the space."),
                    warning=True,
                )
            )  # fmt: skip
        return ()

    def day(self, opened):
        return max(self.on, opened)

    def change(self, space, table, recorded, given):
        given = {n: v for n, v in given.items() if n not in NAMES_KEPT.get(table, ())}
        changed = {n: v for n, v in given.items() if getattr(recorded, n) != v}
        if changed:
            verb = Verb.CORRECT if self.on <= recorded.valid_from else Verb.REVISE
            day = max(self.on, recorded.valid_from)
            operation = Operation(table, verb, day, changed, recorded.series)
            yield self.step(space, operation, recorded)

    def step(self, space, operation, recorded=None):
        waits = self.own and bool(articles(space, operation))
        return Step(space, operation, recorded, waits=waits)


NAMES_KEPT = {"premises": ("name",), "equipment": ("name",)}
"""Names that a row of a whole space does not give itself; those that are recorded stay."""


def is_address(text):
    try:
        URLValidator()(text)
    except ValidationError:
        return False
    return True


def parts_of(row):
    """The values of each table that a row of a whole space fills; a table without figures is left out."""
    found = {"particulars": {name: blank_for(row[name]) for name in PARTICULARS}}
    if row["floor_area"] is not None:
        site = {name: row[name] for name in SITE} | {"name": row["name"][:100]}
        found["premises"] = site | {"tenure": row["tenure"] or ""}
    if any(row[name] is not None for name in STAFF):
        found["staff-count"] = {name: row[name] for name in STAFF}
    if row["equipment_value"] is not None:
        found["equipment"] = {"name": in_all(), "value": row["equipment_value"]}
    if row["host_kind"] is not None:
        found["host"] = {field: row[name] or "" for name, field in HOST.items()}
    return found


def blank_for(value):
    return "" if value is None else value


def checked_spaces(rows, *, by, scope, existing, on, own):
    """What writing the rows would do."""
    del scope
    rows = [None if row is None else dict(row) for row in rows]
    if own:
        rows = [row and row | {"operator": "", "credit_code": ""} for row in rows]
    checking = Checking(rows, by=by, existing=existing, on=on, own=own)
    checking.plan.fates = [
        "" if row is None else checking.look(place, row) for place, row in enumerate(rows)
    ]
    return checking.plan


def entering(acting, _scope):
    return may_enter(acting)


def registering(acting, _scope):
    return may_register(acting)


def spaces():
    """The two kinds of whole spaces."""
    whole = all_columns()
    own = tuple(one for one in whole if one.name not in {"operator", "credit_code"})
    return [
        Kind(
            "register", _("Register of a region"),
            _("Spaces that are known to the department, with operator, first site, staff, equipment and host: they are entered as confirmed, with the file as evidence."),
            whole, may=entering, check=partial(checked_spaces, own=False),
            write=partial(write_spaces, confirmed=True), undo=undo, as_evidence=True, dated=True,
        ),
        Kind(
            "own-spaces", _("Own spaces"),
            _("Spaces of your organisation, one a row. They are in preparation until you submit each of them."),
            own, may=registering, check=partial(checked_spaces, own=True),
            write=partial(write_spaces, confirmed=False), undo=undo, dated=True,
        ),
    ]  # fmt: skip
