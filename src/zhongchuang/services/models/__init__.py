"""What a space does for its residents and for others: events, technical services, results, policy services, mentors."""

from zhongchuang.services.models.events import Attendee, Event, Opening
from zhongchuang.services.models.help import Case, PolicyService, Result, TechnicalService
from zhongchuang.services.models.mentors import Appointment, Asking, Mentor, MentorMerge, Session

__all__ = [
    "Appointment",
    "Asking",
    "Attendee",
    "Case",
    "Event",
    "Mentor",
    "MentorMerge",
    "Opening",
    "PolicyService",
    "Result",
    "Session",
    "TechnicalService",
]
