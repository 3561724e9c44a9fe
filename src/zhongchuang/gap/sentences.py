"""How an answer reads: the words of cells, heads, awards and steps. Pages, PDF and workbook share them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.gap import words
from zhongchuang.gap.fewest import BY_TIME, Change, Path
from zhongchuang.gap.matrix import ASSUMED, CHOOSING, Answer, Cell, kind
from zhongchuang.gap.steps import Step
from zhongchuang.policy.answer import tested
from zhongchuang.policy.awards import CASE_BY_CASE, NOT_STATED, Award
from zhongchuang.policy.conditions import UPWARD, Bound, Group, RatioBound, When
from zhongchuang.policy.facts import Facts, space_catalogue
from zhongchuang.policy.pack import Pack
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

MARKS = {
    "met": ("v-met", "circle-check"),
    "not_met": ("v-not", "circle-x"),
    "unknown": ("v-unk", "help-circle"),
    "for_judgement": ("v-jud", "user-search"),
    "not_applicable": ("v-na", "minus"),
    ASSUMED: ("v-na", "info-circle"),
}
"""Class and picture of each verdict."""


def verdict_word(name: str) -> str:
    """The word for a verdict, keyed by its code."""
    return {
        "met": _("Met"),
        "not_met": _("Not met"),
        "unknown": _("Unknown"),
        "for_judgement": _("For a person to judge"),
        "not_applicable": _("Does not apply"),
        ASSUMED: _("Assumed to be registered there"),
    }[name]


@dataclass(frozen=True)
class Said:
    """A cell in words: the mark, what it says, the lines under it, and the article."""

    name: str
    says: str
    lines: list[str]
    cite: str
    place: tuple[str, str]
    project: bool
    settled: bool
    short: bool

    @property
    def url(self) -> str:
        """Where the condition stands in full: on the page of its pack."""
        pack, anchor = self.place
        return f"{reverse('gap:pack', args=[pack])}#{anchor}"

    @property
    def word(self) -> str:
        """The verdict's word, for those who do not see the picture."""
        return verdict_word(self.name)

    @property
    def mark(self) -> tuple[str, str]:
        """Class and picture."""
        return MARKS["not_applicable" if self.settled and self.name != "met" else self.name]


def cell(one: Cell) -> Said:
    """A cell in words."""
    condition = one.leaf.condition
    says, lines = SAYINGS[one.verdict](one)
    if tested(condition).kind == "judged":
        lines = [words.say(condition.text), *lines]
    lines = [
        *lines,
        *(group_line(group) for group in one.groups if kind(group) in (*CHOOSING, "none_of")),
    ]
    if one.assumed and one.verdict != MET:
        lines.append(_("taken as registered there"))
    place = condition.cite or next(
        (group.condition.cite for group in reversed(one.groups) if group.condition.cite), None
    )
    return Said(
        one.name,
        says,
        lines,
        words.cite(place or one.rules.cite),
        (one.pack.id, f"{one.rules.name}.{condition.id}"),
        condition.basis == "project",
        one.settled and one.verdict != MET,
        one.verdict == NOT_MET and not one.settled,
    )


def _met(one: Cell) -> tuple[str, list[str]]:
    test = tested(one.leaf.condition)
    if one.assumed:
        wanted = words.needed(one.leaf.condition)
        return verdict_word(ASSUMED), [_("needed: %(needed)s") % {"needed": wanted}]
    if isinstance(test, Bound | RatioBound) and one.leaf.verdict == MET:
        return words.needed(one.leaf.condition, one.leaf.needed), []
    return _("Met"), []


def _not_met(one: Cell) -> tuple[str, list[str]]:
    test = tested(one.leaf.condition)
    if one.leaf.short_by is not None:
        wanted = _("needed: %(needed)s") % {
            "needed": words.needed(one.leaf.condition, one.leaf.needed)
        }
        return _short(test, one.leaf.short_by), [wanted]
    if one.leaf.verdict != NOT_MET:
        return _("Not met"), [
            _("must not be: %(needed)s") % {"needed": words.needed(one.leaf.condition)}
        ]
    wanted = words.needed(one.leaf.condition)
    return _("Not met"), [_("needed: %(needed)s") % {"needed": wanted}] if wanted else []


