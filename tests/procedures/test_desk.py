"""Many cases at one desk: the next one opens by itself, files stand beside the conditions, only what changed is read again."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import picture
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.turns import turn_of
from zhongchuang.records.actions import hand_in
from zhongchuang.signs.models import Sign

pytestmark = pytest.mark.django_db


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def three(handed_in, begun, registered):
    """Three cases that wait at the city, the first due first."""
    found = [handed_in(begun(registered(name=f"hall {number}"))) for number in range(3)]
    for days, case in enumerate(found):
        Case.objects.filter(pk=case.pk).update(due=timezone.localdate() + timedelta(days=days))  # fmt: skip
    return [fresh(one) for one in found]


def test_cases_that_wait_stand_in_a_row_without_those_that_a_colleague_took(cast, three):
    first, second, third = three
    assert [turn_of(one, cast["jia.clerk"]).place for one in three] == [1, 2, 3]
    assert turn_of(second, cast["jia.clerk"]).before == first.key
    assert turn_of(second, cast["jia.clerk"]).after == third.key
    colleague = cast.person("second clerk", organisation=cast.organisations["jia"], role="clerk")
    actions.take(second, by=cast.acting(colleague.name), version=second.version)
    assert turn_of(first, cast["jia.clerk"]).after == third.key
    assert turn_of(first, cast.acting(colleague.name)).after == second.key
    assert turn_of(first, cast["ping.clerk"]).after is None


def test_after_a_decision_the_next_case_of_the_queue_opens(client, cast, three):
    client.force_login(cast.people["jia.clerk"])
    where = []
    for case in three:
        address = reverse("procedures:move", args=[case.key, "consent"])
        form = client.get(address).context["form"]
        sent = {"request_key": form["request_key"].value(), "version": case.version, "words": "read"}  # fmt: skip
        where.append(client.post(address, sent)["Location"])
    assert where == [three[1].get_absolute_url(), three[2].get_absolute_url(), three[2].get_absolute_url()]  # fmt: skip
    assert {fresh(one).hand for one in three} == {1}


def test_of_a_case_handed_in_again_only_what_changed_is_shown_until_all_is_asked_for(client, cast, handed_in, file_of):  # fmt: skip
    case = handed_in()
    actions.move(case, "return", by=cast["jia.clerk"], version=case.version, pins=[("entry:facilities", "too short"), ("material:fund", "unsigned")])  # fmt: skip
    case, head = fresh(case), cast["bees.operator_head"]
    actions.write(case, by=head, version=case.version, facilities="forty desks")
    actions.attach(case, by=head, slot="fund", evidence=file_of("bees.operator_head", "signed.pdf"))
    case = fresh(case)
    actions.hand_in(case, by=head, version=case.version, promised=True, at=timezone.now())
    client.force_login(cast.people["jia.clerk"])
    page = client.get(case.get_absolute_url())
    assert [own["entry"].id for one in page.context["sections"] for own in one["entries"]] == ["facilities"]  # fmt: skip
    assert [own["was"] for one in page.context["sections"] for own in one["entries"]] == ["说明 facilities"]  # fmt: skip
    assert [one["material"].id for one in page.context["materials"]] == ["fund"]
    assert [(file.evidence.name, is_new) for file, is_new in page.context["materials"][0]["files"]][-1] == ("signed.pdf", True)  # fmt: skip
    whole = client.get(case.get_absolute_url(), {"all": "yes"}).context
    assert sum(len(one["entries"]) for one in whole["sections"]) == len(list(case.course.entries()))
    assert len(whole["materials"]) == len(case.course.materials)
    client.force_login(cast.people["bees.operator_head"])
    assert client.get(case.get_absolute_url()).context["only"] is False


def test_a_file_of_the_case_stands_in_the_page_by_a_plain_link_and_no_other_does(client, cast, handed_in, file_of):  # fmt: skip
    case = handed_in()
    file = case.attachments.first().evidence
    client.force_login(cast.people["jia.clerk"])
    page = client.get(case.get_absolute_url(), {"show": file.key})
    frame = reverse("records:show", args=[file.key])
    assert f'<iframe src="{frame}#' in page.content.decode()
    other = file_of("bees.operator_head", "other.pdf")
    for asked in (other.key, "nonsense", ""):
        assert client.get(case.get_absolute_url(), {"show": asked}).context["shown"] is None
    answer = client.get(frame)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/pdf", "inline")
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    )
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def workbook():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("活动")
    sheet.write_row(0, 0, ["日期", "主题", "人数"])
    sheet.write_row(1, 0, ["2026-03-02", "<b>路演</b>", 42])
    book.close()
    return held.getvalue()


def test_pictures_and_tables_are_shown_and_what_cannot_be_shown_says_so(client, cast):
    client.force_login(cast.people["bees.operator_head"])
    by = cast["bees.operator_head"]
    photo = hand_in(SimpleUploadedFile("hall.jpg", picture("JPEG")), by=by)
    table = hand_in(SimpleUploadedFile("events.xlsx", workbook()), by=by)
    assert client.get(reverse("records:show", args=[photo.key]))["Content-Type"] == "image/jpeg"
    shown = client.get(reverse("records:show", args=[table.key]))
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "&lt;b&gt;路演&lt;/b&gt;" in shown.content.decode()
    client.force_login(cast.people["ants.operator_head"])
    assert client.get(reverse("records:show", args=[photo.key])).status_code == 404


def test_beside_a_case_stand_other_cases_and_open_signs_for_officials_alone(
    client, cast, handed_in, begun
):
    other = handed_in()
    actions.withdraw(other, by=cast["bees.operator_head"], version=other.version)
    case = handed_in(begun(other.space))
    Sign.objects.create(rule="same_phone", key="1", space=case.space, found={"text": "0573"})
    client.force_login(cast.people["jia.clerk"])
    told = client.get(case.get_absolute_url()).context["beside"]
    assert [one.url for one in told] == [
        other.get_absolute_url(),
        f"{reverse('signs:signs')}?space={case.space.code}",
    ]
    assert [bool(one.mark) for one in told] == [False, True]
    client.force_login(cast.people["bees.operator_head"])
    assert client.get(case.get_absolute_url()).context["beside"] == []


def test_the_page_of_a_case_asks_as_often_with_one_file_as_with_three(client, cast, handed_in, file_of):  # fmt: skip
    case, asked = handed_in(), []
    client.force_login(cast.people["jia.clerk"])
    client.get(case.get_absolute_url())
    for number in range(3):
        case.attachments.create(slot="fund", evidence=file_of("bees.operator_head", f"{number}.pdf"))  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            client.get(case.get_absolute_url())
        asked.append(len(seen))
    assert asked[0] == asked[2]
