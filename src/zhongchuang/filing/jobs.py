"""Every night: titles whose last day is over, and reminders of those that end soon."""

from django.utils import timezone

from zhongchuang.filing.actions import expire, remind


def nightly():
    today = timezone.localdate()
    return expire(today), remind(today)
