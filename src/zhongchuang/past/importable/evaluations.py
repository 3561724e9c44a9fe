"""Results of evaluations, one a row."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column
from zhongchuang.past.importable.rows import (
    NOTE,
    Checking,
    aliases,
    answers,
    checked,
    closing,
    named,
)
from zhongchuang.past.models import Evaluation
from zhongchuang.past.rules import grade_id, grades_of
from zhongchuang.spaces.importable.columns import fault

CENT = Decimal("0.01")
HIGHEST = Decimal(100_000)
RESULTS = tuple(Evaluation.Result.choices)


def columns():
    packs = [pack for pack in all_packs().values() if grades_of(pack)]
    return (
        *named(packs),
        Column("programme", _("Name of the evaluation"), required=True, longest=200, aliases=aliases("evaluation")),
        Column("period", _("Period"), longest=60, aliases=aliases("period"), about=_("Where it is not the whole year.")),
        Column("grade", _("Grade"), longest=60, aliases=aliases("grade"), about=_("As the document words it.")),
        Column("result", _("Result"), "choice", choices=RESULTS, answers=answers(RESULTS), aliases=aliases("result"), about=_("What the grade means. Blank: read from the grade where its word is one of these, otherwise unknown.")),
        Column("score", _("Score"), longest=12, aliases=aliases("score"), about=_("A number with at most two digits behind the point.")),
        Column("evaluator", _("Evaluated by"), longest=200, aliases=aliases("evaluator"), about=_("The department or body; no names of people.")),
        *closing(),
        NOTE,
    )  # fmt: skip


def checked_evaluations(rows, *, by, scope, existing, on):
    """What writing the rows would do."""
    del scope, existing, on
    return checked(OfEvaluations(rows, by=by), rows)


class OfEvaluations(Checking):
    model = Evaluation
    same = ("year", "period", "programme")
    compared = ("operator_id", "pack", "grade", "result", "score", "evaluator", "basis", "day", "note")  # fmt: skip

    def of_kind(self, place, row):
        if not (row["grade"] or row["result"] or row["score"]):
            yield fault(place, "grade", "nothing", gettext_noop("Say what came out: a grade, a result or a score. A row that says none of them tells nothing."))  # fmt: skip
        if row["score"] and score_of(row["score"]) is None:
            yield fault(place, "score", "score", gettext_noop("“%(found)s” is no score. Write a number of at least 0 with at most two digits behind the point."), found=row["score"])  # fmt: skip
        pack = self.packs.get(row["pack"])
        if pack and row["grade"] and not grade_id(pack, row["grade"]):
            names = " / ".join(one.text["zh"] for one in grades_of(pack).values())
            yield fault(
                place, "grade", "other_grade",
                gettext_noop("These rules have no grade “%(found)s” (they have %(allowed)s). It is kept as it is written."),
                warning=True, found=row["grade"], allowed=names,
            )  # fmt: skip

    def record(self, row, **whose):
        grade, pack = row["grade"] or "", self.packs.get(row["pack"])
        return Evaluation(
            **whose, **self.common(row, row["programme"]), period=row["period"] or "", grade=grade,
            grade_id=grade_id(pack, grade), result=row["result"] or meant(grade),
            score=score_of(row["score"]) if row["score"] else None, evaluator=row["evaluator"] or "",
        )  # fmt: skip


def meant(grade):
    """The result that a grade names by its word; empty where it names none."""
    return answers(RESULTS).get(grade, "")


def score_of(text):
    """A score, exactly; None where the text is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite() or not 0 <= found < HIGHEST or found != found.quantize(CENT):
        return None
    return found.quantize(CENT)
