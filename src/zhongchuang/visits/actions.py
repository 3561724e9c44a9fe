"""A visit is planned, moved or cancelled, carried out, reported, and confirmed by a second person."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal, conflict, require
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letter
from zhongchuang.visits.access import (
    colleagues,
    may_confirm,
    may_plan,
    may_retake,
    may_shift,
    may_write,
)
from zhongchuang.visits.checklist import lines
from zhongchuang.visits.models import Finding, Photograph, Retaken, Visit
from zhongchuang.visits.rules import rules

Standing = Visit.Standing
SEPARATOR = "、"
NO_REASON = Refusal("no_reason", _("Say why; the reason stays with the visit."), status=200, field="why")  # fmt: skip
PAST = Refusal("past", _("A visit that is announced lies ahead. Choose a later time, or say why it is not announced."), status=200, field="begins")  # fmt: skip
FOREIGN = Refusal("foreign", _("Those who visit are officials of the department with which the case lies."), status=200, field="visitors")  # fmt: skip
NOT_YET = conflict("not_yet", _("The visit has not begun yet. Move it to an earlier time if it took place sooner."))  # fmt: skip
ANEW = conflict("anew", _("The application was handed in anew after the checklist was filled in. Look it through and save it again first."))  # fmt: skip
UNSIGNED = Refusal("unsigned", _("Name who was there for the operator, and confirm that the report was read out; or say why nobody put their name to it."), status=200, field="present")  # fmt: skip
NOTHING_STATED = conflict("nothing_stated", _("A figure that was not handed in cannot be as stated. Say what was seen, or that it could not be seen."))  # fmt: skip
FULL = conflict("full", _("A visit holds %(most)s photographs. Take one away first."), most=rules()["photographs"]["most"])  # fmt: skip


def held(visit):
    """The visit with its case as both stand, held until the commit."""
    Case.objects.select_for_update().get(pk=visit.case_id)
    Visit.objects.select_for_update().get(pk=visit.pk)
    return Visit.objects.select_related("case__rules", "case__department", "case__officer", "case__space", "case__operator", "department", "submission").get(pk=visit.pk)  # fmt: skip


def too_few(visitors):
    """The refusal where fewer visit than two."""
    least = rules()["visitors"]["at_least"]
    if len({one.pk for one in visitors}) >= least:
        return None
    return Refusal("too_few", _("At least %(least)s officials visit together. Choose more."), {"least": least}, 200, "visitors")  # fmt: skip


@transaction.atomic
def plan(case, *, by, begins, place, visitors, others="", announced=True, ready="", why=""):  # noqa: PLR0913 -- all that is planned at once
    """Plan a visit; the operator gets a letter, unless it is not announced, for a reason."""
    Case.objects.select_for_update().get(pk=case.pk)
    case = Case.objects.select_related("rules", "department", "officer", "space", "operator").get(pk=case.pk)  # fmt: skip
    visitors = list(visitors)
    require(may_plan(by, case))
    require(too_few(visitors))
    require(None if {*visitors} <= {*colleagues(case)} else FOREIGN)
    require(NO_REASON if not announced and not why else None)
    require(PAST if announced and begins <= timezone.now() else None)
    names = SEPARATOR.join(one.name for one in visitors)
    fields = {"begins": begins, "place": place, "others": others, "announced": announced, "ready": ready, "why": "" if announced else why}  # fmt: skip
    visit = Visit.objects.create(
        case=case, step=case.step, department=case.department, submission=case.handed_in, planned_by=by.user, names=names, **fields
    )  # fmt: skip
    visit.visitors.set(visitors)
    log(visit, "visit_planned", by=by.who, new={"case": case.number, "names": names} | fields)
    tell_visitors(visit, "planned", by=by)
    if announced:
        tell_operator(visit, "planned")
    return visit


@transaction.atomic
def shift(visit, *, by, version, begins, why):
    """Move a visit to another time, for a reason."""
    visit = held(visit)
    require(may_shift(by, visit))
    require(NO_REASON if not why else None)
    require(PAST if visit.announced and begins <= timezone.now() else None)
    old = visit.begins
    change(visit, version=version, begins=begins, why=why)
    log(visit, "visit_moved", by=by.who, old={"begins": old}, new={"begins": begins, "why": why})
    tell_both(visit, "moved", by=by)
    return visit


@transaction.atomic
def cancel(visit, *, by, version, why):
    """Cancel a visit, for a reason."""
    visit = held(visit)
    require(may_shift(by, visit))
    require(NO_REASON if not why else None)
    change(visit, version=version, state=Standing.CANCELLED, why=why)
    log(visit, "visit_cancelled", by=by.who, new={"why": why})
    tell_both(visit, "cancelled", by=by)
    return visit


@transaction.atomic
def write(visit, *, by, version, found):
    """Keep what was found: by line whether it is as stated, the value that was found, words. What is left out stays open."""
    visit = held(visit)
    require(may_write(by, visit))
    handed = visit.case.handed_in
    change(visit, version=version, submission=handed)
    known = {one.key: one for one in lines(visit.case, handed.facts)}
    require(NOTHING_STATED if any(unstated(known.get(key), one) for key, one in found.items()) else None)  # fmt: skip
    visit.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(visit=visit, line=key, stated=stated(known[key], handed), **given)
        for key, given in found.items()
        if key in known
    )
    log(visit, "visit_written", by=by.who, new={"found": found})
    return visit


def unstated(line, given):
    """Whether a figure is said to be as stated that nobody stated."""
    return line is not None and given["found"] == Finding.Found.AS_STATED and not line.is_stated


def stated(line, handed):
    """What was handed in at a line, as it was written."""
    return handed.facts.get(line.column.name) if line.column else None


@transaction.atomic
def photograph(visit, *, by, evidence, caption, line=""):
    """Put a photograph to a line, or to the whole."""
    visit = held(visit)
    require(may_write(by, visit))
    require(FULL if visit.photographs.shown().count() >= rules()["photographs"]["most"] else None)
    made = Photograph.objects.create(visit=visit, evidence=evidence, caption=caption, line=line)
    log(visit, "visit_photographed", by=by.who, new={"caption": caption, "line": line, "sha256": evidence.content_id})  # fmt: skip
    return made


@transaction.atomic
def take_away(picture, *, by):
    """Take a photograph away before the visit is reported."""
    visit = held(picture.visit)
    require(may_write(by, visit))
    taken = Photograph.objects.filter(pk=picture.pk, removed=None).update(removed=timezone.now())
    if taken:
        log(visit, "visit_photograph_removed", by=by.who, old={"caption": picture.caption, "sha256": picture.evidence.content_id})  # fmt: skip
    return visit


def open_lines(visit):
    """The lines of which nobody has said what was found."""
    said = set(visit.findings.values_list("line", flat=True))
    return [one for one in lines(visit.case, visit.submission.facts) if one.key not in said]


def left_open(visit):
    """The refusal while lines are open; what could not be seen is said so, and never left out."""
    open_ = open_lines(visit)
    if not open_:
        return None
    return conflict("left_open", _("Say of every line what was found, also where it could not be seen. Still open: %(names)s."), names="；".join(one.text for one in open_))  # fmt: skip


@transaction.atomic
def close(visit, *, by, version, result, words, internal="", present="", present_role="", read_out=False, unsigned=""):  # noqa: PLR0913 -- what a report says  # fmt: skip
    """Close the report of a visit: it waits for a second visitor."""
    visit = held(visit)
    require(may_write(by, visit))
    now = timezone.now()
    require(NOT_YET if visit.begins > now else None)
    require(ANEW if visit.submission != visit.case.handed_in else None)
    require(left_open(visit))
    require(None if (present and read_out) or unsigned else UNSIGNED)
    fields = {
        "result": result, "words": words, "internal": internal, "present": present, "present_role": present_role,
        "read_out": read_out, "unsigned": unsigned,
    }  # fmt: skip
    change(visit, version=version, state=Standing.CLOSED, closed=now, closed_by=by.user, **fields)
    log(visit, "visit_closed", by=by.who, new=fields)
    return visit


@transaction.atomic
def reopen(visit, *, by, version, why):
    """Give a report back to be changed, for a reason, before it is confirmed."""
    visit = held(visit)
    require(may_confirm(by, visit))
    require(NO_REASON if not why else None)
    change(visit, version=version, state=Standing.PLANNED, closed=None, closed_by=None)
    log(visit, "visit_reopened", by=by.who, new={"why": why})
    tell_visitors(visit, "reopened", by=by, why=why)
    return visit


@transaction.atomic
def confirm(visit, *, by, version):
    """Confirm a report as a second visitor: from now on it stays as it is."""
    visit = held(visit)
    require(may_confirm(by, visit))
    visit.confirmed_by = by.user
    digest = digest_of(visit.content)
    change(visit, version=version, state=Standing.CONFIRMED, confirmed=timezone.now(), confirmed_by=by.user, digest=digest)  # fmt: skip
    log(visit, "visit_confirmed", by=by.who, new={"digest": digest})
    tell_operator(visit, "confirmed")
    return visit


@transaction.atomic
def retake(visit, *, by, words):
    """Take a report again as still standing after the case came back to its step, for a reason."""
    visit = held(visit)
    require(may_retake(by, visit))
    Retaken.objects.create(visit=visit, by=by.user, words=words)
    log(visit, "visit_retaken", by=by.who, new={"words": words})
    return visit


def tell_both(visit, what, *, by):
    """A letter to who visits, and to the operator where it was announced."""
    tell_visitors(visit, what, by=by)
    if visit.announced:
        tell_operator(visit, what)


def tell_visitors(visit, what, *, by, why=""):
    """A letter to those who visit, but for the one who did it."""
    others = [one for one in visit.visitors.all() if one.pk != by.user.pk]
    tell(visit, what, others, "visitor", why=why)


def tell_operator(visit, what):
    """A letter to those who work for the operator."""
    posts = Post.objects.current().filter(organisation=visit.case.operator_id, role__in=APPLICANTS)
    tell(visit, what, list({post.user for post in posts.select_related("user")}), "operator")


def tell(visit, what, people, whom, *, why=""):
    title, text = LETTERS[what]
    company = SEPARATOR.join(one for one in (visit.names, visit.others) if one)
    given = {
        "space": visit.case.space.name, "number": visit.case.number, "place": visit.place, "names": company, "why": why or visit.why,
        "ready": visit.ready, "moment": date_format(timezone.localtime(visit.begins), "Y-m-d H:i"),
    }  # fmt: skip
    write_letter(
        people, key=f"visit-{visit.key}-{whom}-{visit.version}", title=title, text=text, url=visit.get_absolute_url(), given=given
    )  # fmt: skip


LETTERS = {
    "planned": (_("Visit on %(moment)s: %(space)s"), _("Site: %(place)s. Who comes: %(names)s. What is to be ready: %(ready)s")),
    "moved": (_("Visit moved to %(moment)s: %(space)s"), _("Site: %(place)s. Who comes: %(names)s. Reason: %(why)s")),
    "cancelled": (_("Visit cancelled: %(space)s"), _("The visit planned for %(moment)s does not take place. Reason: %(why)s")),
    "reopened": (_("Report of the visit to be changed: %(space)s"), _("A second visitor gave it back. Reason: %(why)s")),
    "confirmed": (_("Report of the visit: %(space)s"), _("The report of the visit on %(moment)s was confirmed. You read it on its page.")),
}  # fmt: skip
