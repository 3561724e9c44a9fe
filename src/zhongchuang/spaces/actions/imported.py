"""Writing and taking back what an import brings: thousands of rows in one transaction, an entry for each space."""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log_all
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.listing import refresh, words_of
from zhongchuang.spaces.actions.versions import Operation, packed, propose
from zhongchuang.spaces.models import TABLES, Change, Proof, Space
from zhongchuang.spaces.models.dated import Dated

Verb = Change.Verb
TOGETHER = 500
"""Rows that are sent to the database at once; SQLite takes no more values."""

CHANGED_SINCE = Refusal(
    "changed_since",
    _(
        "What is recorded changed after the file was checked. Look at the rows again and confirm anew."
    ),
    status=409,
)


@dataclass(frozen=True)
class Step:
    """One thing to write of a recorded space; `recorded` is the version that it changes."""

    space: Space
    operation: Operation
    recorded: Dated | None = None
    waits: bool = False


class Batch:
    """Rows to write, by table, and what undoing them needs."""

    def __init__(self, user):
        self.user = user
        self.created, self.ended, self.corrected = (defaultdict(list) for _kind in range(3))
        self.old = {}

    def take(self, step):
        """Put what a step writes with the others."""
        {Verb.ADD: self.add, Verb.REVISE: self.revise, Verb.CORRECT: self.correct}[
            step.operation.verb
        ](step.space, step.operation, step.recorded)

    def add(self, space, operation, _recorded=None, series=None, **kept):
        more = {"series": series} if series else {}
        row = operation.model(
            space=space, valid_from=operation.on, recorded_by=self.user, **more, **kept | operation.values
        )  # fmt: skip
        self.created[operation.table].append(row)
        return row

    def revise(self, space, operation, recorded):
        kept = {one.name: getattr(recorded, one.name) for one in recorded.entered()}
        recorded.valid_until, recorded.version = operation.on, recorded.version + 1
        self.ended[operation.table].append(recorded)
        self.add(space, operation, series=recorded.series, **kept)

    def correct(self, _space, operation, recorded):
        self.old[operation.table, recorded.pk] = packed(
            operation.model, {name: getattr(recorded, name) for name in operation.values}
        )
        for name, value in operation.values.items():
            setattr(recorded, name, value)
        recorded.version += 1
        self.corrected[operation.table].append(recorded)

    def save(self):
        """Write everything: what ends first, so that of one thing one version is open."""
        for table, rows in self.ended.items():
            TABLES[table].objects.bulk_update(rows, ["valid_until", "version"], TOGETHER)
        for table, rows in self.corrected.items():
            names = [one.name for one in TABLES[table].entered()] + ["version"]
            TABLES[table].objects.bulk_update(rows, names, TOGETHER // 5)
        for table, rows in self.created.items():
            TABLES[table].objects.bulk_create(rows, TOGETHER)

    @property
    def journal(self):
        return {
            "created": {table: [row.pk for row in rows] for table, rows in self.created.items()},
            "ended": {
                table: [[row.pk, row.version] for row in rows] for table, rows in self.ended.items()
            },
            "corrected": {
                table: [[row.pk, row.version, self.old[table, row.pk]] for row in rows]
                for table, rows in self.corrected.items()
            },
        }


def hold(steps):
    """Lock the spaces and see that the versions to be changed are still those that were checked."""
    lock({step.space.pk for step in steps})
    by_table = defaultdict(dict)
    for step in steps:
        if step.recorded is not None:
            by_table[step.operation.table][step.recorded.pk] = step.recorded.version
    for table, versions in by_table.items():
        if versions_of(TABLES[table], versions) != versions:
            raise Refused(CHANGED_SINCE)


def lock(keys):
    """Hold the spaces until the commit, as every writing to them does."""
    for some in parts(sorted(keys)):
        list(Space.objects.select_for_update(of=["self"]).filter(pk__in=some).values_list("pk"))


def versions_of(model, keys):
    """Versions of open rows by key."""
    found = {}
    for some in parts(list(keys)):
        found.update(
            model.objects.filter(pk__in=some, valid_until=None).values_list("pk", "version")
        )
    return found


def parts(keys, size=5000):
    return [keys[start : start + size] for start in range(0, len(keys), size)]


def write_steps(plan, *, by, imported, progress):
    """Write rows of an operator's own spaces: what its department decides on becomes a change that waits."""
    steps = plan.work
    spaces = {step.space.pk: step.space for step in steps}
    hold(steps)
    for space in spaces.values():
        require(may_edit(by, space))
    reason = gettext("Import of the file %(name)s") % {"name": imported.name}
    changes = [
        propose(step.space, step.operation, step.recorded, by=by, reason=reason, evidence=())
        for step in steps
        if step.waits
    ]
    batch = Batch(by.user)
    for step in steps:
        if not step.waits:
            batch.take(step)
    saved(batch)
    for done, space in enumerate(spaces.values(), 1):
        refresh(space)
        progress(done, len(spaces))
    told = entries(batch, imported)
    log_all([(spaces[key], "space_rows_imported", values) for key, values in told.items()], by=by.who)  # fmt: skip
    return batch.journal | {"changes": [one.pk for one in changes]}


def saved(batch):
    """Write a batch; what someone else wrote in between is a refusal."""
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error


def entries(batch, imported):
    """What the log tells of each space: the import, and how many rows of which table."""
    counted = defaultdict(lambda: defaultdict(int))
    for kind in (batch.created, batch.corrected):
        for table, rows in kind.items():
            for row in rows:
                counted[row.space_id][table] += 1
    given = {"import": str(imported.key), "digest": imported.digest}
    return {space: {"given": given, "new": dict(rows)} for space, rows in counted.items()}


# --- spaces that are new --------------------------------------------------------------------------


@dataclass
class NewSpace:
    """A space that an import brings: its own fields, the values of its tables, its operator, which may be new too."""

    basics: dict
    operator: Organisation
    tables: dict


def write_spaces(plan, *, by, imported, progress, confirmed):
    """Write new spaces with their first rows, and steps of recorded ones; `confirmed` are entered by their department."""
    new, steps = plan.work
    hold(steps)
    made = founded(new)
    state = State.CONFIRMED if confirmed else State.DRAFT
    batch, spaces = Batch(by.user), [line_of(one, state) for one in new]
    total = len(new) + len(steps)
    for start in range(0, len(spaces), TOGETHER):
        Space.objects.bulk_create(spaces[start : start + TOGETHER])
        progress(start, total)
    for space, one in zip(spaces, new, strict=True):
        for table, values in one.tables.items():
            batch.add(space, Operation(table, Verb.ADD, space.opened, values))
    changes = take_steps(steps, batch, by=by, imported=imported)
    saved(batch)
    touched = {step.space.pk: step.space for step in steps if not step.waits}
    for done, space in enumerate(touched.values(), len(new)):
        refresh(space)
        progress(done, total)
    prove(batch, imported, by=by)
    tell(spaces, made, touched, batch, by=by, imported=imported)
    return batch.journal | {
        "changes": changes,
        "spaces": [space.pk for space in spaces],
        "state": state,
        "organisations": [one.pk for one in made],
    }


State = Space.State


def take_steps(steps, batch, *, by, imported):
    """Rows of recorded spaces; what the department is still to decide becomes a change that waits."""
    reason = gettext("Import of the file %(name)s") % {"name": imported.name}
    changes = []
    for step in steps:
        if step.waits:
            made = propose(
                step.space, step.operation, step.recorded, by=by, reason=reason, evidence=()
            )
            changes.append(made.pk)
        else:
            batch.take(step)
    return changes


def founded(new):
    """The operators that nobody had registered: established by the department that brings them in."""
    fresh = {id(one.operator): one.operator for one in new if one.operator.pk is None}
    now = timezone.now()
    for one in fresh.values():
        one.state, one.decided = Organisation.State.CONFIRMED, now
    try:
        with transaction.atomic():
            return Organisation.objects.bulk_create(fresh.values(), TOGETHER)
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error


def line_of(new, state):
    """The space with its line of the register, as its first rows say."""
    particulars = new.tables["particulars"]
    particulars["operator"] = new.operator
    site = new.tables.get("premises", {})
    now = timezone.now()
    region = particulars["region"]
    decided = {"submitted": now, "decided": now} if state == State.CONFIRMED else {}
    return Space(
        state=state, name=particulars["name"], operator=new.operator, region=region,
        path=region.path, industry=particulars["industry"], floor_area=site.get("floor_area"),
        desks=site.get("desks"), words=words_of(SimpleNamespace(**particulars)), registered=now,
        **decided, **new.basics,
    )  # fmt: skip


def prove(batch, imported, *, by):
    """Put the file behind the particulars of each space that it brought, and behind each thing that it changed."""
    if imported.evidence is None:
        return
    new = batch.created["particulars"]
    changed = [row for rows in (batch.corrected | batch.ended).values() for row in rows]
    seen = {row.series: row.space_id for row in [*new, *changed]}
    proofs = [
        Proof(space_id=space, series=series, evidence=imported.evidence, attached_by=by.user)
        for series, space in seen.items()
    ]
    Proof.objects.bulk_create(proofs, TOGETHER, ignore_conflicts=True)


def tell(spaces, made, touched, batch, *, by, imported):
    """An entry for each organisation and each space."""
    given = {"import": str(imported.key), "digest": imported.digest}
    verb = "space_imported"
    log_all(
        [(one, "organisation_established", {"given": given | {"region": one.region.code}}) for one in made]
        + [(one, verb, {"given": given, "new": {"code": one.code, "state": one.state}}) for one in spaces]
        + [(touched[key], "space_rows_imported", values) for key, values in entries(batch, imported).items() if key in touched],
        by=by.who,
    )  # fmt: skip


def in_all():
    """What a device is called whose parts are not listed, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Equipment in all")