def _short(test: Bound | RatioBound, short_by) -> str:
    """By how much a figure misses its threshold, and to which side."""
    gap = {"gap": words.difference(short_by, test.column.unit)}
    if not short_by:
        return _("exactly at the limit")
    return _("short by %(gap)s") % gap if test.kind in UPWARD else _("over by %(gap)s") % gap


def _unknown(one: Cell) -> tuple[str, list[str]]:
    columns, own = (
        space_catalogue().columns,
        [column.name for column in tested(one.leaf.condition).facts()[:1]],
    )
    names = list(dict.fromkeys(one.leaf.missing))
    missing = "" if names == own else words.joined(words.label(columns[name]) for name in names)
    wanted = words.needed(one.leaf.condition, one.leaf.needed)
    lines = [_("needed: %(needed)s") % {"needed": wanted}] if wanted else []
    return (_("Missing: %(facts)s") % {"facts": missing} if missing else _("Unknown")), lines


def _for_judgement(_one: Cell) -> tuple[str, list[str]]:
    return _("For a person to judge"), []


def _not_applicable(one: Cell) -> tuple[str, list[str]]:
    for condition in (one.leaf.condition, *(group.condition for group in reversed(one.groups))):
        if isinstance(condition, When):
            return _("Does not apply"), [
                _("only where %(test)s") % {"test": words.circumstance(condition)}
            ]
    return _("Does not apply"), []


SAYINGS = {
    MET: _met,
    NOT_MET: _not_met,
    UNKNOWN: _unknown,
    FOR_JUDGEMENT: _for_judgement,
    NOT_APPLICABLE: _not_applicable,
}


def group_line(group) -> str:
    """What a group around a condition means for it."""
    condition = group.condition
    text = words.say(condition.text)
    inner = condition.then if isinstance(condition, When) else condition
    if inner.kind == "none_of":
        return _("none of these may hold: %(text)s") % {"text": text}
    if inner.kind == "any_of":
        return _("one of these is enough: %(text)s") % {"text": text}
    count = inner.count if isinstance(inner, Group) else 0
    return _("%(count)s of these are enough: %(text)s") % {"count": count, "text": text}


def standing(pack: Pack, on) -> tuple[str, str]:
    """The tag of a pack on a day: its class and its words."""
    if pack.status == "proposal":
        return "tag-violet", _("Proposal")
    state = pack.state(on)
    if state == "not_yet":
        return "tag-amber", _("Advance check: in force from %(day)s") % {
            "day": date_format(pack.term.start)
        }
    if state == "lapsed":
        return "", _("Lapsed on %(day)s") % {"day": date_format(pack.term.until)}
    return ("tag-blue", _("Plan")) if pack.status == "plan" else ("tag-green", _("In force"))


def conclusion(one: Answer) -> tuple[str, list[str]]:
    """The verdict of a set: what decides, then what else is open."""
    counts = one.counts()
    name = one.name
    rest = [
        sentence
        for key, sentence in (
            (
                ASSUMED,
                ngettext(
                    "%(count)s assumed: registered there",
                    "%(count)s assumed: registered there",
                    counts[ASSUMED],
                ),
            ),
            ("unknown", ngettext("%(count)s unknown", "%(count)s unknown", counts["unknown"])),
            (
                "for_judgement",
                ngettext(
                    "%(count)s for a person", "%(count)s for a person", counts["for_judgement"]
                ),
            ),
            ("met", ngettext("%(count)s met", "%(count)s met", counts["met"])),
        )
        if counts[key] and (key != name or key == ASSUMED)
        for sentence in [sentence % {"count": counts[key]}]
    ]
    if name == "met":
        return _("All met"), [
            ngettext("%(count)s condition", "%(count)s conditions", counts["met"])
            % {"count": counts["met"]}
        ]
    if name == ASSUMED:
        return _("All others met"), rest
    heads = {
        "not_met": ngettext("%(count)s not met", "%(count)s not met", counts["not_met"]),
        "unknown": ngettext("%(count)s unknown", "%(count)s unknown", counts["unknown"]),
        "for_judgement": ngettext(
            "%(count)s left to a person", "%(count)s left to a person", counts["for_judgement"]
        ),
    }
    return (heads[name] % {"count": counts[name]} if name in heads else _("Does not apply")), rest


