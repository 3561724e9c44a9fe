"""The looks, one a rule: each asks the database about all spaces at once and gives what it found.

Only registered spaces are looked at. Precision goes before number: who is asked for nothing soon asks nobody.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

import numpy as np
from django.db.models import Count, F, Max, Min
from django.db.models.functions import Coalesce, TruncDate

from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.records.register import collect
from zhongchuang.residents.models import Founder, Stay
from zhongchuang.signs.rules import rules
from zhongchuang.spaces.models import Particulars, Photograph, Proof, Space


@dataclass(frozen=True)
class Found:
    """Something about a space: `key` tells it from others of the rule, `told` are the values of its sentence."""

    space: int
    key: str
    told: dict = field(default_factory=dict)
    others: tuple[int, ...] = ()


def key_of(*parts):
    return sha256("|".join(map(str, parts)).encode()).hexdigest()


def registered():
    """Keys of the spaces that are looked at."""
    return list(Space.objects.filter(state=Space.State.CONFIRMED).order_by("pk").values_list("pk", flat=True))  # fmt: skip


def each_of(spaces, key, told):
    """One finding for each of the spaces that something has in common, naming the others."""
    return [Found(one, key, told, tuple(sorted(set(spaces) - {one}))) for one in sorted(spaces)]


# --- figures --------------------------------------------------------------------------------------


def area_per_desk(on):
    rule, spaces = rules()["area_per_desk"], registered()
    table = collect(spaces, ("floor_area", "desks"), on).columns
    found = []
    for space, area, desks in zip(spaces, table["floor_area"], table["desks"], strict=True):
        if not area or not desks:
            continue
        share = float(area) / float(desks)
        if share < rule["least"] or share > rule["most"]:
            told = {
                "area": f"{float(area):g}",
                "desks": f"{float(desks):g}",
                "share": f"{share:.1f}",
            }
            found.append(Found(space, "share", told))
    return found


def parts_over_whole(on):
    spaces = registered()
    names = ("floor_area", "public_area", "desk_area", "desks", "desks_occupied")
    columns = collect(spaces, names, on).columns
    found = []
    for place, space in enumerate(spaces):
        whole, public, let, desks, taken = (columns[name][place] for name in names)
        if None not in {whole, public, let} and public + let > whole:
            told = {"parts": f"{float(public + let):g}", "whole": f"{float(whole):g}", "unit": "m2"}
            found.append(Found(space, "area", told))
        if None not in {desks, taken} and taken > desks:
            told = {"parts": f"{float(taken):g}", "whole": f"{float(desks):g}", "unit": "desk"}
            found.append(Found(space, "desks", told))
    return found


JUMPING = ("staff", "residents", "jobs", "mentors")
"""Figures that no department confirmed when they changed."""


def jumped(on):
    rule, spaces = rules()["jumped"], registered()
    before = on.replace(year=on.year - 1, day=min(on.day, 28))
    now, then = (collect(spaces, JUMPING, day).columns for day in (on, before))
    found = []
    for name in JUMPING:
        for space, new, old in zip(spaces, now[name], then[name], strict=True):
            if not new or not old or max(new, old) < rule["least"]:
                continue
            if max(new / old, old / new) >= rule["times"]:
                told = {"fact": name, "old": f"{float(old):g}", "new": f"{float(new):g}"}
                found.append(Found(space, key_of(name, before.year), told))
    return found


# --- what several spaces have in common -----------------------------------------------------------


def plain(text):
    """A text as it is compared: without blanks and signs, letters small."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def in_common(column, on):
    """Values of a column that spaces of different operators have in common."""
    rows = Particulars.objects.on(on).filter(space__state=Space.State.CONFIRMED).exclude(**{column: ""})  # fmt: skip
    spaces, operators, texts = defaultdict(set), defaultdict(set), {}
    for space, operator, region, text in rows.values_list("space", "operator", "region", column):
        key = key_of(region if column == "address" else "", plain(text))
        spaces[key].add(space)
        operators[key].add(operator)
        texts[key] = text
    return [
        one
        for key, found in spaces.items()
        if len(operators[key]) > 1
        for one in each_of(found, key, {"text": texts[key]})
    ]


def same_address(on):
    return in_common("address", on)


def same_phone(on):
    return in_common("phone", on)


def same_file(on):  # noqa: ARG001 -- every look is asked in the same way
    """The same content behind records of spaces of different operators."""
    rows = Proof.objects.filter(space__state=Space.State.CONFIRMED).values_list(
        "evidence__content", "evidence__name", "space", "space__operator"
    )
    spaces, operators, names = defaultdict(set), defaultdict(set), {}
    for content, name, space, operator in rows.distinct():
        spaces[content].add(space)
        operators[content].add(operator)
        names[content] = name
    return [
        one
        for content, found in spaces.items()
        if len(operators[content]) > 1
        for one in each_of(found, key_of(content), {"file": names[content]})
    ]


def same_file_often(on):  # noqa: ARG001 -- every look is asked in the same way
    """The same content behind many lines of the ledgers of one space."""
    least = rules()["same_file_often"]["records"]
    found = []
    proofs = Proof.objects.filter(space__state=Space.State.CONFIRMED)
    for ledger in ledgers().values():
        lines = proofs.filter(series__in=ledger.model.objects.standing().values("key"))
        often = lines.values("space", "evidence__content").annotate(
            lines=Count("series", distinct=True), name=Max("evidence__name")
        )
        for row in often.filter(lines__gte=least).order_by():
            told = {"file": row["name"], "records": row["lines"], "ledger": ledger.name}
            found.append(Found(row["space"], key_of(ledger.name, row["evidence__content"]), told))
    return found


