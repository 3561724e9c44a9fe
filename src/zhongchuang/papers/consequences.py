"""When a step leads on, what was written at it is issued."""

from zhongchuang.papers.actions import issue
from zhongchuang.papers.models import Paper
from zhongchuang.procedures.actions import Done


def consequences(event):
    if not isinstance(event, Done):
        return []
    drafts = Paper.objects.drafts().filter(case=event.case, step=event.step.id)
    for paper in drafts.select_related("case", "department").order_by("kind"):
        issue(paper, event.act, by=event.by)
    return []
