"""The pages of services."""

from zhongchuang.services.views import askings, events, mentors, signups

__all__ = ["askings", "events", "mentors", "signups"]
