"""Dated rows of the register, as they go out and as they come in."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.db import models
from django.utils.translation import gettext_noop as _
from pydantic import Field

from zhongchuang.api.shapes import (
    Amount,
    Count,
    Day,
    Key,
    Moment,
    RegionCode,
    Shape,
    Told,
    line,
    one_of,
)
from zhongchuang.credit.models import Record as CreditRecord
from zhongchuang.filing.models import Ban, Title
from zhongchuang.ledgers.models import Line
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.past.models.record import Record
from zhongchuang.policy.quantity import exact, write_number
from zhongchuang.residents.models import Resident
from zhongchuang.spaces.models import TABLES, Particulars, Space
from zhongchuang.spaces.models.tables import (
    Equipment,
    Host,
    Premises,
    StaffMember,
    YesNo,
)

Value = str | int | bool | list[str]
Table = Literal[tuple(TABLES)]
TABLE_OF = {model: name for name, model in TABLES.items()}


class RowTold(Told):
    """A version of a thing. Amounts are exact texts; regions and operators stand by their codes."""

    table: str
    series: Annotated[Key | None, Field(description=_("The thing; its versions share it."))]
    version: Annotated[int, Field(description=_("Send it back when you change the thing."))]
    valid_from: date | None
    valid_until: Annotated[
        date | None, Field(description=_("The first day on which it no longer holds."))
    ]
    recorded: Moment | None
    values: dict[str, Value]


def row_told(row):
    """A dated row; what stands behind the opening is the space itself."""
    if isinstance(row, Space):
        values = {"opened": row.opened.isoformat()}
        return RowTold(
            table="space", series=None, version=row.version, valid_from=row.opened,
            valid_until=row.closed_on, recorded=row.registered, values=values,
        )  # fmt: skip
    if isinstance(row, Line):
        return RowTold(
            table=row.ledger, series=row.key, version=row.version, valid_from=row.day,
            valid_until=getattr(row, "until", None), recorded=row.recorded, values=line_values(row),
        )  # fmt: skip
    if isinstance(row, Record):
        return RowTold(
            table=f"past_{row.KIND}", series=None, version=row.version, valid_from=row.day,
            valid_until=None, recorded=row.recorded, values=values_told(row),
        )  # fmt: skip
    if isinstance(row, Title | Ban):
        return RowTold(
            table="titles" if isinstance(row, Title) else "bans", series=None, version=getattr(row, "version", 1),
            valid_from=row.since, valid_until=min((day for day in (getattr(row, "ended_on", None), row.until) if day), default=None),
            recorded=getattr(row, "given", None), values=values_told(row),
        )  # fmt: skip
    if isinstance(row, CreditRecord):
        return RowTold(
            table="credit_records", series=None, version=row.version, valid_from=row.day,
            valid_until=min((day for day in (row.ended, row.until) if day), default=None), recorded=row.recorded, values=values_told(row),
        )  # fmt: skip
    return RowTold(
        table=TABLE_OF[type(row)], series=row.series, version=row.version,
        valid_from=row.valid_from, valid_until=row.valid_until, recorded=row.recorded,
        values=values_told(row),
    )  # fmt: skip


def line_values(row):
    """What a line of a ledger says, by field; others that it names stand by their codes."""
    many = {one.name for one in row._meta.many_to_many}
    found = {
        one.name: [value_told(other) for other in getattr(row, one.name).all()]
        if one.name in many
        else value_told(getattr(row, one.name))
        for one in row.entered()
        if one.name not in {"day", "until"}
    }
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def values_told(row):
    """What was entered, by name; what is not known is left out."""
    found = {one.name: value_told(getattr(row, one.name)) for one in row.entered()}
    return {name: value for name, value in found.items() if value not in ("", None)}


def value_told(value):
    if isinstance(value, Region | Resident | Space | Title):
        return value.code
    if isinstance(value, Organisation):
        return value.credit_code
    if isinstance(value, Decimal):
        return write_number(exact(value))
    if isinstance(value, models.Model):
        return str(getattr(value, "key", value.pk))
    if value is None or isinstance(value, bool | int | list):
        return value
    return str(value)


# --- what is entered ------------------------------------------------------------------------------

Short, Name, Long = line(60) | None, line(200) | None, line(500) | None
Masked = Annotated[
    line(30) | None,
    Field(description=_("Answers show its mask; sent back as the mask, it stays as it is.")),
]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")]


class ParticularsGiven(Shape):
    name: Name = None
    short_name: Short = None
    region: RegionCode | None = None
    address: Name = None
    operator_kind: one_of(Particulars.OperatorKind) | None = None
    industry: one_of(Particulars.Industry) | None = None
    founder: one_of(Particulars.Founder) | None = None
    service: one_of(Particulars.Service) | None = None
    direction: Long = None
    goals: Long = None
    separate_accounts: one_of(YesNo) | None = None
    free_broadband: one_of(YesNo) | None = None
    online_platform: one_of(YesNo) | None = None
    website: Name = None
    phone: line(30) | None = None
    hours: line(100) | None = None
    introduction: Text | None = None


class PremisesGiven(Shape):
    name: line(100) | None = None
    address: Name = None
    floor_area: Amount | None = None
    public_area: Amount | None = None
    desk_area: Amount | None = None
    desks: Count | None = None
    tenure: one_of(Premises.Tenure) | None = None


class LeaseGiven(Shape):
    site: Key | None = None
    landlord: Name = None
    number: Short = None
    begins: Day | None = None
    ends: Day | None = None
    area: Amount | None = None
    yearly_rent: Amount | None = None


class StaffMemberGiven(Shape):
    name: line(100) | None = None
    duty: one_of(StaffMember.Duty) | None = None
    education: one_of(StaffMember.Education) | None = None
    fulltime: one_of(YesNo) | None = None
    professional: one_of(YesNo) | None = None
    mobile: Masked = None
    identity_number: Masked = None


class StaffCountGiven(Shape):
    staff: Count | None = None
    fulltime: Count | None = None
    college: Count | None = None
    professional: Count | None = None
    investment_managers: Count | None = None
    trainers: Count | None = None


class EquipmentGiven(Shape):
    name: line(100) | None = None
    model: line(100) | None = None
    pieces: Count | None = None
    value: Amount | None = None
    holding: one_of(Equipment.Holding) | None = None
    shared: one_of(YesNo) | None = None


class HostGiven(Shape):
    kind: one_of(Host.Kind) | None = None
    name: Name = None
    level: one_of(Host.Level) | None = None
    credit_code: line(18) | None = None
    platforms: Annotated[list[line(60)], Field(max_length=50)] | None = None


class Given(Shape):
    """One operation on one thing. What `values` leaves out stays as it is; null makes it unknown."""

    verb: Annotated[
        Literal["add", "revise", "correct", "end"],
        Field(
            description=_(
                "add: a new thing; revise: it changes from the day on; correct: it was recorded wrongly; end: it holds no more from the day on."
            )
        ),
    ]
    on: Annotated[Day, Field(description=_("The day from which it counts, as 2026-11-25."))]
    series: Annotated[Key | None, Field(description=_("The thing; left out for a new one."))] = None
    version: Annotated[
        int | None,
        Field(
            ge=1,
            le=2**31 - 1,
            description=_("Of the thing as you read it; a change in between is answered by 409."),
        ),
    ] = None
    reason: Annotated[line(500), Field(description=_("Needed where the department decides."))] = ""
    evidence: Annotated[
        list[Key], Field(max_length=20, description=_("Keys of files of your organisation."))
    ] = []


class PremisesChange(Given):
    table: Literal["premises"]
    values: PremisesGiven = Field(default_factory=PremisesGiven)


class ParticularsChange(Given):
    table: Literal["particulars"]
    values: ParticularsGiven = Field(default_factory=ParticularsGiven)


class LeaseChange(Given):
    table: Literal["leases"]
    values: LeaseGiven = Field(default_factory=LeaseGiven)


class StaffChange(Given):
    table: Literal["staff"]
    values: StaffMemberGiven = Field(default_factory=StaffMemberGiven)


class StaffCountChange(Given):
    table: Literal["staff-count"]
    values: StaffCountGiven = Field(default_factory=StaffCountGiven)


class EquipmentChange(Given):
    table: Literal["equipment"]
    values: EquipmentGiven = Field(default_factory=EquipmentGiven)


class HostChange(Given):
    table: Literal["host"]
    values: HostGiven = Field(default_factory=HostGiven)


AnyChange = Annotated[
    PremisesChange
    | ParticularsChange
    | LeaseChange
    | StaffChange
    | StaffCountChange
    | EquipmentChange
    | HostChange,
    Field(discriminator="table"),
]
