"""Residents: taken in, known again, moved along the chain, registered as firms, gone; their history stays (XZ-3, QZ-6)."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions
from zhongchuang.residents.models import Founder, Resident, Stay

pytestmark = pytest.mark.django_db
CODE = "91330482MA28A00037"
DAY = date(2025, 3, 1)


def take_in(space, cast, name="云帆团队", *, who="bees.operator_clerk", kind="team", **given):
    given = {
        "day": DAY,
        "stage": "nursery",
        "desks": 4,
        "founder": "李想",
        "founder_kind": "student",
    } | given
    return actions.take_in(space, by=cast[who], kind=kind, name=name, **given)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_a_resident_is_taken_in_with_a_few_lines(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("residents:take_in", args=[space.code])
    sends = {
        "kind": "team",
        "name": "云帆团队",
        "founder": "李想",
        "founder_kind": "student",
        "day": "2025-03-01",
        "stage": "nursery",
        "desks": "4",
    }
    sends["request_key"] = client.get(url).context["form"]["request_key"].value()
    assert client.post(url, sends).status_code == 302
    stay = Stay.objects.get()
    assert (stay.resident.name, stay.stage.name, stay.desks, stay.free_months) == (
        "云帆团队",
        "nursery",
        4,
        None,
    )
    assert stay.resident.founders.get().kind == "student"
    assert client.post(url, sends).status_code == 302
    assert Stay.objects.count() == 1


def test_a_firm_that_sat_elsewhere_is_known_again_by_its_credit_code(registered, cast):
    first = take_in(registered(), cast, "云帆科技", kind="firm", credit_code=CODE)
    other = registered("星火众创空间", who="ants.operator_head")
    given = {"who": "ants.operator_clerk", "kind": "firm", "credit_code": CODE}
    assert refusal(lambda: take_in(other, cast, "云帆科技有限公司", **given)) == "other_name"
    second = take_in(other, cast, "云帆科技", **given)
    assert second.resident == first.resident
    assert second.resident.founders.count() == 1


def test_a_resident_stays_at_one_space_once_at_a_time(registered, cast):
    space = registered()
    stay = take_in(space, cast)
    again = {"resident": stay.resident, "day": date(2026, 1, 1)}
    assert refusal(lambda: take_in(space, cast, **again)) == "stays"
    actions.leave(
        stay, by=cast["bees.operator_clerk"], version=1, day=date(2025, 9, 1), outcome="left"
    )
    assert take_in(space, cast, **again).resident == stay.resident


def test_it_moves_along_the_chain_with_its_history(registered, cast, signed_in):
    stay = take_in(registered(), cast)
    by = cast["bees.operator_clerk"]
    actions.move_stage(stay, by=by, version=1, day=date(2025, 9, 1), stage="incubator")
    stay.refresh_from_db()
    assert (
        refusal(
            lambda: actions.move_stage(
                stay, by=by, version=2, day=date(2025, 8, 1), stage="accelerator"
            )
        )
        == "before"
    )
    assert [(one.name, one.day, one.until) for one in stay.stages.all()] == [
        ("nursery", DAY, date(2025, 9, 1)),
        ("incubator", date(2025, 9, 1), None),
    ]
    text = signed_in("ping.reviewer").get(stay.resident.get_absolute_url()).content.decode()
    assert text.index("苗圃") < text.index("孵化器")


def test_a_team_becomes_a_firm_and_stays_the_same_resident(registered, cast):
    stay = take_in(registered(), cast)
    by, team = cast["bees.operator_clerk"], stay.resident
    actions.revise(
        team,
        by=by,
        version=1,
        kind="firm",
        credit_code=CODE,
        registered=date(2025, 10, 1),
        name="云帆科技",
    )
    team.refresh_from_db()
    assert (team.kind, Stay.objects.get().resident) == ("firm", team)
    assert Resident.objects.found_by("yfkj").get() == team
    other = take_in(registered("二号空间"), cast, "别的团队").resident
    assert refusal(lambda: actions.revise(other, by=by, version=1, credit_code=CODE)) == "code_used"


def test_who_left_takes_no_desk_and_the_stay_says_where_it_went(registered, cast):
    stay = take_in(registered(), cast)
    by = cast["bees.operator_clerk"]
    actions.leave(
        stay, by=by, version=1, day=date(2026, 1, 1), outcome="graduated", destination="market"
    )
    stay.refresh_from_db()
    assert not stay.occupations.filter(until=None).exists()
    assert (
        refusal(
            lambda: actions.move_stage(
                stay, by=by, version=2, day=date(2026, 2, 1), stage="incubator"
            )
        )
        == "gone"
    )


def test_numbers_of_founders_lie_sealed_and_are_opened_for_a_reason_that_the_log_keeps(
    registered, cast, signed_in
):
    stay = take_in(registered(), cast)
    by = cast["bees.operator_clerk"]
    person = actions.add_founder(
        stay.resident, by=by, name="王海", kind="returnee", mobile="13800001111", identity_number=""
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM residents_founder WHERE id = %s", [person.pk])
        assert "13800001111" not in cursor.fetchone()[0]
    assert not any("13800001111" in entry.details for entry in Entry.objects.all())
    text = signed_in("ping.reviewer").get(stay.resident.get_absolute_url()).content.decode()
    assert ("13800001111" in text, "138" in text) == (False, True)
    assert actions.reveal_number(person, by=by, field="mobile", reason="通知路演") == "13800001111"
    assert Entry.objects.get(verb="revealed").values["given"]["reason"] == "通知路演"
    assert (
        refusal(
            lambda: actions.reveal_number(
                person, by=cast["ants.operator_clerk"], field="mobile", reason="x"
            )
        )
        == "not_yours"
    )


def test_a_founder_keeps_the_number_when_the_mask_comes_back_unchanged(registered, cast, signed_in):
    stay, by = take_in(registered(), cast), cast["bees.operator_clerk"]
    person = actions.add_founder(
        stay.resident, by=by, name="王海", kind="", mobile="13800001111", identity_number=""
    )
    client = signed_in("bees.operator_clerk")
    url = reverse("residents:founder", args=[person.pk])
    form = client.get(url).context["form"]
    sends = {name: form[name].value() or "" for name in form.fields} | {
        "name": "王大海",
        "mobile": str(person.mobile),
    }
    assert client.post(url, sends).status_code == 302
    fresh = Founder.objects.get(pk=person.pk)
    assert (fresh.name, fresh.mobile.plain()) == ("王大海", "13800001111")


def test_only_those_who_see_the_space_see_its_residents_and_only_its_operator_writes(
    registered, cast, signed_in
):
    stay = take_in(registered(), cast)
    for who, read, write in (
        ("bees.operator_clerk", 200, 200),
        ("ping.reviewer", 200, 403),
        ("ants.operator_clerk", 404, 404),
        ("lu.reviewer", 404, 404),
    ):
        client = signed_in(who)
        assert (who, client.get(stay.resident.get_absolute_url()).status_code) == (who, read)
        assert (who, client.get(reverse("residents:leave", args=[stay.key])).status_code) == (
            who,
            write,
        )


def test_a_stay_entered_wrongly_is_corrected_or_struck_out_in_its_ledger(
    registered, cast, signed_in
):
    stay, client = take_in(registered(), cast), signed_in("bees.operator_clerk")
    url = reverse("ledgers:correct", args=["stays", stay.key])
    form = client.get(url).context["form"]
    sends = {name: form[name].value() or "" for name in form.fields if name != "file"} | {
        "day": "2025-03-02",
        "free_months": "6",
    }
    assert client.post(url, sends).status_code == 302
    stay.refresh_from_db()
    assert (stay.day, stay.free_months) == (date(2025, 3, 2), 6)


def test_a_resident_is_found_by_name_and_pinyin(registered, cast, signed_in):
    take_in(registered(), cast)
    for word in ("云帆", "yftd"):
        groups = signed_in("bees.operator_clerk").get("/search/", {"q": word}).context["groups"]
        assert [label for _name, found in groups for _url, label, _about in found] == ["云帆团队"]


def test_a_team_of_the_same_name_in_spaces_of_the_operator_is_the_same_one(registered, cast):
    first = take_in(registered(), cast)
    second = take_in(registered("二号空间"), cast)
    other = take_in(
        registered("星火众创空间", who="ants.operator_head"), cast, who="ants.operator_clerk"
    )
    assert (second.resident, other.resident == first.resident) == (first.resident, False)


def test_nobody_stays_twice_at_a_space_on_one_day(registered, cast):
    space = registered()
    stay = take_in(space, cast)
    actions.leave(
        stay, by=cast["bees.operator_clerk"], version=1, day=date(2025, 9, 1), outcome="left"
    )
    assert refusal(lambda: take_in(space, cast, day=date(2025, 8, 31))) == "then_too"
    assert take_in(space, cast, day=date(2025, 9, 1)).resident == stay.resident


def test_stages_and_desks_go_with_the_first_and_last_day_when_they_are_put_right(registered, cast):
    stay, by = take_in(registered(), cast), cast["bees.operator_clerk"]
    actions.leave(stay, by=by, version=1, day=date(2025, 9, 1), outcome="left")
    stay.refresh_from_db()
    ledger_actions.correct(stay, by=by, version=2, day=date(2025, 2, 1), until=date(2025, 10, 1))
    assert [
        (one.day, one.until) for part in (stay.stages, stay.occupations) for one in part.all()
    ] == [(date(2025, 2, 1), date(2025, 10, 1))] * 2


@pytest.mark.parametrize(
    ("sends", "field"),
    [({"outcome": "graduated"}, "destination"), ({"outcome": "left", "day": "2999-01-01"}, "day")],
)
def test_leaving_says_where_to_and_has_happened(registered, cast, signed_in, sends, field):
    stay, client = take_in(registered(), cast), signed_in("bees.operator_clerk")
    url = reverse("residents:leave", args=[stay.key])
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = client.post(url, fields | {"day": "2025-09-01"} | sends)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_numbers_of_a_founder_are_opened_by_the_operator_that_recorded_them_and_by_no_other(
    registered, cast, signed_in
):
    """A firm's code and name are public: taking it in must not open what another operator was told."""
    first = take_in(registered(), cast, "云帆科技", kind="firm", credit_code=CODE)
    person = actions.add_founder(
        first.resident,
        by=cast["bees.operator_clerk"],
        name="王海",
        mobile="13800001111",
        identity_number="",
    )
    other = registered("星火众创空间", who="ants.operator_head")
    ants = cast["ants.operator_clerk"]
    take_in(other, cast, "云帆科技", who="ants.operator_clerk", kind="firm", credit_code=CODE)
    for act in (
        lambda: actions.reveal_number(person, by=ants, field="mobile", reason="x"),
        lambda: actions.revise_founder(person, by=ants, version=1, name="王"),
    ):
        assert refusal(act) == "not_yours"
    text = signed_in("ants.operator_clerk").get(first.resident.get_absolute_url()).content.decode()
    assert ("13800001111" in text, reverse("residents:reveal", args=[person.pk]) in text) == (
        False,
        False,
    )
    assert actions.add_founder(first.resident, by=ants, name="王海", mobile="", identity_number="")


def test_the_page_of_a_stay_that_lasts_says_nothing_of_leaving(registered, cast, signed_in):
    stay, client = take_in(registered(), cast), signed_in("bees.operator_clerk")
    assert "退出日期" not in client.get(stay.get_absolute_url()).content.decode()
    actions.leave(
        stay, by=cast["bees.operator_clerk"], version=1, day=date(2026, 1, 1), outcome="left"
    )
    assert "退出日期" in client.get(stay.get_absolute_url()).content.decode()
