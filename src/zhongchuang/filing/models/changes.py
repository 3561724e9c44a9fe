"""What changed of a space while it held a title: the title keeps its number and tells it."""

from django.db import models
from django.db.models import Q

from zhongchuang.filing.models.titles import Title
from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models import Case
from zhongchuang.spaces.models import Change


class TitleChange(models.Model):
    """A major change that was granted: registered on the day of the decision, in force from the day of the change."""

    title = models.ForeignKey(Title, models.PROTECT, related_name="changes")
    change = models.ForeignKey(Change, models.PROTECT, related_name="titles")
    case = models.ForeignKey(Case, models.PROTECT, related_name="title_changes")
    registered = models.DateField()
    operator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+",
        help_text="The new one, of a change of operator.",
    )  # fmt: skip
    carried = models.DateField(null=True, help_text="When the title went over to it.")

    public_fields = ("registered",)

    class Meta:
        ordering = ["registered", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["title", "change"], name="a_change_is_registered_once_at_a_title"
            ),
            models.CheckConstraint(
                condition=Q(carried=None) | ~Q(operator=None),
                name="what_was_carried_over_has_an_operator",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.registered}"
