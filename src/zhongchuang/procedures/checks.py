"""What stands against handing an application in, and what an official will see: found before anybody sends it."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.gap.matrix import cells
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.procedure import CHANGE
from zhongchuang.policy.verdict import NOT_MET, UNKNOWN
from zhongchuang.procedures.changing import changes_of
from zhongchuang.procedures.consistency import disagreements
from zhongchuang.procedures.judging import answer, facts_of
from zhongchuang.procedures.problems import Problem
from zhongchuang.records.models import Content
from zhongchuang.spaces.actions import obstacle


def check(case):
    """All problems of an application as it stands, errors first."""
    facts = facts_of(case)
    return [*errors(case), *unread(case), *disagreements(case, facts), *figures(case, facts)]


def errors(case):
    """What keeps an application from being handed in: no figure does, so that none is collected for it."""
    found = [*missing_entries(case), *missing_materials(case), *unwritable(case)]
    return [one for one in found if one.is_error]


def missing_entries(case):
    for entry in case.course.entries():
        text = case.entries.get(entry.id, "").strip()
        given = {"name": words.say(entry.text), "most": entry.longest, "found": len(text)}
        if entry.required and not text:
            yield Problem(True, f"entry:{entry.id}", _("“%(name)s” is still empty."), given)
        elif len(text) > entry.longest:
            yield Problem(True, f"entry:{entry.id}", _("“%(name)s” has %(found)s characters. Allowed: %(most)s."), given)  # fmt: skip


def missing_materials(case):
    files = {}
    for one in case.attachments.filter(removed=None).select_related("evidence__content"):
        files.setdefault(one.slot, []).append(one.evidence)
    for material in case.course.materials:
        held = files.get(material.id, [])
        given = {"name": words.say(material.text)}
        if material.required and not held:
            yield Problem(True, f"material:{material.id}", _("No file was added as “%(name)s”."), given)  # fmt: skip
        for evidence in held:
            if evidence.withdrawn or evidence.content.scan == Content.Scan.QUARANTINED:
                told = given | {"file": evidence.name}
                yield Problem(True, f"material:{material.id}", _("The file “%(file)s” of “%(name)s” was taken back or found to be harmful. Add another one."), told)  # fmt: skip


def unwritable(case):
    """A change that is gone, or that the register could not take as it stands now."""
    changes = changes_of(case)
    if case.course.kind == CHANGE and not changes:
        yield Problem(True, "whole", _("No change of the register waits for this application any more. Enter it there again, or throw the draft away."), {})  # fmt: skip
    refusal = obstacle(changes)
    if refusal:
        yield Problem(True, "whole", _("The change could not be written as the register stands now: %(why)s Withdraw it on its page and enter it again."), {"why": str(refusal)})  # fmt: skip


def unread(case):
    """Wording that came from an earlier case and was not looked through."""
    for entry in case.course.entries():
        if entry.id in case.copied:
            yield Problem(False, f"entry:{entry.id}", _("“%(name)s” still stands as in the application before. Look it through and save it."), {"name": words.say(entry.text)})  # fmt: skip


def figures(case, facts):
    """Figures that are unknown or fall short; people decide, so they keep nobody from handing in."""
    judged, columns = answer(case, facts, judged=False), space_catalogue().columns
    told = set()
    for cell in cells(judged) if judged else ():
        if cell.settled or cell.verdict not in (UNKNOWN, NOT_MET):
            continue
        name = words.say(cell.leaf.condition.text)
        told |= {column.name for column in cell.leaf.condition.facts()}
        sentence = _("“%(name)s” is unknown: nothing is recorded of it.") if cell.verdict == UNKNOWN else _("“%(name)s” is not met by the figures of the register.")  # fmt: skip
        yield Problem(False, f"condition:{cell.leaf.condition.id}", sentence, {"name": name})
    for section in case.course.sections:
        for name in section.facts:
            if name not in facts.values and name not in told:
                yield Problem(False, f"fact:{name}", _("“%(name)s” is unknown: nothing is recorded of it."), {"name": words.label(columns[name])})  # fmt: skip
