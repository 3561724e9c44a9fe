"""What waits for a person in their post; every app may have such a function."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.organisations.access.register import may_enter
from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.page.listed import ask
from zhongchuang.page.workdays import left


@dataclass(frozen=True)
class ToDo:
    """One thing to do: its title, what it is about, where to do it, the word on the button, the last day."""

    title: str | Promise
    about: str | Promise
    url: str
    button: str | Promise
    due: date | None = None

    @property
    def left(self):
        """How long there is, with the look of it; None where there is no last day."""
        return self.due and left(self.due, today=timezone.localdate())


@dataclass(frozen=True)
class Notice:
    """A message for the bell and the rail of the workbench."""

    title: str
    url: str
    on: date


@dataclass(frozen=True)
class Deadline:
    """A last day to come that is nothing to do yet, for the calendar of the workbench."""

    title: str | Promise
    url: str
    on: date

    @property
    def left(self):
        return left(self.on, today=timezone.localdate())


SHORTCUTS, DEADLINES = 3, 8
"""How many of each the workbench shows."""


def shortcuts(acting):
    """The buttons at the head of the workbench: what this post enters most, as addresses with labels."""
    return ask("shortcuts", acting)[:SHORTCUTS]


def deadlines(acting):
    """The next last days, of all apps."""
    return sorted(ask("deadlines", acting), key=lambda one: one.on)[:DEADLINES]


def all_todos(acting):
    """Everything that waits, by its day, what has no day last; the badge counts this very list."""
    return sorted(ask("todos", acting), key=lambda todo: (todo.due is None, todo.due or date.max))


def all_notices(acting):
    """Unread messages, newest first; later apps bring the functions."""
    return sorted(ask("notices", acting), key=lambda notice: notice.on, reverse=True)


def waiting_operators(acting):
    """Operators that this person may confirm or refuse."""
    if acting.role not in {Role.REVIEWER, Role.APPROVER} or not acting.organisation:
        return Organisation.objects.none()
    return Organisation.objects.waiting_for(acting.organisation)


def stranded(acting):
    """Organisations whose region has ended without an heir, for who looks after their entries."""
    if may_enter(acting):
        return Organisation.objects.none()
    seen = Organisation.objects.visible_to(acting).confirmed()
    ended = seen.filter(region__valid_until__lte=timezone.localdate())
    return ended.exclude(kind=Organisation.Kind.OPERATOR).select_related("region").order_by("pk")


def todos(acting):
    """Registrations to decide; an own registration to correct; organisations whose region is gone."""
    found = [
        ToDo(
            title=_("Decide on a registration: %(name)s") % {"name": operator.name},
            about=operator.region.full_name,
            url=reverse("organisations:organisation", args=[operator.pk]),
            button=_("Examine"),
        )
        for operator in waiting_operators(acting)
    ]
    found += [
        ToDo(
            title=_("Name the new region of %(name)s") % {"name": organisation.name},
            about=_("%(region)s no longer exists.") % {"region": organisation.region},
            url=reverse("organisations:change", args=[organisation.pk]),
            button=_("Edit"),
        )
        for organisation in stranded(acting)
    ]
    own = acting.organisation
    if own and own.state == Organisation.State.REFUSED and acting.role == Role.OPERATOR_HEAD:
        found.append(
            ToDo(
                title=_("Correct your registration and send it again"),
                about=own.reason,
                url=reverse("organisations:correct"),
                button=_("Correct"),
            )
        )
    return found


def heading(count):
    return ngettext("You have %(count)d thing to do", "You have %(count)d things to do", count) % {
        "count": count
    }
