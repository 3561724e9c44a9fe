"""Who brings past evaluations and grants in, puts them right, and opens what a person got."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.page.refusal import Refusal, conflict

PUT_RIGHT = conflict("put_right", _("Another row put this one right already. Go on from that one."))


def may_bring_in(acting, _scope=""):
    """Whether this post brings rows in: those who work on cases at a competent department do."""
    own = acting.organisation
    is_theirs = own is not None and own.kind == Organisation.Kind.DEPARTMENT and own.competent
    if not is_theirs or acting.role not in OFFICIALS - {Role.FINANCE}:
        return Refusal("not_competent", _("Past evaluations and grants are brought in by the competent department that keeps the record of them."))  # fmt: skip
    return None


def may_correct(acting, record):
    """Whether this post puts a row right: the department that brought it in does."""
    if may_bring_in(acting) or acting.organisation != record.department:
        return Refusal("not_theirs", _("This row is put right by the department that brought it in: %(name)s."), {"name": record.department.name})  # fmt: skip
    return None if record.is_current else PUT_RIGHT


def may_reveal(acting, record, _field=None):
    """Whether this post opens what a person got: officials in whose reach the space lies do."""
    if acting.role in OFFICIALS and any(record.space.path.startswith(path) for path in acting.post.reach):  # fmt: skip
        return None
    return Refusal("not_officials", _("What a person got is opened by officials of the place, with a reason that is recorded."))  # fmt: skip


def may_export(acting):
    """Whether this post takes the register away as a file: officials do."""
    if acting.organisation is None or acting.role not in OFFICIALS:
        return Refusal("not_officials", _("The register is taken away by officials. An operator finds its own rows on its pages."))  # fmt: skip
    return None
