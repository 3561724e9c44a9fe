"""Files: handed in through the same checks as on the pages, listed, given out."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import File, Query, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhongchuang.api.noun import Noun, RequestKey
from zhongchuang.api.shapes import Key, Moment, Page, Paged, Told, one_of, page_of
from zhongchuang.files.kinds import MEDIA_TYPES
from zhongchuang.files.names import attachment
from zhongchuang.page.refusal import require
from zhongchuang.records import actions
from zhongchuang.records.access import may_open
from zhongchuang.records.models import Content, Evidence
from zhongchuang.records.views.evidence import served

evidence = Noun("evidence", scope="evidence")
BY = ("moment", "pk")


class EvidenceTold(Told):
    key: Key
    name: str
    kind: Annotated[str, Field(description=_("pdf, docx, xlsx, jpg or png."))]
    media_type: str
    size: Annotated[int, Field(description=_("Bytes."))]
    pages: int | None
    sha256: Annotated[str, Field(description=_("Of the file as it was handed in."))]
    organisation: int | None
    handed_in: Moment
    withdrawn: Moment | None
    scan: one_of(Content.Scan)


class EvidenceAsked(Paged):
    sha256: Annotated[
        str | None,
        Field(pattern=r"^[0-9a-f]{64}$", description=_("Where this very file was handed in.")),
    ] = None


def told(found):
    return EvidenceTold(
        key=found.key,
        name=found.name,
        kind=found.content.kind,
        media_type=found.content.media_type,
        size=found.content.size,
        pages=found.content.pages,
        sha256=found.content_id,
        organisation=found.organisation_id,
        handed_in=found.moment,
        withdrawn=found.withdrawn,
        scan=found.content.scan,
    )


def visible(request):
    return Evidence.objects.visible_to(request.auth).select_related("content", "organisation")


@evidence.reads("/", Page[EvidenceTold], summary=_("List files"))
def list_evidence(request, asked: Query[EvidenceAsked]):
    found = visible(request)
    if asked.sha256:
        found = found.filter(content=asked.sha256)
    return page_of(found, told, asked, by=BY)


@evidence.writes(
    "/",
    {201: EvidenceTold},
    summary=_("Hand in a file"),
    description=_(
        "PDF, Word (.docx), Excel (.xlsx), JPG or PNG, at most 50 MB. The file is looked at first; what is refused, and why, stands in `code` and `message`."
    ),
)
def hand_in(request, file: File[UploadedFile], key: RequestKey = None):
    return Status(201, told(actions.hand_in(file, by=request.auth, request_key=key)))


@evidence.reads("/{key}/", EvidenceTold, summary=_("One file"))
def one_evidence(request, key: Key):
    return told(get_object_or_404(visible(request), key=key))


@evidence.reads(
    "/{key}/download/",
    None,
    also=frozenset({409, 500}),
    summary=_("The file itself"),
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}}
                    for kind in MEDIA_TYPES.values()
                }
            }
        }
    },
)
def download(request, key: Key):
    found = get_object_or_404(visible(request), key=key)
    require(may_open(found))
    return served(request, found, found.content.media_type, attachment(found.name))


@evidence.writes("/{key}/withdraw/", {200: EvidenceTold}, summary=_("Take a file back"))
def withdraw(request, key: Key):
    found = get_object_or_404(visible(request), key=key)
    actions.withdraw(found, by=request.auth)
    return told(visible(request).get(key=key))
