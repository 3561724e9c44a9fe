"""A case against its rules: the figures of its space as they stand, or as they were handed in."""

from django.utils import timezone

from zhongchuang.gap import matrix, registered
from zhongchuang.policy.decision import read_exactly, write_exactly
from zhongchuang.policy.facts import Facts, space_catalogue
from zhongchuang.policy.procedure import CHANGE, REVIEW
from zhongchuang.policy.verdict import FOR_JUDGEMENT, NOT_MET, UNKNOWN
from zhongchuang.procedures.changing import changes_of
from zhongchuang.spaces.actions import as_written, obstacle

OPEN = (NOT_MET, UNKNOWN, FOR_JUDGEMENT)


def figures(case, on):
    """The figures that the rules and the form of a case read, by column; of a change as they would be with it. Unknown ones are left out."""
    changes = changes_of(case)
    if not changes or obstacle(changes):
        return recorded(case, on)
    with as_written(changes):
        return recorded(case, day_with(changes, on))


def day_with(changes, on):
    """The day on which all of these changes hold: the one asked for, or a later one of theirs."""
    return max([on, *(one.on for one in changes)])


def recorded(case, on):
    """The same as the register tells them, whatever a case of a change would alter."""
    pack, procedure = case.version_of_rules, case.course
    window = pack.set(procedure.set).window if procedure.set else ""
    names = read(pack, procedure)
    facts = registered.table_of(case.space, on, [window or registered.WINDOWS[0]], names).facts(
        0, window
    )
    return {name: value for name, value in facts.values.items() if name in names}


def before_change(case, on, after):
    """Of a change what the register tells without it where that differs, by column, as JSON keeps it; None for what it does not know."""
    if case.course.kind != CHANGE:
        return {}
    held, new = written(recorded(case, day_with(changes_of(case), on))), written(after)
    return {name: held.get(name) for name in sorted({*held, *new}) if held.get(name) != new.get(name)}  # fmt: skip


def read(pack, procedure):
    """The columns that a procedure reads: of its conditions, with what they are made of, and of its form."""
    catalogue = space_catalogue()
    rules = pack.set(procedure.set) if procedure.set else None
    names = {*(rules.columns() if rules else ()), *procedure.changes}
    for section in procedure.sections:
        names |= set(section.facts)
    return set(catalogue.with_parts(names))


def written(values):
    """Figures as JSON keeps them, exactly."""
    columns = space_catalogue().columns
    return {name: write_exactly(columns[name], value) for name, value in sorted(values.items())}


def as_read(values):
    """The figures that `written` wrote."""
    columns = space_catalogue().columns
    return {name: read_exactly(columns[name], value) for name, value in values.items()}


def facts_of(case):
    """What is judged: of a draft the figures of today, else those handed in last."""
    submission = None if case.state == case.Standing.DRAFT else case.handed_in
    if submission is None:
        return Facts(str(case.space), figures(case, timezone.localdate()))
    return Facts(str(case.space), as_read(submission.facts))


def judgements(case):
    """What officials judged, by condition: the last word of each; of each whether it is met, by whom, when, why."""
    found = {}
    for act in case.acts.exclude(judgements={}).select_related("user").order_by("number"):
        for id_, given in act.judgements.items():
            found[id_] = given | {"by": act.user.name if act.user else "", "on": act.moment}
    return found


def answer(case, facts=None, *, judged=True, now=None):
    """The verdict of the case's own set with what was judged, or by the figures alone; None where the procedure has no set.

    `now` gives for the id of a condition what is being judged of it, before it is kept.
    """
    pack, procedure = case.version_of_rules, case.course
    if not procedure.set:
        return None
    held = {id_: one["met"] for id_, one in judgements(case).items()} if judged else {}
    held |= now or {}
    return matrix.answer(pack, pack.set(procedure.set), facts or facts_of(case), held, local=False)


def open_cells(judged):
    """The conditions that keep a set from being met: not met, unknown, or not judged yet."""
    return [cell for cell in matrix.cells(judged) if cell.verdict in OPEN and not cell.settled]


def weighs_conditions(case, step):
    """Whether a step decides by the conditions; a review that is granted gives nothing, its case is taken up anew."""
    return step.kind == "decide" and case.course.kind != REVIEW


def asks_reasons(case, decided):
    """Whether who proposes this asks that the conditions speak for it: the step decides by them, and it leads on."""
    return bool(case.at) and weighs_conditions(case, case.at) and decided == case.at.forward


def open_against(case, decided):
    """The conditions that are open although this is proposed where the case stands; none where it needs none."""
    judged = answer(case) if asks_reasons(case, decided) else None
    return open_cells(judged) if judged else []
