"""The pages of the register as their users send them."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.files.conftest import pdf
from tests.registered import OPENED
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Change, Proof, Space
from zhongchuang.spaces.todos import todos

pytestmark = pytest.mark.django_db
KEY = "5b0b1a6e-0000-4000-8000-000000000001"
NEW = {
    "request_key": KEY, "name": "慧谷众创空间", "kind": "space", "opened": "2020-03-01",
    "region": "330482", "address": "平湖大道 1 号",
}  # fmt: skip
SITE = {
    "on": "2020-03-01",
    "name": "A 座",
    "floor_area": "600",
    "tenure": "rented",
}


def once(form):
    """The form with a key of its own, as each page gives it."""
    return {"request_key": uuid.uuid4()} | form


def errors(answer):
    return {
        name: [str(error) for error in found]
        for name, found in answer.context["form"].errors.items()
    }


def test_an_operator_begins_a_space_and_sending_the_form_again_makes_no_second(signed_in):
    client = signed_in("bees.operator_clerk")
    answers = [client.post("/spaces/new/", NEW) for _time in range(2)]
    space = Space.objects.get()
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, space.get_absolute_url())
    ] * 2


def test_a_wrong_entry_says_what_is_allowed_and_keeps_the_rest(signed_in):
    answer = signed_in("bees.operator_clerk").post(
        "/spaces/new/", NEW | {"opened": "2099-01-01", "region": "430000"}
    )
    assert (answer.status_code, set(errors(answer)), Space.objects.count()) == (
        200,
        {"opened", "region"},
        0,
    )
    assert "慧谷众创空间" in answer.content.decode()


def test_who_registers_no_spaces_is_told_so(signed_in):
    assert signed_in("ping.reviewer").get("/spaces/new/").status_code == 403


@pytest.mark.parametrize(
    "who",
    [
        "ants.operator_head",
        "hai.reviewer",
        "lu.reviewer",
        "xiang.approver",
        "zhe.system_admin",
        "zhe.audit_admin",
        "founder",
    ],
)
def test_to_outsiders_there_is_no_such_space_and_no_such_change(cast, signed_in, registered, who):
    space = registered()
    site = space.premises_rows.get()
    client = signed_in("bees.operator_head")
    client.post(
        f"{space.get_absolute_url()}premises/{site.series}/",
        once(SITE) | {"floor_area": "900", "reason": "x", "on": "2026-01-01"},
    )
    change = Change.objects.get()
    client = signed_in(who)
    paths = [
        "",
        "history/",
        "submit/",
        "confirm/",
        "return/",
        "close/",
        "operator/",
        "staff/new/",
        f"premises/{site.series}/",
    ]
    answers = {path: client.get(space.get_absolute_url() + path).status_code for path in paths}
    assert set(answers.values()) == {404}
    assert client.get(change.get_absolute_url()).status_code == 404
    assert client.post(f"{change.get_absolute_url()}confirm/").status_code == 404
    assert client.get("/spaces/").context["total"] == 0


def test_who_has_not_signed_in_is_asked_to(client, registered):
    for path in ("/spaces/", registered().get_absolute_url(), "/spaces/changes/", "/clusters/"):
        assert client.get(path)["Location"].startswith("/account/login/")


def test_a_site_with_its_contract_is_recorded_in_one_go(signed_in, prepared):
    space = prepared()
    contract = SimpleUploadedFile("合同.pdf", pdf())
    answer = signed_in("bees.operator_head").post(
        f"{space.get_absolute_url()}premises/new/", once(SITE) | {"name": "B 座", "file": contract}
    )
    assert answer.status_code == 302
    row = space.premises_rows.get(name="B 座")
    assert Proof.objects.get(series=row.series).evidence.name == "合同.pdf"


def test_a_refused_file_says_why_at_its_field_and_nothing_is_recorded(signed_in, prepared):
    space = prepared()
    virus = SimpleUploadedFile("合同.pdf", b"MZ not a pdf")
    answer = signed_in("bees.operator_head").post(
        f"{space.get_absolute_url()}premises/new/", once(SITE) | {"file": virus}
    )
    assert (set(errors(answer)), space.premises_rows.count()) == ({"file"}, 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"floor_area": "0"}, "floor_area"),
        ({"floor_area": ""}, "floor_area"),
        ({"floor_area": "600", "public_area": "400", "desk_area": "300"}, "floor_area"),
        ({"tenure": "borrowed"}, "tenure"),
        ({"desks": "-1"}, "desks"),
        ({"on": "yesterday"}, "on"),
    ],
)
def test_a_site_that_cannot_be_is_refused_at_its_field(signed_in, prepared, given, field):
    space = prepared()
    answer = signed_in("bees.operator_head").post(
        f"{space.get_absolute_url()}premises/new/", once(SITE) | given
    )
    assert (set(errors(answer)), space.premises_rows.count()) == ({field}, 1)


def test_blank_figures_stay_unknown(signed_in, prepared):
    space = prepared()
    signed_in("bees.operator_head").post(
        f"{space.get_absolute_url()}premises/new/",
        once(SITE) | {"name": "B", "desks": "", "tenure": ""},
    )
    row = space.premises_rows.get(name="B")
    assert (row.desks, row.public_area, row.tenure) == (None, None, "")


def test_a_change_on_an_old_picture_of_a_row_is_refused_and_keeps_what_was_typed(
    signed_in, prepared, add
):
    space = prepared()
    row = add(space, "staff", name="Ann")
    path = f"{space.get_absolute_url()}staff/{row.series}/correct/"
    given = {"name": "Anna", "duty": "training", "version": row.version}
    client = signed_in("bees.operator_head")
    assert client.post(path, once(given)).status_code == 302
    answer = client.post(path, once(given | {"name": "Annie"}))
    assert (answer.status_code, "Annie" in answer.content.decode()) == (409, True)
    assert space.staffmember_rows.get().name == "Anna"


def test_a_registered_space_needs_a_reason_for_a_major_change(signed_in, registered):
    space = registered()
    path = f"{space.get_absolute_url()}premises/{space.premises_rows.get().series}/"
    given = once(SITE) | {"floor_area": "900", "on": "2026-01-01"}
    client = signed_in("bees.operator_head")
    assert set(errors(client.post(path, once(given)))) == {"reason"}
    assert client.post(path, once(given | {"reason": "扩建"})).status_code == 302
    assert Change.objects.get().reason == "扩建"


def test_as_of_an_earlier_day_the_page_shows_what_held_then(signed_in, registered, cast):
    space = registered()
    path = space.get_absolute_url()
    client = signed_in("bees.operator_head")
    client.post(
        f"{path}premises/{space.premises_rows.get().series}/",
        once(SITE) | {"floor_area": "900", "on": "2026-01-01", "reason": "x"},
    )
    actions.confirm_change(Change.objects.get(), by=cast["ping.reviewer"])
    found = {
        day: client.get(path, {"on": day}).context["figures"][0][2]
        for day in ("2025-12-31", "2026-01-01", "2019-01-01", "rubbish")
    }
    assert found == {"2025-12-31": 600, "2026-01-01": 900, "2019-01-01": None, "rubbish": 900}


def test_the_list_is_filtered_by_words_region_kind_industry_and_state(
    cast, signed_in, registered, prepared
):
    registered("慧谷众创空间")
    registered("海宁创客", who="kites.operator_head", region="330481", by="hai.reviewer")
    waiting = prepared("青枫孵化器")
    actions.submit(waiting, by=cast["bees.operator_head"])
    client = signed_in("jia.clerk")

    def found(**asked):
        return [space.name for space in client.get("/spaces/", asked).context["page"].rows]

    assert found() == ["青枫孵化器", "海宁创客", "慧谷众创空间"]
    assert found(q="hg") == ["慧谷众创空间"]
    assert found(region=cast.regions["330481"].path) == ["海宁创客"]
    assert found(state="submitted") == ["青枫孵化器"]
    assert found(kind="incubator") == found(industry="health") == []
    assert found(region="/somewhere/else/") == found()


def test_lists_cost_the_same_with_one_space_and_with_three(signed_in, registered):
    counts = {path: [] for path in ("/spaces/", "/spaces/changes/", "/workbench/")}
    for number in (1, 2, 3):
        space = registered(f"空间 {number}")
        client = signed_in("bees.operator_head")
        path = f"{space.get_absolute_url()}premises/{space.premises_rows.get().series}/"
        client.post(
            path,
            SITE
            | {
                "floor_area": "900",
                "reason": "x",
                "on": "2026-01-01",
            },
        )
        client = signed_in("ping.reviewer")
        for path, found in counts.items():
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
    assert {path: found[0] for path, found in counts.items()} == {
        path: found[2] for path, found in counts.items()
    }


def test_what_waits_is_on_the_workbench_of_who_decides_and_nowhere_else(cast, prepared):
    space = prepared()
    assert [todo.url for todo in todos(cast["bees.operator_head"])] == [space.get_absolute_url()]
    actions.submit(space, by=cast["bees.operator_head"])
    counts = {
        who: len(todos(cast[who]))
        for who in (
            "ping.reviewer",
            "ping.approver",
            "ping.clerk",
            "hai.reviewer",
            "jia.reviewer",
            "bees.operator_head",
            "ants.operator_head",
        )
    }
    assert {who for who, count in counts.items() if count} == {"ping.reviewer", "ping.approver"}


def test_nothing_is_changed_by_looking(signed_in, registered):
    space = registered()
    client = signed_in("ping.reviewer")
    for path in ("submit/", "confirm/", "return/", "close/", "take-back/"):
        client.get(space.get_absolute_url() + path)
    assert Space.objects.get().version == space.version
    assert Space.objects.get().state == "confirmed"


def test_a_foreign_form_is_refused(cast, registered):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["bees.operator_head"])
    assert client.post("/spaces/new/", NEW).status_code == 403
    assert OPENED.isoformat() == NEW["opened"]


def test_a_history_of_many_versions_costs_as_much_as_one_of_few(signed_in, registered):
    space, counts = registered(), []
    site, particulars = space.premises_rows.get(), space.particulars_rows.get()
    client = signed_in("bees.operator_head")
    for year in (2021, 2022, 2023):
        on = f"{year}-01-01"
        row = {
            "name": particulars.name,
            "region": "330482",
            "address": particulars.address,
            "phone": str(year),
        }
        client.post(
            f"{space.get_absolute_url()}particulars/{particulars.series}/",
            once(row | {"on": on, "reason": "x"}),
        )
        client.post(
            f"{space.get_absolute_url()}premises/{site.series}/correct/",
            once(SITE | {"address": on, "reason": "x"}),
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{space.get_absolute_url()}history/")
        counts.append(len(queries))
    assert space.particulars_rows.count() == 4
    assert counts[0] == counts[2]


def links_of(client, address):
    page = client.get(address).content.decode()
    return {href.removeprefix("/") for href in re.findall('href="([^"]+)"', page)}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("bees.operator_head", {"imports/", "spaces/export/?state=confirmed"}),
        ("ping.reviewer", {"imports/", "spaces/export/?state=confirmed"}),
        ("zhe.system_admin", set()),
    ],
)
def test_the_register_leads_to_import_and_export_of_what_is_shown(
    registered, signed_in, who, offered
):
    registered()
    found = links_of(signed_in(who), "/spaces/?state=confirmed")
    assert {one for one in found if one.startswith(("imports", "spaces/export"))} == offered


def test_a_space_leads_to_import_for_its_operator_and_to_export_for_whoever_sees_it(
    registered, signed_in
):
    space = registered()
    found = {
        who: links_of(signed_in(who), space.get_absolute_url())
        & {f"imports/into/{space.code}/", f"spaces/{space.code}/record/"}
        for who in ("bees.operator_head", "ping.reviewer")
    }
    assert found == {
        "bees.operator_head": {f"imports/into/{space.code}/", f"spaces/{space.code}/record/"},
        "ping.reviewer": {f"spaces/{space.code}/record/"},
    }


OUT_OF_RANGE = [
    ("premises", SITE | {"floor_area": "1000000000"}, "floor_area"),
    ("premises", SITE | {"desks": "99999999999"}, "desks"),
    ("premises", SITE | {"public_area": "-5"}, "public_area"),
    ("premises", SITE | {"on": "0201-01-01"}, "on"),
    (
        "equipment",
        {"on": "2020-03-01", "name": "A", "holding": "owned", "pieces": "99999999999"},
        "pieces",
    ),
    (
        "equipment",
        {"on": "2020-03-01", "name": "A", "holding": "owned", "pieces": "1", "value": "-1"},
        "value",
    ),
    ("staff-count", {"on": "2020-03-01", "staff": "99999999999"}, "staff"),
]


@pytest.mark.parametrize(("table", "given", "field"), OUT_OF_RANGE)
def test_a_figure_that_no_space_has_is_refused_beside_its_field(
    prepared, signed_in, table, given, field
):
    space, client = prepared(), signed_in("bees.operator_head")
    answer = client.post(f"{space.get_absolute_url()}{table}/new/", once(given))
    assert (answer.status_code, set(errors(answer))) == (200, {field})


def test_an_opening_in_another_century_is_asked_about(signed_in):
    client = signed_in("bees.operator_head")
    answer = client.post("/spaces/new/", NEW | once({}) | {"opened": "1820-03-01"})
    assert (set(errors(answer)), Space.objects.count()) == ({"opened"}, 0)


def test_an_operator_begins_one_space_of_a_name_in_a_region(signed_in):
    client = signed_in("bees.operator_head")
    answers = [client.post("/spaces/new/", NEW | once({})) for _tab in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert (list(errors(answers[1])), Space.objects.count()) == (["name"], 1)
    other = client.post("/spaces/new/", NEW | once({"name": "B"}))
    assert (other.status_code, Space.objects.count()) == (302, 2)


def test_what_django_says_of_an_entry_reads_as_plainly_as_what_we_say(prepared, signed_in):
    space, client = prepared(), signed_in("bees.operator_head")
    given = SITE | {"name": "A\0B", "floor_area": "x", "on": "2024-02-30", "desks": "1.5"}
    answer = client.post(f"{space.get_absolute_url()}premises/new/", once(given))
    assert errors(answer) == {
        "name": ["文字中有无法保存的空字符，请重新输入。"],
        "floor_area": ["请填写数字，如 600 或 600.5。"],
        "on": ["没有这一天。请按年-月-日填写，如 2026-11-26。"],
        "desks": ["请填写整数，不带小数点。"],
    }


def test_who_decides_second_reads_what_happened_and_keeps_the_answer(cast, registered, signed_in):
    space = registered()
    site = space.premises_rows.get()
    operation = Operation(
        "premises", "revise", timezone.localdate(), {"floor_area": 700}, site.series
    )
    change = actions.write(space, operation, by=cast["bees.operator_head"], reason="x")
    client, address = signed_in("ping.reviewer"), f"{change.get_absolute_url()}refuse/"
    actions.confirm_change(change, by=cast["ping.approver"])
    answer = client.post(address, once({"answer": "The lease is missing."}))
    assert (answer.status_code, set(errors(answer))) == (409, {"__all__"})
    assert "The lease is missing." in answer.content.decode()
    change.refresh_from_db()
    assert change.state == "confirmed"
    page = client.get(address).content.decode()
    assert f'href="{change.get_absolute_url()}"' in page


@pytest.mark.parametrize(("days", "status"), [(1, 409), (-9999, 409), (0, 302)])
def test_a_space_closes_between_its_opening_and_today(registered, signed_in, days, status):
    space, client = registered(), signed_in("bees.operator_head")
    on = timezone.localdate() + timedelta(days=days)
    answer = client.post(f"{space.get_absolute_url()}close/", once({"on": on, "reason": "x"}))
    space.refresh_from_db()
    assert (answer.status_code, space.state == "closed") == (status, status == 302)
    if status == 409:
        assert set(errors(answer)) == {"on"}
