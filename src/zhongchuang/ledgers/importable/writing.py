"""Writing and taking back what an import brings into a ledger: thousands of lines in one transaction, one entry for all new ones."""

from collections import defaultdict

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log_all
from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.models import Line
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.spaces.actions.imported import CHANGED_SINCE, TOGETHER, lock, parts
from zhongchuang.spaces.actions.undone import rests_on
from zhongchuang.spaces.actions.versions import packed
from zhongchuang.spaces.models import Space

CONTRADICTS = Refusal(
    "contradicts",
    _("Another line of this ledger says the same for that time as one of the file. Nothing was recorded. Look for it in the list, and correct that one."),
    status=409,
)  # fmt: skip


class Batch:
    """Rows to write in the order of their tables, and what undoing them needs."""

    def __init__(self, space, by, imported, ledger):
        self.space, self.by, self.imported, self.ledger = space, by, imported, ledger
        self.created, self.changed, self.many = defaultdict(list), defaultdict(dict), []
        self.removable, self.told = defaultdict(list), []

    def add(self, row, many=None, *, removable=False):
        """A new row; lines are struck when the import is undone, `removable` ones go."""
        self.created[type(row)].append(row)
        if removable:
            self.removable[type(row)].append(row)
        self.many += [(row, name, rows) for name, rows in (many or {}).items() if rows]
        return row

    def change(self, row, values, *, many=frozenset(), verb="line_corrected"):
        """A row that stands is changed; what it said before goes into the chain and into the journal."""
        plain = {name: value for name, value in values.items() if name not in many}
        old = {name: getattr(row, name) for name in plain}
        lists = {name: list(getattr(row, name).all()) for name in values if name in many}
        for name, value in plain.items():
            setattr(row, name, value)
        held = self.changed[type(row)].setdefault(row.pk, (row, {}, {}))
        held[1].update({name: value for name, value in old.items() if name not in held[1]})
        held[2].update({name: [one.pk for one in rows] for name, rows in lists.items()})
        self.many += [(row, name, values[name]) for name in lists]
        if verb:
            given = {"import": str(self.imported.key)}
            self.told.append((row, verb, {"given": given, "old": old | lists, "new": values}))

    # --- to the database ---

    def save(self, progress):
        """Write everything or nothing; what someone else wrote in between is a refusal."""
        lock([self.space.pk])
        require(may_write(self.by, self.space))
        self.hold()
        try:
            with transaction.atomic():
                self.save_changed()
                self.save_created(progress)
                self.save_many()
        except IntegrityError as error:
            raise Refused(CONTRADICTS) from error
        given = {"import": str(self.imported.key), "digest": self.imported.digest, "ledger": self.ledger.name}  # fmt: skip
        new = {model._meta.model_name: len(rows) for model, rows in self.created.items()}
        entry = (self.space, "ledger_imported", {"given": given, "new": new})
        log_all([*self.told, entry], by=self.by.who)

    def hold(self):
        """See that the rows to be changed are still those that were checked, and count their versions up."""
        for model, rows in self.changed.items():
            if not is_versioned(model):
                continue
            versions = {pk: row.version for pk, (row, *_old) in rows.items()}
            if versions_of(model, versions) != versions:
                raise Refused(CHANGED_SINCE)
            for row, *_old in rows.values():
                row.version += 1

    def save_created(self, progress):
        total = sum(map(len, self.created.values()))
        done = 0
        for model in sorted(self.created, key=lambda one: list(self.created).index(one)):
            rows = self.created[model]
            for start in range(0, len(rows), TOGETHER):
                model.objects.bulk_create(rows[start : start + TOGETHER])
                done += len(rows[start : start + TOGETHER])
                progress(done, total)

    def save_changed(self):
        for model, rows in self.changed.items():
            names = {name for _row, old, _many in rows.values() for name in old}
            names |= {"version"} if is_versioned(model) else set()
            if names:
                model.objects.bulk_update([row for row, *_old in rows.values()], sorted(names), TOGETHER // 5)  # fmt: skip

    def save_many(self):
        through = defaultdict(list)
        for row, name, rows in self.many:
            one = type(row)._meta.get_field(name)
            table, here, there = one.remote_field.through, one.m2m_field_name(), one.m2m_reverse_field_name()  # fmt: skip
            if row.pk in self.changed[type(row)]:
                table.objects.filter(**{here: row}).delete()
            through[table] += [
                table(**{f"{here}_id": row.pk, f"{there}_id": other.pk}) for other in rows
            ]
        for table, rows in through.items():
            table.objects.bulk_create(rows, TOGETHER)

    @property
    def journal(self):
        """What was written, as JSON holds it."""
        return {
            "ledger": self.ledger.name, "space": self.space.pk,
            "lines": {label(m): [row.pk for row in rows] for m, rows in self.created.items() if issubclass(m, Line)},
            "removable": {label(m): [row.pk for row in rows] for m, rows in self.removable.items()},
            "changed": {
                label(m): [[pk, getattr(row, "version", None), packed(m, old), many] for pk, (row, old, many) in rows.items()]
                for m, rows in self.changed.items() if rows
            },
        }  # fmt: skip


def label(model):
    return model._meta.label_lower


def is_versioned(model):
    return any(one.name == "version" for one in model._meta.concrete_fields)


def versions_of(model, keys):
    found = {}
    for some in parts(list(keys)):
        found.update(model.objects.filter(pk__in=some).values_list("pk", "version"))
    return found


# --- taken back -----------------------------------------------------------------------------------


def undo(journal, *, by, imported):
    """Strike the lines that an import wrote, and put back what it changed; refused where anything was built on it since."""
    space = Space.objects.get(pk=journal["space"])
    lock([space.pk])
    require(may_write(by, space))
    if built := built_on(journal):
        raise Refused(rests_on(built))
    reason = gettext("Import of the file %(name)s undone") % {"name": imported.name}
    counts = {}
    for name, keys in journal["lines"].items():
        for some in parts(keys):
            model = apps.get_model(name)
            model.objects.filter(pk__in=some).update(
                struck=timezone.now(), struck_reason=reason[:500], version=F("version") + 1
            )
        counts[name.partition(".")[2]] = len(keys)
    for name, keys in journal["removable"].items():
        for some in parts(keys):
            apps.get_model(name).objects.filter(pk__in=some).delete()
    for name, rows in journal["changed"].items():
        for pk, version, old, many in rows:
            put_back(apps.get_model(name), pk, version, old, many)
    given = {"import": str(imported.key), "digest": imported.digest, "ledger": journal["ledger"]}
    log_all([(space, "ledger_import_undone", {"given": given, "new": counts})], by=by.who)


def built_on(journal):
    """What was written about these rows after the import."""
    found = set()
    for name, keys in journal["lines"].items():
        found |= moved(apps.get_model(name), dict.fromkeys(keys, 1))
    for name, keys in journal["removable"].items():
        if is_versioned(apps.get_model(name)):
            found |= moved(apps.get_model(name), dict.fromkeys(keys, 1))
    for name, rows in journal["changed"].items():
        if is_versioned(apps.get_model(name)):
            found |= moved(apps.get_model(name), {row[0]: row[1] for row in rows})
    return found


def moved(model, versions):
    """Names of rows that are no longer as the import left them."""
    now = versions_of(model, versions)
    changed = [pk for pk, version in versions.items() if now.get(pk) != version]
    return {str(one) for some in parts(changed) for one in model.objects.filter(pk__in=some)}


def put_back(model, pk, version, old, many):
    values = {one_id(model, name): as_held(model, name, value) for name, value in old.items()}
    if version is not None:
        values["version"] = version + 1
    model.objects.filter(pk=pk).update(**values)
    for name, keys in many.items():
        getattr(model.objects.get(pk=pk), name).set(keys)


def one_id(model, name):
    return model._meta.get_field(name).attname


def as_held(model, name, value):
    """A value of the journal as the table takes it."""
    one = model._meta.get_field(name)
    if isinstance(one, models.DateField):
        return value and parse_date(value)
    return value if value is None or one.is_relation else one.to_python(value)
