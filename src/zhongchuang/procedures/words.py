"""The words of the moves: on buttons, and in the course of a case."""

from django.utils.translation import pgettext, pgettext_lazy

from zhongchuang.gap.words import chinese
from zhongchuang.policy.citation import Citation

BUTTONS = {
    "consent": pgettext_lazy("move", "Consent"),
    "recommend": pgettext_lazy("move", "Recommend"),
    "conclude": pgettext_lazy("move", "Conclude the review"),
    "report": pgettext_lazy("move", "Hand in the report of the visit"),
    "close": pgettext_lazy("move", "Close the public notice"),
    "grant": pgettext_lazy("move", "Grant"),
    "refuse": pgettext_lazy("move", "Do not grant"),
    "return": pgettext_lazy("move", "Return for correction"),
    "sign": pgettext_lazy("move", "Sign"),
    "send_back": pgettext_lazy("move", "Back to the clerk"),
}
MOVES = BUTTONS | {
    "submit": pgettext_lazy("move", "Handed in"),
    "resubmit": pgettext_lazy("move", "Handed in corrected"),
    "withdraw": pgettext_lazy("move", "Withdrawn"),
    "propose": pgettext_lazy("move", "Proposed"),
    "uphold": pgettext_lazy("move", "Not granted after an objection"),
    "reopen": pgettext_lazy("move", "Back to the step before, after an objection"),
    "annul": pgettext_lazy("move", "Refusal lifted in a review, taken up again"),
    "extend": pgettext_lazy("move", "More time"),
    "hand_over": pgettext_lazy("move", "Handed over to a colleague"),
}


def propose_word(name):
    """The word on the button of a proposal."""
    return pgettext("move", "Propose: %(move)s") % {"move": BUTTONS[name]}


def counted(number):
    """A number as it counts batches: written out in Chinese, in figures otherwise."""
    return str(Citation(chapter=number)) if chinese() else str(number)
