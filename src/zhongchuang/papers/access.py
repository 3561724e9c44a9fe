"""Who writes a document of a case; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import conflict
from zhongchuang.papers.wording import kinds
from zhongchuang.procedures.access import is_holder

NOT_HERE = conflict("not_here", _("No document of this kind is written at the step where the case stands."))  # fmt: skip
NUMBERED = conflict("numbered", _("This document was issued under its number; it stays as it is."))
THERE = conflict("there", _("A colleague has just written this document. Open it from the page of the case."))  # fmt: skip
PASSED = conflict("passed", _("The case has left the step to which this document belongs."))


def is_written_at(step, kind):
    """Whether a document of a kind is written at a step."""
    said = kinds()[kind]
    return said.get("need") in step.needs or said.get("step") == step.kind


def may_write(acting, case, kind):
    """Whether this post writes the document: whose turn it is at the step, so that whoever signs reads the last word."""
    refusal = is_holder(acting, case)
    if refusal is None and not is_written_at(case.at, kind):
        return NOT_HERE
    return refusal


def may_change(acting, paper):
    """Whether this post changes a draft."""
    if not paper.is_draft:
        return NUMBERED
    refusal = may_write(acting, paper.case, paper.kind)
    return PASSED if refusal is None and paper.step != paper.case.step else refusal
