"""The ledgers of services, each of its function (MO-2)."""

from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import may_correct
from zhongchuang.ledgers.declaration import Column, Ledger
from zhongchuang.ledgers.importable.rows import Sheet
from zhongchuang.services.access import may_open_signup
from zhongchuang.services.forms import (
    AppointmentForm,
    CaseForm,
    EventForm,
    PolicyForm,
    ResultForm,
    SessionForm,
    TechnicalForm,
)
from zhongchuang.services.importable import MentorSheet, ServedSheet, SessionSheet
from zhongchuang.services.models import (
    Appointment,
    Case,
    Event,
    Opening,
    PolicyService,
    Result,
    Session,
    TechnicalService,
)
from zhongchuang.services.rules import meanings

TRAINING = Q(kind__in=meanings()["trainings"])
ABROAD = Q(international__in=meanings()["international"])


def ledgers():
    """Events first: they are written most."""
    return [EVENTS, SESSIONS, MENTORS, TECHNICAL, RESULTS, POLICY, CASES]


def names(line):
    """Those it was for, from the fetched residents."""
    return ", ".join(one.name for one in line.residents.all()) or None


def event_verbs(acting, line):
    """What is done around an event: sign-up and check-in, photographs."""
    if may_correct(acting, line) is not None:
        return []
    found = [(reverse("services:photograph", args=[line.key]), _("Add a photograph"))]
    if Opening.objects.filter(event=line).exists():
        found.insert(0, (reverse("services:signups", args=[line.key]), _("Sign-up and check-in")))
    elif may_open_signup(acting, line) is None:
        found.insert(0, (reverse("services:open_signup", args=[line.key]), _("Open for sign-up")))
    return found


def mentor_verbs(acting, line):
    """Who it is, and asking this person for a session."""
    found = [(line.mentor.get_absolute_url(), _("Who it is"))]
    if may_correct(acting, line) is None and line.until is None:
        address = reverse("services:ask", args=[line.space.code])
        found.append((f"{address}?mentor={line.mentor_id}", _("Ask for a session")))
    return found


EVENTS = Ledger(
    name="events",
    title=_("Events and training"),
    about=_("Roadshows, salons, boot camps, training, competitions, with the people who came."),
    button=_("Write down an event"),
    model=Event,
    form=EventForm,
    columns=(
        Column("title", _("Title")),
        Column("kind", _("Kind")),
        Column("attendance", _("People who came"), number=True),
        Column("part", _("Part")),
        Column("international", _("With abroad")),
        Column("place", _("Venue")),
    ),
    group="services",
    searched=("title", "place", "partner"),
    verbs=event_verbs,
    functions={
        "training": TRAINING & ~ABROAD,
        "events": ~TRAINING & ~ABROAD,
        "international": ABROAD,
    },
    sheet=partial(Sheet, happened=True),
)
SESSIONS = Ledger(
    name="sessions",
    title=_("Advice of mentors"),
    about=_("Which mentor advised whom, and about what."),
    button=_("Write down a session"),
    model=Session,
    form=SessionForm,
    columns=(
        Column("topic", _("About what")),
        Column("mentor", _("Mentor")),
        Column("residents", _("For"), value=names),
        Column("length", _("Minutes"), number=True),
        Column("rating", _("Rating"), number=True),
    ),
    group="services",
    queries=("mentor",),
    many=("residents",),
    searched=("topic", "mentor__name"),
    functions={"mentoring": Q()},
    sheet=SessionSheet,
)
MENTORS = Ledger(
    name="mentors",
    title=_("Mentors"),
    about=_("Who is appointed since when, full or part time, accredited on which level."),
    button=_("Appoint a mentor"),
    model=Appointment,
    form=AppointmentForm,
    columns=(
        Column("mentor", _("Mentor")),
        Column("employer", _("Works at"), value=lambda line: line.mentor.employer),
        Column("level", _("Accredited"), value=lambda line: str(line.mentor.get_level_display())),
        Column("fulltime", _("Full time")),
        Column("until", _("Until"), ending=True),
    ),
    group="services",
    queries=("mentor",),
    searched=("mentor__name", "mentor__employer", "mentor__field"),
    begin="services:appoint",
    verbs=mentor_verbs,
    sheet=MentorSheet,
)
TECHNICAL = Ledger(
    name="technical",
    title=_("Technical services"),
    about=_("Design, testing, prototyping, pilot production, patents and standards, by the space or a partner."),
    button=_("Write down a technical service"),
    model=TechnicalService,
    form=TechnicalForm,
    columns=(
        Column("subject", _("What was done")),
        Column("kind", _("Kind")),
        Column("residents", _("For"), value=names),
        Column("done_by", _("By whom")),
        Column("times", _("Times"), number=True),
    ),
    group="services",
    many=("residents",),
    searched=("subject", "provider"),
    functions={"technology": Q()},
    sheet=partial(ServedSheet, known_by=("day", "subject", "kind", "residents"), happened=True),
)  # fmt: skip
RESULTS = Ledger(
    name="results",
    title=_("Results developed, transferred, presented"),
    about=_("Results of research that residents developed, took over or were shown."),
    button=_("Write down a result"),
    model=Result,
    form=ResultForm,
    columns=(
        Column("name", _("Result")),
        Column("what", _("What happened to it")),
        Column("giver", _("From whom")),
        Column("taker", _("To whom")),
        Column("amount", _("Amount (yuan)"), number=True),
    ),
    group="services",
    searched=("name", "giver", "taker"),
    functions={"technology": Q()},
    sheet=partial(Sheet, happened=True),
)
POLICY = Ledger(
    name="policy",
    title=_("Policy services"),
    about=_("Advice on rules, help with registration, applications, intellectual property, finance and law."),
    button=_("Write down a policy service"),
    model=PolicyService,
    form=PolicyForm,
    columns=(
        Column("subject", _("What was done")),
        Column("kind", _("Kind")),
        Column("residents", _("For"), value=names),
    ),
    group="services",
    many=("residents",),
    searched=("subject",),
    functions={"policy": Q()},
    sheet=partial(ServedSheet, known_by=("day", "subject", "kind", "residents"), happened=True),
)  # fmt: skip
CASES = Ledger(
    name="cases",
    title=_("Distinctive cases"),
    about=_("Services worth following, in your own words. Whether one counts is for the evaluator to say."),
    button=_("Write down a case"),
    model=Case,
    form=CaseForm,
    columns=(Column("title", _("Title")), Column("text", _("What is special about it"))),
    group="services",
    searched=("title", "text"),
    sheet=partial(Sheet, known_by=("day", "title"), happened=True),
)  # fmt: skip
