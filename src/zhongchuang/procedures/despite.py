"""A grant although conditions are open: for each of them its own reason, and what that rests on."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words as saying
from zhongchuang.page.listed import ask
from zhongchuang.page.refusal import Refusal, conflict, require
from zhongchuang.policy.procedure import PROPOSE, SIGN
from zhongchuang.procedures.judging import answer, open_cells, weighs_conditions
from zhongchuang.procedures.rules import reason_lengths

FIELD = "despite."
NAMED = 5
"""So many conditions are named in a refusal."""
OPEN_CONDITIONS = _("Not every condition is met, known and judged: %(names)s. Judge what is open, or give for each of them your reason for deciding all the same, in at least %(least)s characters.")  # fmt: skip
UNREASONED = _("The proposal gives no reason of its own for these open conditions: %(names)s. Give it back to the clerk, who adds the reasons.")  # fmt: skip
NO_GROUND = conflict("no_ground", _("What a reason is to rest on is not a file or a report of this case any more. Choose another."))  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """Something of the case on which a reason may rest: a file that was handed in, a report."""

    id: str
    name: str


def grounds(case):
    """The files of a case, and the reports that other apps keep of it."""
    files = case.attachments.filter(removed=None).select_related("evidence")
    found = [Ground(f"file:{one.evidence.key}", one.evidence.name) for one in files]
    return list({one.id: one for one in [*found, *ask("grounds", case)]}.values())


def keep_reasons(case, act, step, given):
    """Keep with the act that leads on from a deciding step why it does so although conditions are open, else refuse.

    Who signs signs the reasons of the proposal; what turned out to be met in the same act needs none.
    """
    judged = answer(case) if weighs_conditions(case, step) else None
    open_ = {one.leaf.condition.id: one for one in open_cells(judged)} if judged else {}
    reasons = proposed_reasons(case, act) if act.move == SIGN else given
    least, _most = reason_lengths()
    missing = [id_ for id_ in open_ if len(reasons.get(id_, {}).get("reason", "").strip()) < least]
    require(unreasoned(act, [open_[id_] for id_ in missing], least) if missing else None)
    named = {one.id: one.name for one in grounds(case)} if open_ and act.move != SIGN else {}
    act.despite = {id_: reasons[id_] if act.move == SIGN else kept(reasons[id_], named) for id_ in open_}  # fmt: skip
    if act.despite:
        act.save(update_fields=["despite"])


def proposed_reasons(case, act):
    """The reasons of the proposal that an act signs."""
    found = case.acts.filter(step=act.step, move=PROPOSE, number__lt=act.number)
    last = found.order_by("-number").first()
    return last.despite if last else {}


def unreasoned(act, cells, least):
    """The refusal that names conditions without a reason."""
    names = "；".join(saying.say(one.leaf.condition.text) for one in cells[:NAMED])
    if act.move == SIGN:
        return conflict("unreasoned", UNREASONED, names=names)
    field = FIELD + cells[0].leaf.condition.id
    return Refusal("open_conditions", OPEN_CONDITIONS, {"names": names, "least": least}, 200, field)


def kept(given, named):
    """A reason as it is kept: in words, with what it rests on by its key and its name of the day."""
    found = {"reason": given["reason"].strip()}
    if ground := given.get("rests_on"):
        require(None if ground in named else NO_GROUND)
        found |= {"rests_on": ground, "name": named[ground]}
    return found


def granted_despite(case):
    """Why a granted case was granted although conditions were open, as the record of the decision keeps it."""
    steps = [one.id for one in case.course.steps if one.kind == "decide"]
    acts = case.acts.filter(step__in=steps).exclude(move=PROPOSE).exclude(despite={})
    act = acts.select_related("user").order_by("-number").first()
    if act is None or case.state != case.Standing.GRANTED:
        return {}
    signed = {"by": act.user.name if act.user else "", "on": str(timezone.localdate(act.moment))}
    return {id_: one | signed for id_, one in act.despite.items()}


def in_words(case, act):
    """The reasons of an act for a reader: the condition, its article, the reason, what it rests on."""
    procedure = case.course
    if not procedure.set or not act.despite:
        return []
    rules = case.version_of_rules.set(procedure.set)
    known = {one.id: one for one in rules.conditions()}
    return [
        {
            "text": saying.say(known[id_].text) if id_ in known else id_,
            "cite": saying.cite((known[id_].cite if id_ in known else None) or rules.cite),
            "reason": one["reason"],
            "rests_on": one.get("name", ""),
        }
        for id_, one in act.despite.items()
    ]
