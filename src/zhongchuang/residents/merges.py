"""Two records of one and the same: who they may be, what would follow, merged, and taken apart again."""

from collections import defaultdict
from dataclasses import dataclass
from http import HTTPStatus

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Region
from zhongchuang.page.refusal import Refusal, require
from zhongchuang.residents.access import (
    may_merge,
    may_merge_people,
    may_take_apart,
    may_take_people_apart,
)
from zhongchuang.residents.models import (
    Founder,
    FounderMerge,
    Merge,
    MonthReport,
    Report,
    Resident,
    Stay,
)
from zhongchuang.residents.rules import meanings

SHOWN = 10
"""Suggestions that a page shows."""

CONFLICT = {"status": HTTPStatus.CONFLICT}
ITSELF = Refusal("itself", _("These are one and the same record. Choose another one."), **CONFLICT)
MERGED = Refusal("merged", _("One of both was merged already. Open the record that it was merged into, and start there."), **CONFLICT)  # fmt: skip
TWO_NUMBERS = Refusal("two_numbers", _("Both have an identity number, and the numbers differ: these are two people. Correct a number first if it is wrong."), **CONFLICT)  # fmt: skip
TWO_CODES = Refusal("two_codes", _("Both have a credit code, and the codes differ: these are two firms. Correct a code first if it is wrong."), **CONFLICT)  # fmt: skip
OTHER_WAY = Refusal("other_way", _("The one that would go has a credit code, the one that would stay has none. Merge them the other way round."), **CONFLICT)  # fmt: skip
TWO_ACCOUNTS = Refusal("two_accounts", _("Each of both has an account of its own. Ask the administrators to end one of them first."), **CONFLICT)  # fmt: skip


# --- who it may be --------------------------------------------------------------------------------


def candidates(resident, acting):
    """Others that may be the same: those of its name, of its name without place and legal form, or of a founder's number."""
    seen = Resident.objects.visible_to(acting).standing().exclude(pk=resident.pk)
    core = core_of(resident.name)
    named = seen.filter(Q(name=resident.name) | Q(name__contains=core)).order_by("pk")[:200]
    found = {one.pk: (one, _("the same name")) for one in named if one.name == resident.name}
    for one in named:
        if core_of(one.name) == core:
            found.setdefault(one.pk, (one, _("the same name without place and legal form")))
    for one in seen.filter(pk__in=of_the_same_person(resident)).order_by("pk")[:SHOWN]:
        found.setdefault(one.pk, (one, _("a founder with the same number")))
    return [pair for pair in found.values() if why_not(pair[0], resident) is None or why_not(resident, pair[0]) is None][:SHOWN]  # fmt: skip


def of_the_same_person(resident):
    """Keys of residents with a founder whose sealed telephone or identity number is that of one of its founders."""
    people, same = list(resident.founders.all()), Q(pk__in=[])
    for name in ("mobile_index", "identity_index"):
        digests = {getattr(one, name) for one in people} - {""}
        same |= Q(**{f"{name}__in": digests})
    return Founder.objects.filter(same).values_list("resident", flat=True)


def core_of(name):
    """A name without the place in front and the legal form behind it; whole where nothing would be left."""
    said = meanings()
    text = name.strip()
    for ending in said["legal_forms"]:
        text = text.removesuffix(ending)
    for _level in range(3):
        text = without_place(text, said["place_endings"])
    return text if len(text) >= said["shortest_core"] else name.strip()


def without_place(text, endings):
    """A name without the region that it begins with."""
    places = Region.objects.filter(name__startswith=text[:2]).values_list("name", flat=True) if text[:2] else ()  # fmt: skip
    spelled = {one for place in places for one in (place, *(place.removesuffix(end) for end in endings))}  # fmt: skip
    fitting = [one for one in spelled if len(one) > 1 and text.startswith(one)]
    return text.removeprefix(max(fitting, key=len, default=""))


# --- what would follow ----------------------------------------------------------------------------


