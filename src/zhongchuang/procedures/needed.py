"""What a step needs before it leads on, and what other apps have to show beside a case: both are asked of all apps."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zhongchuang.page.listed import ask
from zhongchuang.page.refusal import Refusal


@dataclass(frozen=True)
class Need:
    """One need of the step at which a case stands (`policy.procedure.NEEDS`), and how far it is met.

    `url` is where it is met, `label` the text of the way there; both empty where the reader has nothing to do.
    """

    id: str
    text: str
    is_met: bool
    says: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Beside:
    """Something of another app that belongs to a case: a line with a link, shown beside it; `mark` where it is to be noticed.

    `is_next` where it is what its reader can do now, so that it is a button at the head as well.
    """

    text: str
    says: str = ""
    url: str = ""
    mark: str = ""
    is_next: bool = False


def needed(case, acting=None):
    """The needs of the step at which a case stands, as the apps that keep them see them; `acting` is the reader."""
    if case.state != case.Standing.RUNNING or not case.at.needs:
        return []
    return [one for one in ask("needs", case, acting) if one.id in case.at.needs]


def lacking(case):
    """The refusal to lead on while a need is not met; None where nothing is lacking."""
    open_ = [one for one in needed(case) if not one.is_met]
    if not open_:
        return None
    names = "；".join(str(one.text) for one in open_)
    return Refusal("lacking", _("This step needs first: %(names)s. The way there stands on the page of the case."), {"names": names}, 409)  # fmt: skip


def beside(case, acting):
    """What other apps show beside a case, for its reader."""
    return ask("beside", case, acting)
