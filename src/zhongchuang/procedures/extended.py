"""Whether more time was given to a space: asked of signed extensions where the window of a procedure is closed."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from zhongchuang.procedures.holders import height, holder
from zhongchuang.procedures.models import Case, Extension

Whom = Extension.Whom
YEAR = timedelta(days=366)


def deciding(procedure):
    """The step whose department gives more time: the last that people take; None where nobody does."""
    return next((one for one in reversed(procedure.steps) if one.hands), None)


def extension_for(space, pack, procedure, on):
    """The signed extension by which a procedure takes an application for a space on a day; None where there is none."""
    signed = Extension.objects.signed().of(pack.id, procedure.id).around(on)
    for one in signed.select_related("department"):
        if holder(deciding(procedure), space) == one.department and is_meant(one, space):
            return one
    return None


def is_meant(extension, space):
    """Whether an extension is for a space: for all, for those with a draft from before the old end, or by its list."""
    if extension.whom == Whom.LISTED:
        return extension.spaces.filter(pk=space.pk).exists()
    return extension.whom == Whom.ALL or drafts(extension).filter(space=space).exists()


def drafts(extension):
    """The drafts of a round for whose applicants an extension makes a difference, as far as its department decides."""
    held = Case.objects.filter(
        state=Case.Standing.DRAFT, pack=extension.pack, procedure=extension.procedure,
        space__path__startswith=extension.department.region.path,
    )  # fmt: skip
    if extension.whom == Whom.BEGUN:
        return held.filter(begun__lt=end_of(extension.last))
    return held.filter(space__in=extension.spaces.all()) if extension.whom == Whom.LISTED else held


def start_of(day):
    """The moment at which a day begins here: 00:00."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day):
    """The moment at which a day ends here: 24:00."""
    return start_of(day + timedelta(days=1))


def rounds(procedure, on):
    """The rounds that may be given more time on a day: the one that ended last, and the one that runs or comes next."""
    running = procedure.window.around(on)
    return [procedure.window.around(running[0] - YEAR), running]


def last_of(pack_id, procedure_id, round_, department):
    """The last day of a round as it stands, extended by a department or not."""
    first, last = round_
    signed = Extension.objects.signed().filter(department=department, pack=pack_id, procedure=procedure_id, first=first)  # fmt: skip
    return max([last, *signed.values_list("until", flat=True)])


def decides(organisation, pack, procedure):
    """Whether a department stands at the level at which a procedure is decided, in the region of its rules."""
    step = deciding(procedure)
    return (
        step is not None and organisation.competent and organisation.level
        and organisation.region.code.startswith(pack.region)
        and height(organisation.level) >= height(step.level)
    )  # fmt: skip
