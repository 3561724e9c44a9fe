"""How the API answers: one form of fault, the reader's language, pages by key, tags, values that are exact."""

import pytest

from tests.api.conftest import Asker, lease, person, program, register

pytestmark = pytest.mark.django_db


def test_every_fault_has_one_form(cast, bees, nobody, space):
    answers = {
        401: nobody.get("spaces/"),
        403: program(cast, "bees", "read:spaces").get("evidence/"),
        404: bees.get("spaces/2222222222/"),
        405: bees.client.put("/api/spaces/", headers=bees.headers),
        409: bees.post(f"spaces/{space.code}/submit/"),
        422: bees.get("spaces/?colour=red"),
        400: bees.client.post(
            "/api/spaces/", "{", content_type="application/json", headers=bees.headers
        ),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert {frozenset(answer.json()) - {"detail"} for answer in answers.values()} == {
        frozenset({"code", "message"})
    }


def test_an_address_that_does_not_exist_is_answered_in_the_same_form(nobody):
    answer = nobody.get("nothing/of/the/kind")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("language", "told", "words"),
    [("en", "en", "There is no such field."), ("zh-CN", "zh-CN", "没有该字段。"), (None, "zh-CN", "没有该字段。")],
)  # fmt: skip
def test_a_fault_speaks_the_language_of_its_reader(nobody, language, told, words):
    more = {"Accept-Language": language} if language else {}
    answer = nobody.get("regions/?colour=red", **more)
    assert answer.headers["Content-Language"] == told
    assert answer.json()["detail"] == {"colour": words}


def test_unknown_fields_of_a_body_are_named(bees, space):
    sent = {"table": "premises", "verb": "add", "on": "2026-09-01", "values": {"colour": "red"}}
    answer = bees.post(f"spaces/{space.code}/changes/", sent | {"mood": "good"})
    assert answer.status_code == 422
    assert set(answer.json()["detail"]) == {"values.colour", "mood"}


def test_a_list_is_read_page_by_page_to_its_end(cast, nobody):
    seen, cursor = [], ""
    for _page in range(20):
        page = nobody.get(f"regions/?limit=3{cursor}").json()
        seen += [one["code"] for one in page["items"]]
        if "next" not in page:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == sorted(cast.regions, key=lambda code: cast.regions[code].path)


def test_a_cursor_counts_in_its_own_list_alone(bees, nobody):
    key = nobody.get("regions/?limit=3").json()["next"]
    for answer in (bees.get(f"spaces/?cursor={key}"), nobody.get("regions/?cursor=newer")):
        assert (answer.status_code, list(answer.json()["detail"])) == (422, ["cursor"])


@pytest.mark.parametrize("limit", ["0", "201", "ten"])
def test_a_page_has_between_one_and_two_hundred_rows(nobody, limit):
    assert nobody.get("regions/?limit=200").status_code == 200
    assert nobody.get(f"regions/?limit={limit}").status_code == 422


def test_what_is_unchanged_is_not_sent_again(bees, space):
    tag = bees.get("spaces/").headers["ETag"]
    again = bees.get("spaces/", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_answers_are_private_except_the_regions(cast, bees, nobody, space):
    assert nobody.get("regions/").headers["Cache-Control"] == "public, max-age=300"
    assert bees.get("spaces/").headers["Cache-Control"] == "private, no-cache"
    signed_in = person(cast, "bees.operator_head").get("spaces/")
    assert (signed_in.headers["Cache-Control"], "ETag" in signed_in.headers) == (
        "private, no-store",
        False,
    )
    assert "Authorization" in bees.get("spaces/").headers["Vary"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["spaces/", "evidence/", "organisations/", "changes/"])
def test_a_list_asks_the_database_equally_often(
    cast, bees, count, path, django_assert_max_num_queries
):
    for number in range(count):
        register(cast, f"众创空间 {number}")
        lease(cast, name=f"lease {number}.pdf")
    bees.get(path)
    with django_assert_max_num_queries(10):
        bees.get(path)


def test_amounts_are_exact_texts_moments_have_an_offset_and_what_is_unknown_is_left_out(
    bees, space
):
    told = bees.get(f"spaces/{space.code}/").json()
    assert told["floor_area"] == {"value": "600", "unit": "m2"}
    assert told["registered"].endswith("+08:00")
    assert {"industry", "closed_on", "reason"} & set(told) == set()


def test_the_document_and_its_page_are_open_and_need_no_script(client):
    answer = client.get("/api/openapi.json", headers={"Accept-Language": "en"})
    schema = answer.json()
    assert schema["openapi"].startswith("3.1")
    declared = {
        frozenset(operation["responses"])
        for path, operations in schema["paths"].items()
        for operation in operations.values()
        if not path.startswith("/api/regions/")
    }
    assert all({"401", "403", "404", "422", "429"} <= statuses for statuses in declared)
    page = client.get("/api/").content.decode()
    assert [path for path in schema["paths"] if path not in page] == []


def test_each_operation_is_visible_to_those_who_see_the_thing(cast, space):
    seen = {
        who: person(cast, who).get(f"spaces/{space.code}/").status_code
        for who in ("bees.operator_clerk", "ping.clerk", "zhe.reviewer", "ants.operator_head", "hai.clerk", "xiang.clerk", "ping.audit_admin", "founder")
    }  # fmt: skip
    assert seen == {
        "bees.operator_clerk": 200,
        "ping.clerk": 200,
        "zhe.reviewer": 200,
        "ants.operator_head": 404,
        "hai.clerk": 404,
        "xiang.clerk": 404,
        "ping.audit_admin": 404,
        "founder": 404,
    }
    assert Asker().get(f"spaces/{space.code}/").status_code == 401


def test_a_list_is_cut_down_by_what_is_asked(cast, bees, space):
    other = register(cast, "蚁巢", region="330481", by="hai.reviewer")
    asked = {
        "q=hgzckj": [space.code],
        "region=330482": [space.code],
        "region=330400": [other.code, space.code],
        "region=430000": [],
        "region=999999": [],
        "state=confirmed&kind=space": [other.code, space.code],
        "state=draft": [],
        f"operator={cast.organisations['ants'].pk}": [],
    }
    told = {
        query: [one["code"] for one in bees.get(f"spaces/?{query}").json()["items"]]
        for query in asked
    }
    assert told == asked
    assert [one["id"] for one in bees.get("organisations/?region=330482").json()["items"]] == [
        cast.organisations["bees"].pk
    ]


def test_what_is_too_large_is_refused(bees, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    small = bees.post("spaces/", {"name": "x"})
    large = bees.post("spaces/", {"name": "x" * 2000})
    assert (small.status_code, large.status_code, large.json()["code"]) == (422, 413, "too_large")


def test_a_fault_of_ours_is_told_by_its_number_alone(bees, monkeypatch, caplog):
    def broken(*given, **more):
        raise ZeroDivisionError("our secret")

    monkeypatch.setattr("zhongchuang.api.spaces.told", broken)
    monkeypatch.setattr("zhongchuang.api.spaces.page_of", broken)
    answer = bees.get("spaces/")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.content.decode()
    assert answer.json()["detail"]["incident"] in caplog.text
