"""A decision that can be contested, whatever it is about: a refusal, a revocation, or what another app decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zhongchuang.organisations.models import Organisation
from zhongchuang.page.listed import ask
from zhongchuang.policy.pack import Pack
from zhongchuang.procedures.models import RuleVersion
from zhongchuang.spaces.models import Space


@dataclass(frozen=True)
class Contested:
    """What a review looks at again.

    `subject` names the thing, and `decision` this decision on it and no other. `procedure` is the one whose decision it
    is; empty where the rules have none of the kind. `level` is the level that decided. `kept` gives the rules by which
    it was decided, kept for good. `took_part` are the keys of those who may not act in the review. `annul` lets the
    decision fall: `annul(review, act, by=…)`, in the transaction of the granting signature.
    """

    subject: str
    decision: str
    title: str
    number: str
    url: str
    space: Space
    operator: Organisation
    received: date
    pack: Pack
    kept: Callable[[], RuleVersion]
    procedure: str
    level: str
    took_part: frozenset
    annul: Callable[..., None]
    is_review: bool = False


def contested_as(subject):
    """The decision that stands on the thing of a name; None where nothing of it can be contested."""
    return next(iter(ask("contestable", subject)), None)
