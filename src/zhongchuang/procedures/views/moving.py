"""Officials: taking a case, the moves of a step."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhongchuang.gap.matrix import cells
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.answer import tested
from zhongchuang.policy.procedure import PROPOSE, REFUSE, RETURN, SEND_BACK, SIGN
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import found_move, may_move
from zhongchuang.procedures.despite import grounds
from zhongchuang.procedures.forms import MoveForm, ReturnForm
from zhongchuang.procedures.judging import answer, asks_reasons, judgements, open_cells
from zhongchuang.procedures.turns import next_of
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.procedures.words import BUTTONS, propose_word
from zhongchuang.records.views.requests import send


@login_required
@require_POST
def take(request, key):
    """Take a case as one's own."""
    case, me = seen_case(request, key), acting(request)
    try:
        actions.take(case, by=me, version=case.version)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect(case)


@login_required
def move(request, key, name):
    """A move of the step where the case stands: proposed by the first hand, signed by the last."""
    case, me = seen_case(request, key), acting(request)
    direct = found_move(case, name)
    proposed = "" if direct else name
    if name == RETURN or name not in BUTTONS:
        raise Http404
    judged = answer(case) if name not in {SIGN, SEND_BACK} else None
    by_hand = [cell for cell in cells(judged) if tested(cell.leaf.condition).kind == "judged"] if judged else []  # fmt: skip
    form = MoveForm(
        posted(request), cells=by_hand, held=judgements(case), **asked(request, case, name, judged), label=_("Opinion"), hint=hint(name),
        required=name in {REFUSE, SEND_BACK}, initial={"version": case.version},
    )  # fmt: skip
    page = about(case, me) | {
        "template": "procedures/verb.html",
        "button": propose_word(name) if proposed else BUTTONS[name],
        "proposal": last_proposal(case) if name == SIGN else None,
    }
    done = _("It was proposed; the next hand decides.") if proposed else _("It was done.")
    return send(
        request, form, partial(moved, case, name, proposed, form, me), purpose="procedures.move", key=f"{key}.{name}",
        title=str(case), done=told(case, done), page=page, to=following(case, me), refusal=may_move(me, case, PROPOSE if proposed else name, proposed),
    )  # fmt: skip


def asked(request, case, name, judged):
    """What the form asks of a decision: a reason for each condition that is open, or turns out to be by what is just being judged.

    What was open stays on the form; it asks no reason any more where the judgement settles it.
    """
    if judged is None or not asks_reasons(case, name):
        return {}
    given = {one.partition(".")[2]: value == "yes" for one, value in request.POST.items() if one.startswith("met.") and value in {"yes", "no"}}  # fmt: skip
    shown, left = open_cells(judged), open_cells(answer(case, now=given))
    known = {one.leaf.condition.id for one in shown}
    shown += [one for one in left if one.leaf.condition.id not in known]
    needed = {one.leaf.condition.id for one in left}
    return {"despite": shown, "needed": needed, "grounds": grounds(case) if shown else ()}


def told(case, done):
    """What is said at the head of the next case about the one before."""
    return f"{case.number} {case.space.name}: {done}"


def following(case, me):
    """Where a decision leads: to the next case of the queue, or where none is left, to the case itself."""
    key = next_of(case, me)
    return ("procedures:case", key) if key else case


def hint(name):
    """Who reads the opinion."""
    if name in {SIGN, SEND_BACK}:
        return _("It stays in the course of the case.")
    return _(
        "It stays in the course of the case. Where the case is refused, the applicant reads it."
    )


def last_proposal(case):
    """What the one who signs is asked to sign."""
    act = case.acts.filter(step=case.step, move=PROPOSE).order_by("-number").first()
    return act and (BUTTONS[act.proposed], act)


def moved(case, name, proposed, form, me, *, version, words="", **_judged):
    return actions.move(
        case, PROPOSE if proposed else name, by=me, version=version, proposed=proposed, words=words, judged=form.judged, despite=form.despite,
    )  # fmt: skip


@login_required
def return_(request, key):
    """Return for correction: all places that are wrong, at once."""
    case, me = seen_case(request, key), acting(request)
    form = ReturnForm(posted(request), case=case, initial={"version": case.version})
    page = about(case, me) | {"template": "procedures/return.html", "button": BUTTONS[RETURN]}
    return send(
        request, form, partial(returned, case, form, me), purpose="procedures.return", key=key, title=str(case),
        done=told(case, _("It was returned; the applicant was told.")), page=page, to=following(case, me), refusal=may_move(me, case, RETURN),
    )  # fmt: skip


def returned(case, form, me, *, version, **_places):
    return actions.move(case, RETURN, by=me, version=version, pins=form.pins)
