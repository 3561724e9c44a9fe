"""A procedure as values: its steps, who takes them, what each needs, and which moves there are in every state.

No Python knows a jurisdiction: a pack says the steps, this module knows the kinds of steps and what follows from
them. Every state that can be reached stands in `moves`, so that nothing can happen that a procedure does not declare.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from .citation import Citation
from .facts import Text
from .form import Form
from .workdays import is_working

FORWARD = {
    "examine": "consent",
    "recommend": "recommend",
    "review": "conclude",
    "inspect": "report",
    "notice": "close",
    "decide": "grant",
}
"""The kinds of steps, each with the move that leads on from it."""

RETURN, REFUSE = "return", "refuse"
PROPOSE, SIGN, SEND_BACK = "propose", "sign", "send_back"
SUBMIT, RESUBMIT, WITHDRAW = "submit", "resubmit", "withdraw"
UPHOLD, REOPEN = "uphold", "reopen"
"""What an objection to a public notice leads to once it was upheld: the end, or the way back."""
ANNUL = "annul"
"""What a granted review leads to in the case whose refusal it looked at again."""

LEVELS = ("county", "city", "province", "national")
HEIGHTS = {
    "county": "county",
    "city": "municipal",
    "province": "provincial",
    "national": "national",
}
"""The levels at which steps are taken, and what the levels of titles are called in the catalogue."""

TITLES = "titles"
"""The fact that tells which titles a space holds."""
ACTORS = ("department", "alliance")
HANDS = ("clerk", "reviewer", "approver")
CHANGE, REVIEW = "change", "review"
KINDS = ("filing", "recognition", "pilot", CHANGE, REVIEW)
WORDED = ("operator", "direction", "industry", "service", "goals", "name", "region", "address")
"""What of a space may change that no figure of the catalogue tells."""

FILLED_ENTRIES, FILLED_MATERIALS = ("changes", "reasons"), ("files",)
"""What a form of changes is filled with from the register: what changes, why, and the files behind it."""

NEEDS = ("letter", "opinions", "visit")
MANY = ("reviewer", "approver")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: of which kind, at which level it is taken and by whose hands, the last of which signs.

    `days` are the working days that it may take; None where nothing limits it. `opinions` is how many experts give
    theirs in a review. `level` is empty where the step is taken at the level of what it contests.
    """

    id: str
    kind: str
    text: Text
    level: str = ""
    actor: str = "department"
    hands: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    days: int | None = None
    opinions: int = 0
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""

    @property
    def forward(self) -> str:
        """The move that leads on."""
        return FORWARD[self.kind]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the applicant puts in own words; `longest` counts characters.

    `filled` names what it is filled with from a change of the register when the application begins.
    """

    id: str
    text: Text
    longest: int
    required: bool = True
    note: Text | None = None
    filled: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: figures of the register by their columns, and own wording."""

    id: str
    title: Text
    facts: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Files that are handed in; `note` tells what they look like, `filled` that files of a change of the register belong here.

    `forms` are those in which it can be written.
    """

    id: str
    text: Text
    required: bool = True
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""
    filled: str = ""
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When applications are taken each year: month and day of the first and of the last day, both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""

    def around(self, day: date) -> tuple[date, date]:
        """The window that holds the day, or the next one."""
        for year in (day.year - 1, day.year, day.year + 1):
            start, end = date(year, *self.first), date(year, *self.last)
            if end < start:
                end = date(year + 1, *self.last)
            if day <= end:
                return start, end
        raise AssertionError(day)

    def holds(self, day: date) -> bool:
        """Whether applications are taken that day."""
        start, end = self.around(day)
        return start <= day <= end


@dataclass(frozen=True, slots=True)
class Gives:
    """The title that a procedure ends with: its name, its years (None without end), its level.

    `counts_as` is the title of the catalogue that it is where rules ask for titles: a kind, or `kind@level` where rules call
    its level by another word than that of the procedure. Empty: it is none of them.
    """

    id: str
    title: Text
    level: str
    years: int | None = None
    plaque: bool = False
    counts_as: str = ""
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""

    @property
    def counted(self) -> str:
        """The code in the fact `titles`: kind and level; empty where it counts as none."""
        if not self.counts_as or "@" in self.counts_as:
            return self.counts_as
        return f"{self.counts_as}@{HEIGHTS[self.level]}"


@dataclass(frozen=True, slots=True)
class Ban:
    """How long nobody accepts an application after false material; None for good."""

    years: int | None
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Who does what, in which order, from the application to its end."""

    id: str
    set: str
    kind: str
    title: Text
    steps: tuple[Step, ...]
    gives: Gives | None = None
    sections: tuple[Section, ...] = ()
    materials: tuple[Material, ...] = ()
    window: Window | None = None
    batches: bool = False
    withdraw_minutes: int = 0
    ban: Ban | None = None
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""
    changes: tuple[str, ...] = field(default=())
    """Of a procedure of changes: the columns, or what else of a space, whose change it is about."""
    asked_within: int = 0
    """Of a review on request: the working days after a decision in which it can be asked for."""

    def step(self, id_: str) -> Step:
        """The step of an id."""
        return next(one for one in self.steps if one.id == id_)

    def after(self, id_: str) -> Step | None:
        """The step that follows; None behind the last."""
        place = [one.id for one in self.steps].index(id_) + 1
        return self.steps[place] if place < len(self.steps) else None

    def before(self, id_: str) -> Step | None:
        """The last step before it that somebody takes; None where there is none."""
        place = [one.id for one in self.steps].index(id_)
        return next((one for one in reversed(self.steps[:place]) if one.hands), None)

    def entries(self) -> Iterator[Entry]:
        """All that is put in own words, in the order of the form."""
        for section in self.sections:
            yield from section.entries

    def forms(self) -> dict[str, Form]:
        """The forms of its materials, by name, each once."""
        return {form.id: form for one in self.materials for form in one.forms}


