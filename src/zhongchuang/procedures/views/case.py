"""A case: where it stands, what was handed in, its conditions, what is to be done, its history."""

import uuid
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap import words
from zhongchuang.gap.matrix import cells
from zhongchuang.gap.registered import Registered
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.paging import page_of
from zhongchuang.page.visitor import limited
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.procedure import CHANGE, PROPOSE, RETURN, SIGN
from zhongchuang.procedures.access import (
    is_holder,
    may_ask,
    may_discard,
    may_export,
    may_hand_over,
    may_move,
    may_take,
    may_withdraw,
    may_write_at,
    open_moves,
    sees_judging,
)
from zhongchuang.procedures.again import earlier_files
from zhongchuang.procedures.changing import told
from zhongchuang.procedures.consistency import disagreements
from zhongchuang.procedures.differences import Differences, differences
from zhongchuang.procedures.judging import answer, as_read, before_change, facts_of
from zhongchuang.procedures.models import Advice, Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import beside, needed
from zhongchuang.procedures.parts import place_name
from zhongchuang.procedures.seen import with_seen
from zhongchuang.procedures.turns import turn_of


def seen_case(request, key):
    """A case that the reader may see, or 404."""
    found = Case.objects.visible_to(acting(request)).select_related(
        "rules", "space__region", "space__operator", "operator", "department", "officer"
    )
    return get_object_or_404(found, key=key)


@dataclass(frozen=True)
class Stage:
    """A step on the bar over a case: how it looks, who takes it, what is said under it."""

    look: str
    title: str
    says: str


def about(case, me):
    """What every page of a case shows."""
    pins = [pin for held in case.open_pins.values() for pin in held]
    return {
        "case": case,
        "space": case.space,
        "pack": case.version_of_rules,
        "procedure": case.course,
        "is_applicant": me.role in APPLICANTS,
        "pins": [(place_name(case, pin.place), pin) for pin in pins],
    }


@limited
@require_safe
def notices(request):
    """What is published for objections: open to everybody, with the last day and whom to write to."""
    found = Case.objects.published().select_related(
        "rules", "space__region", "operator", "department"
    )
    page = {"page": page_of(found, request, by=("arrived", "pk"))}
    return render(request, "procedures/notices.html", page)


@login_required
@require_safe
def case(request, key):
    """A case as its reader may see it."""
    held, me = seen_case(request, key), acting(request)
    facts = facts_of(held)
    sees = sees_judging(me, held)
    judged = answer(held, facts, judged=sees)
    acts = held.acts.select_related("user", "organisation").order_by("-number")
    page = about(held, me) | application(request, held, me, facts)
    page |= {
        "stages": stages(held),
        "answer": judged,
        "sees_judging": sees,
        "conditions": with_seen(held, me, facts, list(cells(judged))) if judged else [],
        "acts": acts.filter(is_internal=False) if page["is_applicant"] else acts,
        "submissions": held.submissions.count(),
        "may": verbs(me, held),
        "changes": told(held),
        "figures": changed_figures(held, facts),
        "turn": is_holder(me, held),
        "needs": [] if page["is_applicant"] else needed(held, me),
        "beside": beside(held, me),
        "doubts": [] if page["is_applicant"] or not held.is_open else disagreements(held, facts),
        "decided": getattr(held, "decision", None) if not held.is_open else None,
        "advice": Advice.objects.visible_to(me)
        .filter(case=held)
        .select_related("asked_by", "adviser"),
        "me": me.user,
        "row": None if page["is_applicant"] else turn_of(held, me),
        "shown": shown_of(held, request.GET.get("show", "")),
    }
    return render(request, "procedures/case.html", page)


def changed_figures(case, facts):
    """Of a change each figure that it alters: column, as the register told it when it was handed in or tells it now, with the records behind it, and with the change."""
    if case.course.kind != CHANGE:
        return []
    handed = None if case.state == Case.Standing.DRAFT else case.handed_in
    before = handed.before if handed else before_change(case, timezone.localdate(), facts.values)
    known = as_read({name: value for name, value in before.items() if value is not None})
    columns, day = space_catalogue().columns, handed.on if handed else timezone.localdate()
    behind = partial(Registered(case.space).behind, on=day)
    return [
        (columns[name], known.get(name), behind(columns[name].fact.name, known=name in known), facts.values.get(name))
        for name in before
    ]  # fmt: skip


