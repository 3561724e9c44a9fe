"""What an answer says of itself: what it assumes, what it did not understand, who may keep it."""

import io
import os
import re
import subprocess
import sys
from datetime import date

import pytest
from django.utils import translation
from openpyxl import load_workbook

from zhongchuang.gap import actions, report, sources
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.matrix import answers
from zhongchuang.policy.answer import compared
from zhongchuang.policy.loading import all_packs
from zhongchuang.policy.table import Table
from zhongchuang.settings import sqlite

DAY = date(2016, 7, 1)
CHOICE = Choice(DAY)
ELSEWHERE = "desks=80&registered_in=330482"
NOWHERE = "desks=80"
SETS = len(compared(all_packs()))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    sources.forget()


@pytest.fixture
def reader(client):
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def upload():
    lines = b"name,desks,registered_in\nA,80,330482\nB,80,\nC,80,430100\n"
    return actions.keep(lines, "spaces.csv", language="en")


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def notes(answer):
    return [one[1] for one in re.finditer(r'role="note">.*?<p>(.*?)</p>', text_of(answer))]


# Place of registration


def test_the_page_assumes_a_place_only_where_none_is_stated(reader):
    nowhere = text_of(reader.get(f"/gap/answer/?{NOWHERE}&pack=hunan-2016:recognition"))
    elsewhere = text_of(reader.get(f"/gap/answer/?{ELSEWHERE}&pack=hunan-2016:recognition"))
    assert (
        "Assumed to be registered there" in nowhere,
        "does not contain the assumption" in nowhere,
    ) == (
        True,
        True,
    )
    assert ("Assumed to be" in elsewhere, "does not contain the assumption" in elsewhere) == (
        False,
        False,
    )


def test_a_file_fills_only_the_blank_rows(upload):
    one = sources.upload_source(upload.token)
    rules = all_packs()["hunan-2016"].set("recognition")
    assert sources.with_place(one.table, rules).columns["registered_in"] == [
        "330482",
        "430000",
        "430100",
    ]


def test_a_subject_met_by_assumption_alone_has_a_mark_of_its_own(reader):
    lines = "name,titles,registered_in\nA,innovation_space@county,\nB,innovation_space@county,120102\nC,innovation_space@county,330482\n"
    kept = actions.keep(lines.encode(), "spaces.csv", language="en")
    page = reader.get(f"/gap/u/{kept.token}/?pack=hedong-2017:support").context["page"]
    assert [line.marks for line in page.lines] == [["assumed"], ["met"], ["not_met"]]
    assert (page.shown[0].totals, page.shown[0].assumed) == (
        [("not_met", 1), ("assumed", 1), ("met", 1)],
        1,
    )


def test_a_trial_fills_only_the_blank_rows_and_says_how_many(reader, upload):
    answer = reader.get(f"/gap/whatif/?rules=hunan-2016:recognition&data=u:{upload.token}")
    assert answer.context["trial"].assumed == {1}
    assert "1 state no place of registration" in text_of(answer)


def test_the_files_of_an_answer_do_not_call_an_assumption_met(reader):
    book = load_workbook(io.BytesIO(reader.get(f"/gap/answer/xlsx/?{NOWHERE}&pack=all").content))
    codes = {row[6].value: row[7].value for row in book["Conditions"] if row[4].value == "region"}
    assert set(codes.values()) == {"assumed"} - {None}
    facts = Table(["A"], {"desks": [80]})
    with translation.override("en"):
        content = report.content(facts.facts(0), answers(facts, 0, CHOICE), CHOICE, "A")
    assert content["lead"].endswith("each set's own place is assumed")


# What an address holds


@pytest.mark.parametrize("day", ["2016-13-45", "abc"])
@pytest.mark.parametrize(
    "path", ["/gap/answer/?desks=80&", "/gap/demo/hedong/?", "/gap/demo/hedong/1/?"]
)
def test_a_day_that_is_none_is_said_above_the_answer(reader, path, day):
    said = notes(reader.get(f"{path}on={day}"))
    assert len(said) == 1
    assert f"“{day}” is not a day. A day is written as 2016-03-01; today," in said[0]


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv", "json"])
def test_no_file_is_made_for_a_day_that_is_none(reader, form):
    url = f"/gap/answer/{form}/?desks=80&one=zhejiang-2016:filing&on="
    assert (reader.get(f"{url}abc").status_code, reader.get(f"{url}2016-03-01").status_code) == (
        400,
        200,
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pack=nosuch", "pack=nosuch"),
        ("floor_aera=620", "floor_aera=620"),
        ("judged.nosuch=yes", "judged.nosuch=yes"),
        ("show=everything", "show=everything"),
        ("desks=90", "desks=90 (given twice; 80 was taken)"),
        ("x=%3Cb%3E%E2%80%AE", "x=&lt;b&gt;"),
    ],
)
def test_what_is_not_understood_is_named_above_the_answer(reader, query, said):
    assert notes(reader.get(f"/gap/answer/?desks=80&{query}")) == [
        f"Not understood and left out: {said}"
    ]


