"""All about me: what every app holds about a person, put together for themselves (PIPL art. 45)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhongchuang.audit.models import Entry
from zhongchuang.organisations.models import Invitation
from zhongchuang.page.listed import ask

NEWEST = 500
"""Entries of the log that are given; all are counted."""


@dataclass(frozen=True)
class Holding:
    """One kind of thing that is held about a person: its columns as key and label, and its rows by key."""

    name: str
    title: str | Promise
    columns: dict
    rows: list
    note: str | Promise = ""

    @property
    def cells(self):
        """The rows as lists in the order of the columns, as a page shows them."""
        return [[shown(row.get(key)) for key in self.columns] for row in self.rows]

    @property
    def as_json(self):
        rows = [{key: written(value) for key, value in row.items()} for row in self.rows]
        return {
            "title": str(self.title),
            "columns": {k: str(v) for k, v in self.columns.items()},
            "rows": rows,
        }


def shown(value):
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if hasattr(value, "hour") else value


def written(value):
    """A value as JSON holds it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return timezone.localtime(value).isoformat() if hasattr(value, "hour") else str(value)


def all_personal(user):
    """What all apps hold about a person."""
    return ask("personal", user)


def personal(user):
    """The account, posts, invitations, ways to sign in, and what the log tells of this person."""
    return [account(user), posts(user), invitations(user), sign_in(user), sessions(user), log(user)]


def account(user):
    columns = {
        "name": _("Name"), "email": _("E-mail address"), "language": _("Language of letters"),
        "joined": _("Joined"), "last_login": _("Last signed in"), "open": _("Account open"),
        "notice": _("Privacy statement agreed to"), "notice_agreed": _("Agreed on"),
        "password_set": _("Password set on"),
    }  # fmt: skip
    row = {name: getattr(user, name) for name in columns if name != "open"}
    row["language"] = str(dict(settings.LANGUAGES).get(user.language, ""))
    return Holding("account", _("Account"), columns, [row | {"open": user.is_active}])


def posts(user):
    columns = {
        "organisation": _("Organisation"), "role": _("Role"), "since": _("From"), "until": _("Until"),
    }  # fmt: skip
    rows = [
        {"organisation": post.organisation and post.organisation.name, "role": str(post.get_role_display()),
         "since": post.since, "until": post.until}
        for post in user.posts.select_related("organisation").order_by("since", "pk")
    ]  # fmt: skip
    return Holding("posts", _("Posts"), columns, rows)


def invitations(user):
    columns = {
        "organisation": _("Organisation"), "role": _("Role"), "name": _("Name"), "email": _("E-mail address"),
        "sent": _("Sent"), "accepted": _("Accepted"), "withdrawn": _("Withdrawn"),
    }  # fmt: skip
    found = Invitation.objects.filter(email=user.email) | Invitation.objects.filter(
        accepted_by=user
    )
    rows = [
        {"organisation": one.organisation.name, "role": str(one.get_role_display()), "name": one.name,
         "email": one.email, "sent": one.sent, "accepted": one.accepted, "withdrawn": one.withdrawn}
        for one in found.distinct().select_related("organisation").order_by("sent")
    ]  # fmt: skip
    return Holding("invitations", _("Invitations"), columns, rows)


def sign_in(user):
    columns = {"way": _("Way"), "since": _("Since"), "used": _("Last used")}
    rows = [
        {"way": _("address %(email)s") % {"email": one.email}, "since": None, "used": None}
        for one in user.emailaddress_set.order_by("pk")
    ]
    rows += [
        {"way": _("authenticator app"), "since": one.created_at, "used": one.last_used_at}
        for one in user.authenticator_set.order_by("pk")
    ]
    rows += [
        {"way": f"{one.provider} {one.uid}", "since": one.date_joined, "used": one.last_login}
        for one in user.socialaccount_set.order_by("pk")
    ]
    note = _(
        "Of passwords, earlier passwords and recovery codes only digests are kept; they are not shown."
    )
    return Holding("sign_in", _("Ways to sign in"), columns, rows, note)


def sessions(user):
    columns = {
        "ip": _("IP address"),
        "browser": _("Browser"),
        "began": _("Began"),
        "seen": _("Last seen"),
    }
    rows = [
        {"ip": one.ip, "browser": one.user_agent, "began": one.created_at, "seen": one.last_seen_at}
        for one in user.usersession_set.order_by("-created_at")
    ]
    return Holding("sessions", _("Where I am signed in"), columns, rows)


def log(user):
    columns = {
        "number": _("Number"), "moment": _("When"), "verb": _("Verb"), "subject": _("Subject"), "ip": _("IP address"),
    }  # fmt: skip
    mine = Entry.objects.filter(user=str(user.pk))
    rows = [
        {"number": one.number, "moment": one.moment, "verb": str(one.word), "subject": one.subject_label, "ip": one.ip}
        for one in mine.order_by("-number")[:NEWEST]
    ]  # fmt: skip
    note = _(
        "%(count)s entries of the audit log tell what you did; the newest %(shown)s are given here."
    )
    given = {"count": mine.count(), "shown": len(rows)}
    return Holding("log", _("Audit log"), columns, rows, note % given)
