"""Near-identical photographs of different events or spaces: copies are found, different pictures are not (BY-5)."""

import io
import random
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter

from zhongchuang.files.images import likeness, thumbnail
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.records import jobs
from zhongchuang.records.actions import look_at
from zhongchuang.records.models import Content, Evidence
from zhongchuang.services.models import Event
from zhongchuang.signs import actions
from zhongchuang.signs.checks import near_photograph
from zhongchuang.signs.models import Sign
from zhongchuang.signs.rules import rules
from zhongchuang.spaces.models import Photograph, Proof

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)


def photo(seed, size=(640, 480)):
    """A made-up photograph: shapes of many colours and sizes, a little out of focus."""
    dice = random.Random(seed)  # noqa: S311 -- pictures for a test
    picture = Image.new("RGB", size, tuple(dice.randrange(60, 200) for _part in range(3)))
    draw = ImageDraw.Draw(picture)
    for _shape in range(60):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        w, h = dice.randrange(10, 110), dice.randrange(10, 110)
        colour = tuple(dice.randrange(256) for _part in range(3))
        shape = draw.ellipse if dice.random() < 0.5 else draw.rectangle
        shape((x - w, y - h, x + w, y + h), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(2))


def jpeg(picture, quality=90):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def compressed(picture):
    return Image.open(io.BytesIO(jpeg(picture, 35)))


def smaller(picture):
    return picture.resize((300, 225))


