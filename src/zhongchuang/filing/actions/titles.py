"""A title is given, comes to its end, is given up, or is revoked, with what follows for its operator."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.credit import actions as credit
from zhongchuang.credit.rules import FALSE_MATERIAL, after_years
from zhongchuang.filing.access import may_give_up, may_revoke
from zhongchuang.filing.actions.renewing import first_day, predecessor
from zhongchuang.filing.models import Ban, Title
from zhongchuang.filing.rules import reminders
from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import require
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letter

State = Title.State


def give(case, act, *, by):
    """The title that a granted case ends with; it holds from the day of the decision, or follows the one that it renews."""
    gives, earlier = case.course.gives, predecessor(case)
    since = first_day(earlier, timezone.localdate(act.moment))
    title = Title.objects.create(
        case=case, number=f"{case.pack.upper()}-{case.number}", space=case.space, operator=case.operator,
        department=act.organisation or case.department, pack=case.pack, kind=gives.id, level=gives.level,
        counts_as=counted(case.pack, gives),
        name_zh=gives.title["zh"], name_en=gives.title["en"], of_space=case.space.name,
        of_operator=case.operator.name, since=since, until=after_years(since, gives.years) if gives.years else None,
        follows=earlier,
    )  # fmt: skip
    log(title, "title_given", by=by.who if by else None, new={"number": title.number, "since": since, "until": title.until})  # fmt: skip
    return title


def counted(pack, gives):
    """What a title counts as: by the rules that give it, or, where these were kept before rules said so, as they stand now."""
    now = all_packs().get(pack)
    courses = now.procedures.values() if now else ()
    latest = (one.gives.counted for one in courses if one.gives and one.gives.id == gives.id)
    return gives.counted or next(filter(None, latest), "")


@transaction.atomic
def revoke(title, *, by, version, words, false_material=False):
    """End a title with the reason; for false material it goes on its operator's credit record (ZJ-9), who is barred as the document says (SH-5)."""
    require(may_revoke(by, title))
    today = timezone.localdate()
    change(title, version=version, state=State.REVOKED, ended_on=today, ended_by=by.user, reason=words)  # fmt: skip
    ban = title.ban_rule if false_material else None
    if ban:
        until = after_years(today, ban.years) if ban.years else None
        Ban.objects.create(operator=title.operator, title=title, pack=title.pack, since=today, until=until, cite=str(ban.cite or ""), set_by=by.user)  # fmt: skip
    if false_material:
        put_on_record(title, words, today, by=by)
    tell(title, "revoked", _("Title revoked: %(number)s"), _("%(name)s of %(space)s was revoked. %(words)s"), words=words)  # fmt: skip
    log(title, "title_revoked", by=by.who, given={"reason": words, "false_material": false_material, "barred": bool(ban)})  # fmt: skip
    return title


def put_on_record(title, words, today, *, by):
    """The credit record of false material, by the article of the rules; it stands and falls with the revocation."""
    credit.record(
        title.operator, by=by, department=title.department, matter=FALSE_MATERIAL, day=today, space=title.space,
        basis=title.false_material_basis or title.number, words=words, about=title.subject, number=title.number, url=title.get_absolute_url(),
    )  # fmt: skip


@transaction.atomic
def give_up(title, *, by, version, words=""):
    """Give a title up, from today."""
    require(may_give_up(by, title))
    change(title, version=version, state=State.WITHDRAWN, ended_on=timezone.localdate(), ended_by=by.user, reason=words)  # fmt: skip
    log(title, "title_given_up", by=by.who, given={"reason": words})
    return title


@transaction.atomic
def expire(today):
    """Note the titles whose last day is over; how many."""
    over = Title.objects.select_for_update().filter(state=State.VALID, until__lte=today)
    found = list(over.select_related("operator").order_by("pk"))
    for title in found:
        change(title, version=title.version, state=State.EXPIRED)
        if title.successor is None:
            tell(title, "expired", _("Title expired: %(number)s"), _("%(name)s of %(space)s held until %(day)s. Apply anew where the document allows it."))  # fmt: skip
        log(title, "title_expired", by=None)
    return len(found)


def remind(today):
    """Remind operators of the titles that end soon, once for each of the days of reminding; how many letters' worth."""
    count, nearer = 0, 0
    for days in sorted(reminders()):
        soon = Title.objects.filter(state=State.VALID, until__gt=today + timedelta(days=nearer), until__lte=today + timedelta(days=days), followed_by=None)  # fmt: skip
        nearer = days
        for title in soon.select_related("operator").order_by("pk"):
            tell(title, f"ends-{days}", _("Title ends soon: %(number)s"), _("%(name)s of %(space)s holds until %(day)s. The way to apply anew stands on its page."))  # fmt: skip
            count += 1
    return count


def tell(title, what, head, text, **given):
    """A letter to those who work for the operator; nobody gets two of a kind about a title."""
    held = Post.objects.current().filter(organisation=title.operator, role__in=APPLICANTS)
    write_letter(
        list({post.user for post in held.select_related("user")}), key=f"title-{title.code}-{what}",
        title=head, text=text, url=title.get_absolute_url(),
        given={"number": title.number, "name": title.name_zh, "space": title.of_space, "day": title.last_day or ""} | given,
    )  # fmt: skip
