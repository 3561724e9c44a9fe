"""The documents name what is there: tests, files, pictures."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
FOLDERS = ("docs", "benchmarks", "src", "tests")
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.md"))),
]
LINK = re.compile(r"\]\(([^()\s]+)\)|(?:src|href)=\"([^\"]+)\"")
NAMED = re.compile(r"`([a-z_]+/(?:test_\w+\.py(?:::\w+)?)?)`")
ID = re.compile(r"\b(?:ZJ|SC|JX|XZ|QZ|JS|HN|SH|HD|MO|XC|BY|S|M|R|U|B)-\d+\b")
PROMISED = """
    SC-1 SC-3 XZ-2 JS-3 QZ-3 SH-3 ZJ-10 HD-1 MO-4
    S-01 S-02 S-03 S-04 S-05 S-06 S-07 S-08 S-09 S-10 S-11 S-12 S-13 S-19 S-20 S-21 S-22 S-23
    M-01 M-02 M-03 M-04 M-05 M-08 M-09 R-01 R-07 R-08 R-11
    U-01 U-04 U-06 U-07 U-08 U-09 U-10 U-11 U-15 U-19 U-20
"""


def rows_of(name):
    """The rows of the tables of a document, each as its cells."""
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [row for row in rows if ID.search(row[0])]


def missing(named):
    """What of `path` or `path::function` is not there; empty where both are."""
    path, _, function = named.partition("::")
    if not (TESTS / path).exists():
        return path
    if function and f"\ndef {function}(" not in (TESTS / path).read_text(encoding="utf-8"):
        return named
    return ""


@pytest.mark.parametrize("name", ["coverage.md", "security/README.md"])
def test_every_test_that_a_table_names_exists(name):
    named = [one for row in rows_of(name) for one in NAMED.findall(row[-1])]
    assert named
    assert [missing(one) for one in named if missing(one)] == []


def test_every_row_of_the_coverage_names_a_test():
    assert [row[0] for row in rows_of("coverage.md") if not NAMED.search(row[-1])] == []


def test_each_row_that_was_promised_stands_in_the_coverage_once():
    covered = [one for row in rows_of("coverage.md") for one in ID.findall(row[0])]
    assert [one for one in ID.findall(PROMISED) if one not in covered] == []
    assert sorted({one for one in covered if covered.count(one) > 1}) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(document):
    links = [one or other for one, other in LINK.findall(document.read_text(encoding="utf-8"))]
    inside = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in inside if not (document.parent / unquote(link)).exists()] == []