def cropped(picture):
    width, height = picture.size
    return picture.crop((width // 100, height // 100, width - width // 100, height - height // 100))


def bits(picture):
    return int(likeness(thumbnail(picture)), 16)


@pytest.fixture
def hangs(cast):
    """`hangs(space, picture, name)` is an event with this photograph behind it, without the way through the scanner."""
    count = iter(range(10_000))

    def one(space, picture, name="现场.jpg", who="bees.operator_head", day=date(2026, 5, 1)):
        number, by = next(count), cast[who]
        event = Event.objects.create(space=space, day=day, title=f"活动{number}", kind="salon")
        content = Content.objects.create(
            digest=f"{number:064x}", kept_digest=f"{number:064x}", size=1, kind="jpg", thumbnail_digest="x",
            likeness=likeness(thumbnail(picture)),
        )  # fmt: skip
        evidence = Evidence.objects.create(content=content, organisation=by.organisation, handed_in_by=by.user, name=name)  # fmt: skip
        Proof.objects.create(space=space, series=event.key, evidence=evidence)
        return event

    return one


@pytest.mark.parametrize("change", [compressed, smaller, cropped])
def test_a_changed_copy_of_a_photograph_of_another_event_is_found(registered, hangs, change):
    space = registered()
    for seed in range(10):
        hangs(space, photo(seed), f"{seed}.jpg")
        hangs(space, change(photo(seed)), f"{seed}-2.jpg")
    told = [(one.told["first"], one.told["second"]) for one in near_photograph(ON)]
    assert told == [(f"{seed}.jpg", f"{seed}-2.jpg") for seed in range(10)]


def test_of_two_hundred_different_pictures_none_is_found(registered, hangs):
    space = registered()
    for seed in range(200):
        hangs(space, photo(seed))
    assert near_photograph(ON) == []


def test_pictures_are_as_near_as_the_file_of_thresholds_says_and_no_further():
    distance = rules()["near_photograph"]["distance"]
    for seed in range(20):
        kept = bits(photo(seed))
        for change in (compressed, smaller, cropped):
            assert (kept ^ bits(change(photo(seed)))).bit_count() <= distance


def test_one_sign_stands_for_two_pictures_at_the_space_that_came_second(registered, hangs):
    one, other = registered(), registered("星火众创空间", who="ants.operator_head")
    hangs(one, photo(1))
    assert near_photograph(ON) == []
    hangs(other, compressed(photo(1)), who="ants.operator_head")
    (found,) = near_photograph(ON)
    assert (found.space, found.others) == (other.pk, (one.pk,))


def test_two_photographs_of_one_event_are_no_sign(registered, hangs, cast):
    space = registered()
    first, second = hangs(space, photo(1)), hangs(space, compressed(photo(1)))
    assert len(near_photograph(ON)) == 1
    Proof.objects.filter(series=second.key).update(series=first.key)
    assert near_photograph(ON) == []


def test_a_struck_event_a_withdrawn_file_and_a_space_not_registered_are_left_out(
    registered, prepared, hangs, cast
):
    space = registered()
    first, second = hangs(space, photo(1)), hangs(space, compressed(photo(1)))
    hangs(prepared("筹备中", who="bees.operator_head"), compressed(photo(1)))
    assert len(near_photograph(ON)) == 1
    Evidence.objects.filter(proofs__series=first.key).update(withdrawn="2026-06-01T00:00:00Z")
    assert near_photograph(ON) == []
    Evidence.objects.update(withdrawn=None)
    ledger_actions.strike(second, by=cast["bees.operator_head"], version=1, reason="误填")
    assert near_photograph(ON) == []


def test_pages_and_walls_that_all_look_alike_are_left_out(registered, hangs):
    space = registered()
    for grey in (250, 251, 252):
        hangs(space, Image.new("RGB", (640, 480), (grey, grey, grey)))
    assert near_photograph(ON) == []


def test_a_photograph_of_a_space_is_compared_with_those_of_other_spaces(registered, hangs):
    one, other = registered(), registered("星火众创空间", who="ants.operator_head")
    hangs(one, photo(1))
    hangs(other, compressed(photo(1)), who="ants.operator_head")
    moved = Proof.objects.filter(space=one).get()
    Photograph.objects.create(space=one, evidence=moved.evidence, caption="大厅", valid_from=ON)
    moved.delete()
    assert len(near_photograph(ON)) == 1


def test_the_sign_shows_both_pictures_and_keeps_what_lies_outside_one_s_reach(
    registered, hangs, signed_in
):
    one = registered()
    other = registered("星火众创空间", who="kites.operator_head", region="330481", by="hai.reviewer")  # fmt: skip
    hangs(other, photo(1), "海宁.jpg", who="kites.operator_head")
    hangs(one, compressed(photo(1)), "平湖.jpg")
    actions.look_for_signs(ON)
    sign = Sign.objects.get(rule="near_photograph")
    both = signed_in("jia.reviewer").get(sign.get_absolute_url()).content.decode()
    assert both.count("<img src=") == 2
    assert "“平湖.jpg”与“海宁.jpg”" in both
    half = signed_in("ping.reviewer").get(sign.get_absolute_url()).content.decode()
    assert half.count("<img src=") == 1
    assert "不在您的管辖范围内" in half


def test_the_look_costs_as_many_queries_for_three_pictures_as_for_one(registered, hangs):
    space = registered()

    def cost():
        with CaptureQueriesContext(connection) as seen:
            near_photograph(ON)
        return len(seen)

    hangs(space, photo(1))
    one = cost()
    hangs(space, photo(2))
    hangs(space, photo(3))
    assert cost() == one


# --- from the hand-in on --------------------------------------------------------------------------


def test_what_a_picture_looks_like_is_kept_when_it_is_handed_in_and_told_of_older_ones_at_night(
    registered, cast
):
    space, by = registered(), cast["bees.operator_head"]
    upload = SimpleUploadedFile("现场.jpg", jpeg(photo(1)))
    ledger_actions.write_down(
        Event, space, by=by, day=date(2026, 5, 1), title="沙龙", kind="salon", file=look_at(upload, by=by)
    )  # fmt: skip
    kept = Content.objects.get()
    assert len(kept.likeness) == 16
    assert (int(kept.likeness, 16) ^ bits(photo(1))).bit_count() <= 2
    Content.objects.update(likeness="")
    assert jobs.tell_likenesses() == [kept.likeness]
    assert Content.objects.get().likeness == kept.likeness
    assert jobs.tell_likenesses() == []


def test_the_thumbnails_of_a_sign_are_opened_by_those_who_see_them(registered, hangs, signed_in):
    space = registered()
    hangs(space, photo(1))
    hangs(space, compressed(photo(1)))
    actions.look_for_signs(ON)
    page = signed_in("ping.reviewer").get(Sign.objects.get(rule="near_photograph").get_absolute_url())  # fmt: skip
    keys = [one.key for one in page.context["pictures"]]
    assert [reverse("records:thumbnail", args=[key]) in page.content.decode() for key in keys] == [True, True]  # fmt: skip
