"""Every night: titles whose last day is over, those that go over to another operator, and reminders of those that end soon."""

from django.utils import timezone

from zhongchuang.filing.actions import carry_over_due, expire, remind


def nightly():
    today = timezone.localdate()
    return expire(today), carry_over_due(today), remind(today)
