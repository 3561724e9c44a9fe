"""The report of a visit on sheets. The template is ours; what people wrote reaches it as data alone."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.page.typesetting import fonts, typeset
from zhongchuang.visits.reports import of_the_whole, report

TEMPLATE = Path(__file__).parent / "report.typ"


def pdf(visit, *, internal=False):
    """The report on A4; what is internal is printed for officials alone."""
    return typeset(TEMPLATE, content(visit, internal=internal))


def content(visit, *, internal):
    rows = report(visit)
    return {
        "fonts": fonts(),
        "lang": "zh" if words.chinese() else "en",
        "site": str(settings.SITE["name"]),
        "title": _("Report of the visit to the site"),
        "under": f"{visit.case.space.name} · {visit.case.number} · {visit.department.name}",
        "printed": _("Printed on %(day)s") % {"day": moment(timezone.now())},
        "draft": "" if visit.state == visit.Standing.CONFIRMED else str(visit.get_state_display()),
        "rows": head(visit),
        "heads": [_("What was looked at"), _("As handed in"), _("Found on the spot")],
        "lines": [[row.line.text, row.line.says, told(row)] for row in rows],
        "parts": [
            {"heading": _("Photographs"), "rows": photographs(visit, rows)},
            {"heading": _("What came out"), "rows": result(visit, internal=internal)},
        ],
    }


def moment(when):
    return date_format(timezone.localtime(when), "Y-m-d H:i:s") if when else "–"


def head(visit):
    return [
        [_("Day and time"), date_format(timezone.localtime(visit.begins), "Y-m-d H:i")],
        [_("Site"), visit.place],
        [_("Who visits"), visit.names],
        [_("Who else comes along"), visit.others or "–"],
        [_("Announced"), _("yes") if visit.announced else _("no")],
    ]


def told(row):
    """What was found at a line, in words."""
    if row.finding is None:
        return "–"
    figure = row.found if row.finding.value is not None else ""
    return "\n".join(str(one) for one in (row.answer, figure, row.finding.words) if one)  # fmt: skip


def photographs(visit, rows):
    """Each with its line, its moment and the digest of the original."""
    held = [(_("The visit as a whole"), of_the_whole(visit)), *((row.line.text, row.photographs) for row in rows)]  # fmt: skip
    return [
        [one.caption, f"{text}\n{moment(one.received)}\nSHA-256 {one.evidence.content_id}"]
        for text, pictures in held
        for one in pictures
    ]


def result(visit, *, internal):
    there = f"{visit.present} {visit.present_role}".strip()
    return [
        [_("What came out"), str(visit.get_result_display() or "–")],
        [_("Report"), visit.words or "–"],
        *([[_("For officials alone"), visit.internal]] if internal and visit.internal else []),
        [_("Who was there for the operator"), there or "–"],
        *([[_("Read out"), _("yes")]] if visit.read_out else []),
        *([[_("Why nobody put their name to it"), visit.unsigned]] if visit.unsigned else []),
        [_("Closed"), f"{visit.closed_by or '–'} · {moment(visit.closed)}"],
        [_("Confirmed"), f"{visit.confirmed_by or '–'} · {moment(visit.confirmed)}"],
        *([["SHA-256", visit.digest]] if visit.digest else []),
    ]
