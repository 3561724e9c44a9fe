"""A file is looked at in a process that can harm nothing but itself."""

import sys

import pytest

from tests.files.conftest import docx, pdf, picture
from zhongchuang.files import child
from zhongchuang.files.child import inspect_in_child
from zhongchuang.files.limits import LARGEST_FILE
from zhongchuang.files.problems import FileRefused


def look(folder, data, name):
    path = folder / "given"
    path.write_bytes(data)
    return inspect_in_child(path, folder / "out", name)


def test_it_answers_as_if_it_looked_itself(folder):
    found = look(folder, pdf(3), "a.pdf")
    assert (found.kind, found.pages, found.content, found.thumbnail) == ("pdf", 3, None, None)


def test_it_hands_over_the_picture_written_anew(folder):
    found = look(folder, picture(size=(800, 400)), "a.jpg")
    assert (found.width, found.height) == (800, 400)
    assert found.content.startswith(b"\xff\xd8")
    assert len(found.thumbnail) < len(found.content)


def test_its_refusal_arrives_with_its_figures(folder):
    with pytest.raises(FileRefused) as refused:
        look(folder, docx(**{f"word/p{n}.xml": "" for n in range(2000)}), "a.docx")
    assert (refused.value.code, refused.value.params) == (
        "entries",
        {"found": 2003, "allowed": 2000},
    )


def test_a_file_that_is_too_large_is_not_even_opened(folder):
    path = folder / "given"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(FileRefused) as refused:
        inspect_in_child(path, folder / "out", "a.pdf")
    assert refused.value.params == {"size": 51, "allowed": 50}


def test_a_picture_of_fifty_megapixels_fits_the_memory(folder):
    found = look(folder, picture("PNG", size=(10_000, 5_000), mode="L"), "a.png")
    assert (found.width, found.height) == (10_000, 5_000)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the time alone")
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (
            "import zhongchuang.files.child as c; c.confine(c.MEMORY); x = bytearray(10**9)",
            "too_heavy",
        ),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "too_heavy"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("import time; time.sleep(60)", "too_slow"),
    ],
)
def test_a_child_that_breaks_is_a_refusal(folder, tmp_path, monkeypatch, code, reason):
    stand_in = tmp_path / "bin" / "python"
    stand_in.parent.mkdir()
    stand_in.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}'\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    monkeypatch.setattr(child, "WALL_SECONDS", 2)
    with pytest.raises(FileRefused) as refused:
        look(folder, pdf(), "a.pdf")
    assert refused.value.code == reason
