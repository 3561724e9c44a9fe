"""Bringing the tree of regions in step with the lists."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from zhongchuang import policy
from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.page.listed import ask
from zhongchuang.page.pinyin import words_of

CODES = Path(policy.__file__).parent / "regions.csv"
PLACED = Path(__file__).parent.parent / "regions.csv"
"""The nation, zones, and counties that a document puts elsewhere than their code does."""

NATION = "000000"
DIRECT = "90"
"""Third and fourth digit of counties that belong to their province directly."""


@dataclass(frozen=True)
class Listed:
    code: str
    name: str
    level: str
    parent: str
    valid_from: date | None = None
    valid_until: date | None = None


def read(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_code(rows):
    """Regions of the Ministry's list, placed by their codes; rows that only group counties are left out."""
    names = {row["code"]: row["name"] for row in rows}
    for code, name in names.items():
        province, city = code[:2] + "0000", code[:4] + "00"
        # A municipality has no cities: its "city" bears its own name, or stands for "the counties".
        municipal = names.get(code[:2] + "0100") == names[province]
        grouping = code[2:4] == DIRECT or municipal
        if code == province:
            yield Listed(code, name, Region.Level.PROVINCE, NATION)
        elif code == city:
            if not grouping:
                yield Listed(code, name, Region.Level.CITY, province)
        else:
            parent = province if grouping or city not in names else city
            yield Listed(code, name, Region.Level.COUNTY, parent)


def day(text):
    return date.fromisoformat(text) if text else None


def placed(rows):
    for row in rows:
        first, last = day(row["valid_from"]), day(row["valid_until"])
        yield Listed(row["code"], row["name"], row["level"], row["parent"], first, last)


def listed(codes=CODES, places=PLACED):
    """Every region of both lists, by code; the second list wins."""
    found = {one.code: one for one in by_code(read(codes))}
    return found | {one.code: one for one in placed(read(places))}


def ancestry(code, regions):
    """The codes from the nation down to `code`."""
    above = regions[code].parent
    return [*(ancestry(above, regions) if above else []), code]


def row_of(one, regions, on):
    codes = ancestry(one.code, regions)
    names = [regions[code].name for code in codes if code != NATION] or [one.name]
    return Region(
        code=one.code,
        name=one.name,
        full_name="".join(names),
        level=one.level,
        path="/" + "/".join(codes) + "/",
        valid_from=one.valid_from or on,
        valid_until=one.valid_until,
    )


@transaction.atomic
def load_regions(*, on, regions=None):
    """Add regions that are new, and end those renamed, moved or gone on the day `on`.

    The first load leaves the beginning of each term open. Returns how many began and how many ended.
    """
    regions = listed() if regions is None else regions
    known = {region.code: region for region in Region.objects.filter(valid_until=None)}
    since = on if known else None
    wanted = {code: row_of(one, regions, since) for code, one in regions.items()}
    same = {
        code
        for code, row in wanted.items()
        if code in known and (known[code].full_name, known[code].path) == (row.full_name, row.path)
    }
    left = [known[code].pk for code in known.keys() - same]
    ended = Region.objects.filter(pk__in=left)
    gone = ended.update(valid_until=on)
    fresh = [row for code, row in wanted.items() if code not in same]
    for depth in sorted({row.path.count("/") for row in fresh}):
        level = [row for row in fresh if row.path.count("/") == depth]
        parents = dict(Region.objects.filter(valid_until=None).values_list("path", "pk"))
        for row in level:
            row.parent_id = parents.get(row.path[: -len(row.code) - 1])
        Region.objects.bulk_create(level)
    follow_regions(left, on=on)
    if fresh or gone:
        counts = {"began": len(fresh), "ended": gone}
        log(Subject("organisations.region"), "regions_loaded", by=None, new=counts)
    return len(fresh), gone


@dataclass(frozen=True)
class Moved:
    """The event that regions were renamed or moved on a day: apps let what lies there follow, in the same transaction.

    `heirs` has the region that took over the code, by the key of the one that ended.
    """

    heirs: dict[int, Region]
    on: date


@transaction.atomic
def follow_regions(ended, *, on):
    """Organisations of regions that were renamed or moved go with them; where the code is gone, someone decides."""
    heirs = heirs_of(ended)
    for organisation in Organisation.objects.filter(region__in=heirs).select_related("region"):
        old, new = organisation.region, heirs[organisation.region_id]
        words = words_of(organisation.name, new.full_name)
        Organisation.objects.filter(pk=organisation.pk).update(region=new, words=words)
        log(organisation, "region_followed", by=None, old={"region": old}, new={"region": new})
    if heirs:
        ask("consequences", Moved(heirs, on))


def heirs_of(ended):
    """The regions that bear the codes of ended ones now, by the key of the ended one."""
    codes = dict(Region.objects.filter(pk__in=ended).values_list("code", "pk"))
    return {codes[one.code]: one for one in Region.objects.filter(code__in=codes, valid_until=None)}
