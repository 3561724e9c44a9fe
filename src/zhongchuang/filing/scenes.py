"""Cases of the demonstration in all standings, so that everyone who signs in finds work; played by the verbs that people use.

Moments lie back as far as a case needs; the log says that all of it was entered today.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhongchuang.filing.actions import revoke
from zhongchuang.filing.models import Title
from zhongchuang.gap.matrix import cells
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports import actions as imports
from zhongchuang.imports.declaration import kind_of
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Role
from zhongchuang.panels import actions as panels
from zhongchuang.papers.actions import write as write_paper
from zhongchuang.papers.wording import prefilled
from zhongchuang.policy.answer import tested
from zhongchuang.policy.procedure import PROPOSE, REFUSE, RETURN, SIGN, last_day
from zhongchuang.policy.workdays import is_working
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import is_for, not_open
from zhongchuang.procedures.access_batches import ready
from zhongchuang.procedures.actions.moving import close
from zhongchuang.procedures.judging import answer
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import needed
from zhongchuang.records.actions import hand_in as hand_in_file
from zhongchuang.spaces.demonstration.files import material as sample
from zhongchuang.spaces.demonstration.filling import FIRST
from zhongchuang.spaces.demonstration.people import post
from zhongchuang.spaces.models import Space
from zhongchuang.tables.writing import XLSX, OutSheet, write
from zhongchuang.visits import actions as visits
from zhongchuang.visits.access import colleagues
from zhongchuang.visits.checklist import lines

HERE = Path(__file__).parent
OPENS, CLOSES = 9, 16
FEW_EXPERTS = 2
"""So many are asked where a case waits for opinions."""


@cache
def said():
    return tomllib.loads((HERE / "scenes.toml").read_text(encoding="utf-8"))


def scenes(world):
    """Each case on to where it stands; one for which no space is left is not played."""
    for one in said()["cases"]:
        play = begun(world, **one)
        if play:
            led(play, **one)
    for one in said()["batches"]:
        batched(world, **one)
    brought_in(world)
    return []


# --- days -----------------------------------------------------------------------------------------


def workdays_before(day, count):
    """The working day so many of them before a day, or before the last one that was worked."""
    back = (day - timedelta(days=one) for one in range(10 * count + 60))
    return next(islice((one for one in back if is_working(one)), count, None))


def begins(course, today, ago):
    """The day on which a case was handed in: so many working days ago, within the window of its procedure."""
    day = today
    while course.window and not course.window.holds(day):
        day -= timedelta(days=1)
    day = workdays_before(day, ago)
    while course.window and not course.window.holds(day):
        day += timedelta(days=1)
    return day


@dataclass
class Play:
    """A case while it is played, and the moment of its last move."""

    world: object
    case: Case
    moment: datetime
    pace: int

    def by(self, role=""):
        """Who has the turn where the case lies, or another role of that department."""
        there = self.world.departments | self.world.organisations
        code = next(code for code, one in there.items() if one.pk == self.case.department_id)
        return self.world.acting(role or self.case.role, code)

    def later(self, days):
        """The moment of the next move, never after now."""
        day = last_day(timezone.localdate(self.moment), days)
        self.moment = max(self.moment, min(at_work(self.world.dice, day), timezone.now()))
        return self.moment

    def move(self, name, **given):
        actions.move(self.case, name, by=self.by(), version=self.case.version, at=self.moment, **given)  # fmt: skip


def at_work(dice, day):
    """A moment in the hours of an office."""
    return timezone.make_aware(datetime.combine(day, time(dice.whole(OPENS, CLOSES), dice.whole(0, 59))))  # fmt: skip


# --- the applicant --------------------------------------------------------------------------------


def spaces_under(world, under, *, own=False):
    """The spaces in the register there, those of the printed operator alone, or last."""
    found = Space.objects.filter(state=Space.State.CONFIRMED, kind="space", region__code__startswith=under)  # fmt: skip
    found = list(found.select_related("operator", "region").order_by("pk"))
    operator = world.operators.get(FIRST)
    if own:
        return [one for one in found if one.operator == operator]
    return sorted(found, key=lambda one: one.operator == operator)


def applicant(world, space):
    number = next(number for number, one in world.operators.items() if one == space.operator)
    return world.acting("clerk", number)


def begun(world, *, under, pack, procedure, ago, own=False, pace=1, end="", **_more):  # noqa: PLR0913 -- the keys of a case in the file
    """A case with all that its form asks for, handed in unless it stays a draft; None without a space for it."""
    rules = all_packs()[pack]
    course = rules.procedures[procedure]
    moment = min(at_work(world.dice, begins(course, world.today, ago)), timezone.now())
    day = timezone.localdate(moment)
    taken = set(Case.objects.running().filter(pack=pack, procedure=procedure).values_list("space", flat=True))  # fmt: skip
    free = (one for one in spaces_under(world, under, own=own) if one.pk not in taken and one.opened <= day)  # fmt: skip
    space = next((one for one in free if is_for(rules, one) and not not_open(one, rules, course, day)), None)  # fmt: skip
    if space is None:
        return None
    by = applicant(world, space)
    case = actions.begin(space, pack, procedure, by=by, at=moment)
    filled(case, by, half=end == "draft")
    if end != "draft":
        actions.hand_in(case, by=by, version=case.version, promised=True, at=moment)
    return Play(world, case, moment, pace)


def filled(case, by, *, half):
    """What the applicant says in own words, and samples of the files; half of both in a draft."""
    entries = list(case.course.entries())
    slots = [one for one in case.course.materials if one.required]
    if half:
        entries, slots = entries[: len(entries) // 2], slots[: len(slots) // 2]
    texts = {one.id: (said()["entry"] % {"title": one.text["zh"]})[: one.longest] for one in entries}  # fmt: skip
    actions.write(case, by=by, version=case.version, **texts)
    for one in slots:
        upload = SimpleUploadedFile(f"{one.id}-{case.space.code}.pdf", sample(one.id))
        actions.attach(case, by=by, slot=one.id, evidence=hand_in_file(upload, by=by))


# --- the departments ------------------------------------------------------------------------------


def letter(play):
    write_paper(play.case, "letter", by=play.by(), **prefilled(play.case, "letter"))


def experts(world, count):
    """So many experts of the agency; the first is the one whose sign-in is printed."""
    agency, lead = world.organisations["agency"], world.acting(Role.AGENCY_LEAD, "agency")
    for number in range(2, count + 1):
        if f"{Role.EXPERT}.agency{number}" not in world.people:
            post(world, Role.EXPERT, f"agency{number}", agency, by=lead)
    more = [world.acting(Role.EXPERT, f"agency{number}") for number in range(2, count + 1)]
    return [world.acting(Role.EXPERT, "agency"), *more]


def asked(play, count):
    """Experts are asked for their opinions; each with the seat."""
    found = experts(play.world, count)
    return [(one, panels.name(play.case, by=play.by(), expert=one.user)) for one in found]


def opinions(play):
    for one, seat in asked(play, panels.places_left(play.case)):
        panels.give(seat, by=one, version=seat.version, conclusion="yes", words=said()["opinions"]["expert"])  # fmt: skip


def visit(play):
    """Two officials go there, and find everything as it was stated, or not to be seen."""
    case, first = play.case, play.by()
    other = next(one for one in colleagues(case) if one.pk != first.user.pk)
    second = Acting(other, other.current_posts[0])
    made = visits.plan(case, by=first, begins=timezone.now(), place=case.space.name, visitors=[first.user, other], announced=False, why=said()["opinions"]["unannounced"])  # fmt: skip
    found = {one.key: {"found": "as_stated" if one.is_stated else "not_seen", "value": None, "words": "" if one.is_stated else said()["opinions"]["not_seen"]} for one in lines(case, case.handed_in.facts)}  # fmt: skip
    made = visits.write(made, by=first, version=made.version, found=found)
    made = visits.close(made, by=first, version=made.version, result="fits", words=said()["opinions"]["inspect"], present=play.world.name(), read_out=True)  # fmt: skip
    visits.confirm(made, by=second, version=made.version)


MEETS = {"letter": letter, "opinions": opinions, "visit": visit}
"""How what a step needs is met, by the id of the need; where one is missing here, the case stays at its step."""


def led(play, *, to="", hand=0, end="", words="", ask="", question="", pins=(), again=(), **_more):  # noqa: PLR0913 -- the keys of a case in the file
    """On to where the case stands."""
    while play.case.state == Case.Standing.RUNNING and play.case.step != to:
        if again and play.case.step == again[0]:
            rested(play, again[1])
        if not led_on(play):
            return
    if hand:
        passed(play, play.case.at.forward, hands=hand)
    elif play.case.state == Case.Standing.RUNNING and "opinions" in play.case.at.needs:
        asked(play, FEW_EXPERTS)
    if ask:
        actions.ask(play.case, by=play.by(), colleague=play.by(ask).user, question=question)
    ended(play, end, words, pins)


def rested(play, ago):
    """The case lay there until so many working days ago."""
    day = workdays_before(play.world.today, ago)
    play.moment = max(play.moment, min(at_work(play.world.dice, day), timezone.now()))


def led_on(play):
    """One step done; False where it cannot be done yet."""
    step = play.case.at
    return passed(play, step.forward, hands=len(step.hands)) if step.hands else announced(play)


def announced(play):
    """A notice ends on the day after its last one, if that has come."""
    day = play.case.due + timedelta(days=1)
    if day > play.world.today:
        return False
    play.moment = timezone.make_aware(datetime.combine(day, time(1)))
    ended_ = close(play.case, at=play.moment)
    play.case.refresh_from_db()
    return ended_


def passed(play, move, *, hands, words=""):
    """The first hands of a step take a move: proposed by the first, signed by the others. False where a need stays open."""
    case, step = play.case, play.case.at
    open_ = [one for one in needed(case) if not one.is_met] if move == step.forward else []
    if any(one.id not in MEETS for one in open_):
        return False
    for one in open_:
        MEETS[one.id](play)
    opinion = words or said()["opinions"][step.kind]
    name, proposed = (PROPOSE, move) if len(step.hands) > 1 else (move, "")
    judged = judgements(case) if step is case.course.steps[0] else {}
    play.later(play.pace)
    play.move(name, proposed=proposed, words=opinion, judged=judged)
    for _hand in step.hands[1:hands]:
        play.later(1)
        play.move(SIGN, words=said()["opinions"]["sign"])
    return True


def judgements(case):
    """What a person judges, found to be met."""
    judged = answer(case)
    found = cells(judged) if judged else []
    return {one.leaf.condition.id: {"met": True, "reason": ""} for one in found if tested(one.leaf.condition).kind == "judged"}  # fmt: skip


def ended(play, end, words, pins):
    """What happens to the case at last."""
    case = play.case
    match end:
        case "return":
            play.later(play.pace)
            play.move(RETURN, pins=pins)
        case "refuse":
            passed(play, REFUSE, hands=len(case.at.hands), words=words)
        case "withdraw":
            actions.withdraw(case, by=applicant(play.world, case.space), version=case.version, words=words)  # fmt: skip
        case "revoke":
            title = Title.objects.get(case=case)
            revoke(title, by=play.by("approver"), version=title.version, words=words)


# --- batches --------------------------------------------------------------------------------------


def batched(world, *, department, pack, most):
    """A batch with cases that wait there for the clerk; none where none waits."""
    by = world.acting(Role.CLERK, department)
    waiting = [one for one in ready(by) if one.pack == pack][:most]
    if waiting:
        actions.open_batch(waiting, by=by)


# --- titles from before the platform --------------------------------------------------------------


def brought_in(world):
    """Titles that a province granted earlier, as it brings them in from a file, among them one that ends soon."""
    told, rows = said(), []
    held = set(Case.objects.values_list("space", flat=True))
    for place, one in enumerate(told["titles"], start=1):
        space = next((s for s in reversed(spaces_under(world, one["under"])) if s.pk not in held), None)  # fmt: skip
        if space:
            held.add(space.pk)
            rows.append(row_of(world, place, space, **one))
    if rows:
        brought(world.acting("clerk", f"{told['titles'][0]['under']}0000"), rows)


def row_of(world, place, space, *, pack, ago, left, **_more):
    """A line of the file: the title by the words of its columns."""
    since, last = (world.today + timedelta(days=days) for days in (-ago, left))
    given = {"year": since.year, "place": place}
    return {
        "number": said()["title_number"] % given, "space": space.code, "credit_code": space.operator.credit_code,
        "pack": pack, "since": since.isoformat(), "last_day": last.isoformat(), "basis": said()["basis"] % given,
    }  # fmt: skip


def brought(by, rows, *, of="titles", name=None):
    """A file of that kind is received, checked and carried out."""
    kind = kind_of(of)
    labels = {one.name: str(one.label) for one in kind.columns}
    sheet = OutSheet(str(kind.title), [labels[name] for name in rows[0]], [list(one.values()) for one in rows])  # fmt: skip
    upload = SimpleUploadedFile(name or said()["import"], write([sheet], XLSX))
    found = imports.receive(upload, by=by, kind=kind)
    imports.assign(found, by=by, columns=found.columns, existing="skip", on=timezone.localdate(), version=found.version)  # fmt: skip
    imports.confirmed(found, by=by, version=found.version)
    imports.run(found.pk)
