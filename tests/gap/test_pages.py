"""The pages of the gap analysis on the test client."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from zhongchuang.gap import actions, jobs, sources
from zhongchuang.gap.models import Attempt, Upload
from zhongchuang.policy.decision import recompute

pytestmark = pytest.mark.django_db
FACTS = "floor_area=620&desks=80&tenure=rented&lease_years_left=3.4&registered_in=330482&host_platforms=key_laboratory@municipal"


@pytest.fixture(autouse=True)
def nothing_remembered():
    sources.forget()


@pytest.fixture
def reader(client):
    client.cookies["language"] = "en"
    return client


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.name = "spaces.xlsx"
    out.seek(0)
    return out


GOOD = [
    ["name", "floor_area", "desks", "fund_amount"],
    ["First", 620, 80, "300\u4e07\u5143"],
    ["Second", 1500, 150, None],
]


def send(client, rows=None):
    return client.post("/gap/upload/", {"file": workbook(rows or GOOD)})


def test_the_form_leads_to_an_address_with_the_facts_alone(reader):
    answer = reader.post(
        "/gap/",
        {"desks": "80", "fund_amount": "300\u4e07\u5143", "name": "Secret", "floor_area": ""},
    )
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/gap/answer/?desks=80&fund_amount=3000000",
    )
    assert reader.get(answer["Location"]).status_code == 200


def test_faults_are_listed_on_top_linked_to_their_fields_with_the_text_kept(reader):
    page = reader.post("/gap/", {"desks": "many", "floor_area": "620"}).content.decode()
    assert re.search(r"<title>Error: ", page)
    assert 'href="#f-desks"' in page
    assert 'value="many"' in page
    assert 'value="620"' in page


def test_an_empty_form_asks_for_one_figure(reader):
    assert "No figure was entered yet" in reader.post("/gap/", {}).content.decode()


def test_the_answer_shows_verdict_shortfall_and_article(reader):
    page = reader.get(f"/gap/answer/?{FACTS}").content.decode()
    assert "short by 20 desks" in page
    assert "Art. 6(3)" in page
    assert "/packs/zhejiang-2016/#filing.desks" in page


def test_a_link_gives_the_same_matrix_and_never_the_name(reader):
    upload = Upload.objects.get(token=send(reader)["Location"].split("/")[-2])
    page = reader.get(f"{upload.get_absolute_url()}1/").content.decode()
    link = re.search(r'id="share" readonly value="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "First" not in link
    assert upload.token not in link
    body = reader.get(link).content.decode()
    table = re.compile(r"<tbody>.*</table>", re.DOTALL)
    assert table.search(body)[0] == table.search(page)[0]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?on=2016-03-01",
        "?on=nonsense",
        "?pack=all",
        "?pack=none:such",
        "?show=missing",
        "?local=no",
        "?one=x",
    ],
)
def test_every_choice_in_the_address_is_answered(reader, query):
    assert reader.get(f"/gap/demo/hedong/1/{query}").status_code == 200
    assert reader.get(f"/gap/demo/hedong/{query}").status_code == 200


def test_a_wrong_link_leads_to_the_form_with_its_fault(reader):
    assert 'href="#f-desks"' in reader.get("/gap/answer/?desks=many").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/gap/demo/none/",
        "/gap/demo/hedong/7/",
        "/gap/demo/hedong/0/",
        "/gap/u/none/",
        "/gap/u/none/1/",
        "/gap/demo/hedong/1/exe/",
        "/packs/none/",
        "/packs/none/pack.toml",
        "/gap/whatif/?data=u:none",
        "/gap/whatif/?rules=none",
        "/gap/whatif/?rules=/etc",
        "/gap/demo/hedong/1/json/?one=../..",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(reader, path):
    assert reader.get(path).status_code == 404


def test_an_upload_is_kept_under_an_address_that_nobody_guesses(reader):
    answer = send(reader)
    upload = Upload.objects.get()
    assert (answer.status_code, answer["Location"], upload.subjects, upload.name) == (
        302,
        f"/gap/u/{upload.token}/",
        2,
        "spaces.xlsx",
    )
    assert len(upload.token) >= 32
    assert upload.expires - upload.made == timedelta(days=30)


def test_the_pages_of_an_upload_are_private(reader):
    page = reader.get(send(reader)["Location"])
    assert (page["Cache-Control"], page["X-Robots-Tag"], page["Referrer-Policy"]) == (
        "private, no-store",
        "noindex, nofollow",
        "same-origin",
    )
    assert b'name="robots" content="noindex"' in page.content


def test_a_refused_file_tells_every_problem_and_leaves_nothing(reader):
    page = send(
        reader, [["name", "floor_area", "desks"], ["First", "wide", 80], ["Second", 620, "many"]]
    ).content.decode()
    assert "wide" in page
    assert "many" in page
    assert "row 2" in page
    assert "row 3" in page
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"\x00" * 100, b"name,desks\nA,1e400\n"]
)
def test_what_is_no_file_of_figures_is_refused_in_words(reader, content):
    file = io.BytesIO(content)
    file.name = "broken.xlsx"
    answer = reader.post("/gap/upload/", {"file": file})
    assert (answer.status_code, Upload.objects.count(), b"errsum" in answer.content) == (
        200,
        0,
        True,
    )


def test_no_file_is_asked_for(reader):
    assert "Choose a file first" in reader.post("/gap/upload/").content.decode()


def test_too_many_uploads_have_to_wait(reader):
    for _one in range(actions.MOST_ATTEMPTS):
        assert reader.post("/gap/upload/").status_code == 200
    answer = reader.post("/gap/upload/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "10 minutes" in answer.content.decode()
    Attempt.objects.update(made=timezone.now() - actions.WINDOW)
    assert reader.post("/gap/upload/").status_code == 200


def test_the_address_of_a_visitor_is_not_kept(reader):
    reader.post("/gap/upload/", REMOTE_ADDR="203.0.113.9")
    assert "203.0.113.9" not in Attempt.objects.get().visitor


def test_a_deletion_is_confirmed_and_immediate(reader):
    url = send(reader)["Location"]
    assert (reader.get(f"{url}delete/").status_code, reader.get(url).status_code) == (200, 200)
    assert reader.post(f"{url}delete/")["Location"] == reverse("gap:deleted")
    assert (
        reader.get(url).status_code,
        reader.get(f"{url}1/").status_code,
        Upload.objects.count(),
    ) == (404, 404, 0)
    assert "no longer here" in reader.get(url).content.decode()


def test_a_deletion_needs_the_form_of_this_site():
    strict = Client(enforce_csrf_checks=True)
    upload = actions.keep(workbook(GOOD).read(), "spaces.xlsx", language="en")
    assert (
        strict.post(f"{upload.get_absolute_url()}delete/").status_code,
        Upload.objects.count(),
    ) == (403, 1)


def test_an_expired_upload_is_gone_and_purged_twice_without_harm(reader):
    url = send(reader)["Location"]
    Upload.objects.update(expires=timezone.now())
    assert reader.get(url).status_code == 404
    assert (jobs.purge_uploads(), jobs.purge_uploads(), Upload.objects.count()) == (1, 0, 0)


def test_the_purge_is_scheduled():
    from django_q.models import Schedule  # noqa: PLC0415 -- slow import

    assert Schedule.objects.filter(func="zhongchuang.gap.jobs.purge_uploads").count() == 1


def test_a_body_beyond_the_limit_is_not_read(reader):
    answer = reader.post(
        "/gap/upload/",
        data=b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(60 * 2**20),
    )
    assert answer.status_code == 413


def test_names_that_are_formulas_or_turn_the_text_stay_text(reader):
    name = "@1+1 <b>\u202eabc \U00020bb7"
    url = send(reader, [["name", "desks"], [name, 80]])["Location"]
    page = reader.get(url).content.decode()
    assert "<b>\u202e" not in page
    assert "\u202e" not in page
    assert "&lt;b&gt;" in page
    sheet = load_workbook(io.BytesIO(reader.get(f"{url}1/xlsx/").content)).active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert reader.get(f"{url}1/pdf/").content.startswith(b"%PDF")


def test_the_answer_as_a_workbook_has_a_row_for_each_condition(reader):
    sheet = load_workbook(
        io.BytesIO(reader.get(f"/gap/answer/xlsx/?{FACTS}&pack=zhejiang-2016:filing").content)
    )["Conditions"]
    rows = [[cell.value for cell in row] for row in sheet]
    desks = next(row for row in rows if row[4] == "desks")
    assert (len(rows), desks[5:11]) == (
        14 + 1,
        ["Art. 6(3)", "Not met", "not_met", "\u2265 100 desks", "80 desks", "20 desks"],
    )


def test_the_decision_recomputes(reader):
    text = reader.get(
        f"/gap/answer/json/?{FACTS}&on=2016-03-01&one=zhejiang-2016:filing"
    ).content.decode()
    assert recompute(text).same
    assert json.loads(text)["on"] == "2016-03-01"


def test_the_workbook_of_a_file_has_all_verdicts(reader):
    book = load_workbook(io.BytesIO(reader.get("/gap/demo/hedong/file/xlsx/").content))
    assert book.worksheets[0].max_row == 7


def test_the_template_reads_back_as_an_empty_file_of_figures(reader):
    assert load_workbook(io.BytesIO(reader.get("/gap/template/").content)).active.max_row >= 1


def test_a_lower_threshold_lets_spaces_gain_and_a_higher_one_drop_out(reader):
    lower = (
        reader.get("/gap/whatif/?rules=zhejiang-2016:filing&data=demo:province&set.desks=80")
        .context["trial"]
        .effect
    )
    higher = (
        reader.get("/gap/whatif/?rules=zhejiang-2016:filing&data=demo:province&set.desks=200")
        .context["trial"]
        .effect
    )
    assert (len(lower.gains) > 0, lower.drops, higher.gains, len(higher.drops) > 0) == (
        True,
        [],
        [],
        True,
    )


def test_the_trial_never_speaks_as_law_and_shows_the_changed_condition_first(reader):
    answer = reader.get(
        "/gap/whatif/?rules=zhejiang-2016:filing&data=demo:province&set.fund=500\u4e07\u5143"
    )
    assert "A trial. It does not change the rules in force" in answer.content.decode()
    assert next(one.knob.id for one in answer.context["pictures"]) == "fund"


def test_a_wrong_threshold_is_named(reader):
    page = reader.get("/gap/whatif/?rules=zhejiang-2016:filing&set.desks=many").content.decode()
    assert 'href="#k-desks"' in page
    assert 'value="many"' in page


def test_the_trial_goes_into_a_file(reader):
    rows = (
        reader.get("/gap/whatif/csv/?rules=zhejiang-2016:filing&data=demo:province&set.desks=80")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert (rows[0], {row.rpartition(",")[2] for row in rows[1:]}) == ("Space,Change", {"gains"})


@pytest.mark.parametrize(
    "id_", ["zhejiang-2016", "hunan-2016", "xuchang-2016", "hedong-2017", "huzhou", "xuzhou-2016"]
)
def test_a_pack_shows_every_condition_at_its_anchor(reader, id_):
    from zhongchuang.policy.loading import all_packs  # noqa: PLC0415 -- slow import

    page = reader.get(f"/packs/{id_}/").content.decode()
    pack = all_packs()[id_]
    for rules in pack.sets.values():
        for one in rules.conditions():
            assert f'id="{rules.name}.{one.id}"' in page
        assert pack.digest(rules.name) in page


def test_the_file_of_a_pack_is_given_as_it_stands(reader):
    from zhongchuang.policy.loading import PACKS  # noqa: PLC0415 -- slow import

    assert (
        reader.get("/packs/zhejiang-2016/pack.toml").content
        == (PACKS / "zhejiang-2016" / "pack.toml").read_bytes()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_file_has_a_constant_number_of_queries(
    reader, rows, django_assert_num_queries
):
    url = send(reader, [["name", "desks"], *([f"Space {number}", 80] for number in range(rows))])[
        "Location"
    ]
    sources.forget()
    with django_assert_num_queries(3):  # one of them asks which packs hold
        reader.get(url)
    with django_assert_num_queries(2):
        reader.get(f"{url}1/")


def test_fifty_subjects_stand_on_a_page_and_the_next_begins_after_them(reader):
    first = reader.get("/gap/demo/province/").context["page"]
    second = reader.get(f"/gap/demo/province/?from={first.after}").context["page"]
    assert (len(first.lines), first.before, first.after, second.lines[0].number, second.before) == (
        50,
        None,
        51,
        51,
        1,
    )


def test_totals_count_every_subject_once(reader):
    page = reader.get("/gap/demo/province/?pack=all").context["page"]
    assert {sum(count for _name, count in one.totals) for one in page.shown} == {900}


def test_the_district_of_hedong_shows_its_published_totals_with_their_places(client):
    page = client.get("/gap/demo/hedong/").content.decode()
    assert [text in page for text in ("16,300 m²", "466 ", "2,100 ")] == [True, True, True]
    assert [one.more_than for one in client.get("/gap/demo/hedong/").context["totals"]].count(
        True
    ) == 5


def test_a_set_without_published_totals_shows_none(client):
    assert client.get("/gap/demo/province/").context["totals"] == []