def application(request, case, me, facts):
    """What was handed in; of a corrected one officials see first what changed alone, and all of it where they ask."""
    found = differences(case)
    changed = found or Differences()
    only = bool(found) and me.role in READING and "all" not in request.GET
    sections = [section_of(case, one, facts, me, changed, only=only) for one in case.course.sections]  # fmt: skip
    return {
        "sections": [one for one in sections if one],
        "materials": materials_of(case, me, changed, only=only),
        "changed": found,
        "only": only,
    }


def verbs(me, case):
    """What the reader may do with it now: names of buttons that are shown."""
    official = [one for one in open_moves(case) if one.role == me.role]
    proposals = [one.move for one in official if one.name == PROPOSE and not may_move(me, case, PROPOSE, one.move)]  # fmt: skip
    direct = [one.name for one in official if one.name not in {PROPOSE, RETURN} and not may_move(me, case, one.name)]  # fmt: skip
    return {
        "take": may_take(me, case) is None,
        "withdraw": may_withdraw(me, case) is None,
        "hand_over": may_hand_over(me, case) is None,
        "ask": may_ask(me, case) is None,
        "export": may_export(me, case) is None,
        "discard": may_discard(me, case) is None,
        "return": any(one.name == RETURN for one in official) and not may_move(me, case, RETURN),
        "sign": SIGN in direct,
        "moves": [*proposals, *direct],
    }


def stages(case):
    """The steps of the procedure, with what is done and what is on."""
    course, found = case.course, []
    at = [one.id for one in course.steps].index(case.step) if case.step else -1
    over = case.state == Case.Standing.GRANTED
    first = "done" if case.submitted else "now"
    found.append(Stage(first, "", case.submitted or ""))
    for number, step in enumerate(course.steps):
        look = "done" if over or number < at else "now" if number == at else ""
        found.append(Stage(look, words.say(step.text), case.due if number == at else ""))
    return found


def section_of(case, section, facts, me, changed, *, only):
    """A section with its figures and wording; beside each what was handed in the time before, where it differs.

    `only` leaves out what is as it was; None where nothing is left.
    """
    columns = space_catalogue().columns
    figures = [
        {"column": columns[name], "value": facts.values.get(name), "was": changed.facts.get(name), "is_new": name in changed.facts}
        for name in section.facts if not only or name in changed.facts
    ]  # fmt: skip
    entries = [
        {"entry": one, "text": case.entries.get(one.id, ""), "is_copied": one.id in case.copied, "was": changed.entries.get(one.id, ""), "is_new": one.id in changed.entries}
        for one in section.entries if not only or one.id in changed.entries
    ]  # fmt: skip
    if only and not figures and not entries:
        return None
    is_open = any(not may_write_at(me, case, f"entry:{one.id}") for one in section.entries)
    return {"section": section, "figures": figures, "entries": entries, "open": is_open}


def materials_of(case, me, changed, *, only):
    """The materials with their files: which of them are new, and which were taken away since the time before."""
    files = {}
    for one in case.attachments.filter(removed=None).select_related("evidence__content"):
        files.setdefault(one.slot, []).append(one)
    return [
        {
            "material": one, "files": [(file, str(file.evidence.key) in changed.came.get(one.id, {})) for file in files.get(one.id, [])],
            "gone": list(changed.gone.get(one.id, {}).values()),
            "earlier": earlier_files(case, one.id) if case.follows_id and case.is_written else [],
            "open": may_write_at(me, case, f"material:{one.id}") is None,
        }
        for one in case.course.materials
        if not only or one.id in changed.came or one.id in changed.gone
    ]  # fmt: skip


def shown_of(case, asked):
    """The file of the case that was asked for to be shown beside it; None without one."""
    try:
        key = uuid.UUID(asked)
    except ValueError:
        return None
    held = case.attachments.filter(evidence__key=key).select_related("evidence__content").first()
    return held and held.evidence


@login_required
@require_safe
def decision(request, key):
    """The decision with its grounds, as `zhongchuang recompute` reads it."""
    held = seen_case(request, key)
    made = getattr(held, "decision", None)
    if made is None:
        raise Http404
    answer_ = HttpResponse(made.content, content_type="application/json; charset=utf-8")
    answer_["Content-Disposition"] = attachment(f"{held.number}.json")
    return answer_