def why_not(merged, survivor):
    """Why two records are not merged, whoever asks; None where nothing speaks against it."""
    if merged.pk == survivor.pk:
        return ITSELF
    if merged.merged_into_id or survivor.merged_into_id:
        return MERGED
    codes = {merged.credit_code, survivor.credit_code} - {""}
    if len(codes) > 1:
        return TWO_CODES
    if merged.credit_code and not survivor.credit_code:
        return OTHER_WAY
    accounts = {merged.organisation_id, survivor.organisation_id} - {None}
    return TWO_ACCOUNTS if len(accounts) > 1 else None


def family(resident):
    """The condition that a row with a resident belongs to it or to one merged into it."""
    return Q(resident=resident.pk) | Q(resident__merged_into=resident.pk)


@dataclass(frozen=True)
class Consequences:
    """What merging would do: rows by kind, stays of one space that overlap, years that both reported, and how many months."""

    rows: list
    overlapping: list
    reported: list
    months: int


def consequences(merged, survivor):
    """What is counted for the survivor afterwards, and what then stands twice."""
    theirs = Stay.objects.standing().filter(family(merged)).select_related("space")
    ours = Stay.objects.standing().filter(family(survivor)).select_related("space")
    by_space = defaultdict(list)
    for stay in ours:
        by_space[stay.space_id].append(stay)
    overlapping = [
        (one, other) for one in theirs for other in by_space[one.space_id] if overlap(one, other)
    ]
    reported, months = (reported_twice(table, merged, survivor) for table in (Report, MonthReport))
    return Consequences(rows_of(merged), overlapping, reported, len(months))


def reported_twice(table, merged, survivor):
    """Figures of the one that goes for a time of which the other reported at the same space as well."""
    days = set(table.objects.standing().filter(family(survivor)).values_list("space", "day"))
    theirs = table.objects.standing().filter(family(merged)).select_related("space")
    return [one for one in theirs if (one.space_id, one.day) in days]


def overlap(one, other):
    return (one.until is None or one.until > other.day) and (other.until is None or other.until > one.day)  # fmt: skip


def rows_of(resident):
    """How many rows of which kind point at a record, as label and count."""
    found = []
    for relation in Resident._meta.get_fields(include_hidden=True):
        if (
            not relation.auto_created
            or relation.concrete
            or relation.related_model in {Resident, Merge}
        ):
            continue
        model, name = relation.related_model, relation.field.name
        if model._meta.auto_created or getattr(relation.field, "remote_field", None) is None:
            continue
        rows = model.objects.filter(**{name: resident.pk})
        rows = rows.filter(struck=None) if hasattr(model, "struck") else rows
        if count := rows.count():
            found.append((model._meta.verbose_name, count))
    return found


# --- merged, taken apart --------------------------------------------------------------------------


def mergers_of(model):
    """The table of mergers of a table of records."""
    return model._meta.get_field("mergers").related_model


def held(*rows):
    """The rows as they are now, held until the commit."""
    found = type(rows[0]).objects.select_for_update().filter(pk__in=[one.pk for one in rows])
    found = {row.pk: row for row in found.order_by("pk")}
    return [found[one.pk] for one in rows]


@transaction.atomic
def merge(merged, survivor, *, by, reason):
    """From now on `merged` counts and is found as `survivor`; both rows stay as they are."""
    merged, survivor = held(merged, survivor)
    require(why_not(merged, survivor))
    require(may_merge(by, merged, survivor))
    return join(merged, survivor, by=by, reason=reason, verb="residents_merged", name="code")


@transaction.atomic
def merge_founders(merged, survivor, *, by, reason):
    """From now on both are one person."""
    merged, survivor = held(merged, survivor)
    require(two_people(merged, survivor))
    require(may_merge_people(by, merged, survivor))
    Founder.objects.filter(pk=survivor.pk).update(version=F("version") + 1)
    return join(merged, survivor, by=by, reason=reason, verb="founders_merged")


def join(merged, survivor, *, by, reason, verb, name="pk"):
    """Write a merger down, and let the one count as the other."""
    made = mergers_of(type(merged)).objects.create(
        merged=merged, survivor=survivor, reason=reason, by=by.user, organisation=by.organisation
    )
    point(type(merged), Q(pk=merged.pk) | Q(merged_into=merged.pk), survivor)
    log(survivor, verb, by=by.who, given=told(made, name) | {"reason": reason})
    return made


def told(made, name):
    return {"survivor": getattr(made.survivor, name), "merged": getattr(made.merged, name)}


