"""A review that ends: the decision that it looked at falls, or stands."""

from zhongchuang.contests.actions import settle
from zhongchuang.policy.procedure import REVIEW
from zhongchuang.procedures.actions import Ended


def consequences(event):
    if isinstance(event, Ended) and event.case.course.kind == REVIEW:
        settle(event.case, event.act, by=event.by)
    return []
