"""Posts: offered by invitation, taken, ended."""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations import jobs
from zhongchuang.organisations.access import ENDED, may_end, may_grant, may_hold
from zhongchuang.organisations.actions.registration import establish
from zhongchuang.organisations.models import Invitation, Organisation, Post, Role, User
from zhongchuang.page.refusal import Refusal, Refused, require

LASTS = timedelta(days=7)
LAPSED = Refusal(
    "invitation_lapsed",
    _("This invitation was used, withdrawn, or has expired. Ask for a new one."),
)
INVITER_LEFT = Refusal(
    "inviter_left",
    _("The person who invited you may no longer give this post. Ask for a new invitation."),
)
FIRST_LASTS = timedelta(minutes=30)
"""How long the links of the first administrators work: they are read from a terminal (S-20)."""

OTHER_PERSON = Refusal(
    "other_person",
    _("This invitation was sent to another address. Sign out, then open the link again."),
)
HELD = Refusal("held", _("This person holds this post already."))


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def holds(email, organisation, role):
    at = Post.objects.current().filter(organisation=organisation, role=role)
    return at.filter(user__email=email.lower()).exists()


@transaction.atomic
def invite(organisation, *, by, email, name, role, until=None):
    """Offer a post by mail. The link lasts seven days; an earlier open offer of the same post is withdrawn."""
    hold(organisation.pk)
    require(may_grant(by.post, role, organisation))
    invitation, _token = offer(
        organisation, email=email, name=name, role=role, until=until, post=by.post, lasts=LASTS
    )
    given = {"role": role, "email": invitation.email, "until": until}
    log(invitation, "invited", by=by.who, given=given)
    return invitation


def offer(organisation, *, email, name, role, until, post, lasts):
    """The invitation and its token, with the letter on its way; the caller has checked and records it."""
    email = email.strip().lower()
    require(HELD if holds(email, organisation, role) else None)
    for user in User.objects.filter(email=email):
        require(may_hold(user, role))
    earlier = Invitation.objects.open().filter(email=email, organisation=organisation, role=role)
    earlier.update(withdrawn=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email, name=name, organisation=organisation, role=role, until=until,
        digest=digest_of(token), invited_by=post, expires=timezone.now() + lasts,
    )  # fmt: skip
    address = reverse("organisations:invitation", args=[token])
    jobs.write("invited", email, organisation=organisation, address=address, invitation=invitation)
    return invitation, token


@transaction.atomic
def appoint_first(region, name, mails):
    """A department with invitations for its administrators, role to address; the tokens by role.

    The platform itself appoints: for the first department of a site, which nobody stands above.
    """
    department = Organisation.objects.filter(region=region, competent=True).first()
    if department is None:
        department = establish(
            name=name, kind=Organisation.Kind.DEPARTMENT, region=region, competent=True, by=None
        )
    tokens = {}
    for role, email in mails.items():
        invitation, tokens[role] = offer(
            department, email=email, name=str(Role(role).label), role=role, until=None, post=None,
            lasts=FIRST_LASTS,
        )  # fmt: skip
        log(invitation, "invited", by=None, given={"role": role, "email": email})
    return tokens


@transaction.atomic
def withdraw(invitation, *, by):
    """Make an open invitation useless."""
    require(may_grant(by.post, invitation.role, invitation.organisation))
    done = Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn=timezone.now())
    if not done:
        raise Refused(LAPSED)
    log(invitation, "invitation_withdrawn", by=by.who)
    return invitation


def hold(organisation_id):
    """Let one at a time change the posts of an organisation, so that two never end its last two administrators.

    Closing an organisation waits here as well, so that nobody takes a post at one that is being closed.
    """
    Organisation.objects.select_for_update().filter(pk=organisation_id).first()


def midnight(day):
    """The moment at which the day ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def inviter_may_still(invitation):
    """Whether who invited could do so today; what the platform itself sent needs nobody."""
    if invitation.invited_by is None:
        return None
    still = Post.objects.current().filter(pk=invitation.invited_by_id).first()
    if may_grant(still, invitation.role, invitation.organisation):
        return INVITER_LEFT
    return None


@transaction.atomic
def accept(invitation, *, by, user=None, name="", password="", notice=""):
    """Take the post offered: with an account of one's own, or with a new one for the address invited.

    `notice` is the version of the privacy notice that the owner of a new account agreed to.
    """
    hold(invitation.organisation_id)
    used = Invitation.objects.open().filter(pk=invitation.pk).update(accepted=timezone.now())
    if not used:
        raise Refused(LAPSED)
    require(inviter_may_still(invitation))
    if user is None:
        agreed = timezone.now() if notice else None
        user = User.objects.create_user(
            invitation.email, password, name=name, notice=notice, notice_agreed=agreed
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    require(OTHER_PERSON if user.email != invitation.email else None)
    require(may_hold(user, invitation.role))
    require(HELD if holds(user.email, invitation.organisation, invitation.role) else None)
    post = Post.objects.create(
        user=user, organisation=invitation.organisation, role=invitation.role,
        until=midnight(invitation.until) if invitation.until else None,
        delegated_by=invitation.invited_by,
    )  # fmt: skip
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    log(post, "invitation_accepted", by=by, given={"invitation": invitation.pk, "user": user.pk})
    return post


@transaction.atomic
def end_post(post, *, by):
    """End a post now; it counts no more from the next request on."""
    hold(post.organisation_id)
    require(may_end(by, post))
    open_still = Post.objects.current().filter(pk=post.pk)
    if not open_still.update(until=timezone.now()):
        raise Refused(ENDED)
    log(post, "post_ended", by=by.who, given={"user": post.user_id, "role": post.role})
    return post
