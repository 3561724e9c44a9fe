"""The pages of a visit: filled in on a phone, read by officials, and by the operator once it was confirmed."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.files.conftest import exif, pdf, picture
from tests.visits.conftest import AREA, CLERK, HEAD, SECOND, again
from zhongchuang.organisations.todos import all_todos
from zhongchuang.procedures.models import Case
from zhongchuang.visits import actions
from zhongchuang.visits.ics import ics
from zhongchuang.visits.models import Visit
from zhongchuang.visits.rules import rules


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sent(form):
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}


def test_a_visit_is_planned_from_the_page_of_the_case(at_inspection, signed_in, cast):
    case, browser = at_inspection(), signed_in(CLERK)
    url = reverse("visits:plan", args=[case.key])
    assert url in browser.get(case.get_absolute_url()).content.decode()
    form = browser.get(url).context["form"]
    when = timezone.localtime() + timedelta(days=2)
    people = [cast.people[one].pk for one in (CLERK, SECOND)]
    given = sent(form) | {"begins": f"{when:%Y-%m-%dT%H:%M}", "place": form.fields["place"].choices[0][0], "visitors": people}  # fmt: skip
    answer = browser.post(url, given)
    visit = Visit.objects.get(case=case)
    assert (answer.url, visit.place, visit.names) == (visit.get_absolute_url(), "A 座", "xiang.clerk、xiang.reviewer")  # fmt: skip
    assert browser.post(url, given).url == answer.url
    assert Visit.objects.count() == 1


def test_the_checklist_is_made_of_figures_and_of_what_a_person_judges(going_on, signed_in):
    visit = going_on()
    form = signed_in(CLERK).get(reverse("visits:checklist", args=[visit.key])).context["form"]
    rows = {row.line.key: row.line for row in form.rows}
    assert (rows[AREA].says, rows[AREA].asks) == ("600 m²", ("≥ 500 m²",))
    assert rows["fact:desks"].says == "80 个"
    assert rows["fact:public_area"].says == "未知"
    assert "fact:public_area_share" not in rows
    judged = {one.id for one in visit.case.version_of_rules.set("recognition").leaves() if one.kind == "judged"}  # fmt: skip
    assert {key.partition(":")[2] for key in rows if key.startswith("condition:")} == judged != set()  # fmt: skip


def test_a_figure_is_read_exactly_with_its_unit_and_what_is_no_figure_is_told(going_on, signed_in):
    visit, browser = going_on(), signed_in(CLERK)
    url = reverse("visits:checklist", args=[visit.key])
    given = sent(browser.get(url).context["form"]) | {f"found.{AREA}": "differs", f"value.{AREA}": "五百多"}  # fmt: skip
    assert "五百多" in browser.post(url, given).context["form"].errors[f"value.{AREA}"][0]
    assert browser.post(url, given | {f"value.{AREA}": "580.55 平方米"}).status_code == 302
    assert again(visit).findings.get(line=AREA).value == "580.55 m2"


def test_another_figure_stands_only_beside_what_differs_and_what_was_not_seen_has_its_reason(going_on, signed_in):  # fmt: skip
    visit, browser = going_on(), signed_in(CLERK)
    url = reverse("visits:checklist", args=[visit.key])
    given = sent(browser.get(url).context["form"])
    wrong = {f"found.{AREA}": "as_stated", f"value.{AREA}": "580", "found.fact:desks": "not_seen", "found.fact:tenure": "differs"}  # fmt: skip
    errors = browser.post(url, given | wrong).context["form"].errors
    assert {*errors} == {f"found.{AREA}", "words.fact:desks", "words.fact:tenure"}


def test_a_figure_that_was_not_handed_in_cannot_be_as_stated(going_on, signed_in):
    visit, browser = going_on(), signed_in(CLERK)
    url, name = reverse("visits:checklist", args=[visit.key]), "found.fact:public_area"
    form = browser.get(url).context["form"]
    assert [code for code, _word in form.fields[name].choices] == ["differs", "not_seen"]
    assert name in browser.post(url, sent(form) | {name: "as_stated"}).context["form"].errors
    given = sent(form) | {name: "differs", "value.fact:public_area": "150"}
    assert browser.post(url, given).status_code == 302
    kept = again(visit).findings.get(line="fact:public_area")
    assert (kept.stated, kept.value) == (None, "150 m2")


def test_photographs_are_kept_without_hidden_data_with_the_digest_of_the_original(going_on, signed_in):  # fmt: skip
    visit, browser = going_on(), signed_in(CLERK)
    url = reverse("visits:photograph", args=[visit.key])
    for name, line in (("a.jpg", AREA), ("b.jpg", "")):
        form = browser.get(f"{url}?line={line}").context["form"]
        data = picture(size=(80, 60 + len(line)), exif=exif())
        answer = browser.post(url, sent(form) | {"file": SimpleUploadedFile(name, data), "caption": f"现场 {name}", "line": line})  # fmt: skip
        assert answer.status_code == 302
    first, second = visit.photographs.select_related("evidence__content")
    assert (first.line, second.line, second.caption) == (AREA, "", "现场 b.jpg")
    kept = body(browser.get(reverse("visits:picture", args=[visit.key, first.pk])))
    assert (b"SECRETCAMERA" in kept, dict(Image.open(io.BytesIO(kept)).getexif())) == (False, {})
    assert first.evidence.content.digest != first.evidence.content.kept_digest
    browser.post(reverse("visits:remove", args=[visit.key, second.pk]))
    assert [one.pk for one in visit.photographs.shown()] == [first.pk]


def test_several_photographs_come_at_once_and_a_bad_one_is_named_and_loses_no_other(going_on, signed_in):  # fmt: skip
    visit, browser = going_on(), signed_in(CLERK)
    url = reverse("visits:photograph", args=[visit.key])
    files = [SimpleUploadedFile("a.jpg", picture(size=(80, 60))), SimpleUploadedFile("plan.pdf", pdf()), SimpleUploadedFile("broken.jpg", b"no picture"), SimpleUploadedFile("b.jpg", picture(size=(90, 60)))]  # fmt: skip
    given = sent(browser.get(url).context["form"]) | {"caption": "一层大厅", "line": AREA, "file": files}  # fmt: skip
    page = browser.post(url, given, follow=True).content.decode()
    held = visit.photographs.select_related("evidence")
    assert [(one.evidence.name, one.caption, one.line) for one in held] == [("a.jpg", "一层大厅", AREA), ("b.jpg", "一层大厅", AREA)]  # fmt: skip
    told = page[page.index("未收到") :][:400]
    assert ["plan.pdf" in told, "broken.jpg" in told, "a.jpg" in told] == [True, True, False]


def test_what_finds_no_room_is_named_and_what_does_is_kept(going_on, signed_in, monkeypatch):
    visit, browser = going_on(), signed_in(CLERK)
    monkeypatch.setitem(rules()["photographs"], "most", 1)
    monkeypatch.setitem(rules()["photographs"], "at_once", 2)
    url = reverse("visits:photograph", args=[visit.key])
    files = [SimpleUploadedFile(f"{one}.jpg", picture(size=(80 + one, 60))) for one in range(3)]
    given = sent(browser.get(url).context["form"]) | {"caption": "大厅", "file": files}
    page = browser.post(url, given, follow=True).content.decode()
    assert [one.evidence.name for one in visit.photographs.select_related("evidence")] == ["0.jpg"]
    told = page[page.index("未收到") :][:400]
    assert ["1.jpg" in told, "2.jpg" in told] == [True, True]


def test_what_is_no_picture_is_no_photograph(going_on, signed_in):
    visit, browser = going_on(), signed_in(CLERK)
    url = reverse("visits:photograph", args=[visit.key])
    given = sent(browser.get(url).context["form"]) | {"caption": "x", "file": SimpleUploadedFile("a.pdf", pdf())}  # fmt: skip
    assert "file" in browser.post(url, given).context["form"].errors
    assert visit.photographs.count() == 0


def test_the_operator_reads_the_report_once_confirmed_without_internal_words(closed, photo, going_on, written, cast, client):  # fmt: skip
    visit = going_on()
    picture_ = actions.photograph(visit, by=cast[CLERK], evidence=photo(), caption="大厅", line=AREA)  # fmt: skip
    visit = closed(visit, internal="疑似夸大")
    client.force_login(cast.people[HEAD])
    urls = {"printed": reverse("visits:printed", args=[visit.key]), "picture": reverse("visits:picture", args=[visit.key, picture_.pk])}  # fmt: skip
    page = client.get(visit.get_absolute_url()).content.decode()
    assert ("A 座" in page, REPORTED in page, "大厅" in page) == (True, False, False)
    assert {client.get(one).status_code for one in urls.values()} == {404}
    actions.confirm(visit, by=cast[SECOND], version=visit.version)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert (REPORTED in page, "大厅" in page, "疑似夸大" in page) == (True, True, False)
    assert {name: body(client.get(one))[:4] for name, one in urls.items()} == {"printed": b"%PDF", "picture": b"\xff\xd8\xff\xe0"}  # fmt: skip
    client.force_login(cast.people["xiang.approver"])
    assert "疑似夸大" in client.get(visit.get_absolute_url()).content.decode()


REPORTED = "面积与申报不符"


@pytest.mark.parametrize("name", ["visit", "calendar", "printed", "checklist", "confirm"])
def test_outsiders_find_nothing(closed, cast, client, name):
    visit = closed()
    for who in ("bees.operator_head", "ping.clerk", "founder"):
        client.force_login(cast.people[who])
        assert client.get(reverse(f"visits:{name}", args=[visit.key])).status_code == 404


def test_those_who_visit_have_it_to_do_on_the_day_and_the_second_one_confirms(at_inspection, planned, going_on, closed, cast):  # fmt: skip
    case = at_inspection()
    visit = planned(case)

    def told(who):
        return [one.button for one in all_todos(cast[who]) if one.url == visit.get_absolute_url()]

    assert [told(one) for one in (CLERK, SECOND)] == [[], []]
    actions.cancel(visit, by=cast[CLERK], version=1, why="改期")
    visit = going_on(case)
    assert [told(one) for one in (CLERK, SECOND, "xiang.approver")] == [["打开"], ["打开"], []]
    closed(visit)
    assert [told(one) for one in (CLERK, SECOND)] == [[], ["查看"]]


def test_the_entry_for_a_calendar_has_its_time_in_utc_and_short_lines(at_inspection, planned):
    visit = planned(at_inspection(), place="长" * 60 + ",B;座", ready="一\n二")
    lines = ics(visit).decode().split("\r\n")
    assert [one[:-3] for one in lines if one.startswith("DTSTART:")] == ["DTSTART:20270611T0100"]
    assert max(len(one.encode()) for one in lines) <= 75
    whole = "".join(one.removeprefix(" ") if one.startswith(" ") else f"\n{one}" for one in lines)
    assert (f"LOCATION:{'长' * 60}\\,B\\;座" in whole, "一\\n二" in whole) == (True, True)


def test_the_case_file_holds_report_and_photographs(closed, going_on, photo, cast, client):
    visit = going_on()
    actions.photograph(visit, by=cast[CLERK], evidence=photo("hall.jpg"), caption="大厅")
    visit = closed(visit, internal="疑似夸大")
    actions.confirm(visit, by=cast[SECOND], version=visit.version)
    client.force_login(cast.people["xiang.approver"])
    case = Case.objects.get(pk=visit.case_id)
    archive = zipfile.ZipFile(io.BytesIO(body(client.post(reverse("procedures:file", args=[case.key])))))  # fmt: skip
    names = [one for one in archive.namelist() if one.startswith("visits/")]
    assert names == ["visits/01/visit.json", "visits/01/report.pdf", "visits/01/photographs/001-hall.jpg"]  # fmt: skip
    told = json.loads(archive.read("visits/01/visit.json"))
    assert (told["state"], told["digest"], told["report"]["internal"]) == ("confirmed", again(visit).digest, "疑似夸大")  # fmt: skip
    assert all(name in archive.read("SHA256SUMS").decode() for name in names)
