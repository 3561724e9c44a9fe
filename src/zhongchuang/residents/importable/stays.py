"""The ledger of residents in a workbook: each row a stay with who stays, its founder, its stage and its desks."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column
from zhongchuang.imports.lookups import any_of
from zhongchuang.ledgers.importable.columns import aliases, column_of
from zhongchuang.ledgers.importable.rows import Sheet, Taken
from zhongchuang.page.pinyin import words_of
from zhongchuang.residents.models import Founder, Occupation, Resident, Stage, Stay
from zhongchuang.residents.rules import meanings
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault

PARTICULARS = (
    "founded", "registered", "region", "registration", "taxpayer", "industry", "field", "product",
    "capital", "high_tech",
)  # fmt: skip
"""What is known of a resident beside its kind, name and credit code."""

OF_FOUNDER = {"founder": "name", "founder_kind": "kind", "serial": "serial", "sex": "sex", "education": "education"}  # fmt: skip
FIRST = ("day",)
ENDING = ("day", "until", "outcome", "destination")
LABELS = {"founder": _("Leading founder"), "founder_kind": _("Kind of founder")}


@dataclass
class Known:
    """Who is known already, and what a file adds."""

    operator: int
    by_code: dict = field(default_factory=dict)
    by_name: dict = field(default_factory=lambda: defaultdict(list))
    by_pk: dict = field(default_factory=dict)
    mine: set = field(default_factory=set)
    fresh: dict = field(default_factory=dict)
    spans: dict = field(default_factory=lambda: defaultdict(dict))
    lines: dict = field(default_factory=dict)
    people: set = field(default_factory=set)
    ends: set = field(default_factory=set)
    taken: Taken = field(default_factory=Taken)

    def same(self, one):
        """The one object of a resident, so that it is changed once."""
        return self.by_pk.setdefault(one.pk, one)


@dataclass(eq=False)
class Fresh:
    """A resident that nobody recorded yet, and is made when its first stay is written."""

    row: dict
    made: Resident | None = None
    pk = None

    def made_now(self):
        row = self.row
        plain = {name: blank(name, row[name]) for name in PARTICULARS}
        self.made = Resident(
            kind=row["kind"], name=row["resident"], credit_code=row["credit_code"] or "",
            words=words_of(row["resident"], row["credit_code"], row["product"], row["field"]), **plain,
        )  # fmt: skip
        return self.made


def blank(name, value):
    """What is recorded of a resident for a blank cell."""
    return "" if value is None and not Resident._meta.get_field(name).null else value


class StaySheet(Sheet):
    """Stays: who stays is found again by credit code, or by name in spaces of the operator, else taken in anew."""

    parts = ("stages", "occupations", "resident__founders", "resident__region")

    def __init__(self, ledger):
        super().__init__(ledger, known_by=("resident", "day"), happened=True)

    @property
    def columns_of_resident(self):
        return [
            Column("resident", _("Resident"), required=True, longest=200, aliases=self.aliases("resident"), about=_("Name of the team, firm or maker.")),
            self.of(Resident, "kind"),
            Column("credit_code", Resident._meta.get_field("credit_code").verbose_name, "code", aliases=self.aliases("credit_code"), about=_("Of a firm. One that sat elsewhere before is known again by it, with its history.")),
        ]  # fmt: skip

    def of(self, model, name, called="", **more):
        return column_of(
            model, name, ledger="stays", called=called, label=LABELS.get(called), **more
        )

    def columns_of(self, name):
        """The resident and its founder stand first; what is known of them beside that stands last."""
        found = super().columns_of(name)
        if name == "day":
            people = [self.of(Founder, OF_FOUNDER[one], one, required=False) for one in LABELS]
            stage = Column(
                "stage", _("Stage"), "choice", choices=tuple(Stage.Name.choices),
                aliases=self.aliases("stage"), answers=self.of(Stage, "name").answers,
            )  # fmt: skip
            desks = Column("desks", _("Desks"), "amount", "desk", aliases=aliases("stays", "desks"), about=_("0 if it takes none; blank is unknown."))  # fmt: skip
            return [*self.columns_of_resident, *people, *found, stage, desks]
        if name == self.names[-1]:
            region = Column("region", Resident._meta.get_field("region").verbose_name, "region", aliases=self.aliases("region"))  # fmt: skip
            more = [region if one == "region" else self.of(Resident, one) for one in PARTICULARS]
            rest = [self.of(Founder, one, required=False) for one in ("serial", "sex", "education")]
            return [*found, *more, *rest]
        return found

    def row_of(self, line):
        return super().row_of(line) | self.more_of(line)

    def more_of(self, stay):
        """What stands beside the stay itself."""
        who = stay.resident
        person = leading(who)
        found = {"resident": who.name} | {n: getattr(who, n) for n in ("kind", "credit_code", *PARTICULARS)}  # fmt: skip
        found |= {called: person and getattr(person, name) for called, name in OF_FOUNDER.items()}
        stage, desks = last_of(stay.stages.all()), taken(stay)
        return found | {"stage": stage and stage.name, "desks": desks}

    # --- who is meant ---

    def known(self, space, rows):
        found = Known(space.operator_id)
        codes = {row["credit_code"] for row in rows if row} - {None}
        recorded = Resident.objects.select_related("region", "merged_into__region")
        recorded = recorded.prefetch_related("founders")
        standing = recorded.filter(merged_into=None)
        for one in standing.filter(credit_code__in=any_of(codes)) if codes else ():
            found.by_code[one.credit_code] = found.same(one)
        own = Stay.objects.filter(space__operator=space.operator)
        names = {row["resident"] for row in rows if row}
        everybody = Resident.objects.filter(pk__in=own.values("resident"))
        named = [pk for pk, name in everybody.values_list("pk", "name") if name in names]
        for some in parts(named):
            for one in recorded.filter(pk__in=some):
                counts = found.same(one.merged_into or one)
                if counts not in found.by_name[one.name]:
                    found.by_name[one.name].append(counts)
        here = own.filter(struck=None)
        here = here.annotate(who=Coalesce("resident__merged_into", "resident"))
        found.mine = set(here.filter(until=None).values_list("who", flat=True))
        for pk, who, day, until in here.filter(space=space).values_list("pk", "who", "day", "until"):  # fmt: skip
            found.spans[who][pk] = (day, until)
        return found

    def values(self, place, row, known):
        values, faults = super().values(place, row, known)
        values["resident"], wrong = self.resident_of(place, row, known)
        if wrong:
            faults += wrong
        if row["credit_code"] and row["kind"] != Resident.Kind.FIRM:
            faults.append(fault(place, "kind", "not_a_firm", gettext_noop("Who has a credit code is a startup. Choose that kind, or leave the code blank.")))  # fmt: skip
        return values, faults

    def key_of(self, values):
        who = values["resident"]
        return (who and who.pk) or who, values["day"]

    def resident_of(self, place, row, known):
        """The resident of a row: that of its line, one that is known, or a new one."""
        code, name = row["credit_code"], row["resident"]
        if row["line"] and (line := known.lines.get(row["line"])):
            own = known.same(line.resident)
            if not code or own.credit_code in {"", code}:
                return own, []
        if code and (found := known.by_code.get(code)):
            return found, [] if found.name == name else [other_name(place, found)]
        if name in known.by_name:
            named = [one for one in known.by_name[name] if not code or not one.credit_code]
            if len(named) > 1:
                named = [one for one in named if one.kind == row["kind"]] or named
            if len(named) > 1:
                return None, [several(place, name)]
            if named:
                return named[0], []
        return self.fresh(row, known), ()

    def fresh(self, row, known):
        """A resident that nobody recorded; once for all its rows."""
        key = row["credit_code"] or (row["kind"], row["resident"])
        found = known.fresh.get(key)
        if found is None:
            found = known.fresh[key] = Fresh(row)
        return found

    # --- beside the other stays ---

    def beside(self, place, values, line, known):
        """Faults beside the end of the stay and beside its other stays in this space."""
        said = (
            values
            if line is None
            else {name: values[name] or getattr(line, name) for name in ENDING}
        )
        day, until = said["day"], said["until"]
        end, faults = (until, said["outcome"], said["destination"]), []
        if end not in known.ends:
            faults += of_the_end(place, said, known.taken.today)
            if not faults:
                known.ends.add(end)
        who = values["resident"]
        spans = known.spans[getattr(who, "merged_into_id", None) or who.pk or who]
        own = line.pk if line else ~place
        if spans and (line is None or (day, until) != (line.day, line.until)):
            others = [span for other, span in spans.items() if other != own]
            if begun := next((one[0] for one in others if overlap(one, (day, until))), None):
                faults.append(fault(
                    place, "day", "then_too",
                    gettext_noop("It stays at this space since %(day)s already. Compare the days of both stays."),
                    day=begun.isoformat(),
                ))  # fmt: skip
                return faults
        spans[own] = (day, until)
        if line and until not in {None, line.until} and any(one.day >= until for one in [*line.stages.all(), *line.occupations.all()]):  # fmt: skip
            faults.append(fault(place, "until", "before_stage", gettext_noop("That day lies before the last change of its stage or desks. Write a later day.")))  # fmt: skip
        return faults

    def differs(self, item, known):
        """Whether a row says something else beside the stay itself, which this operator may change."""
        return bool(self.changes(item, known))

    def changes(self, item, known):
        """What a row says of resident, founder, stage and desks that is not recorded so."""
        who, row = item.who, item.row
        recorded = self.more_of(item.line) if item.line else None
        found = {}
        if who.pk in known.mine:
            wanted = {"name": row["resident"]} | {n: row[n] for n in ("kind", "credit_code", *PARTICULARS)}  # fmt: skip
            found["resident"] = {n: v for n, v in wanted.items() if v is not None and getattr(who, n) != v}  # fmt: skip
            found["founder"] = self.founder_changes(who, row, known)
        if recorded:
            found["stage"] = row["stage"] if row["stage"] not in {None, recorded["stage"]} else None
            counted = all(one.desk is None for one in item.line.occupations.all())
            found["desks"] = row["desks"] if counted and row["desks"] not in {None, recorded["desks"]} else None  # fmt: skip
        return {name: value for name, value in found.items() if value or value == 0}

    def founder_changes(self, who, row, known):
        """What the row says of the leading founder that is not recorded so; of one that another operator recorded nothing."""
        person = leading(who)
        given = {
            name: row[called] for called, name in OF_FOUNDER.items() if row[called] is not None
        }
        if person is None:
            return given if row["founder"] else {}
        if person.operator_id != known.operator:
            return {}
        return {name: value for name, value in given.items() if getattr(person, name) != value}

    # --- writing ---

    def add(self, batch, work, item):
        who = item.who
        if isinstance(who, Fresh):
            who = who.made or self.take_in(batch, item)
        elif work.existing == "change":
            self.rewrite(batch, item, work.known)
        stay, _many = self.line(work.space, item.values | {"resident": who}, batch.by)
        batch.add(stay)
        self.put_parts(batch, stay, item.row)

    def take_in(self, batch, item):
        """A resident that is new, with its founder."""
        who = batch.add(item.who.made_now())
        if item.row["founder"]:
            self.found(batch, who, item.row)
        return who

    def found(self, batch, who, row):
        plain = {name: row[called] or "" for called, name in OF_FOUNDER.items()}
        batch.add(Founder(resident=who, operator=batch.space.operator, lead=True, **plain), removable=True)  # fmt: skip

    def put_parts(self, batch, stay, row, *, removable=False):
        """Stage and desks, for the whole stay."""
        if row["stage"]:
            batch.add(Stage(stay=stay, day=stay.day, until=stay.until, name=row["stage"]), removable=removable)  # fmt: skip
        if row["desks"] is not None:
            batch.add(Occupation(stay=stay, day=stay.day, until=stay.until, desks=row["desks"]), removable=removable)  # fmt: skip

    def change(self, batch, work, item):
        stay, changed = item.line, item.values
        more = self.changes(item, work.known)
        for one in (*stay.stages.all(), *stay.occupations.all()):
            ends = {name: changed[name] for name in ("day", "until") if name in changed and getattr(one, name) == getattr(stay, name)}  # fmt: skip
            if ends:
                batch.change(one, ends, verb="")
        if changed:
            batch.change(stay, changed)
        missing = {"stage": None, "desks": None}
        if "stage" in more:
            if last := last_of(stay.stages.all()):
                batch.change(last, {"name": more["stage"]}, verb="")
            else:
                missing["stage"] = more["stage"]
        if "desks" in more:
            if last := last_of(stay.occupations.all()):
                batch.change(last, {"desks": more["desks"]}, verb="")
            else:
                missing["desks"] = more["desks"]
        self.put_parts(batch, stay, missing, removable=True)
        self.rewrite(batch, item, work.known)

    def rewrite(self, batch, item, known):
        """Put right what is known of the resident and its leading founder."""
        more, who = self.changes(item, known), item.who
        if changed := more.get("resident"):
            batch.change(who, changed, verb="resident_changed")
            words = words_of(who.name, who.credit_code, who.product, who.field)
            batch.change(who, {"words": words}, verb="")
        if changed := more.get("founder"):
            person = leading(who)
            if person is not None:
                batch.change(person, changed, verb="founder_changed")
            elif id(who) not in known.people:
                known.people.add(id(who))
                self.found(batch, who, item.row)


def of_the_end(place, said, today):
    """Faults of when, how and whereto a stay ended."""
    until, outcome = said["until"], said["outcome"]
    if until and until > today:
        yield fault(place, "until", "future", gettext_noop("%(day)s is still to come."), day=until.isoformat())  # fmt: skip
    if bool(until) != bool(outcome):
        yield ended_how(place, until)
    if outcome in meanings()["leads_on"] and not said["destination"]:
        yield fault(
            place, "destination", "nowhere",
            gettext_noop("It is not said where it went: what is counted by destination is unknown without it."),
            warning=True,
        )  # fmt: skip


def overlap(one, other):
    """Whether two terms share a day; the second day of each is the first on which it no longer holds."""
    return (one[1] is None or one[1] > other[0]) and (other[1] is None or other[1] > one[0])


def leading(resident):
    """The founder who leads, from the fetched ones."""
    return next((one for one in resident.founders.all() if one.left is None), None) if resident.pk else None  # fmt: skip


def last_of(rows):
    """The part that is open, or the one that ended last."""
    return max(rows, key=lambda one: (one.until is None, one.day, one.pk), default=None)


def taken(stay):
    """Desks that a stay takes, or took at its end; None where it is not known."""
    found = [one.desks for one in stay.occupations.all() if one.until == stay.until]
    return sum(found) if found else None


def other_name(place, found):
    return fault(
        place, "resident", "other_name",
        gettext_noop("This credit code belongs to %(name)s. Write that name if it is the same firm, else compare the code."),
        name=found.name,
    )  # fmt: skip


def several(place, name):
    return fault(
        place, "resident", "several_residents",
        gettext_noop("Several residents of yours are called “%(found)s”. Write the credit code, or merge them first."),
        found=name,
    )  # fmt: skip


def ended_how(place, until):
    if until:
        return fault(place, "outcome", "no_outcome", gettext_noop("It left, but it is not said how the stay ended. Choose one."))  # fmt: skip
    return fault(place, "until", "no_end", gettext_noop("It is said how the stay ended, but not when. Write the first day on which it was gone."))  # fmt: skip
