"""Packs are handed in and kept, proposed for a day with a reason, and activated by a second person; nothing is deleted."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, Refused, conflict, require
from zhongchuang.records.actions import change
from zhongchuang.rulebooks.access import fits, may_decide, may_hand_in, may_propose
from zhongchuang.rulebooks.activated import forget
from zhongchuang.rulebooks.models import Activation, Rulebook
from zhongchuang.rulebooks.reading import CASES, PACK, looked_through

State = Activation.State
PAST = Refusal("past", _("Choose today or a later day: what was decided by the rules of a past day stays as it is."), status=200, field="starts")  # fmt: skip
WAITS = conflict("waits", _("A proposal for this pack waits for its signature already."))
NO_WHY = Refusal("no_words", _("Say why it is not signed: your colleague reads it."), status=200, field="words")  # fmt: skip


@transaction.atomic
def keep(texts, *, by):
    """Keep a pack in which nothing is wrong; handed in twice it is the same one. `texts` by the names of its files."""
    require(may_hand_in(by))
    lint = looked_through(texts)
    require(fits(by, lint.pack))
    digest = hashlib.sha256(texts[PACK].encode()).hexdigest()
    held = Rulebook.objects.filter(digest=digest).first()
    if held:
        return held
    book = Rulebook.objects.create(
        digest=digest, pack=lint.pack.id, version=lint.pack.version, content=texts[PACK], cases=texts[CASES],
        department=by.organisation, kept_by=by.user,
    )  # fmt: skip
    log(book, "rulebook_kept", by=by.who, new={"pack": book.pack, "version": book.version, "digest": digest, "cases": lint.cases})  # fmt: skip
    return book


@transaction.atomic
def propose(book, *, by, starts, reason):
    """Propose that a kept pack holds from a day on; an older one is proposed in the same way."""
    require(may_propose(by, book.rules))
    require(fits(by, book.rules))
    return proposed(book.pack, book, by, starts, reason)


@transaction.atomic
def propose_end(pack, *, by, starts, reason):
    """Propose that from a day on no pack of ours holds, but the product's own where there is one."""
    require(may_propose(by, pack))
    return proposed(pack.id, None, by, starts, reason)


def proposed(pack_id, book, by, starts, reason):
    require(PAST if starts < timezone.localdate() else None)
    try:
        with transaction.atomic():
            activation = Activation.objects.create(pack=pack_id, rulebook=book, department=by.organisation, starts=starts, reason=reason, proposed_by=by.user)  # fmt: skip
    except IntegrityError:
        raise Refused(WAITS) from None
    log(activation, "rulebook_proposed", by=by.who, new={"pack": pack_id, "version": book and book.version, "digest": book and book.digest, "starts": starts, "reason": reason})  # fmt: skip
    return activation


@transaction.atomic
def decide(activation, *, by, version, agrees, words=""):
    """Activate what was proposed, or do not; from its day on every process reads it."""
    require(may_decide(by, activation))
    require(NO_WHY if not agrees and not words else None)
    require(PAST if agrees and activation.starts < timezone.localdate() else None)
    require(fits(by, activation.rulebook.rules) if agrees and activation.rulebook else None)
    state = State.SIGNED if agrees else State.REFUSED
    change(activation, version=version, state=state, decided=timezone.now(), decided_by=by.user, words=words)  # fmt: skip
    book = activation.rulebook
    log(activation, "rulebook_activated" if agrees else "rulebook_refused", by=by.who, new={"pack": activation.pack, "digest": book and book.digest, "starts": activation.starts, "reason": words or activation.reason})  # fmt: skip
    forget()
    return activation
