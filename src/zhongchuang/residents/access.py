"""Who writes about residents; every answer "no" says why."""

from http import HTTPStatus

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import may_correct
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS, Role
from zhongchuang.page.refusal import Refusal
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.spaces.models import Space

NOT_HERE = Refusal("not_here", _("Only a space at which it stays now writes about a resident."))
GONE = Refusal(
    "gone",
    _("This stay has ended. If that was entered wrongly, strike the line out and take the resident in anew."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip


MERGED = Refusal(
    "merged",
    _("This record was merged into another one. Open that one, and write there."),
    status=HTTPStatus.CONFLICT,
)
APART = Refusal("apart", _("This merger was taken back already."), status=HTTPStatus.CONFLICT)
NOT_MERGING = Refusal(
    "not_merging", _("Those who run spaces and the departments of their regions merge records.")
)
OUT_OF_REACH = Refusal(
    "out_of_reach",
    _("One of both stays or stayed at a space that is not yours. The department of the region that has all these spaces merges them."),
)  # fmt: skip


def stays_with(acting, resident):
    """Open stays of the resident, or of one merged into it, at spaces of this post's operator."""
    return Stay.objects.standing().filter(
        Q(resident=resident) | Q(resident__merged_into=resident), until=None, space__operator=acting.organisation
    )  # fmt: skip


def may_change(acting, resident):
    """Whether this post changes what is known of a resident: those who run a space at which it stays now."""
    if resident.merged_into_id:
        return MERGED
    own = acting.organisation
    runs = own is not None and own.kind == Organisation.Kind.OPERATOR and acting.role in APPLICANTS
    return None if runs and stays_with(acting, resident).exists() else NOT_HERE


def may_know(acting, person):
    """Whether this post changes a founder, or opens a number: those of the operator that recorded the person.

    Another space at which the same firm stays sees the masks, and records whom it knows itself.
    """
    if acting.role not in APPLICANTS or acting.organisation != person.operator:
        return Refusal(
            "not_yours",
            _("Only the operator that recorded this person changes or opens what is recorded."),
        )
    return None


def may_move(acting, stay):
    """Whether this post moves a stay along or ends it."""
    refusal = may_correct(acting, stay)
    return refusal or (GONE if stay.until else None)


def merges(acting):
    """Whether this post merges records at all: who runs spaces, and officials of departments and alliances."""
    own = acting.organisation
    if own is None:
        return False
    runs = own.kind == Organisation.Kind.OPERATOR and acting.role in APPLICANTS
    return runs or acting.role in OFFICIALS - {Role.FINANCE}


def in_reach(acting):
    """The condition that a stay lies at a space of one's own, or of one's region."""
    if acting.role in APPLICANTS:
        return Q(space__operator=acting.organisation)
    found = Q(pk__in=[])
    for path in acting.post.reach:
        found |= Q(space__path__startswith=path) & ~Q(space__state=Space.State.DRAFT)
    return found


def may_merge(acting, *residents):
    """Whether this post merges these records: all their stays lie within its reach."""
    if not merges(acting):
        return NOT_MERGING
    stays = Stay.objects.standing()
    for one in residents:
        theirs = stays.filter(Q(resident=one) | Q(resident__merged_into=one))
        if not theirs.exists() or theirs.exclude(in_reach(acting)).exists():
            return OUT_OF_REACH
    return None


def may_take_apart(acting, made):
    """Whether this post takes a merger back: by the rule by which it would merge."""
    refusal = may_merge(acting, made.survivor)
    return refusal or (APART if made.undone else None)


def may_merge_people(acting, *people):
    """Whether this post merges founders: by the rule for the residents that they founded."""
    return may_merge(acting, *(one.resident for one in people))


def may_take_people_apart(acting, made):
    """Whether this post takes a merger of founders back."""
    refusal = may_merge_people(acting, made.survivor, made.merged)
    return refusal or (APART if made.undone else None)


# --- a resident's own people ----------------------------------------------------------------------


def acts_for(acting, resident):
    """Whether this post is one of the resident's own people."""
    return Resident.objects.own_of(acting).filter(pk=resident.pk).exists()


def own_stays(acting, on):
    """The stays on a day of the residents that this post acts for."""
    own = Resident.objects.own_of(acting)
    return Stay.objects.standing().on(on).filter(resident__in=own)
