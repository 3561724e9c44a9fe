"""A public notice shows what is declared public and nothing else, and is taken down when it ends."""

import pytest
from django.urls import reverse

from tests.objections.conftest import midnight_after
from zhongchuang.gap import words
from zhongchuang.objections.rules import public
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Case, Submission

pytestmark = pytest.mark.django_db
MARKED = "联系人 13912345678，身份证 330106199906211478"


def notice(case):
    return reverse("objections:notice", args=[case.number])


def test_a_notice_shows_what_is_declared_public_with_personal_numbers_masked(on_notice, client):
    entries = {one.id: f"本空间的{one.id}。{MARKED}" for one in on_notice.course.entries()}
    Submission.objects.filter(case=on_notice).update(entries=entries)
    page = client.get(notice(on_notice)).content.decode()
    shown = public()[1]
    for name in entries:
        assert (f"本空间的{name}。" in page) == (name in shown)
    assert ("139****5678" in page, "13912345678" in page, "330106199906211478" in page) == (True, False, False)  # fmt: skip
    for one in on_notice.attachments.select_related("evidence"):
        assert one.evidence.name not in page
    columns = space_catalogue().columns
    assert public()[0] <= set(columns)
    for name in (one for section in on_notice.course.sections for one in section.facts):
        assert (f"<dt>{words.label(columns[name])}</dt>" in page) == (name in public()[0]), name
    assert on_notice.space.name in page
    assert on_notice.operator.name in page
    assert on_notice.department.name in page


def test_a_last_day_in_a_year_without_published_days_off_is_marked_provisional(on_notice, client):
    page = client.get(notice(on_notice)).content.decode()
    assert "暂定" in page  # the days off of 2027 are not published


def test_after_its_end_it_is_taken_down_with_the_way_to_the_register(
    on_notice, client, time_machine
):
    assert notice(on_notice) in client.get(reverse("procedures:notices")).content.decode()
    time_machine.move_to(midnight_after(on_notice.due))
    for closes in (False, True):
        if closes:
            close_notices()
        answer = client.get(notice(on_notice))
        page = answer.content.decode()
        assert (answer.status_code, on_notice.space.name in page) == (410, False)
        assert reverse("filing:titles") in page
        assert notice(on_notice) not in client.get(reverse("procedures:notices")).content.decode()


def test_a_withdrawn_case_and_one_that_was_never_published_show_nothing(
    on_notice, handed_in, client
):
    other = handed_in()
    assert client.get(notice(other)).status_code == 404
    Case.objects.filter(pk=on_notice.pk).update(state="withdrawn")
    assert client.get(notice(on_notice)).status_code == 404
