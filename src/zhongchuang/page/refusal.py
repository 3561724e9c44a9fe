"""A refusal: the one sentence that button, form, API and command show when something may not be done."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a stable code, a sentence with named placeholders, the answer's status.

    `field` names the entry that it is about, where it is about one.
    """

    code: str
    sentence: str | Promise
    params: dict = field(default_factory=dict)
    status: int = HTTPStatus.FORBIDDEN
    field: str = ""

    def __str__(self):
        return str(self.sentence) % self.params if self.params else str(self.sentence)


def conflict(code, sentence, **params):
    """A refusal because of how things stand now, not of who asks."""
    return Refusal(code, sentence, params, status=HTTPStatus.CONFLICT)


class Refused(Exception):
    """What an action raises when it is called although it may not be done."""

    def __init__(self, refusal):
        super().__init__(refusal.code)
        self.refusal = refusal

    def __str__(self):
        return str(self.refusal)


def require(refusal):
    """Go on only where there is no refusal."""
    if refusal is not None:
        raise Refused(refusal)


def attempt(form, act):
    """What `act` returns; where it refuses, None, and the refusal stands at its field, or at the head of the form."""
    try:
        return act()
    except Refused as refused:
        form.refused = refused.refusal
        field = refused.refusal.field
        form.add_error(field if field in form.fields else None, str(refused.refusal))
        return None
