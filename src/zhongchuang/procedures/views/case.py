"""A case: where it stands, what was handed in, its conditions, what is to be done, its history."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap import words
from zhongchuang.gap.matrix import cells
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.paging import page_of
from zhongchuang.page.visitor import limited
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.procedure import PROPOSE, RETURN, SIGN
from zhongchuang.procedures.access import (
    is_holder,
    may_discard,
    may_move,
    may_take,
    may_withdraw,
    may_write_at,
    open_moves,
)
from zhongchuang.procedures.judging import answer, facts_of
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import beside, needed
from zhongchuang.procedures.parts import place_name


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
    found = Case.objects.on_notice().select_related(
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
    judged = answer(held, facts)
    acts = held.acts.select_related("user", "organisation").order_by("-number")
    page = about(held, me)
    page |= {
        "stages": stages(held),
        "sections": [section_of(held, one, facts, me) for one in held.course.sections],
        "materials": materials_of(held, me),
        "answer": judged,
        "conditions": list(cells(judged)) if judged else [],
        "acts": acts.filter(is_internal=False) if page["is_applicant"] else acts,
        "submissions": held.submissions.count(),
        "may": verbs(me, held),
        "turn": is_holder(me, held),
        "needs": [] if page["is_applicant"] else needed(held, me),
        "beside": beside(held, me),
        "decided": getattr(held, "decision", None) if not held.is_open else None,
    }
    return render(request, "procedures/case.html", page)


def verbs(me, case):
    """What the reader may do with it now: names of buttons that are shown."""
    official = [one for one in open_moves(case) if one.role == me.role]
    proposals = [one.move for one in official if one.name == PROPOSE and not may_move(me, case, PROPOSE, one.move)]  # fmt: skip
    direct = [one.name for one in official if one.name not in {PROPOSE, RETURN} and not may_move(me, case, one.name)]  # fmt: skip
    return {
        "take": may_take(me, case) is None,
        "withdraw": may_withdraw(me, case) is None,
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


def section_of(case, section, facts, me):
    """A section with its figures and wording; `before` is what was handed in the time before, where it differs."""
    columns = space_catalogue().columns
    versions = list(case.submissions.order_by("-number")[:2])
    before = versions[1] if len(versions) > 1 else None
    return {
        "section": section,
        "figures": [(columns[name], facts.values.get(name)) for name in section.facts],
        "entries": [
            (entry, case.entries.get(entry.id, ""), earlier(before, entry.id, case)) for entry in section.entries
        ],
        "open": any(not may_write_at(me, case, f"entry:{one.id}") for one in section.entries),
    }  # fmt: skip


def earlier(before, entry_id, case):
    """The wording of the version before, where it was another."""
    old = before.entries.get(entry_id, "") if before else ""
    return old if old != case.entries.get(entry_id, "") else ""


def materials_of(case, me):
    """The materials with their files."""
    files = {}
    for one in case.attachments.filter(removed=None).select_related("evidence__content"):
        files.setdefault(one.slot, []).append(one)
    return [
        (one, files.get(one.id, []), may_write_at(me, case, f"material:{one.id}") is None)
        for one in case.course.materials
    ]


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
