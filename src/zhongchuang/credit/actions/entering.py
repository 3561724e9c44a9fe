"""A record is entered by a department, or with the decision that causes it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.credit.access import may_enter, may_export
from zhongchuang.credit.models import Record
from zhongchuang.credit.rules import matter_told, shown_until
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import require
from zhongchuang.records.actions import write as write_letter
from zhongchuang.spaces.actions import exported

TOLD = ("matter", "basis", "words", "day", "until", "number")


@transaction.atomic
def enter(operator, *, by, matter, basis, words, day, space=None):
    """Record something of an operator, with the document; it is told at once and may ask for a correction."""
    require(may_enter(by, operator))
    return record(operator, by=by, department=by.organisation, matter=matter, basis=basis, words=words, day=day, space=space)  # fmt: skip


def record(operator, *, by, matter, day, **given):
    """The row with its entry and the letter, in the transaction of the decision that causes it."""
    made = Record.objects.create(operator=operator, by=by.user, matter=matter, day=day, until=shown_until(matter, day), **given)  # fmt: skip
    log(made, "credit_recorded", by=by.who, new=told(made))
    tell_recorded(made)
    return made


def tell_recorded(made):
    """The letter about a new record, with the way to reply."""
    text = _("%(department)s recorded of %(name)s: %(matter)s. Basis: %(basis)s. %(words)s")
    if not made.is_good:
        text = _("%(department)s recorded of %(name)s: %(matter)s. Basis: %(basis)s. %(words)s\nIf it is wrong, or was made good, ask for a correction or for credit repair on its page; another person than the one who entered it answers.")  # fmt: skip
    tell_operator(made, f"credit-{made.code}", _("Credit record of your organisation: %(matter)s"), text)  # fmt: skip


def told(made):
    """What the log keeps of a record."""
    return {name: getattr(made, name) for name in TOLD}


def tell_operator(one, key, title, text, **given):
    """A letter to those who work for the operator."""
    held = Post.objects.current().filter(organisation=one.operator, role__in=APPLICANTS)
    write_letter(
        list({post.user for post in held.select_related("user")}), key=key, title=title, text=text, url=one.get_absolute_url(),
        given={"name": one.operator.name, "department": one.department.name, "matter": matter_told(one.matter), "basis": one.basis, "words": one.words} | given,
    )  # fmt: skip


def taken(*, by, rows, given):
    """Note who took the register away."""
    require(may_export(by))
    return exported("credit", by=by, rows=rows, kind="xlsx", given=given)
