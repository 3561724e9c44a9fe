"""An upload is read by a process that was started before it came, one process for each file."""

import os

import pytest

from zhongchuang.tables import Unreadable, waiting
from zhongchuang.tables.child import read_in_child

ROWS = [["name", "desks"], ["a", 5]]


@pytest.fixture
def ahead(xlsx):
    """The process that waits after a first file was read."""
    read_in_child(xlsx(ROWS), "a.xlsx")
    [found] = waiting._ahead
    return found


def test_the_next_file_is_read_by_the_process_that_waits_and_another_one_waits_then(xlsx, ahead):
    assert ahead.process.poll() is None
    assert len(read_in_child(xlsx(ROWS), "b.xlsx").table) == 1
    assert ahead.process.returncode == 0
    [after] = waiting._ahead
    assert after.process.pid != ahead.process.pid


def test_a_waiting_process_that_died_is_not_asked(xlsx, ahead):
    ahead.process.kill()
    ahead.process.wait()
    assert len(read_in_child(xlsx(ROWS), "b.xlsx").table) == 1


def test_a_process_that_breaks_down_under_a_file_reads_it_again(xlsx, monkeypatch):
    real, calls = waiting.answer, []

    def answer(given, seconds):
        calls.append(given[: given.index(b"\n")])
        return (1, b"") if len(calls) == 1 else real(given, seconds)

    monkeypatch.setattr("zhongchuang.tables.child.answer", answer)
    assert len(read_in_child(xlsx(ROWS), "b.xlsx").table) == 1
    assert [b'"at_once": true' in one for one in calls] == [True, False]


def test_a_waiting_process_with_other_packs_is_not_asked(xlsx, ahead, monkeypatch, tmp_path):
    monkeypatch.setenv("ZHONGCHUANG_PACKS", str(tmp_path))
    read_in_child(xlsx(ROWS), "b.xlsx")
    [after] = waiting._ahead
    assert ahead.process.returncode == 0
    assert after.environment["ZHONGCHUANG_PACKS"] == str(tmp_path)


def test_a_process_that_waits_ends_with_the_server_that_started_it(ahead):
    waiting._dismiss()
    assert ahead.process.returncode == 0
    assert waiting._ahead == []


def test_a_process_that_the_parent_of_a_server_started_is_left_to_it(xlsx, ahead):
    borrowed = waiting.Waiting(ahead.process, ahead.environment, os.getppid())
    waiting._ahead[:] = [borrowed]
    assert not borrowed.serves(ahead.environment)


def test_what_the_look_at_a_sheet_finds_goes_before_what_its_values_do(xlsx, remade):
    """Values of that many cells need more memory than there is, so the first process breaks down."""
    far = b'<row r="200000"><c r="B200000"><v>1</v></c></row></sheetData>'
    wide = [["name", *(f"column {number}" for number in range(290))], ["a"]]
    data = remade(
        xlsx(wide), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", far)}
    )
    with pytest.raises(Unreadable) as caught:
        read_in_child(data, "a.xlsx")
    assert [one.code for one in caught.value.problems] == ["far_apart"]
