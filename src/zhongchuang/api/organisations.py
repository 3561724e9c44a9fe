"""Organisations, as far as the asker sees them."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from zhongchuang.api.noun import Noun
from zhongchuang.api.regions import within
from zhongchuang.api.shapes import Moment, Number, Page, Paged, RegionCode, Told, one_of, page_of
from zhongchuang.organisations.models import Organisation

organisations = Noun("organisations", scope="organisations")
BY = ("registered", "pk")


class OrganisationTold(Told):
    id: int
    name: str
    kind: one_of(Organisation.Kind)
    state: one_of(Organisation.State)
    region: Annotated[str, Field(description=_("The code of a region."))]
    level: str | None
    credit_code: str | None
    competent: Annotated[
        bool, Field(description=_("The department of its region that decides on spaces."))
    ]
    registered: Moment


class OrganisationsAsked(Paged):
    kind: one_of(Organisation.Kind) | None = None
    state: one_of(Organisation.State) | None = None
    region: Annotated[
        RegionCode | None, Field(description=_("The code of a region; what lies in it counts too."))
    ] = None


def told(organisation):
    return OrganisationTold(
        id=organisation.pk,
        name=organisation.name,
        kind=organisation.kind,
        state=organisation.state,
        region=organisation.region.code,
        level=organisation.level or None,
        credit_code=organisation.credit_code or None,
        competent=organisation.competent,
        registered=organisation.registered,
    )


def visible(request):
    return Organisation.objects.visible_to(request.auth).select_related("region")


@organisations.reads("/", Page[OrganisationTold], summary=_("List organisations"))
def list_organisations(request, asked: Query[OrganisationsAsked]):
    given = asked.model_dump(exclude={"limit", "cursor", "region"}, exclude_none=True)
    found = visible(request).filter(**given)
    if asked.region:
        found = found.filter(within(asked.region, "region__path"))
    return page_of(found, told, asked, by=BY)


@organisations.reads("/{pk}/", OrganisationTold, summary=_("One organisation"))
def one_organisation(request, pk: Number):
    return told(get_object_or_404(visible(request), pk=pk))
