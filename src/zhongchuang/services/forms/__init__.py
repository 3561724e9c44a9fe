"""The forms of services."""

from zhongchuang.services.forms.askings import AgreeForm, AskForm, DeclineForm, HoldForm, RateForm
from zhongchuang.services.forms.lines import (
    AppointForm,
    AppointmentForm,
    CaseForm,
    EventForm,
    MentorForm,
    PolicyForm,
    ResultForm,
    SessionForm,
    TechnicalForm,
)
from zhongchuang.services.forms.signups import (
    CheckInForm,
    OpeningForm,
    PhotographForm,
    SignUpForm,
    TakeOverForm,
    WalkInForm,
)

__all__ = [
    "AgreeForm",
    "AppointForm",
    "AppointmentForm",
    "AskForm",
    "CaseForm",
    "CheckInForm",
    "DeclineForm",
    "EventForm",
    "HoldForm",
    "MentorForm",
    "OpeningForm",
    "PhotographForm",
    "PolicyForm",
    "RateForm",
    "ResultForm",
    "SessionForm",
    "SignUpForm",
    "TakeOverForm",
    "TechnicalForm",
    "WalkInForm",
]
