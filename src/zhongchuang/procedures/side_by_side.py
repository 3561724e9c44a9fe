"""The cases of a batch beside each other: on the page, in a workbook, on paper."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhongchuang.gap import sentences, words
from zhongchuang.page.typesetting import fonts, typeset
from zhongchuang.policy.procedure import PROPOSE
from zhongchuang.procedures.access_batches import choices_of, is_running, stands_at
from zhongchuang.procedures.judging import answer, asks_reasons, open_cells
from zhongchuang.procedures.models import Member
from zhongchuang.procedures.needed import needed
from zhongchuang.procedures.words import MOVES
from zhongchuang.tables.writing import OutSheet, write

TEMPLATE = Path(__file__).parent / "batch.typ"
NAMED = 3
"""So many open conditions are named on the page; a file names all."""


@dataclass(frozen=True)
class Row:
    """A case as the table shows it. `open` are names of conditions not met, unknown or not judged; `lacking` what the step needs."""

    member: Member
    verdict: str
    open: tuple
    lacking: tuple
    opinions: tuple
    proposal: object
    choices: tuple
    asks: bool = False
    """Whether who proposes to lead it on says why, since conditions are open."""

    @property
    def case(self):
        return self.member.case

    @property
    def more(self):
        """How many open conditions are not named on the page."""
        return max(len(self.open) - NAMED, 0)


def rows_of(batch, acting):
    """The cases that are in a batch, in the order in which they were put in."""
    at = stands_at(batch)
    return [row_of(one, acting, at) for one in batch.held()]


def row_of(member, acting, at):
    case = member.case
    judged = answer(case)
    cells = open_cells(judged) if judged else []
    running = is_running(case)
    choices = tuple(choices_of(acting, case)) if running and case.step == at else ()
    return Row(
        member=member,
        verdict=sentences.conclusion(judged)[0] if judged else "–",
        open=tuple(dict.fromkeys(words.say(one.leaf.condition.text) for one in cells)),
        lacking=tuple(f"{one.text}{'：' if words.chinese() and one.says else ': ' if one.says else ''}{one.says}" for one in needed(case, acting) if not one.is_met) if running else (),
        opinions=tuple(case.advice.exclude(answered=None).select_related("adviser")),
        proposal=proposal_of(case),
        choices=choices,
        asks=bool(cells) and case.at is not None and case.at.forward in choices and asks_reasons(case, case.at.forward),
    )  # fmt: skip


def proposal_of(case):
    """What was proposed at the step where a case stands and waits for its signature; None where nothing was."""
    if not case.proposed:
        return None
    return case.acts.filter(step=case.step, move=PROPOSE).select_related("user").order_by("-number").first()  # fmt: skip


def cells_of(row, number):
    """A row of a file."""
    case, said = row.case, row.proposal
    return [
        number, case.number, case.space.name, case.operator.name, case.space.region.full_name,
        words.say(case.at.text) if case.at else "", row.verdict, "；".join(row.open),
        "；".join(f"{one.adviser.name}：{one.answer}" for one in row.opinions),
        str(MOVES.get(case.proposed, "")) if case.proposed else "", said.words if said else "", row.member.refusal,
    ]  # fmt: skip


def header():
    return [
        _("No."), _("Number"), _("Space"), _("Operator"), _("Region"), _("Step"), _("Verdict"), _("Open conditions"),
        _("Opinions"), pgettext("case", "Proposal"), _("Reason"), _("Why it stayed behind"),
    ]  # fmt: skip


def workbook(batch, acting):
    """The list as a workbook."""
    rows = [cells_of(row, number) for number, row in enumerate(rows_of(batch, acting), 1)]
    widths = (5, 16, 28, 28, 24, 20, 16, 40, 30, 14, 30, 30)
    return write([OutSheet(str(batch), header(), rows, widths=widths)], "xlsx")


PRINTED = (0, 1, 2, 3, 6, 7, 9, 10)
"""The columns that fit on paper."""


def pdf(batch, acting):
    """The list on sheets of A4, turned."""
    rows = [cells_of(row, number) for number, row in enumerate(rows_of(batch, acting), 1)]
    printed = date_format(timezone.localtime(timezone.now()), "Y-m-d H:i")
    content = {
        "fonts": fonts(),
        "lang": "zh" if words.chinese() else "en",
        "site": str(settings.SITE["name"]),
        "title": str(batch),
        "under": batch.department.name,
        "printed": _("Printed on %(day)s") % {"day": printed},
        "header": [header()[column] for column in PRINTED],
        "rows": [[str(row[column]) for column in PRINTED] for row in rows],
    }
    return typeset(TEMPLATE, content)
