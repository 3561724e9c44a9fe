"""Who answers what a person asks about their own data; every answer "no" says why."""

from http import HTTPStatus

from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import is_last_of_its_kind
from zhongchuang.organisations.models import Organisation, Post, Role
from zhongchuang.organisations.models.people import ADMINISTRATORS
from zhongchuang.page.refusal import Refusal

NOBODY = Refusal(
    "nobody_answers",
    _("No department has a system administrator yet, so nobody could answer. Use the telephone number at the foot of the page."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
OPEN_ALREADY = Refusal(
    "open_already",
    _("You asked for this before, and it is not answered yet. You see it in the list."),
    status=HTTPStatus.CONFLICT,
)
ANSWERED = Refusal(
    "answered", _("This request has already been answered."), status=HTTPStatus.CONFLICT
)


def department_for(user):
    """The department that answers a person: the nearest one upwards that has a system administrator other than them.

    Who belongs to no organisation is answered by the highest department of the platform.
    """
    keepers = Post.objects.current().filter(role=Role.SYSTEM_ADMIN).exclude(user=user)
    able = Organisation.objects.confirmed().filter(
        kind=Organisation.Kind.DEPARTMENT, pk__in=keepers.values("organisation")
    )
    own = [post.organisation.region for post in user.current_posts if post.organisation_id]
    for region in own[:1]:
        near = able.filter(region__path__in=region.paths_above)
        found = near.order_by(Length("region__path").desc(), "pk").first()
        if found:
            return found
    return able.order_by(Length("region__path"), "pk").first()


def may_answer(acting, request):
    """Whether this post answers a request: the system administrator of the department, not the person themselves."""
    if acting.role != Role.SYSTEM_ADMIN or acting.organisation.pk != request.department_id:
        return Refusal(
            "not_the_keeper",
            _("This request is answered by the system administrator of %(name)s."),
            {"name": request.department.name},
        )
    if request.user_id == acting.user.pk:
        return Refusal("same_person", _("Nobody answers their own request."))
    if request.state != request.State.OPEN:
        return ANSWERED
    return None


def may_erase(user):
    """Whether an account may be deleted: not the last administrator, and not before official posts have ended."""
    for post in user.current_posts:
        if post.role in ADMINISTRATORS and is_last_of_its_kind(post):
            return Refusal(
                "last_administrator",
                _("This person is the last administrator of a kind. Appoint another one first."),
                status=HTTPStatus.CONFLICT,
            )
    return None
