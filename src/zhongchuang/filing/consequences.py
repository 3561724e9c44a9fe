"""A case that was granted leads to a title, where its procedure gives one."""

from zhongchuang.filing.actions import give
from zhongchuang.procedures.actions import Ended


def consequences(event):
    granted = isinstance(event, Ended) and event.case.state == event.case.Standing.GRANTED
    if granted and event.case.course.gives:
        give(event.case, event.act, by=event.by)
    return []
