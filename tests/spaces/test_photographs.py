import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.files.conftest import pdf, picture
from zhongchuang.records.actions import hand_in
from zhongchuang.records.models import Evidence
from zhongchuang.spaces import actions
from zhongchuang.spaces.models import Photograph
from zhongchuang.spaces.pictures import photographs_of

pytestmark = pytest.mark.django_db
HEAD = "bees.operator_head"
TODAY = timezone.localdate()


def upload(name="hall.jpg", data=None):
    return SimpleUploadedFile(name, data or picture())


@pytest.fixture
def show(cast):
    """`show(space, "Hall", "Desks")` shows a picture for each caption."""

    def one(space, *captions, on=TODAY):
        file = hand_in(upload(), by=cast[HEAD])
        pictures = [(file, caption) for caption in captions]
        return actions.show_photographs(space, pictures, by=cast[HEAD], on=on)

    return one


def captions(space, on=TODAY):
    return [photograph.caption for photograph in photographs_of(space, on)]


def test_several_pictures_are_shown_with_their_captions_in_order(prepared, signed_in):
    space, client = prepared(), signed_in(HEAD)
    address = f"/spaces/{space.code}/photographs/"
    key = client.get(f"{address}add/").context["form"]["request_key"].value()
    for _time in range(2):
        given = {
            "request_key": key, "file_1": upload(), "caption_1": "大厅", "file_2": upload("desks.jpg"),
            "caption_2": "工位区",
        }  # fmt: skip
        assert client.post(f"{address}add/", given).status_code == 302
    assert captions(space) == ["大厅", "工位区"]
    assert Evidence.objects.count() == 2
    page = client.get(address).content.decode()
    assert (page.count('alt="大厅"'), page.count('alt="工位区"')) == (1, 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"file_1": upload, "caption_1": ""}, "caption_1"),
        ({"file_1": upload, "caption_1": "a", "caption_2": "b"}, "file_2"),
        ({"file_1": upload, "caption_1": "a", "file_2": upload}, "caption_2"),
        ({"file_1": lambda: upload("lease.pdf", pdf()), "caption_1": "a"}, "file_1"),
        ({"file_1": lambda: upload("a.jpg", pdf()), "caption_1": "a"}, "file_1"),
    ],
)
def test_a_picture_without_caption_and_a_file_that_is_no_picture_are_refused(
    prepared, signed_in, given, field
):
    space = prepared()
    sent = {name: value() if callable(value) else value for name, value in given.items()}
    address = f"/spaces/{space.code}/photographs/add/"
    answer = signed_in(HEAD).post(address, sent | {"request_key": str(uuid.uuid4())})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Photograph.objects.count() == 0


def test_a_picture_taken_down_is_still_there_on_the_days_before(cast, prepared, show):
    space = prepared()
    before = TODAY - timedelta(days=10)
    hall, _desks = show(space, "Hall", "Desks", on=before)
    actions.take_down(hall, by=cast[HEAD], on=TODAY)
    assert (captions(space), captions(space, TODAY - timedelta(days=1))) == (
        ["Desks"], ["Hall", "Desks"],
    )  # fmt: skip


def test_a_caption_changes_from_a_day_on(cast, prepared, show, signed_in):
    space = prepared()
    before = TODAY - timedelta(days=10)
    hall = show(space, "Hall", on=before)[0]
    address = f"/spaces/{space.code}/photographs/{hall.series}/caption/"
    given = {"caption": "Entrance hall", "version": hall.version, "request_key": uuid.uuid4()}
    assert signed_in(HEAD).post(address, given).status_code == 302
    assert (captions(space, before), captions(space)) == (["Hall"], ["Entrance hall"])
    assert (
        signed_in(HEAD)
        .post(address, given | {"version": 9, "request_key": uuid.uuid4()})
        .status_code
        == 409
    )


def test_a_photograph_moves_one_place_earlier(prepared, show, signed_in):
    space = prepared()
    _first, desks, last = show(space, "Hall", "Desks", "Kitchen")
    address, given = (
        f"/spaces/{space.code}/photographs/{last.series}/move/",
        {"before": desks.series},
    )
    for _time in range(2):
        assert signed_in(HEAD).post(address, given).status_code == 302
    assert captions(space) == ["Hall", "Kitchen", "Desks"]
    assert (
        signed_in("ping.clerk").post(address).status_code == 404
    )  # not seen before it is submitted


@pytest.mark.parametrize("size", ["small", "full"])
def test_whoever_sees_the_space_sees_its_pictures_and_nobody_else(
    registered, show, signed_in, size
):
    space = registered()
    hall = show(space, "Hall")[0]
    address = f"/spaces/{space.code}/photographs/{hall.pk}/{size}/"
    seen = {who: signed_in(who).get(address).status_code for who in (
        "bees.operator_clerk", "ping.clerk", "zhe.clerk", "kites.operator_head", "hai.clerk", "founder",
    )}  # fmt: skip
    assert list(seen.values()) == [200, 200, 200, 404, 404, 404]
    answer = signed_in("ping.clerk").get(address)
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == (
        "image/jpeg", "default-src 'none'; sandbox",
    )  # fmt: skip


@pytest.mark.parametrize("page", ["add/", "SERIES/caption/", "SERIES/down/"])
def test_only_the_operator_changes_the_photographs(registered, show, signed_in, page):
    space = registered()
    page = page.replace("SERIES", str(show(space, "Hall")[0].series))
    address = f"/spaces/{space.code}/photographs/{page}"
    assert {
        who: signed_in(who).get(address).status_code
        for who in ("bees.operator_clerk", "ping.reviewer", "kites.operator_head", "founder")
    } == {
        "bees.operator_clerk": 200, "ping.reviewer": 403, "kites.operator_head": 404,
        "founder": 404,
    }  # fmt: skip


def test_a_gallery_asks_the_database_as_often_for_three_pictures_as_for_one(
    prepared, show, signed_in
):
    asked = []
    for name, given in (("一号空间", ["a"]), ("三号空间", ["a", "b", "c"])):
        space = prepared(name)
        show(space, *given)
        client = signed_in(HEAD)
        client.get(f"/spaces/{space.code}/photographs/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/spaces/{space.code}/photographs/").content.decode()
        asked.append(len(queries))
        assert page.count("<figure>") == len(given)
    assert asked[0] == asked[1]


def test_the_page_of_a_space_shows_its_photographs_of_the_day(prepared, show, signed_in):
    space = prepared()
    show(space, "Hall", "Desks")
    client, days = signed_in(HEAD), (TODAY, TODAY - timedelta(days=1))
    pages = [client.get(space.get_absolute_url(), {"on": day.isoformat()}) for day in days]
    found = [[one.caption for one in page.context["photographs"]] for page in pages]
    assert found == [["Hall", "Desks"], []]
    assert [page.content.decode().count("/small/") for page in pages] == [2, 0]