def awards(one: Answer) -> list[dict]:
    """What the pack would pay, each with its article."""
    if not one.pack.pays:
        return [_no_award(_("A proposal: nothing is paid"))]
    if not one.pack.awards:
        return [_no_award(_("The document states no award"))]
    if one.elsewhere:
        return [_no_award(_("Nothing: the space is registered elsewhere"))]
    if not one.awards:
        return [_no_award(_("Nothing by these figures"))]
    return [_award(one.pack, row) | {"notes": _provisos(one, row)} for row in one.awards]


def _no_award(why: str) -> dict:
    return {"text": why, "amount": "", "cite": "", "url": "", "notes": []}


def _provisos(one: Answer, row: dict) -> list[str]:
    """What an award hangs on: the assumed place, conditions that are open, facts that are not known."""
    found = [_("if registered there")] if one.assumed else []
    if one.finding.verdict in (NOT_MET, UNKNOWN, FOR_JUDGEMENT):
        found.append(_("once the conditions are met"))
    if names := row.get("missing"):
        columns = space_catalogue().columns
        labels = words.joined(words.label(columns[name]) for name in names if name in columns)
        found.append(_("still unknown: %(facts)s") % {"facts": labels})
    return found


def award_line(row: dict) -> str:
    """An award in one line: text, amount, and what it hangs on."""
    text = " ".join(filter(None, (row["text"], row["amount"])))
    if not row["notes"]:
        return text
    return _("%(text)s (%(notes)s)") % {"text": text, "notes": words.joined(row["notes"])}


def _award(pack: Pack, row: dict) -> dict:
    award = pack.awards[row["id"]]
    return {
        "text": words.say(award.text),
        "amount": award_amount(award),
        "once": award.once == "ever",
        "cite": words.cite(award.cite),
        "url": f"{reverse('gap:pack', args=[pack.id])}#award.{award.id}",
        "for": row["for"],
    }


def award_amount(award: Award) -> str:
    """How much an award pays, in words where the document states no amount."""
    if award.kind == NOT_STATED:
        return _("amount not stated")
    if award.kind == CASE_BY_CASE:
        return _("case by case")
    if award.amount is None:
        return (
            _("up to %(amount)s") % {"amount": words.amount(award.up_to.amount, award.up_to.unit)}
            if award.up_to
            else ""
        )
    amount = words.amount(award.amount.amount, award.amount.unit)
    if award.up_to is not None:
        amount = _("%(least)s to %(most)s") % {
            "least": amount,
            "most": words.amount(award.up_to.amount, award.up_to.unit),
        }
    return _("about %(amount)s") % {"amount": amount} if award.approximate else amount


def step(one: Step, facts: Facts) -> tuple[str, str]:
    """A step: what to do, and what it gains."""
    label = words.label(one.column)
    if one.change is not None:
        gap = words.difference(abs(one.change), one.column.unit)
        to = words.amount(one.enough, one.column.unit)
        text = (
            _("%(fact)s: %(gap)s more, to reach %(to)s")
            if one.change >= 0
            else _("%(fact)s: %(gap)s less, down to %(to)s")
        )
        title = text % {"fact": label, "gap": gap, "to": to}
    elif one.column.name not in facts.values:
        title = _("Record %(fact)s") % {"fact": label}
    else:
        wanted = words.alternatives(
            dict.fromkeys(words.needed(found.leaf.condition) for found in one.unmet)
        )
        title = _("%(fact)s: %(needed)s") % {"fact": label, "needed": wanted}
    return title, _gains(one)


