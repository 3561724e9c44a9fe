"""The moves of officials: taking a case, proposing, signing, returning; and where a case comes to rest next."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.gap import words as saying
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal, conflict, require
from zhongchuang.policy import decision
from zhongchuang.policy.procedure import (
    ENDS,
    PLATFORM,
    PROPOSE,
    REFUSE,
    RETURN,
    RUNNING,
    SEND_BACK,
    SIGN,
    last_day,
)
from zhongchuang.procedures.access import (
    NOT_OPEN_HERE,
    found_move,
    may_move,
    may_take,
    open_moves,
)
from zhongchuang.procedures.actions.changing import settle
from zhongchuang.procedures.holders import holder
from zhongchuang.procedures.judging import answer, facts_of, judgements, open_cells
from zhongchuang.procedures.models import Act, DecisionRecord, Pin
from zhongchuang.procedures.needed import lacking
from zhongchuang.procedures.parts import WHOLE
from zhongchuang.records.actions import change, consequences
from zhongchuang.records.actions import write as write_letter

NEED_WORDS = frozenset({REFUSE, SEND_BACK})
"""Moves that nobody makes without saying why."""

HAND_OVER = "hand_over"
INTERNAL = frozenset({PROPOSE, SEND_BACK, HAND_OVER})
"""What colleagues tell each other; the applicant does not read it."""

NO_WORDS = Refusal("no_words", _("Say why: the applicant, or your colleague, reads it."), status=200, field="words")  # fmt: skip
NO_PINS = Refusal("no_pins", _("Name at least one place that is to be corrected, with what is wrong there."), status=200)  # fmt: skip
OPEN_CONDITIONS = Refusal("open_conditions", _("Not every condition is met, known and judged: %(names)s. Judge what is open, or give your reason for deciding all the same."), status=200, field="words")  # fmt: skip
LATE = conflict("late", _("“%(place)s” stood there unchanged when the case was returned before. Say why it is returned only now."))  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """A case came to an end: what follows from it, such as a title, is asked of all apps."""

    case: object
    act: Act
    by: object


@dataclass(frozen=True)
class Done:
    """A step was done and led on: what follows, such as the number of a letter, is asked of all apps."""

    case: object
    step: object
    act: Act
    by: object


@transaction.atomic
def take(case, *, by, version):
    """Take a case as one's own to work on, or for whom one stands in; it counts as opened from now on."""
    require(may_take(by, case))
    now = timezone.now()
    change(case, version=version, officer=taker(by, case), opened=case.opened or now)
    log(case, "case_taken", by=by.who)
    return case


def taker(by, case):
    """In whose name a case is taken: for whom one stands in, unless they may not act in it."""
    return by.principal if by.principal and by.principal.pk not in case.barred else by.user


@transaction.atomic
def move(  # noqa: PLR0913 -- all that an official says at once
    case, name, *, by, version, proposed="", words="", judged=None, pins=(), batch=None, at=None
):
    """Make a move of an official, or propose one: with reasons, with what was judged, and when returning with `pins`.

    `judged` gives for the id of a condition whether it is met, and why; `pins` are pairs of a place and what is wrong
    there, or triples with why it is returned only now. What is in a `batch` moves with it. The first of two wins. `at` is when it was made, if not now; the
    log says in any case when it was entered.
    """
    require(may_move(by, case, name, proposed, batch))
    open_ = found_move(case, name, proposed)
    decided = case.proposed if name == SIGN else proposed or name
    require(NO_WORDS if not words and {name, decided} & NEED_WORDS and name != SIGN else None)
    require(NO_PINS if name == RETURN and not pins else None)
    before, now = case.standing, at or timezone.now()
    require(lacking(case) if decided == case.at.forward and name != SEND_BACK else None)
    carry_on(case, open_.to, version=version, moment=now, opened=case.opened or now)
    act = note(
        case,
        name,
        by=by,
        words=words,
        judged=judged or {},
        proposed=decided,
        step=before.step,
        at=now,
    )
    if name == RETURN:
        pin(case, act, pins)
    done = case.course.step(before.step)
    leads_on = decided == done.forward and name != SEND_BACK
    if leads_on:
        require_conditions(case, act, before)
    log(case, "case_moved", by=by.who, old=before.step, new={"move": name, "proposed": decided, "to": case.state, "step": case.step, "reason": words})  # fmt: skip
    if leads_on and case.standing.step != before.step:
        consequences(Done(case, done, act, by))
    if open_.to in ENDS or open_.to.name != RUNNING:
        end(case, act, by=by)
    return case


@transaction.atomic
def close(case, *, at=None):
    """End the public notice of a case; False where somebody was first, or an objection came meanwhile. `at` is as in `move`."""
    held, now = type(case).objects.select_for_update().get(pk=case.pk), at or timezone.now()
    open_ = next((one for one in open_moves(held) if one.role == PLATFORM), None)
    if open_ is None or held.on_hold or held.due is None or held.due >= timezone.localdate(now):
        return False
    step = held.step
    carry_on(held, open_.to, version=held.version, moment=now)
    act = note(held, open_.name, step=step, at=now)
    log(held, "case_moved", by=None, old=step, new={"move": open_.name, "to": held.state, "step": held.step})  # fmt: skip
    if open_.to in ENDS:
        end(held, act, by=None)
    return True


