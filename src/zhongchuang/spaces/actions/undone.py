"""Taking back what an import brought: exactly that, and only where nothing was built on it since."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log_all
from zhongchuang.organisations.models import Organisation, Post
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.spaces.actions.imported import TOGETHER, lock, parts
from zhongchuang.spaces.actions.listing import refresh
from zhongchuang.spaces.actions.versions import unpacked
from zhongchuang.spaces.models import TABLES, Change, Proof, Space

NAMED = 5


def undo(journal, *, by, imported):
    """Take back what an import wrote; refused, with the spaces, where anything was built on it since."""
    touched = touched_by(journal)
    lock(touched)
    if built := built_on(journal, imported):
        raise Refused(rests_on(built))
    try:
        with transaction.atomic():
            taken_back(journal, imported)
    except ProtectedError as error:
        raise Refused(rests_on({str(one) for one in error.protected_objects})) from error
    new = set(journal.get("spaces", ()))
    for key, space in touched.items():
        if key not in new:
            refresh(space)
    given = {"import": str(imported.key), "digest": imported.digest}
    gone = [(subject, "space_import_undone", {"given": given}) for subject in touched.values()]
    log_all(gone, by=by.who)


def rests_on(names):
    """The refusal that names what was recorded after the import."""
    shown = ", ".join(sorted(names)[:NAMED]) + ("…" if len(names) > NAMED else "")
    return Refusal(
        "built_on",
        _("Something was recorded after the import and rests on it: %(names)s. Change what is wrong one by one."),
        {"names": shown}, status=409,
    )  # fmt: skip


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
        found |= changed_rows(TABLES[table], dict(rows))
    for table, rows in journal["corrected"].items():
        found |= changed_rows(TABLES[table], {row[0]: row[1] for row in rows}, open_only=True)
    for some in parts(journal["changes"]):
        decided = Change.objects.filter(pk__in=some).exclude(
            state=Change.State.WAITING, in_case=False
        )
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
        rows = model.objects.filter(pk__in=some).order_by()
        seen = {pk: (version, until) for pk, version, until in rows.values_list("pk", "version", "valid_until")}  # fmt: skip
        changed = [
            pk for pk, (version, until) in seen.items()
            if version != versions[pk] or (open_only and until is not None)
        ]  # fmt: skip
        for few in parts(changed):
            found |= set(model.objects.filter(pk__in=few).values_list("space__name", flat=True))
        if len(seen) != len(some):
            found.add(gettext("rows that are gone"))
    return found


def on_new_spaces(journal, imported):
    """Names of new spaces that have more than the import gave them, and of new operators with people or other spaces."""
    found = set()
    for some in parts(journal.get("spaces", [])):
        new = Space.objects.filter(pk__in=some)
        moved = new.exclude(version=1) | new.exclude(state=journal["state"])
        found |= set(moved.values_list("name", flat=True))
        found |= set(new.filter(changes__isnull=False).values_list("name", flat=True))
        found |= set(new.filter(proofs__attached__gt=imported.finished).values_list("name", flat=True))  # fmt: skip
        for table, model in TABLES.items():
            ours = set(journal["created"].get(table, ()))
            rows = model.objects.filter(space__in=some).order_by().values_list("pk", "space")
            others = {space for pk, space in rows if pk not in ours}
            found |= set(Space.objects.filter(pk__in=others).values_list("name", flat=True))
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
            TABLES[table].objects.filter(pk__in=some)._raw_delete("default")  # noqa: SLF001 -- nothing points at these rows
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
