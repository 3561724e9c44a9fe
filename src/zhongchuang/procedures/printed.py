"""A case in words, printed, and the same as data. The template is ours; names and wording reach it as data alone."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.gap import sentences, words
from zhongchuang.gap.matrix import cells
from zhongchuang.page.typesetting import fonts, typeset
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.procedures.changing import told
from zhongchuang.procedures.despite import in_words
from zhongchuang.procedures.judging import answer, as_read, facts_of
from zhongchuang.procedures.needed import beside
from zhongchuang.procedures.parts import place_name
from zhongchuang.procedures.words import MOVES

TEMPLATE = Path(__file__).parent / "printed.typ"


def pdf(case, acting):
    """The case on sheets of A4."""
    return typeset(TEMPLATE, content(case, acting))


def content(case, acting):
    """All that the template prints, in words."""
    return {
        "fonts": fonts(),
        "lang": "zh" if words.chinese() else "en",
        "site": str(settings.SITE["name"]),
        "title": f"{case.number} {case.space.name}",
        "under": f"{words.say(case.course.title)} · {words.say(case.version_of_rules.title)}",
        "printed": _("Printed on %(day)s") % {"day": moment(timezone.now())},
        "rows": head(case),
        "parts": [
            *changed(case),
            *versions(case),
            conditions(case),
            history(case),
            opinions(case),
            belonging(case, acting),
        ],
    }


def moment(when):
    return date_format(timezone.localtime(when), "Y-m-d H:i:s") if when else "–"


def head(case):
    """The first rows: what it is about and where it stands."""
    return [
        [_("Space"), case.space.name],
        [_("Operator"), case.operator.name],
        [_("Region"), case.space.region.full_name],
        [_("State"), str(case.get_state_display())],
        [_("Lies with"), case.department.name if case.department else "–"],
        [_("Handed in"), moment(case.submitted)],
        [_("Ended"), moment(case.ended)],
        [_("Rules"), f"{case.pack} {case.rules.version} · SHA-256 {case.rules_id}"],
    ]


def changed(case):
    """The changes of the register that it decides on: old and new of each field."""
    rows = [
        [f"{one.change.title}\n{date_format(one.change.on)}", "\n".join(f"{field.label}: {field.old or '–'} → {field.new or '–'}" for field in one.differences)]
        for one in told(case)
    ]  # fmt: skip
    return [{"heading": _("What changes in the register"), "rows": rows}] if rows else []


def versions(case):
    """Each version that was handed in: figures, wording, files with their digests."""
    columns = space_catalogue().columns
    materials = {one.id: words.say(one.text) for one in case.course.materials}
    for one in case.submissions.select_related("by").order_by("number"):
        facts = as_read(one.facts)
        rows = [[_("Received"), f"{moment(one.moment)} · {one.by.name}"], ["SHA-256", one.digest]]
        for section in case.course.sections:
            rows += [[words.label(columns[name]), words.value(columns[name], facts[name]) if name in facts else _("unknown")] for name in section.facts]  # fmt: skip
            rows += [[words.say(entry.text), one.entries.get(entry.id, "")] for entry in section.entries]  # fmt: skip
        for slot, files in one.materials.items():
            rows.append([materials.get(slot, slot), "\n".join(f"{file['name']} · {file['sha256']}" for file in files)])  # fmt: skip
        yield {"heading": _("Version %(number)s") % {"number": one.number}, "rows": rows}


def conditions(case):
    """Each condition with its verdict and article."""
    judged = answer(case, facts_of(case))
    rows = []
    for cell in cells(judged) if judged else ():
        said = sentences.cell(cell)
        lines = "\n".join(str(one) for one in (said.says, *said.lines, said.cite) if one)
        rows.append([words.say(cell.leaf.condition.text), lines])
    return {"heading": _("Conditions"), "rows": rows}


def history(case):
    """What was done, by whom, with which words; and what was to be corrected."""
    rows = []
    for act in case.acts.select_related("user", "organisation").prefetch_related("pins").order_by("number"):  # fmt: skip
        done = " · ".join(str(MOVES.get(one, one)) for one in (act.move, act.proposed) if one)
        who = " · ".join(str(one) for one in (act.organisation, act.user) if one)
        pins = [f"{place_name(case, pin.place)}: {pin.words}" for pin in act.pins.all()]
        rows.append([f"{moment(act.moment)}\n{done}", "\n".join([one for one in (who, act.words, *pins, *reasons(case, act)) if one])])  # fmt: skip
    return {"heading": _("History"), "rows": rows}


def reasons(case, act):
    """Why it led on although conditions were open, a line each."""
    for one in in_words(case, act):
        given = {"condition": f"{one['text']} {one['cite']}".strip(), "reason": one["reason"]}
        yield _("Although open: %(condition)s: %(reason)s") % given
        if one["rests_on"]:
            yield _("Rests on: %(name)s") % {"name": one["rests_on"]}


def opinions(case):
    """What colleagues were asked and wrote."""
    rows = [
        [f"{moment(one.answered or one.asked)}\n{one.adviser}", "\n".join([f"{one.asked_by}: {one.question}", one.answer])]
        for one in case.advice.select_related("asked_by", "adviser")
    ]  # fmt: skip
    return {"heading": _("Opinions of colleagues"), "rows": rows}


def belonging(case, acting):
    """What other apps show beside it."""
    return {"heading": _("Belongs to it"), "rows": [[str(one.text), str(one.says)] for one in beside(case, acting)]}  # fmt: skip


def data(case, acting):
    """The same for programs: versions and acts as they are kept, moments with their offsets."""
    acts = case.acts.select_related("user", "organisation").prefetch_related("pins")
    return {
        "key": case.key, "number": case.number, "pack": case.pack, "procedure": case.procedure, "rules_sha256": case.rules_id,
        "space": {"code": case.space.code, "name": case.space.name}, "operator": case.operator.name,
        "state": case.state, "step": case.step, "submitted": case.submitted, "opened": case.opened, "ended": case.ended,
        "submissions": list(case.submissions.order_by("number").values("number", "moment", "by__name", "on", "facts", "before", "entries", "materials", "digest")),
        "changes": list(case.changes.values("change__key", "change__table", "change__verb", "change__on", "change__old", "change__values", "change__rows", "change__state", "change__answer")),
        "follows": case.follows.number if case.follows else None,
        "acts": [act_of(one) for one in acts.order_by("number")],
        "advice": list(case.advice.values("step", "asked", "asked_by__name", "adviser__name", "question", "answered", "answer")),
        "beside": [{"text": str(one.text), "says": str(one.says)} for one in beside(case, acting)],
    }  # fmt: skip


def act_of(act):
    pins = [{"place": pin.place, "words": pin.words, "why_late": pin.why_late, "settled": pin.settled_id is not None} for pin in act.pins.all()]  # fmt: skip
    return {
        "number": act.number, "moment": act.moment, "step": act.step, "move": act.move, "proposed": act.proposed,
        "by": str(act.user or ""), "organisation": str(act.organisation or ""), "words": act.words,
        "judgements": act.judgements, "despite": act.despite, "internal": act.is_internal, "pins": pins,
    }  # fmt: skip
