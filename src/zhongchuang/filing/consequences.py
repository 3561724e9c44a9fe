"""A case that was granted leads to a title where its procedure gives one; a granted change to a line at the titles of its space."""

from zhongchuang.filing.actions import give, register_changes
from zhongchuang.policy.procedure import CHANGE
from zhongchuang.procedures.actions import Ended


def consequences(event):
    granted = isinstance(event, Ended) and event.case.state == event.case.Standing.GRANTED
    if granted and event.case.course.gives:
        give(event.case, event.act, by=event.by)
    if granted and event.case.course.kind == CHANGE:
        register_changes(event.case, event.act, by=event.by)
    return []