def test_what_is_understood_is_not_complained_of(reader):
    query = (
        "desks=80&desks=80&on=2016-03-01&pack=all&local=no&local=yes&show=&one=hunan-2016:recognition"
        "&judged.carrier=yes&judged.xuzhou-2016:support.carrier=no&utm_source=x&isappinstalled=0"
    )
    assert notes(reader.get(f"/gap/answer/?{query}")) == []


def test_the_line_of_what_is_not_understood_is_bounded(reader):
    many = "&".join(f"x{number}={'y' * 500}" for number in range(100))
    said = notes(reader.get(f"/gap/answer/?desks=80&{many}"))
    assert (len(said), len(said[0]) < 500, said[0].endswith("and 94 more")) == (1, True, True)


def test_an_unknown_threshold_of_a_trial_is_named(reader):
    assert notes(reader.get("/gap/whatif/?set.nosuch=5&set.desks=80")) == [
        "Not understood and left out: set.nosuch=5"
    ]


def test_a_link_with_unknown_facts_alone_says_so_on_the_form(reader):
    assert notes(reader.get("/gap/answer/?floor_aera=620")) == [
        "Not understood and left out: floor_aera=620"
    ]


# Limits, headers, files


def test_the_page_and_the_refusal_name_the_same_limit(reader):
    assert "at most 50 MB" in text_of(reader.get("/gap/"))
    file = io.BytesIO(bytes(50 * 2**20 + 1))
    file.name = "spaces.csv"
    assert "larger than 50 MB" in text_of(reader.post("/gap/upload/", {"file": file}))


@pytest.mark.parametrize("path", ["", "99/", "1/exe/", "nonsense/", "file/exe/", "1/2/3/4/"])
def test_nothing_below_an_upload_is_kept_indexed_or_repeated(reader, upload, path):
    answer = reader.get(f"/gap/u/{upload.token}/{path}")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        "private, no-store",
        "noindex, nofollow",
    )
    assert (answer.status_code, upload.token in answer.content.decode()) == (
        (404, False) if path else (200, True)
    )


def test_accepted_files_have_a_lower_bound_than_attempts(reader, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ACCEPTED", 2)

    def send(content):
        file = io.BytesIO(content)
        file.name = "spaces.csv"
        return reader.post("/gap/upload/", {"file": file}).status_code

    good, bad = b"name,desks\nA,80\n", b"name,desks\nA,many\n"
    assert [send(one) for one in (good, bad, bad, good, good)] == [302, 200, 200, 302, 429]


def test_an_answer_whose_address_carries_the_figures_is_private(reader):
    answer = reader.get("/gap/answer/?desks=80")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        "private, no-store",
        "noindex, nofollow",
    )


def test_the_files_of_an_answer_hold_the_verdict_of_every_set(reader):
    query = f"{NOWHERE}&pack=zhejiang-2016:filing"
    book = load_workbook(io.BytesIO(reader.get(f"/gap/answer/xlsx/?{query}").content))
    assert (book.sheetnames, book.worksheets[0].max_row) == (["All rules", "Conditions"], SETS + 1)
    whole = load_workbook(io.BytesIO(reader.get("/gap/demo/hedong/file/xlsx/").content))
    assert whole.worksheets[0].max_column == SETS + 1


def test_the_printed_answer_begins_with_the_verdict_of_every_set():
    table = Table(["A"], {"desks": [80]})
    choice = Choice(DAY, packs=("zhejiang-2016:filing",))
    content = report.content(table.facts(0), answers(table, 0, choice), choice, "A")
    assert (len(content["summary"]), len(content["parts"]), len(content["digests"])) == (
        SETS,
        1,
        SETS,
    )


def test_a_link_shows_all_columns(reader):
    page = text_of(reader.get("/gap/answer/?desks=80"))
    link = re.search(r'href="([^"]+)"><svg[^>]*><use[^>]*></use></svg>All rules<', page)[1].replace(
        "&amp;", "&"
    )
    whole = reader.get(f"/gap/answer/{link}")
    assert (len(whole.context["seen"]), "All rules<" in text_of(whole)) == (SETS, False)


CANARY = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from zhongchuang.gap import actions
call_command("migrate", verbosity=0)
lines = "".join(f"canaryspace{number},80\\n" for number in range(3000))
kept = actions.keep(f"name,desks\\n{lines}".encode(), "canaryspace.csv", language="en")
connection.close()  # brings the figures from the log into the file itself
actions.delete(kept)
import os; os._exit(0)  # without closing, which would empty the log by itself
"""


def test_sqlite_overwrites_what_is_deleted_also_where_that_is_not_its_default(tmp_path):
    assert "PRAGMA secure_delete=ON;" in sqlite(tmp_path / "a.db")["OPTIONS"]["init_command"]


def test_deleted_figures_do_not_stay_in_the_files_of_the_database(tmp_path):
    more = {"ZHONGCHUANG_DATA": str(tmp_path), "DATABASE_URL": ""}
    settings = {"DJANGO_SETTINGS_MODULE": "zhongchuang.settings"}
    subprocess.run([sys.executable, "-c", CANARY], env=os.environ | more | settings, check=True)
    files = sorted(tmp_path.glob("zhongchuang.db*"))
    assert [one.name for one in files if b"canaryspace" in one.read_bytes()] == []
    assert "zhongchuang.db" in [one.name for one in files]
