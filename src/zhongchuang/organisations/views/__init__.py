"""The pages: signing up, the workbench, organisations with their people."""

from functools import partial

from allauth.account.views import SignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import (
    acting,
    grantable,
    may_confirm,
    may_correct,
    may_end,
    may_grant,
    may_invite,
    may_switch_off,
)
from zhongchuang.organisations.access.register import (
    may_change,
    may_close,
    may_delegate,
    may_reopen,
)
from zhongchuang.organisations.access.standins import may_name_stand_in
from zhongchuang.organisations.access.tokens import may_keep_tokens
from zhongchuang.organisations.actions.posts import digest_of
from zhongchuang.organisations.forms import (
    CorrectionForm,
    InvitationForm,
    NewAccountForm,
    RefusalForm,
    Sure,
)
from zhongchuang.organisations.models import (
    Delegation,
    Invitation,
    Organisation,
    Post,
    Role,
    User,
)
from zhongchuang.organisations.signin import whoever
from zhongchuang.organisations.todos import (
    all_notices,
    all_todos,
    deadlines,
    heading,
    shortcuts,
    waiting_operators,
)
from zhongchuang.page.errors import refused
from zhongchuang.page.listed import answering, ask
from zhongchuang.page.refusal import attempt

DELEGATIONS = 50
"""How many delegations an organisation's page shows; the older ones stand in the log."""


def posted(request):
    """What a form is bound to: also a request that posts nothing but its button."""
    return request.POST if request.method == "POST" else None


def do(request, form, act, *, done, to, page, keep=None):
    """Shows the page of a verb, or does it and goes on; a refusal stands at the head of the form.

    `keep` names the draft of a form into which people write: its purpose, what it is about, its title.
    """
    kept = [draft(request, form, *keep) for draft in answering("drafts")] if keep else []
    page |= {"draft": kept[0]} if kept else {}
    if request.method == "POST" and form.is_valid() and carried_out(form, act, kept):
        messages.success(request, done)
        return redirect(*to) if isinstance(to, tuple) else redirect(to)
    refusal = getattr(form, "refused", None)
    status = refusal.status if refusal else 200
    return render(request, page.pop("template"), page | {"form": form}, status=status)


def carried_out(form, act, kept):
    """Whether `act` was done; the drafts of the form go with it."""
    if not kept:
        return attempt(form, act) is not None
    with transaction.atomic():
        done = attempt(form, act) is not None
        for draft in kept if done else []:
            draft.drop()
    return done


# --- signing up -----------------------------------------------------------------------------------


@require_safe
def join(request):
    return render(request, "organisations/join.html")


class JoinView(SignupView):
    """The library's sign-up with one of our forms."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)


def take(request, offered, form):
    """Accept an invitation with the account signed in, or with one made for it."""
    if request.user.is_authenticated:
        return actions.accept(offered, by=acting(request).who, user=request.user)
    return actions.accept(offered, by=whoever(request), **form.given)


@never_cache
def invitation(request, token):
    """Take the post that a letter offers: with one's own account, or with a new one."""
    offered = get_object_or_404(Invitation.objects.of(digest_of(token)))
    if not offered.is_open:
        return render(request, "organisations/lapsed.html", {"invitation": offered}, status=410)
    if not request.user.is_authenticated and offered.has_account:
        return redirect_to_login(request.path)
    form = Sure(posted(request))
    if not request.user.is_authenticated:
        form = NewAccountForm(posted(request), email=offered.email)
    page = {"template": "organisations/invitation.html", "invitation": offered}
    act, done = partial(take, request, offered, form), _("You hold this post now.")
    return do(request, form, act, done=done, to="organisations:workbench", page=page)


# --- the workbench --------------------------------------------------------------------------------


@login_required
@require_safe
def workbench(request):
    me = acting(request)
    page = {"todos": all_todos(me), "notices": all_notices(me), "places": ask("places", me)}
    page |= {"shortcuts": shortcuts(me), "deadlines": deadlines(me)}
    page["heading"] = heading(len(page["todos"]))
    return render(request, "organisations/workbench.html", page)


@login_required
@require_POST
def take_post(request, pk):
    """Act in another of one's posts."""
    post = get_object_or_404(request.user.posts.current(), pk=pk)
    actions.take_post(request, post, by=acting(request))
    messages.success(request, _("You act as: %(post)s") % {"post": post})
    return redirect("organisations:workbench")


# --- organisations --------------------------------------------------------------------------------


def visible_organisation(request, pk):
    found = Organisation.objects.visible_to(acting(request)).select_related("region")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def own(request):
    """The organisation of the post one acts in."""
    organisation = acting(request).organisation
    if organisation is None:
        return render(request, "organisations/none.html")
    return redirect("organisations:organisation", organisation.pk)


@login_required
@require_safe
def organisation(request, pk):
    shown = visible_organisation(request, pk)
    me = acting(request)
    page = {
        "organisation": shown,
        "decider": Organisation.objects.competent_for(shown.region),
        "posts": posts_with_verbs(me, shown),
        "invitations": Invitation.objects.visible_to(me).open().filter(organisation=shown),
        "may_invite": may_invite(me, shown) is None,
        "may_confirm": may_confirm(me, shown) is None if shown.kind == "operator" else False,
        "delegations": delegations_with_verbs(me, shown),
        "may_keep_tokens": may_keep_tokens(me, shown) is None,
        "more": ask("of_organisation", me, shown),
    }
    page |= {f"may_{name}": may(me, shown) is None for name, may in KEEPING.items()}
    return render(request, "organisations/organisation.html", page)


