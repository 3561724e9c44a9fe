"""The words of a document before an officer writes on it, filled from its case. They are Chinese in every language of the site."""

import tomllib
from functools import cache
from pathlib import Path

from django.utils import timezone

from zhongchuang.gap.matrix import cells
from zhongchuang.papers.models import Paper
from zhongchuang.procedures.holders import holder
from zhongchuang.procedures.judging import answer

HERE = Path(__file__).parent
MOST_NAMED = 8
"""So many open conditions are named."""


@cache
def wording():
    return tomllib.loads((HERE / "wording.toml").read_text(encoding="utf-8"))


def kinds():
    """What is said of each kind of document."""
    return {kind: wording()[kind] for kind in Paper.Kind.values}


def has_blank(text):
    """Whether something is still to be filled in."""
    return wording()["blank"] in text


def day(one):
    """A day as official documents write it: no zeros in front."""
    return wording()["day"].format(year=one.year, month=one.month, day=one.day)


def written_number(paper):
    """The number, or where it will stand."""
    if paper.number:
        return str(paper.number)
    year = timezone.localdate().year
    return wording()["year_brackets"].format(word=paper.word, year=year)


def addressee(case):
    """With whom the case lies next: the next department that takes a step, or behind the last step the operator."""
    ids = [one.id for one in case.course.steps]
    for step in case.course.steps[ids.index(case.step) + 1 :]:
        if step.hands:
            return holder(step, case.space) or case.operator
    return case.operator


def prefilled(case, kind):
    """The fields of a document as one click keeps them."""
    said, filled = kinds()[kind], told(case)
    return {
        "word": word_of(case.department),
        "to": addressee(case).name,
        "title": said["title"].format(**filled)[: Paper._meta.get_field("title").max_length],
        "text": said["text"].strip().format(**filled),
        "enclosures": "",
        "copies": copies(case),
        "office": office_of(case.department),
    }


def copies(case):
    """Who else gets a document of the case: the other departments of its course, the highest first, and the operator."""
    steps = [one for one in case.course.steps if one.hands]
    there = {one for one in (holder(step, case.space) for step in steps) if one}
    above = sorted(there, key=lambda one: (len(one.region.path), one.pk))
    known = {case.department_id, addressee(case).pk}
    names = [one.name for one in (*above, case.operator) if one.pk not in known]
    most = Paper._meta.get_field("copies").max_length
    return wording()["copies_stop"].join(dict.fromkeys(names))[:most]


def office_of(department):
    """Who prints and sends: as the department wrote it last, else the department itself."""
    last = Paper.objects.filter(department=department).exclude(office="").order_by("-written", "-pk").first()  # fmt: skip
    return last.office if last else department.name


def word_of(department):
    """The word before the year: as the department wrote it last, or its first time as the file of words says."""
    last = Paper.objects.filter(department=department).order_by("-written", "-pk").first()
    short = department.region.name[:1]
    return last.word if last else wording()["number_word"].format(short=short)


def told(case):
    """What the words are filled with."""
    pack, step = case.version_of_rules, case.at
    return {
        "department": case.department.name,
        "space": case.space.name,
        "operator": case.operator.name,
        "region": case.space.region.full_name,
        "procedure": case.course.title["zh"],
        "document": pack.title["zh"],
        "article": str(step.cite or ""),
        "number": case.number,
        "submitted": day(timezone.localdate(case.submitted)),
        "outcome": outcome(case, pack.title["zh"]),
    }


def outcome(case, document):
    """How the conditions came out, with the names of those that are open."""
    judged, said = answer(case), wording()["outcome"]
    if judged is None:
        return ""
    counts = judged.counts()
    some = [said[name].format(count=counts[name]) for name in ("met", "for_judgement", "unknown", "not_met") if counts[name]]  # fmt: skip
    all_met = counts["met"] and len(some) == 1
    sentence = said["sentence"].format(document=document, outcome=said["all_met"] if all_met else wording()["stop"].join(some))  # fmt: skip
    names = [one.leaf.condition.text["zh"] for one in cells(judged) if one.blocks and one.leaf.condition.text]  # fmt: skip
    open_ = said["open"].format(names="；".join(names[:MOST_NAMED])) if names else ""
    return sentence + open_