@transaction.atomic
def overturn(case, name, *, by, version, words):
    """Leave a public notice because of an objection: refused, or back to the step before.

    Whether an objection stands upheld, and who then decides, says the app that keeps objections.
    """
    open_ = found_move(case, name)
    require(NOT_OPEN_HERE if open_ is None or not case.on_hold else None)
    step = case.step
    carry_on(case, open_.to, version=version, moment=timezone.now(), on_hold=False)
    act = note(case, name, by=by, words=words, step=step)
    log(case, "case_moved", by=by.who, old=step, new={"move": name, "to": case.state, "step": case.step, "reason": words})  # fmt: skip
    if open_.to in ENDS:
        end(case, act, by=by)
    return case


def require_conditions(case, act, before):
    """Whoever grants what not all conditions speak for says why."""
    step = case.course.step(before.step)
    judged = answer(case) if step.kind == "decide" else None
    if judged is None or act.words or act.move == SIGN:
        return
    open_ = open_cells(judged)
    names = "；".join(saying.say(cell.leaf.condition.text) for cell in open_[:5])
    require(Refusal(OPEN_CONDITIONS.code, OPEN_CONDITIONS.sentence, {"names": names}, OPEN_CONDITIONS.status, "words") if open_ else None)  # fmt: skip


def pin(case, act, pins):
    """Note what is to be corrected; a place that stood there before and was not returned then needs its reason."""
    submissions = list(case.submissions.order_by("number"))
    returned = set(case.pins.exclude(act=act).values_list("place", flat=True))
    for place, text, *why in pins:
        late = why[0] if why else ""
        stood = len(submissions) > 1 and place not in returned and place != WHOLE
        if stood and unchanged(submissions[-2], submissions[-1], place):
            require(
                None if late else Refusal(LATE.code, LATE.sentence, {"place": place}, LATE.status)
            )
        Pin.objects.create(case=case, act=act, place=place, words=text, why_late=late)


def unchanged(before, after, place):
    """Whether a place holds the same in two submissions."""
    kind, _colon, name = place.partition(":")
    held = {"entry": "entries", "material": "materials", "fact": "facts"}.get(kind)
    return held is not None and getattr(before, held).get(name) == getattr(after, held).get(name)


def carry_on(case, to, *, version, moment, **more):
    """Bring the case to a state: with whom it lies then, in which role, until when."""
    values = {"state": to.name, "step": to.step, "hand": to.hand, "proposed": to.proposed} | more
    if to.name == RUNNING:
        step = case.course.step(to.step)
        values["role"] = step.hands[to.hand] if step.hands else ""
        if to.step != case.step or case.state != RUNNING:
            values |= {"arrived": moment, "due": due(step, moment)}
            values["department"] = holder(step, case.space) if step.hands else case.department
    else:
        values |= {"role": "", "due": None}
    moved_on = (to.step, to.hand) != (case.step, case.hand) or to.name != case.state
    values |= {"officer": None} if moved_on else {}
    values |= {"ended": moment} if to in ENDS else {}
    change(case, version=version, **values)


def due(step, moment):
    """The last day of a step that begins at a moment; None where nothing limits it."""
    return last_day(timezone.localdate(moment), step.days) if step.days else None


def note(case, name, *, by=None, words="", judged=None, proposed="", step="", at=None):  # noqa: PLR0913 -- the columns of an act
    """The row of a move."""
    officials = by is not None and by.role not in APPLICANTS
    return Act.objects.create(
        case=case, number=case.acts.count() + 1, moment=at or timezone.now(), step=step or case.step, move=name,
        proposed=proposed if proposed != name else "", user=by.user if by else None,
        post=by.post if by else None, organisation=by.organisation if by else None,
        words=words, judgements=judged or {},
        is_internal=officials and name in INTERNAL,
    )  # fmt: skip


def end(case, act, *, by):
    """What follows when a case leaves the hands of officials: the record of the decision, letters, other apps."""
    if case.state in {case.Standing.GRANTED, case.Standing.REFUSED}:
        record(case, act, by=by)
        settle(case, act, by=by)
        consequences(Ended(case, act, by))
    tell(case, act)


def record(case, act, *, by):
    """Keep the decision with its grounds, as anyone can recompute it."""
    if not case.course.set:
        return None
    held = {
        id_: decision.Judgement(one["met"], one["by"], timezone.localdate(one["on"]), one.get("reason", ""))
        for id_, one in judgements(case).items()
    }  # fmt: skip
    handed = case.handed_in
    made = decision.decide(
        case.version_of_rules, case.course.set, facts_of(case), held,
        on=handed.on, by=str((by and by.organisation) or case.department), at=timezone.localtime(act.moment),
    )  # fmt: skip
    return DecisionRecord.objects.create(
        case=case, act=act, verdict=made.verdict, digest=made.digest, content=made.to_json()
    )


def tell(case, act):
    """A letter to those who work for the operator: what became of it, and what comes next."""
    held = Post.objects.current().filter(organisation=case.operator, role__in=APPLICANTS)
    title, text = LETTERS[case.state]
    write_letter(
        list({post.user for post in held.select_related("user")}), key=f"case-{case.key}-{act.number}",
        title=title, text=text, url=case.get_absolute_url(),
        given={"number": case.number, "space": case.space.name, "words": act.words},
    )  # fmt: skip


LETTERS = {
    "returned": (_("Returned for correction: %(number)s, %(space)s"), _("What is to be corrected stands on the page of the case, place by place. Only these places are open. %(words)s")),
    "refused": (_("Not granted: %(number)s, %(space)s"), _("The reasons, the articles and the record of the decision stand on the page of the case. %(words)s")),
    "granted": (_("Granted: %(number)s, %(space)s"), _("The record of the decision stands on the page of the case. %(words)s")),
}  # fmt: skip