def point(model, which, survivor):
    model.objects.filter(which).update(merged_into=survivor, version=F("version") + 1)


@transaction.atomic
def take_apart(made, *, by, reason):
    """What was merged counts for itself again, with those that had been merged into it before."""
    made = Merge.objects.select_for_update(of=["self"]).get(pk=made.pk)
    require(may_take_apart(by, made))
    return separate(made, by=by, reason=reason, verb="residents_taken_apart", name="code")


@transaction.atomic
def take_founders_apart(made, *, by, reason):
    """They are two people again."""
    made = FounderMerge.objects.select_for_update(of=["self"]).get(pk=made.pk)
    require(may_take_people_apart(by, made))
    return separate(made, by=by, reason=reason, verb="founders_taken_apart")


def separate(made, *, by, reason, verb, name="pk"):
    """Take a merger back, and let the one count for itself."""
    made.undone, made.undone_by, made.undone_reason = timezone.now(), by.user, reason
    made.save(update_fields=["undone", "undone_by", "undone_reason"])
    model = type(made.merged)
    point(model, Q(pk__in=below(type(made), made.merged_id)), made.merged)
    point(model, Q(pk=made.merged_id), None)
    log(made.survivor, verb, by=by.who, given=told(made, name) | {"reason": reason})
    return made


def below(mergers, key):
    """Keys of all that were merged into a record, directly or by way of another."""
    found, ring = set(), {key}
    while ring:
        ring = (
            set(
                mergers.objects.standing()
                .filter(survivor__in=ring)
                .values_list("merged", flat=True)
            )
            - found
        )
        found |= ring
    return found


# --- people ---------------------------------------------------------------------------------------

SIGNS = {
    "identity": _("the same identity number"),
    "mobile": _("the same name and telephone"),
    "phone": _("the same telephone under another name"),
    "name": _("the same name at the same resident"),
    "mentor": _("the same name"),
}
"""What speaks for one and the same person, the strongest first."""

MOST_PAIRS = 50


def two_people(merged, survivor):
    """Why two records of people are not merged, whoever asks."""
    if merged.pk == survivor.pk:
        return ITSELF
    if merged.merged_into_id or survivor.merged_into_id:
        return MERGED
    numbers = {getattr(one, "identity_index", "") for one in (merged, survivor)} - {""}
    return TWO_NUMBERS if len(numbers) > 1 else None


def alike(people, others, signs_of):
    """Pairs of people of whom one is among `people`, each with what speaks for it; `signs_of(person)` gives names of signs with what is alike."""
    by_sign, found = defaultdict(list), {}
    for one in others:
        for sign in signs_of(one):
            by_sign[sign].append(one)
    for name, why in SIGNS.items():
        for one in people:
            for sign in (sign for sign in signs_of(one) if sign[0] == name):
                for other in by_sign[sign]:
                    if two_people(one, other) is None:
                        found.setdefault(frozenset((one.pk, other.pk)), (one, other, why))
    return [(*which_stays(one, other), why) for one, other, why in found.values()][:MOST_PAIRS]


def which_stays(one, other):
    """Who goes and who stays: the one with more numbers stays, else the older record."""

    def known(person):
        return len(person.sealed_numbers()), -person.pk

    return (other, one) if known(one) > known(other) else (one, other)


def signs_of_founder(person):
    """What a founder may share with another record."""
    if person.identity_index:
        yield "identity", person.identity_index
    if person.mobile_index:
        yield "mobile", (person.name, person.mobile_index)
        yield "phone", person.mobile_index
    yield "name", (person.name, person.resident.merged_into_id or person.resident_id)


def alike_founders(space, acting):
    """Founders of those who stay or stayed at a space who may be the same as another one that is seen."""
    stays = Stay.objects.standing().filter(space=space).values("resident")
    seen = Founder.objects.visible_to(acting).standing().select_related("resident__merged_into").order_by("pk")  # fmt: skip
    people = list(seen.filter(resident__in=stays))
    same = Q(resident__in=[one.resident_id for one in people])
    for name in ("mobile_index", "identity_index"):
        same |= Q(**{f"{name}__in": {getattr(one, name) for one in people} - {""}})
    return alike(people, seen.filter(same), signs_of_founder)
