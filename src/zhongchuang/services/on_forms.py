"""Mentors, events, services, advice and cases of a space as they stand in the list of a form."""

from itertools import chain

from zhongchuang.services.ledgers import names
from zhongchuang.services.models import (
    Appointment,
    Case,
    Event,
    PolicyService,
    Session,
    TechnicalService,
)
from zhongchuang.spaces.on_forms import cells


def on_forms(name, me, space, since, on):
    """The rows of a list: those of a day, or those of the days since then, the oldest first."""
    if name in LISTS:
        yield from LISTS[name](lambda model: model.objects.visible_to(me).standing().filter(space=space), since, on)  # fmt: skip


def mentors(lines, _since, on):
    found = lines(Appointment).on(on).select_related("mentor__merged_into").order_by("day", "pk")
    for line in found:
        mentor = line.mentor.merged_into or line.mentor
        yield cells(mentor, ("name", "employer", "position", "field", "level")) | cells(line, ("fulltime",)) | {"since": line.day}  # fmt: skip


def events(lines, since, on):
    for line in happened(lines(Event), since, on):
        yield cells(line, ("day", "title", "kind", "part", "attendance", "place", "partner"))


def services(lines, since, on):
    """Technical and policy services together."""
    technical = happened(lines(TechnicalService).prefetch_related("residents"), since, on)
    policy = happened(lines(PolicyService).prefetch_related("residents"), since, on)
    for line in sorted(chain(technical, policy), key=lambda one: one.day):
        more = cells(line, ("done_by", "times")) if isinstance(line, TechnicalService) else {"done_by": None, "times": None}  # fmt: skip
        yield cells(line, ("day", "kind", "subject")) | {"residents": names(line)} | more


def sessions(lines, since, on):
    found = lines(Session).select_related("mentor").prefetch_related("residents")
    for line in happened(found, since, on):
        yield cells(line, ("day", "topic", "length")) | {"mentor": line.mentor.name, "residents": names(line)}  # fmt: skip


def cases(lines, since, on):
    for line in happened(lines(Case), since, on):
        yield cells(line, ("day", "title", "text"))


def happened(lines, since, on):
    return lines.filter(day__range=(since, on)).order_by("day", "pk")


LISTS = {
    "mentors": mentors, "events": events, "services": services, "sessions": sessions, "cases": cases,
}  # fmt: skip
