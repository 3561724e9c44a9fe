"""Writing and taking back what an import brings: thousands of rows in one transaction, an entry for each space."""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log_all
from zhongchuang.organisations.models import Organisation, Post
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.listing import refresh, words_of
from zhongchuang.spaces.actions.versions import Operation, packed, propose, unpacked
from zhongchuang.spaces.models import TABLES, Change, Proof, Space
from zhongchuang.spaces.models.dated import Dated

Verb = Change.Verb
TOGETHER = 500
"""Rows that are sent to the database at once; SQLite takes no more values."""

NAMED = 5
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
            {name: getattr(recorded, name) for name in operation.values}
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
    keys = {step.space.pk for step in steps}
    for some in parts(sorted(keys)):
        list(Space.objects.select_for_update(of=["self"]).filter(pk__in=some).values_list("pk"))
    by_table = defaultdict(dict)
    for step in steps:
        if step.recorded is not None:
            by_table[step.operation.table][step.recorded.pk] = step.recorded.version
    for table, versions in by_table.items():
        if versions_of(TABLES[table], versions) != versions:
            raise Refused(CHANGED_SINCE)


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
    made = founded(new, by=by)
    state = State.CONFIRMED if confirmed else State.DRAFT
    batch, spaces = Batch(by.user), []
    for one in new:
        spaces.append(line_of(one, state))
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


def founded(new, *, by):
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


def tell(spaces, made, touched, batch, *, by, imported):  # noqa: PLR0913 -- what the entries are made of
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


# --- taken back -----------------------------------------------------------------------------------


def undo(journal, *, by, imported):
    """Take back what an import wrote; refused, with the spaces, where anything was built on it since."""
    built = built_on(journal, imported)
    if built:
        raise Refused(
            Refusal(
                "built_on",
                _("Something was recorded after the import and rests on it: %(names)s. Change what is wrong one by one."),
                {"names": ", ".join(sorted(built)[:NAMED]) + ("…" if len(built) > NAMED else "")},
                status=409,
            )
        )  # fmt: skip
    touched = touched_by(journal)
    try:
        with transaction.atomic():
            taken_back(journal, imported)
    except ProtectedError as error:
        names = sorted({str(one) for one in error.protected_objects})[:NAMED]
        raise Refused(
            Refusal(
                "built_on",
                _("Something was recorded after the import and rests on it: %(names)s. Change what is wrong one by one."),
                {"names": ", ".join(names)}, status=409,
            )
        ) from error  # fmt: skip
    new = set(journal.get("spaces", ()))
    for key, space in touched.items():
        if key not in new:
            refresh(space)
    given = {"import": str(imported.key), "digest": imported.digest}
    gone = [(subject, "space_import_undone", {"given": given}) for subject in touched.values()]
    log_all(gone, by=by.who)


def touched_by(journal):
    """The spaces that an import wrote to, by key."""
    keys = set(journal.get("spaces", ()))
    for table, rows in all_rows(journal):
        for some in parts(rows):
            keys |= set(TABLES[table].objects.filter(pk__in=some).values_list("space", flat=True))
    found = {}
    for some in parts(sorted(keys)):
        found |= {space.pk: space for space in Space.objects.filter(pk__in=some)}
    return found


def all_rows(journal):
    for table, rows in journal["created"].items():
        yield table, rows
    for kind in ("ended", "corrected"):
        for table, rows in journal[kind].items():
            yield table, [row[0] for row in rows]


def built_on(journal, imported):
    """The names of spaces and operators that were changed after the import."""
    found = set()
    for table, rows in journal["created"].items():
        found |= changed_rows(TABLES[table], dict.fromkeys(rows, 1), open_only=True)
    for table, rows in journal["ended"].items():
        found |= changed_rows(TABLES[table], {pk: version for pk, version in rows})
    for table, rows in journal["corrected"].items():
        found |= changed_rows(TABLES[table], {row[0]: row[1] for row in rows}, open_only=True)
    for some in parts(journal["changes"]):
        decided = Change.objects.filter(pk__in=some).exclude(state=Change.State.WAITING)
        found |= {one.space.name for one in decided.select_related("space")}
    return found | on_new_sites(journal) | on_new_spaces(journal, imported)


def on_new_sites(journal):
    """Names of spaces with leases or desks of other origin at sites that the import brought."""
    found = set()
    for some in parts(journal["created"].get("premises", [])):
        series = TABLES["premises"].objects.filter(pk__in=some).values("series")
        for table in ("leases", "desks"):
            rows = TABLES[table].objects.filter(site__in=series)
            ours = journal["created"].get(table, ())
            found |= set(rows.exclude(pk__in=ours[:5000]).values_list("space__name", flat=True))
    return found


def changed_rows(model, versions, *, open_only=False):
    """Names of the spaces of rows that are no longer as the import left them."""
    found = set()
    for some in parts(list(versions)):
        rows = model.objects.filter(pk__in=some).select_related("space")
        seen = {row.pk: row for row in rows}
        found |= {
            row.space.name
            for row in seen.values()
            if row.version != versions[row.pk] or (open_only and row.valid_until is not None)
        }
        if len(seen) != len(some):
            found.add(gettext("rows that are gone"))
    return found


def on_new_spaces(journal, imported):
    """Names of new spaces that have more than the import gave them, and of new operators with people or other spaces."""
    found = set()
    created = {table: len(rows) for table, rows in journal["created"].items()}
    for some in parts(journal.get("spaces", [])):
        new = Space.objects.filter(pk__in=some)
        moved = new.exclude(version=1) | new.exclude(state__in=[State.DRAFT, State.CONFIRMED])
        found |= set(moved.values_list("name", flat=True))
        found |= set(new.filter(changes__isnull=False).values_list("name", flat=True))
        found |= set(new.filter(proofs__attached__gt=imported.finished).values_list("name", flat=True))  # fmt: skip
        for table, model in TABLES.items():
            ours = set(journal["created"].get(table, ())) if table in created else set()
            rows = model.objects.filter(space__in=some).values_list("pk", "space__name")
            found |= {name for pk, name in rows if pk not in ours}
    for some in parts(journal.get("organisations", [])):
        manned = Post.objects.filter(organisation__in=some)
        found |= set(manned.values_list("organisation__name", flat=True))
    return found


def taken_back(journal, imported):
    """Delete what was created, open again what was ended, and put back what was corrected."""
    for some in parts(journal["changes"]):
        Change.objects.filter(pk__in=some).delete()
    if imported.evidence_id:
        Proof.objects.filter(evidence=imported.evidence_id, attached__lte=imported.finished).delete()  # fmt: skip
    for table, rows in journal["created"].items():
        for some in parts(rows):
            TABLES[table].objects.filter(pk__in=some)._raw_delete("default")
    for table, rows in journal["ended"].items():
        reopened(TABLES[table], [row[0] for row in rows])
    for table, rows in journal["corrected"].items():
        for pk, version, old in rows:
            values = unpacked(TABLES[table], old)
            TABLES[table].objects.filter(pk=pk).update(version=version + 1, **values)
    for model, name in ((Space, "spaces"), (Organisation, "organisations")):
        for some in parts(journal.get(name, [])):
            model.objects.filter(pk__in=some).delete()


def reopened(model, keys):
    for some in parts(keys):
        rows = list(model.objects.filter(pk__in=some))
        for row in rows:
            row.valid_until, row.version = None, row.version + 1
        model.objects.bulk_update(rows, ["valid_until", "version"], TOGETHER)


