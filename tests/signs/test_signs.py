"""Signs of false data: found with their reason, answered by a person, and never more than a question (BY-5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.files.conftest import pdf
from zhongchuang.audit.models import Entry
from zhongchuang.gap.models import Statement
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import look_at
from zhongchuang.residents.models import Founder, Resident, Stay
from zhongchuang.signs import actions, checks
from zhongchuang.signs.models import Sign
from zhongchuang.signs.rules import rules
from zhongchuang.spaces.models import Particulars, Premises, StaffCount

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)


def found(rule):
    return checks.CHECKS[rule](ON)


@pytest.fixture
def two(registered):
    """Spaces of two operators in one county."""
    return registered(), registered("星火众创空间", who="ants.operator_head")


def test_what_is_usual_gives_no_sign(two):
    assert {
        rule: hits for rule, hits in checks.look(ON).items() if hits and rule != "same_address"
    } == {}


@pytest.mark.parametrize(("area", "desks", "hit"), [("160", 80, True), ("600", 80, False), ("60000", 80, True)])  # fmt: skip
def test_an_area_a_desk_far_from_the_usual_is_a_sign(registered, area, desks, hit):
    space = registered()
    Premises.objects.filter(space=space).update(floor_area=area, desks=desks)
    assert bool(found("area_per_desk")) is hit


def test_an_unknown_area_is_no_sign(registered):
    space = registered()
    Premises.objects.filter(space=space).update(desks=None)
    assert found("area_per_desk") == found("parts_over_whole") == []


def test_parts_larger_than_the_whole_are_a_sign(registered):
    space = registered()
    Premises.objects.filter(space=space).update(public_area=400, desk_area=300)
    (one,) = found("parts_over_whole")
    assert (one.space, one.told) == (space.pk, {"parts": "700", "whole": "600", "unit": "m2"})


def test_one_address_of_two_operators_is_a_sign_at_both_and_of_one_operator_at_none(
    two, registered
):
    assert {one.space: one.others for one in found("same_address")} == {
        two[0].pk: (two[1].pk,),
        two[1].pk: (two[0].pk,),
    }
    Particulars.objects.filter(space=two[1]).update(operator=two[0].operator)
    assert found("same_address") == []


def test_a_figure_that_jumped_within_a_year_is_a_sign(registered):
    space = registered()
    for since, until, staff in (
        (date(2024, 1, 1), date(2026, 9, 1), 5),
        (date(2026, 9, 1), None, 60),
    ):
        StaffCount.objects.create(space=space, valid_from=since, valid_until=until, staff=staff)
    (one,) = found("jumped")
    assert one.told == {"fact": "staff", "old": "5", "new": "60"}


def written(space, cast, who, *, file=None, day=ON, fact="desks"):
    by = cast[who]
    looked = look_at(SimpleUploadedFile("现场.pdf", file), by=by) if file else None
    return ledger_actions.write_down(
        Statement, space, by=by, file=looked, fact=fact, text="80", day=day, reason="x", until=None
    )


def test_one_file_behind_spaces_of_two_operators_is_a_sign(two, cast):
    written(two[0], cast, "bees.operator_head", file=pdf())
    assert found("same_file") == []
    written(two[1], cast, "ants.operator_head", file=pdf())
    assert {one.space for one in found("same_file")} == {space.pk for space in two}


def test_one_file_behind_many_records_is_a_sign(registered, cast):
    space, least = registered(), rules()["same_file_often"]["records"]
    for number in range(least):
        assert found("same_file_often") == []
        written(space, cast, "bees.operator_head", file=pdf(), day=ON - timedelta(days=number))
    (one,) = found("same_file_often")
    assert (one.space, one.told["records"], one.told["file"]) == (space.pk, least, "现场.pdf")


def test_a_year_written_down_in_one_night_is_a_sign_and_one_written_as_it_happened_is_none(
    registered, cast
):
    space, rule = registered(), rules()["one_night"]
    lines = [
        written(
            space, cast, "bees.operator_head", day=date(2026, 2, 1) + timedelta(days=7 * number)
        )
        for number in range(rule["records"])
    ]
    Statement.objects.update(recorded=datetime(2026, 11, 30, 14, tzinfo=UTC))
    (one,) = found("one_night")
    assert (one.space, one.told["records"]) == (space.pk, rule["records"])
    for line in lines:
        Statement.objects.filter(pk=line.pk).update(
            recorded=datetime(2026, line.day.month, line.day.day, 4, tzinfo=UTC)
        )
    assert found("one_night") == []


def stay(space, resident, day=date(2026, 1, 1), **more):
    return Stay.objects.create(space=space, resident=resident, day=day, **more)


def test_one_firm_at_spaces_of_two_operators_is_a_sign_as_long_as_both_stays_last(two):
    firm = Resident.objects.create(kind="firm", name="山海科技")
    stay(two[0], firm)
    assert found("firm_in_several") == []
    other = stay(two[1], firm)
    assert {one.space for one in found("firm_in_several")} == {space.pk for space in two}
    Stay.objects.filter(pk=other.pk).update(until=date(2026, 11, 1), outcome="left")
    assert found("firm_in_several") == []


def test_one_founder_of_residents_in_two_spaces_is_a_sign_though_the_numbers_stay_sealed(two):
    for space, name in zip(two, ("云帆团队", "云帆科技"), strict=True):
        resident = Resident.objects.create(kind="team", name=name)
        Founder.objects.create(
            resident=resident, operator=space.operator, name="李想", mobile="13800001111"
        )
        stay(space, resident)
    hits = found("founder_in_several")
    assert {one.space for one in hits} == {space.pk for space in two}
    assert "13800001111" not in str(hits)


def test_looks_cost_as_many_queries_for_three_spaces_as_for_one(registered):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            checks.look(ON)
        return len(seen)

    registered()
    one = cost()
    registered("星火众创空间", who="ants.operator_head")
    registered("燎原众创空间", who="ants.operator_head")
    assert cost() == one


# --- kept and answered ----------------------------------------------------------------------------


@pytest.fixture
def odd(registered):
    """A space with one sign."""
    space = registered()
    Premises.objects.filter(space=space).update(floor_area=160)
    actions.look_for_signs(ON)
    return space


def test_a_sign_stands_once_however_often_it_is_looked_for_and_goes_with_its_reason(odd):
    actions.look_for_signs(ON)
    assert Sign.objects.standing().count() == 1
    Premises.objects.filter(space=odd).update(floor_area=1600)
    actions.look_for_signs(ON)
    assert (Sign.objects.count(), Sign.objects.standing().count()) == (1, 0)


def test_an_answer_stays_until_the_figures_change(odd, cast):
    sign = Sign.objects.get()
    actions.answer(
        sign, by=cast["ping.reviewer"], version=sign.version, answer="explained", note="看过现场"
    )
    actions.look_for_signs(ON)
    assert Sign.objects.get().answer == "explained"
    Premises.objects.filter(space=odd).update(floor_area=100)
    actions.look_for_signs(ON)
    assert Sign.objects.get().answer == ""


def test_an_answer_stands_in_the_log_and_changes_nothing_about_the_space(odd, cast):
    sign, before = Sign.objects.get(), odd.version
    actions.answer(
        sign, by=cast["ping.reviewer"], version=sign.version, answer="followed", note="约谈"
    )
    odd.refresh_from_db()
    assert (odd.version, odd.state) == (before, "confirmed")
    assert Entry.objects.filter(verb="sign_answered").count() == 1


@pytest.mark.parametrize("who", ["bees.operator_head", "lu.reviewer", "ping.finance"])
def test_only_the_department_of_the_place_answers(odd, cast, who):
    sign = Sign.objects.get()
    with pytest.raises(Refused):
        actions.answer(sign, by=cast[who], version=sign.version, answer="explained", note="x")


def test_a_department_reads_the_sign_with_its_figures_and_why(odd, signed_in):
    client = signed_in("ping.reviewer")
    text = client.get(reverse("signs:sign", args=[Sign.objects.get().pk])).content.decode()
    assert "平均每个工位 2.0 平方米" in text
    assert (
        rules()["area_per_desk"].titles["zh"] in client.get(reverse("signs:signs")).content.decode()
    )


def test_the_operator_and_a_neighbour_find_no_sign(odd, signed_in):
    url = reverse("signs:sign", args=[Sign.objects.get().pk])
    for who in ("bees.operator_head", "lu.reviewer"):
        assert (who, signed_in(who).get(url).status_code) == (who, 404)


def test_the_count_on_the_page_of_a_space_leads_to_a_list_of_as_many(odd, registered, signed_in):
    other = registered("星火众创空间", who="ants.operator_head")
    Premises.objects.filter(space=other).update(floor_area=160)
    actions.look_for_signs(ON)
    client = signed_in("ping.reviewer")
    ((url, label),) = [
        tab for tab in client.get(odd.get_absolute_url()).context["tabs"] if "疑点" in tab[1]
    ]
    count = Sign.objects.open().filter(space=odd).count()
    assert (str(count) in label, client.get(url).context["total"]) == (True, count)
    assert client.get(reverse("signs:signs")).context["total"] > count