@dataclass(frozen=True)
class Picture:
    """A photograph where it stands: of an event, or of a space."""

    content: str
    bits: int
    evidence: str
    name: str
    space: int
    thing: str
    event: bool


PICTURE = ("evidence__content", "evidence__content__likeness", "evidence__key", "evidence__name", "space", "series")  # fmt: skip


def pictures():
    """Photographs of standing events and of spaces, the oldest first; even ones, which look alike, are left out."""
    rule, found = rules()["near_photograph"], []
    events = [Proof.objects.filter(series__in=ledgers()[name].model.objects.standing().values("key")) for name in rule["ledgers"]]  # fmt: skip
    for source in (*events, Photograph.objects.all()):
        rows = source.filter(space__state=Space.State.CONFIRMED, evidence__withdrawn=None)
        rows = rows.exclude(evidence__content__likeness="").order_by("evidence__moment", "pk")
        for content, likeness, key, name, space, thing in rows.values_list(*PICTURE):
            bits = int(likeness, 16)
            if rule["points"] <= bits.bit_count() <= POINTS - rule["points"]:
                found.append(Picture(content, bits, str(key), name, space, str(thing), source.model is Proof))  # fmt: skip
    return found


POINTS = 64


def near_photograph(on):  # noqa: ARG001 -- every look is asked in the same way
    """Each photograph that is nearly one which was handed in before, of another event or another space."""
    distance, seen, found = rules()["near_photograph"]["distance"], pictures(), []
    bits = np.array([one.bits for one in seen], dtype=np.uint64)
    for place, new in enumerate(seen):
        alike = np.flatnonzero(np.bitwise_count(bits[:place] ^ bits[place]) <= distance)
        first = next((seen[older] for older in alike if apart(seen[older], new)), None)
        if first:
            found.append(near(first, new))
    return found


def apart(old, new):
    """Whether two pictures that are not the same file stand behind different events or spaces."""
    different = old.space != new.space or (old.event and new.event and old.thing != new.thing)
    return different and old.content != new.content


def near(old, new):
    told = {
        "first": old.name, "second": new.name, "points": (old.bits ^ new.bits).bit_count(),
        "pictures": [old.evidence, new.evidence],
    }  # fmt: skip
    others = (old.space,) if old.space != new.space else ()
    return Found(new.space, key_of(old.content, new.content, old.thing, new.thing), told, others)


def one_night(on):  # noqa: ARG001 -- every look is asked in the same way
    """Most of a year's lines of a ledger written down on one day, though they tell of many weeks."""
    rule, found = rules()["one_night"], []
    for ledger in ledgers().values():
        lines = ledger.model.objects.standing().filter(space__state=Space.State.CONFIRMED)
        years = lines.values("space", of_year=F("day__year")).annotate(all=Count("pk"))
        totals = {
            (row["space"], row["of_year"]): row["all"]
            for row in years.filter(all__gte=rule["records"]).order_by()
        }
        nights = lines.values(
            "space", of_year=F("day__year"), night=TruncDate("recorded")
        ).annotate(all=Count("pk"), first=Min("day"), last=Max("day"))
        for row in nights.filter(all__gte=rule["records"]).order_by():
            total = totals.get((row["space"], row["of_year"]), 0)
            wide = row["last"] - row["first"] >= timedelta(days=rule["days"])
            if wide and row["all"] * 100 >= total * rule["share"]:
                told = {"records": row["all"], "total": total, "night": row["night"].isoformat(), "ledger": ledger.name, "year": row["of_year"]}  # fmt: skip
                found.append(Found(row["space"], key_of(ledger.name, row["of_year"]), told))
    return found


# --- residents ------------------------------------------------------------------------------------


def firm_in_several(on):
    """The same resident with a stay at spaces of different operators on the day."""
    stays = Stay.objects.standing().on(on).filter(space__state=Space.State.CONFIRMED)
    who = Coalesce("resident__merged_into", "resident")
    rows = stays.values_list(who, "resident__name", "space", "space__operator")
    spaces, operators, names = defaultdict(set), defaultdict(set), {}
    for resident, name, space, operator in rows:
        spaces[resident].add(space)
        operators[resident].add(operator)
        names[resident] = name
    return [
        one
        for resident, found in spaces.items()
        if len(operators[resident]) > 1
        for one in each_of(found, key_of(resident), {"resident": names[resident]})
    ]


def founder_in_several(on):
    """One identity number or telephone behind residents of different spaces on the day; the numbers stay sealed."""
    found = {}
    for index in ("identity_index", "mobile_index"):
        rows = Founder.objects.filter(left=None).exclude(**{index: ""})
        rows = rows.filter(
            resident__stays__in=Stay.objects.standing().on(on).filter(space__state=Space.State.CONFIRMED)
        )  # fmt: skip
        spaces, residents, names = defaultdict(set), defaultdict(set), {}
        who = Coalesce("resident__merged_into", "resident")
        for digest, name, resident, space in rows.values_list(index, "name", who, "resident__stays__space"):  # fmt: skip
            spaces[digest].add(space)
            residents[digest].add(resident)
            names[digest] = name
        for digest, ones in spaces.items():
            if len(ones) > 1 and len(residents[digest]) > 1:
                told = {"founder": names[digest], "residents": len(residents[digest])}
                found |= {(one.space, key_of(*sorted(residents[digest]))): one for one in each_of(ones, key_of(*sorted(residents[digest])), told)}  # fmt: skip
    return list(found.values())


CHECKS = {
    check.__name__: check
    for check in (
        area_per_desk, parts_over_whole, jumped, same_address, same_phone, same_file,
        same_file_often, near_photograph, one_night, firm_in_several, founder_in_several,
    )
}  # fmt: skip


def look(on: date):
    """Everything that is found on a day, by rule."""
    return {name: check(on) for name, check in CHECKS.items()}