def _gains(one: Step) -> str:
    parts = []
    if one.unmet:
        parts.append(_("%(packs)s: not met now, would be met") % {"packs": _by_pack(one.unmet)})
    if one.unknown:
        parts.append(
            _("%(packs)s: unknown now, could be checked") % {"packs": _by_pack(one.unknown)}
        )
    if one.inputs:
        parts.append(
            _("computed from %(facts)s")
            % {"facts": words.joined(words.label(column) for column in one.inputs)}
        )
    return _("; ").join(parts)


def _by_pack(cells: list[Cell]) -> str:
    """The packs that a step helps, with the number of conditions in each."""
    counts: dict[str, int] = {}
    for one in cells:
        name = words.say(one.pack.short)
        counts[name] = counts.get(name, 0) + 1
    return words.joined(
        ngettext("%(pack)s %(count)s condition", "%(pack)s %(count)s conditions", count)
        % {"pack": name, "count": count}
        for name, count in counts.items()
    )


def change(one: Change) -> str:
    """A change of a path in a sentence: from what it is to what it would have to be."""
    label, aim = words.label(one.column), one.aim
    if one.column.name == BY_TIME and one.reached and one.found is not None:
        told = {"to": words.amount(aim.value, one.column.unit), "day": date_format(one.reached)}
        return _("In operation for %(to)s: reached on %(day)s") % told
    if aim.rising is None:
        wanted = words.alternatives(dict.fromkeys(words.needed(leaf) for leaf in one.wanted))
        return _("%(fact)s: %(needed)s") % {"fact": label, "needed": wanted}
    told = {"fact": label, "to": words.amount(aim.value, one.column.unit)}
    if one.found is None:
        text = _("%(fact)s: at least %(to)s") if aim.rising else _("%(fact)s: at most %(to)s")
        return _with_inputs(text % told, one)
    told["now"] = words.amount(one.found, one.column.unit)
    if aim.rising:
        text = _("%(fact)s: from %(now)s up to %(to)s") if one.found < aim.value else _("%(fact)s: stays at %(to)s or more once the rest has changed (now %(now)s)")  # fmt: skip
    else:
        text = _("%(fact)s: from %(now)s down to %(to)s") if one.found > aim.value else _("%(fact)s: stays at %(to)s or less once the rest has changed (now %(now)s)")  # fmt: skip
    return text % told


def _with_inputs(text: str, one: Change) -> str:
    if not one.inputs:
        return text
    inputs = words.joined(words.label(column) for column in one.inputs)
    return _("%(text)s (computed from %(facts)s)") % {"text": text, "facts": inputs}


@dataclass(frozen=True)
class Way:
    """A path in words: the set, how far it is, what to raise, what to record, what persons judge."""

    path: Path
    says: str
    raised: list[tuple[str, str]]
    recorded: list[tuple[str, str]]
    judged: list[str]


def way(one: Path, behind=None) -> Way:
    """A path in words; `behind(fact, known=)` gives the address of a figure's records, or of where it is entered."""

    def told(changes):
        return [(change(found), behind(found.column.name, known=found.found is not None) if behind else "") for found in changes]  # fmt: skip

    judged = [words.say(leaf.text) or words.say(getattr(tested(leaf), "look_at", None)) for leaf in one.judged]  # fmt: skip
    return Way(one, how_far(one), told(one.raised), told(one.recorded), judged)


def how_far(one: Path) -> str:
    """How many facts are in the way."""
    if one.changes is None:
        return _("A person judged against it; no figure changes that.")
    if one.answer.elsewhere:
        return _("Only for those registered there.")
    if not one.changes:
        return _("The figures are enough; persons judge the rest.") if one.judged else _("Every condition is met.")  # fmt: skip
    if one.reached:
        return _("Met by time alone on %(day)s.") % {"day": date_format(one.reached)}
    return ngettext("%(count)s figure is in the way.", "%(count)s figures are in the way.", len(one.changes)) % {"count": len(one.changes)}  # fmt: skip
