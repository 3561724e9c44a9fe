"""Whose data an incident touches, asked of every app (PIPL art. 57)."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.models import Invitation, User
from zhongchuang.page.listed import ask


@dataclass(frozen=True)
class Incident:
    """What got out or was lost: rows of these organisations, these files, these people."""

    organisations: frozenset = frozenset()
    evidence: frozenset = frozenset()
    users: frozenset = frozenset()


@dataclass(frozen=True)
class Touched:
    """A person, or as much of one as is known, and which of their data the incident touches."""

    who: str
    address: str
    data: str
    user: int | None = field(default=None, compare=False)


def everyone_touched(incident):
    """Whom the incident touches, each with each kind of data once."""
    return sorted(set(ask("touched", incident)), key=lambda one: (one.who, one.address, one.data))


def touched(incident):
    """The holders of accounts at the organisations, and those who were invited to them."""
    of_users = Q(pk__in=incident.users) | Q(posts__organisation__in=incident.organisations)
    data = _("account: name, e-mail address, posts, entries of the log")
    found = [
        Touched(user.name, user.email, data, user.pk)
        for user in User.objects.filter(of_users).distinct()
    ]
    invited = Invitation.objects.filter(organisation__in=incident.organisations)
    return found + [
        Touched(one.name, one.email, _("invitation: name, e-mail address")) for one in invited
    ]
