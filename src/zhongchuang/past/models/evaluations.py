"""How a space was evaluated in a year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.past.models.record import Record, a_correction_has_a_reason


class Evaluation(Record):
    """A result of a yearly evaluation, as a document tells it; what it does not tell is blank."""

    class Result(models.TextChoices):
        EXCELLENT = "excellent", pgettext_lazy("evaluation", "excellent")
        GOOD = "good", pgettext_lazy("evaluation", "good")
        PASSED = "passed", pgettext_lazy("evaluation", "passed")
        FAILED = "failed", pgettext_lazy("evaluation", "failed")
        MISSED = "missed", pgettext_lazy("evaluation", "took no part")

    KIND = "evaluations"
    ENTERED = ("year", "period", "programme", "grade", "result", "score", "evaluator", "basis")

    period = models.CharField(_("period"), max_length=60, blank=True, help_text=_("Where it is not the whole year."))  # fmt: skip
    grade = models.CharField(_("grade"), max_length=60, blank=True, help_text=_("As the document words it."))  # fmt: skip
    grade_id = models.CharField(max_length=64, blank=True, help_text="Of the rules, where they have it.")  # fmt: skip
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True, blank=True)
    evaluator = models.CharField(_("evaluated by"), max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["space", "year", "period", "programme"], condition=Q(is_current=True),
                name="one_current_result_an_evaluation",
            ),
            models.CheckConstraint(
                condition=~Q(grade="") | ~Q(result="") | Q(score__isnull=False),
                name="an_evaluation_says_what_came_out",
            ),
            a_correction_has_a_reason("an_evaluation"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-day", "-id"], name="evaluations_by_age")]

    @property
    def outcome(self):
        """Grade or result, and the score, in words."""
        told = [self.grade or str(self.get_result_display())] if self.grade or self.result else []
        return " · ".join([*told, *([f"{self.score.normalize():f}"] if self.score is not None else [])])  # fmt: skip
