"""Sending a form: once however often its button is pressed, and never over what another wrote meanwhile."""

import uuid
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import acting
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refusal, Refused, attempt, require
from zhongchuang.records import actions
from zhongchuang.records.models import Receipt
from zhongchuang.records.views.drafts import TOKEN, kept_of, offer, shown

OTHER_POST = Refusal(
    "other_post",
    _(
        "You opened this form for another organisation than the one you act for now. Choose your post at the head of the page; what you entered is kept."
    ),
    status=409,
)


def send(  # noqa: PLR0913 -- a view says all that it wants in one call
    request, form, act, *, purpose, done, page, to=None, key="", title="", refusal=None
):
    """Show a form with its draft, or send it: `act(**fields)` is called once, and the draft goes with it.

    `form` is a Keyed one; of a Seen one `act` is also given the `version`, for `change`. Where to go on is `to`, or
    what `act` returns: an address, or a row that has one. A `refusal` of the verb is the whole page before anything
    was entered; one that comes while the form was open, or that `act` raises, stands at the head of the form with all that was entered, and where someone else was first, also what
    they changed. `purpose`, `key` and `title` name the draft: which form, about what, in the reader's words.
    """
    if request.method == "POST" and (answer := answered(request, form, purpose)):
        return redirect(answer)
    late = request.method == "POST" and refusal and refusal.status == HTTPStatus.CONFLICT
    if refusal and not (late and form.visible_fields()):
        return refused(request, refusal)
    page["draft"] = offer(request, form, purpose=purpose, key=key, title=title)
    if request.method == "POST" and form.is_valid():
        carried = partial(
            carry_out,
            request,
            form,
            act,
            purpose=purpose,
            to=to,
            draft=page["draft"],
            refusal=refusal,
        )
        if address := attempt(form, carried):
            messages.success(request, done)
            return redirect(address)
    elif late:
        attempt(form, partial(require, refusal))
    raised = getattr(form, "refused", None)
    page["changes"] = changes_for(form, raised) if raised else []
    status = raised.status if raised else 200
    return render(request, page.pop("template"), page | {"form": form}, status=status)


def answered(request, form, purpose):
    """The answer to this very form where it was carried out before: asked before anything is refused."""
    try:
        key = uuid.UUID(request.POST.get(form.add_prefix("request_key"), ""))
    except ValueError:
        return None
    sent = Receipt.objects.filter(pk=key, user=request.user.pk, purpose=purpose)
    return sent.values_list("answer", flat=True).first()


def carry_out(request, form, act, *, purpose, to, draft, refusal=None):
    """The address to go on to; act and draft in one transaction, once for the key of the form."""
    require(refusal)
    if request.POST.get(TOKEN):
        opened, *_rest = kept_of(request)
        if opened is None or opened.organisation != draft.place.organisation:
            raise Refused(OTHER_POST)
    given = dict(form.cleaned_data)
    sent = given.pop("request_key")

    def once_only():
        answer = act(**given)
        draft.drop()
        return resolve_url(*to) if isinstance(to, tuple) else resolve_url(to or answer)

    return actions.once(sent, once_only, by=acting(request), purpose=purpose)


def changes_for(form, refusal):
    """What others changed, in the words of the form; sent again, the form goes over it knowingly."""
    if "version" in form.fields and refusal.params.get("version"):
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(refusal.params["version"])
    return [
        {"who": one["who"], "when": one["when"]} | in_words(form.fields.get(one["name"]), one)
        for one in refusal.params.get("changes", ())
    ]


def in_words(field, one):
    label = field.label if field else one["name"]
    old, new = (shown(field, one[part]) for part in ("old", "new"))
    return {"label": label, "old": old, "new": new}