KEEPING = {
    "change": may_change, "close": may_close, "reopen": may_reopen, "delegate": may_delegate,
}  # fmt: skip


def delegations_with_verbs(me, shown):
    """The delegations that an organisation gave or holds, newest first, each with whether one may end it."""
    either = Q(department=shown) | Q(alliance=shown)
    found = (
        Delegation.objects.visible_to(me).filter(either).select_related("department", "alliance")
    )
    return [
        {"it": one, "may_end": one.is_running and may_delegate(me, one.department) is None}
        for one in found.order_by("-since", "-pk")[:DELEGATIONS]
    ]


def posts_with_verbs(me, shown):
    """The current posts that one sees, each with what may be done with it."""
    seen = Post.objects.visible_to(me).filter(organisation=shown)
    # The system administrator also sees closed accounts, to open them again.
    posts = seen.at(timezone.now()) if me.role == Role.SYSTEM_ADMIN else seen.current()
    posts = posts.select_related("user", "organisation__region", "stands_in_for__user")
    posts = posts.order_by("role", "since")
    return [
        {
            "post": post,
            "may_end": may_end(me, post) is None,
            "may_name_stand_in": may_name_stand_in(me, post) is None,
            "may_close": me.role == Role.SYSTEM_ADMIN and may_switch_off(me, post.user) is None,
        }
        for post in posts
    ]


@login_required
def invite(request, pk):
    at = visible_organisation(request, pk)
    me = acting(request)
    if refusal := may_invite(me, at):
        return refused(request, refusal)
    form = InvitationForm(posted(request), roles=grantable(me.post, at))
    return do(
        request, form, lambda: actions.invite(at, by=me, **form.cleaned_data),
        done=_("The invitation is on its way."), to=("organisations:organisation", pk),
        page={"template": "organisations/invite.html", "organisation": at},
        keep=("organisations.invite", pk, _("Invite")),
    )  # fmt: skip


@login_required
def withdraw(request, pk):
    me = acting(request)
    offered = get_object_or_404(Invitation.objects.visible_to(me).open(), pk=pk)
    if refusal := may_grant(me.post, offered.role, offered.organisation):
        return refused(request, refusal)
    form = Sure(posted(request))
    page = {"template": "organisations/withdraw.html", "invitation": offered}
    return do(
        request, form, partial(actions.withdraw, offered, by=me), page=page,
        done=_("The invitation was withdrawn."),
        to=("organisations:organisation", offered.organisation_id),
    )  # fmt: skip


@login_required
def end_post(request, pk):
    me = acting(request)
    post = get_object_or_404(Post.objects.visible_to(me).current(), pk=pk)
    if refusal := may_end(me, post):
        return refused(request, refusal)
    form = Sure(posted(request))
    page = {"template": "organisations/end_post.html", "post": post}
    return do(
        request, form, partial(actions.end_post, post, by=me), page=page,
        done=_("The post has ended."), to="organisations:own",
    )  # fmt: skip


@login_required
def switch(request, pk, *, on):
    """Close an account, or open it again."""
    me = acting(request)
    person = get_object_or_404(User.objects.visible_to(me), pk=pk)
    if refusal := may_switch_off(me, person):
        return refused(request, refusal)
    form, act = Sure(posted(request)), actions.switch_on if on else actions.switch_off
    return do(
        request, form, partial(act, person, by=me),
        done=_("The account is open.") if on else _("The account is closed."),
        to="organisations:own", page={"template": "organisations/switch.html", "person": person, "on": on},
    )  # fmt: skip


# --- registrations --------------------------------------------------------------------------------


@login_required
@require_safe
def waiting(request):
    """Operators that wait for this department."""
    return render(
        request, "organisations/waiting.html", {"operators": waiting_operators(acting(request))}
    )


@login_required
def confirm(request, pk):
    operator, me = visible_organisation(request, pk), acting(request)
    if refusal := may_confirm(me, operator):
        return refused(request, refusal)
    page = {"template": "organisations/confirm.html", "organisation": operator}
    form, act = Sure(posted(request)), partial(actions.confirm, operator, by=me)
    done = _("The operator is confirmed.")
    return do(request, form, act, done=done, to="organisations:waiting", page=page)


@login_required
def refuse(request, pk):
    operator, me = visible_organisation(request, pk), acting(request)
    if refusal := may_confirm(me, operator):
        return refused(request, refusal)
    page = {"template": "organisations/refuse.html", "organisation": operator}
    form = RefusalForm(posted(request))
    return do(
        request, form, lambda: actions.refuse(operator, by=me, **form.cleaned_data),
        done=_("The operator was told why."), to="organisations:waiting", page=page,
        keep=("organisations.refuse", pk, operator.name),
    )  # fmt: skip


@login_required
def correct(request):
    me = acting(request)
    if refusal := may_correct(me):
        return refused(request, refusal)
    mine = me.organisation
    given = {
        "organisation": mine.name, "credit_code": mine.credit_code, "region": mine.region.full_name,
    }  # fmt: skip
    form = CorrectionForm(posted(request), initial=given)
    page = {"template": "organisations/correct.html", "organisation": mine}
    return do(
        request, form, lambda: actions.correct(mine, by=me, **form.organisation_given),
        done=_("The registration was sent again."), to="organisations:own", page=page,
        keep=("organisations.correct", mine.pk, mine.name),
    )  # fmt: skip
