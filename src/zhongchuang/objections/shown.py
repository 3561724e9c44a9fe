"""What a public notice shows of a case: only what is declared public (public.toml), with personal numbers masked."""

from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.files.personal import masked
from zhongchuang.gap import words
from zhongchuang.gap.matrix import cells
from zhongchuang.objections.rules import public
from zhongchuang.page.workdays import left
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.workdays import is_known
from zhongchuang.procedures.judging import answer, facts_of
from zhongchuang.procedures.parts import WHOLE


def shown(case):
    """The page of a notice."""
    facts = facts_of(case)
    return {
        "case": case,
        "space": case.space,
        "procedure": case.course,
        "pack": case.version_of_rules,
        "begun": timezone.localdate(case.arrived),
        "provisional": not is_known(case.due),
        "left": left(case.due, today=timezone.localdate()),
        "sections": [one for one in (section_of(case, one, facts) for one in case.course.sections) if one],
        "files": case.attachments.filter(removed=None).count(),
    }  # fmt: skip


def section_of(case, section, facts):
    """What of a section is public; None where nothing is."""
    figures, entries = public()
    columns = space_catalogue().columns
    told = [(columns[name], facts.values.get(name)) for name in section.facts if name in figures]
    own = [(one, masked(written(case).get(one.id, ""))) for one in section.entries if one.id in entries]  # fmt: skip
    own = [(one, text) for one, text in own if text]
    return {"section": section, "figures": told, "entries": own} if told or own else None


def written(case):
    """The wording as it was handed in."""
    handed = case.handed_in
    return handed.entries if handed else {}


def conditions(case):
    """What one objects to: the whole, or one of its conditions, each once."""
    judged = answer(case)
    held = [one.leaf.condition for one in cells(judged)] if judged else []
    named = {one.id: words.say(one.text) for one in held if one.id and one.text}
    return [(WHOLE, _("The whole of it")), *named.items()]


def condition_name(case, place):
    """What was objected to, in words."""
    return dict(conditions(case)).get(place, place)
