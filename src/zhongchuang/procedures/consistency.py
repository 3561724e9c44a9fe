"""Where the parts of an application disagree: its wording and its files with its figures, and these with those of a year before.

Nothing follows from it by itself: it is pointed out before anything is handed in, and to who judges it.
"""

from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.quantity import exact, unit_of
from zhongchuang.policy.wording import said_in
from zhongchuang.procedures.judging import recorded
from zhongchuang.procedures.problems import Problem
from zhongchuang.procedures.rules import consistency
from zhongchuang.records.models.evidence import place_in_words


def disagreements(case, facts):
    """All of them as warnings, of a draft as it stands, else of what was handed in last; `facts` are the figures of the same."""
    handed = None if case.state == case.Standing.DRAFT else case.handed_in
    entries, on = (handed.entries, handed.on) if handed else (case.entries, timezone.localdate())
    return [*of_wording(case, entries, facts), *of_files(case, facts), *of_earlier(case, on, facts)]


def of_wording(case, entries, facts):
    """What the applicant wrote in its own words."""
    for entry in case.course.entries():
        for said in said_in(entries.get(entry.id, "")):
            recorded_as = contradicted(said.column.fact, said.amount, facts)
            if recorded_as:
                given = {
                    "name": words.say(entry.text),
                    "words": said.words,
                    "recorded": recorded_as,
                }
                yield Problem(False, f"entry:{entry.id}", _("“%(name)s” says “%(words)s”, the register says %(recorded)s."), given)  # fmt: skip


def of_files(case, facts):
    """What its files say, as far as their texts could be read."""
    names, seen = space_catalogue().facts, set()
    for one in case.attachments.filter(removed=None).select_related("evidence__content"):
        for name, amount, text, place, parts in one.evidence.content.said or ():
            recorded_as = contradicted(names[name], exact(amount), facts) if name in names else ""
            if recorded_as and (one.evidence_id, name, amount) not in seen:
                seen.add((one.evidence_id, name, amount))
                given = {
                    "file": one.evidence.name, "words": text, "place": place_in_words(place, parts), "recorded": recorded_as,
                }  # fmt: skip
                yield Problem(False, f"material:{one.slot}", _("The file “%(file)s” says “%(words)s” (%(place)s), the register says %(recorded)s."), given)  # fmt: skip


def contradicted(fact, amount, facts):
    """What is recorded instead, in words; empty where nothing is, or where one of the figures of that name is about the same."""
    columns = [space_catalogue().columns[name] for name in fact.columns()]
    held = [(one, facts.values[one.name]) for one in columns if one.name in facts.values]
    if not held or any(about_the_same(amount, value) for _column, value in held):
        return ""
    return ", ".join(f"{words.label(one)} {words.amount(value, one.unit)}" for one, value in held)


def about_the_same(one, other):
    """Whether rounding explains the difference."""
    return abs(Fraction(one) - Fraction(other)) <= consistency().within * max(abs(one), abs(other))


def of_earlier(case, on, facts):
    """Figures that are many times what they were on the same day of an earlier year; nothing of a space that was not there yet."""
    rule = consistency()
    before = on.replace(year=on.year - rule.years, day=min(on.day, 28))
    if not case.space.opened or case.space.opened > before:
        return
    then = recorded(case, before)
    for name, column in space_catalogue().columns.items():
        now, old = facts.values.get(name), then.get(name)
        if now and old and is_level(column) and max(now, old) >= rule.least and abs(now - old) >= rule.change * old:  # fmt: skip
            given = {
                "name": words.label(column), "old": words.amount(old, column.unit),
                "now": words.amount(now, column.unit), "day": before,
            }  # fmt: skip
            yield Problem(False, f"fact:{name}", _("“%(name)s” was %(old)s on %(day)s and is %(now)s now. Whoever judges it will ask why."), given)  # fmt: skip


def is_level(column):
    """Whether a figure stays about the same from year to year: no share, no length of time, nothing counted since opening."""
    return column.fact.type == "quantity" and column.kind != "total" and unit_of(column.unit).dimension not in {"share", "time"}  # fmt: skip
