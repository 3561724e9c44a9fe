"""What a draft begins with: of a change old and new from the register, of a renewal the wording of the case granted before."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from zhongchuang.policy.procedure import CHANGE
from zhongchuang.procedures.changing import told
from zhongchuang.procedures.models import Attachment, Case
from zhongchuang.spaces.actions.versions import unpacked
from zhongchuang.spaces.models import TABLES

CUT = "…"


def fill(case):
    """Fill the draft in; what was filled in is written over by its applicant."""
    if case.course.kind == CHANGE:
        from_changes(case)
    elif case.course.gives:
        from_earlier(case)


def from_changes(case):
    """Old, new and reason of each change in the words of the site, and the files behind them."""
    changed = told(case)
    with override(settings.LANGUAGE_CODE):
        texts = {
            "changes": "\n".join(in_words(one) for one in changed),
            "reasons": "\n".join(one.change.reason for one in changed if one.change.reason),
        }
    for entry in case.course.entries():
        if entry.filled:
            case.entries[entry.id] = shortened(texts[entry.filled], entry.longest)
    case.save(update_fields=["entries"])
    files = {proof.evidence for one in changed for proof in one.proofs}
    own = [one for one in files if one.organisation_id == case.operator_id and not one.withdrawn]
    Attachment.objects.bulk_create(
        Attachment(case=case, slot=material.id, evidence=one)
        for material in case.course.materials
        if material.filled
        for one in sorted(own, key=lambda one: one.pk)
    )


def in_words(one):
    """A change in a line: what it is about, from which day, each field with old and new."""
    change = one.change
    fields = "；".join(f"{field.label}：{field.old or _('unknown')} → {field.new or _('nothing')}" for field in one.differences)  # fmt: skip
    given = {"what": thing(change), "day": date_format(change.on), "fields": fields}
    return _("%(what)s, from %(day)s: %(fields)s") % given


def thing(change):
    """The thing that changes, by its kind and its name."""
    model = TABLES[change.table]
    held = change.old or ({} if change.rows else change.values)
    name = str(model(**unpacked(model, held))) if held else ""
    return f"{change.title} {name}".strip()


def shortened(text, longest):
    return text if len(text) <= longest else text[: longest - 1] + CUT


def from_earlier(case):
    """The own wording of the case that was granted last, to be looked through; files are taken again one by one."""
    granted = Case.objects.filter(
        space=case.space, pack=case.pack, procedure=case.procedure, operator=case.operator, state=Case.Standing.GRANTED
    )  # fmt: skip
    earlier = granted.order_by("ended", "pk").last()
    if earlier is None:
        return
    held = earlier.handed_in.entries
    texts = {one.id: held[one.id] for one in case.course.entries() if held.get(one.id, "").strip()}
    case.follows, case.entries, case.copied = earlier, texts, list(texts)
    case.save(update_fields=["follows", "entries", "copied"])
