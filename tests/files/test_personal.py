"""Personal numbers are found wherever they stand in a file, and ordinary figures are not taken for them."""

import random

import pytest

from tests.files import seeded
from tests.files.conftest import docx, picture
from zhongchuang.files.child import look_in_child
from zhongchuang.files.inspection import inspect
from zhongchuang.files.personal import find, numbers_in

ID, CARD, PHONE = "33048219900307123X", "6222021001116245702", "13812341234"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证330106199906211478，", [("identity", "330106199906211478")]),
        ("３３０１０６１９９９０６２１１４７８", [("identity", "330106199906211478")]),
        ("330106 19990621 1478", [("identity", "330106199906211478")]),
        ("3301061999\n06211478", [("identity", "330106199906211478")]),
        ("330106\u200b199906211478", [("identity", "330106199906211478")]),
        ("6212 2647 1758 1744 401", [("card", "6212264717581744401")]),
        ("+86 138-1234-1234", [("phone", PHONE)]),
        ("（13812341234）", [("phone", PHONE)]),
        ("13812341234/13912341235", [("phone", PHONE), ("phone", "13912341235")]),
        ("330106199906211479", []),  # the check digit is 8
        ("330106199913211478", []),  # there is no 13th month
        ("6212264717581744402", []),
        ("91330482MA28A00016", []),
        ("913304827463829105", []),
        ("13812341234.50", []),
        ("13,812,341,234", []),
        ("订单号：13812341234", []),
        ("15000000000 元", []),
        ("DD13812341234", []),
        ("138123412345", []),
        ("2016-03-01 08:15:22.12345678", []),
        ("12012341234", []),  # no such beginning
    ],
)
def test_a_number_is_personal_where_form_and_check_digit_agree(text, found):
    assert numbers_in(text) == found


def test_of_300_seeded_documents_at_least_99_in_100_are_found(record_property):
    missed, count = [], 0
    for kind, place, data, text in seeded.documents():
        count += 1
        if kind != "csv":
            inspect(data, "a")  # all of them would be kept
        ((number_kind, number),) = numbers_in(text)
        if find(data, kind).counts[number_kind] == 0:
            missed.append((kind, place, number))
    record_property("missed", len(missed))
    assert count == 300
    assert len(missed) <= 3, missed


def test_of_6000_ordinary_figures_none_or_nearly_none_is_taken_for_personal(record_property):
    figures = false = 0
    for kind, data, count in seeded.clean_documents():
        figures += count
        false += sum(find(data, kind).counts.values())
    record_property("false", false)
    assert figures == 6000
    assert false <= 6


@pytest.mark.parametrize("place", seeded.BOOK_PLACES)
def test_a_number_in_a_workbook_is_told_with_its_place(place):
    found = find(seeded.workbook(place, PHONE, []), "xlsx")
    assert [(hit.kind, hit.masked) for hit in found.hits] == [("phone", "138****1234")]
    hidden = {"hidden sheet", "very hidden sheet", "hidden row", "hidden column"}
    assert (found.hits[0].place == "hidden_cell") == (place in hidden)


def test_the_place_of_a_number_can_be_gone_to():
    sheet = find(seeded.workbook("hidden sheet", PHONE, []), "xlsx").hits[0]
    assert sheet.given == {"sheet": "备份", "cell": "C7"}
    word = find(seeded.word("body", PHONE, ["a", "b"]), "docx").hits[0]
    assert (word.place, word.given) == ("paragraph", {"number": 3})
    page = find(seeded.pdf("text", PHONE, []), "pdf").hits[0]
    assert (page.place, page.given) == ("page", {"number": 2})
    line = find(f"a\nb,{PHONE}".encode(), "csv").hits[0]
    assert (line.place, line.given) == ("line", {"number": 2})


def test_many_numbers_are_counted_all_and_listed_in_part():
    chance = random.Random(3)  # noqa: S311 -- invented figures
    people = [seeded.identity(chance) for _ in range(500)]
    found = find("\n".join(people).encode(), "csv")
    assert (found.counts["identity"], len(found.hits)) == (len(set(people)), 200)


def test_what_only_shows_in_a_picture_is_said_to_be_unread():
    assert find(picture(), "jpg").unread == [["page", {"number": 1}]]
    assert find(docx("<w:p/>").replace(b"<w:document>", b"<w:document>"), "csv").unread == []


def test_a_file_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "given"
    path.write_bytes(seeded.workbook("hidden sheet", PHONE, []))
    assert look_in_child(path, "xlsx")["personal"] == {
        "counts": {"phone": 1},
        "hits": [["phone", "hidden_cell", {"sheet": "备份", "cell": "C7"}, "138****1234"]],
        "unread": [],
    }


def test_a_file_that_cannot_be_read_whole_is_never_said_to_hold_nothing(tmp_path):
    path = tmp_path / "given"
    path.write_bytes(b"%PDF-1.4 broken")
    assert look_in_child(path, "pdf") is None
