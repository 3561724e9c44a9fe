"""Regions: the public tree of codes."""

from datetime import date
from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from zhongchuang.api.noun import Noun
from zhongchuang.api.shapes import Day, Page, Paged, RegionCode, Told, one_of, page_of
from zhongchuang.organisations.models import Region

regions = Noun("regions")
PUBLIC = "public, max-age=300"


class RegionTold(Told):
    code: str
    name: str
    full_name: str
    level: str
    parent: str | None
    valid_from: date | None
    valid_until: Annotated[
        date | None, Field(description=_("The first day on which the code no longer holds."))
    ]


class RegionsAsked(Paged):
    parent: RegionCode | None = None
    level: one_of(Region.Level) | None = None
    on: Annotated[Day | None, Field(description=_("The codes of that day; today if not said."))] = (
        None
    )


def told(region):
    return RegionTold(
        code=region.code,
        name=region.name,
        full_name=region.full_name,
        level=region.level,
        parent=region.parent.code if region.parent else None,
        valid_from=region.valid_from,
        valid_until=region.valid_until,
    )


def within(code, path="path"):
    """A condition on what lies in a region; nothing lies in one that there never was."""
    found = Region.objects.visible_to(None).filter(code=code).values_list("path", flat=True)
    inside = Q(pk__in=[])
    for one in found:
        inside |= Q(**{f"{path}__startswith": one})
    return inside


@regions.reads("/", Page[RegionTold], summary=_("List regions"))
def list_regions(request, response: HttpResponse, asked: Query[RegionsAsked]):
    response["Cache-Control"] = PUBLIC
    found = Region.objects.visible_to(None).on(asked.on or timezone.localdate())
    if asked.parent:
        found = found.filter(parent__code=asked.parent)
    if asked.level:
        found = found.filter(level=asked.level)
    return page_of(found.select_related("parent"), told, asked, by=("path", "pk"), way="gt")


@regions.reads("/{code}/", RegionTold, summary=_("One region"))
def one_region(request, response: HttpResponse, code: RegionCode):
    response["Cache-Control"] = PUBLIC
    found = Region.objects.visible_to(None).current().select_related("parent")
    return told(get_object_or_404(found, code=code))