def at_level(review: Procedure, contested: Procedure | None, level: str) -> Procedure:
    """A review of a decision that was taken at a level: steps that name none are taken there.

    It judges by the set of the procedure whose decision is contested, where that is known.
    """
    steps = (one if one.level else replace(one, level=level) for one in review.steps)
    return replace(review, set=contested.set if contested else review.set, steps=tuple(steps))


class State(NamedTuple):
    """Where a case stands: at a step in the hands of one of those who take it, with the move that was proposed."""

    name: str
    step: str = ""
    hand: int = 0
    proposed: str = ""


DRAFT = State("draft")
WITHDRAWN, REFUSED, GRANTED = State("withdrawn"), State("refused"), State("granted")
ENDS = (WITHDRAWN, REFUSED, GRANTED)
RUNNING, RETURNED = "running", "returned"
APPLICANT, PLATFORM = "applicant", "platform"
"""Who makes a move that no official makes."""


class Move(NamedTuple):
    """A move that is open in a state: its name, the role that makes it, where it leads."""

    name: str
    role: str
    to: State
    move: str = ""
    """Of a proposal, the move that is proposed."""


def moves(procedure: Procedure, state: State) -> tuple[Move, ...]:
    """All moves that are open in a state; none at an end."""
    if state == DRAFT:
        return (Move(SUBMIT, APPLICANT, State(RUNNING, procedure.steps[0].id)),)
    if state.name == RETURNED:
        return (
            Move(RESUBMIT, APPLICANT, State(RUNNING, state.step)),
            Move(WITHDRAW, APPLICANT, WITHDRAWN),
        )
    if state.name != RUNNING:
        return ()
    step = procedure.step(state.step)
    first = step is procedure.steps[0] and state.hand == 0
    return (
        *((Move(WITHDRAW, APPLICANT, WITHDRAWN),) if first else ()),
        *_of_officials(procedure, step, state),
    )


def _of_officials(procedure: Procedure, step: Step, state: State) -> Iterator[Move]:
    if not step.hands:
        yield Move(step.forward, PLATFORM, outcome(procedure, step, step.forward))
        yield from _after_an_objection(procedure, step)
        return
    role = step.hands[state.hand]
    is_last = state.hand == len(step.hands) - 1
    if RETURN in step.may:
        yield Move(RETURN, role, State(RETURNED, step.id))
    deciding = [one for one in step.may if one != RETURN]
    if state.hand == 0 and is_last:
        for move in deciding:
            yield Move(move, role, outcome(procedure, step, move))
    elif state.hand == 0:
        for move in deciding:
            yield Move(PROPOSE, role, State(RUNNING, step.id, 1, move), move)
    else:
        done = outcome(procedure, step, state.proposed)
        yield Move(SIGN, role, done if is_last else state._replace(hand=state.hand + 1))
        yield Move(SEND_BACK, role, State(RUNNING, step.id))


def _after_an_objection(procedure: Procedure, step: Step) -> Iterator[Move]:
    """Made by the one who signed the step before, and only while an objection stands upheld."""
    before = procedure.before(step.id)
    role = before.hands[-1] if before else HANDS[-1]
    yield Move(UPHOLD, role, REFUSED)
    if before:
        yield Move(REOPEN, role, State(RUNNING, before.id))


def outcome(procedure: Procedure, step: Step, move: str) -> State:
    """Where a move of a step leads once it is made: to the next step, or to an end."""
    if move == REFUSE:
        return REFUSED
    following = procedure.after(step.id)
    return State(RUNNING, following.id) if following else GRANTED


def taken_up(procedure: Procedure, step: str) -> Move:
    """Where a refused case goes once its refusal fell: back to the step that refused, or the one before a notice.

    It is no move of its own procedure, since only the review of the refusal makes it.
    """
    refused = procedure.step(step)
    held = refused if refused.hands else procedure.before(step) or refused
    return Move(ANNUL, PLATFORM, State(RUNNING, held.id))


def states(procedure: Procedure) -> frozenset[State]:
    """Every state that can be reached from the draft."""
    found, open_ = {DRAFT}, [DRAFT]
    while open_:
        for move in moves(procedure, open_.pop()):
            if move.to not in found:
                found.add(move.to)
                open_.append(move.to)
    return frozenset(found)


def last_day(begins: date, days: int) -> date:
    """The last of so many working days after a day, which itself does not count."""
    day = begins
    while days:
        day += timedelta(days=1)
        days -= is_working(day)
    return day


def days_left(on: date, last: date) -> int:
    """The working days from a day up to the last one, both counted."""
    return sum(is_working(on + timedelta(days=n)) for n in range((last - on).days + 1))
