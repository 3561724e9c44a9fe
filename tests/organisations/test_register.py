"""The register of organisations: brought in from above, changed, closed, opened again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.access import may_grant
from zhongchuang.organisations.access.register import may_change, may_close, may_establish
from zhongchuang.organisations.actions.register import mark_of
from zhongchuang.organisations.models import Delegation, Invitation, Organisation, Post, Region
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused

MAY_ESTABLISH = {
    # who, what, where: refused as
    ("jia.system_admin", "department", "330400G1"): None,
    ("jia.system_admin", "alliance", "330400"): None,
    ("jia.system_admin", "bank", "330482"): None,
    ("jia.system_admin", "department", "330400"): "not_below",
    ("jia.system_admin", "bank", "330000"): "out_of_reach",
    ("jia.system_admin", "agency", "430104"): "out_of_reach",
    ("jia.system_admin", "operator", "330482"): "registers_itself",
    ("jia.security_admin", "bank", "330482"): "not_the_registrar",
    ("jia.audit_admin", "bank", "330482"): "not_the_registrar",
    ("jia.approver", "bank", "330482"): "not_the_registrar",
    ("bees.operator_head", "bank", "330482"): "not_the_registrar",
}


def code_of(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(("who", "kind", "code"), MAY_ESTABLISH)
def test_the_system_administrator_brings_in_what_stands_below(cast, who, kind, code):
    refusal = may_establish(cast[who], kind, cast.regions[code])
    assert code_of(refusal) == MAY_ESTABLISH[who, kind, code]


def test_who_brings_in_an_organisation_gives_nobody_a_post_at_it(cast):
    zone = bring_in(cast)
    invite = {"email": "z@example.org", "name": "Zhou", "role": "security_admin"}
    with pytest.raises(Refused, match="您的岗位"):
        actions.invite(zone, by=cast["jia.system_admin"], **invite)
    assert actions.invite(zone, by=cast["jia.security_admin"], **invite).organisation == zone


def test_an_agency_chooses_its_own_experts_once_it_has_its_lead(cast):
    agency = bring_in(cast, kind="agency", name="Assay", credit_code="A", level="")
    cast.person("assay.lead", organisation=agency, role="agency_lead")
    admin, lead = cast.post("jia.security_admin"), cast.post("assay.lead")
    given = {
        "lead by admin": may_grant(admin, "agency_lead", agency),
        "expert by admin": may_grant(admin, "expert", agency),
        "expert by lead": may_grant(lead, "expert", agency),
        "expert of the department by admin": may_grant(admin, "expert", cast.organisations["jia"]),
    }
    assert {what: code_of(refusal) for what, refusal in given.items()} == {
        "lead by admin": None,
        "expert by admin": "not_yours_to_grant",
        "expert by lead": None,
        "expert of the department by admin": None,
    }


def bring_in(cast, **given):
    given = {"kind": "department", "region": cast.regions["330400G1"], "name": "Zone"} | given
    return actions.bring_in(by=cast["jia.system_admin"], **given)


def post_of(client, cast, who, path, given):
    client.force_login(cast.people[who])
    return client.post(path, given)


def test_a_zone_gets_its_department_by_one_form(client, cast):
    given = {
        "kind": "department", "name": "Zone Department", "region": "Xiu Zone", "level": "city",
        "competent": "on", "state": "closed", "decided": "2020-01-01",
    }  # fmt: skip
    answer = post_of(client, cast, "jia.system_admin", "/organisations/new/", given)
    zone = Organisation.objects.get(name="Zone Department")
    assert (answer.url, zone.state, zone.level) == ("/organisations/", "confirmed", "city")
    assert Organisation.objects.competent_for(cast.regions["330400G1"]) == zone
    entry = Entry.objects.get(verb="organisation_established")
    assert (entry.name, entry.subject_key) == ("jia.system_admin", str(zone.pk))


def test_the_same_form_sent_twice_makes_one_organisation(client, cast):
    given = {"kind": "alliance", "name": "Jia Alliance", "region": "330400"}
    answers = [
        post_of(client, cast, "jia.system_admin", "/organisations/new/", given).status_code
        for _ in range(2)
    ]
    assert (answers, Organisation.objects.filter(kind="alliance").count()) == ([302, 403], 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "bank"}, "credit_code"),
        ({"kind": "bank", "credit_code": "91330400MA28A00071"}, "credit_code"),
        ({"kind": "alliance", "competent": "on"}, "competent"),
        ({"kind": "alliance", "level": "city"}, "level"),
        ({"kind": "operator"}, "kind"),
        ({"kind": "alliance", "region": "Nowhere"}, "region"),
    ],
)
def test_the_form_names_the_field_that_does_not_fit(client, cast, given, field):
    given = {"name": "X", "region": "330400"} | given
    answer = post_of(client, cast, "jia.system_admin", "/organisations/new/", given)
    assert list(answer.context["form"].errors) == [field]


def test_a_region_keeps_one_department_that_decides(cast):
    ping = cast.regions["330482"]
    with pytest.raises(Refused, match="Department of Ping"):
        bring_in(cast, region=ping, name="Second", competent=True)
    assert bring_in(cast, region=ping, name="Second").state == "confirmed"


def test_a_code_in_use_is_refused(cast):
    with pytest.raises(Refused) as refused:
        bring_in(cast, kind="bank", credit_code=cast.organisations["bees"].credit_code)
    assert refused.value.refusal.code == "code_used"


# --- changing -------------------------------------------------------------------------------------

MAY_CHANGE = {
    ("jia.system_admin", "ping"): None,
    ("zhe.system_admin", "jia"): None,
    ("jia.system_admin", "jia"): "out_of_reach",
    ("hai.system_admin", "ping"): "out_of_reach",
    ("jia.system_admin", "bees"): "registers_itself",
    ("jia.security_admin", "ping"): "not_the_registrar",
}


@pytest.mark.parametrize(("who", "what"), MAY_CHANGE)
def test_who_may_change_which_particulars(cast, who, what):
    assert code_of(may_change(cast[who], cast.organisations[what])) == MAY_CHANGE[who, what]


def given_for(organisation, **changed):
    return {
        "name": organisation.name, "region": organisation.region, "level": organisation.level,
        "credit_code": organisation.credit_code, "competent": organisation.competent,
    } | changed  # fmt: skip


def test_a_new_name_keeps_the_old_one_in_the_log(client, cast):
    ping = cast.organisations["ping"]
    given = {"name": "Ping Science Bureau", "region": "330482", "level": "county",
             "competent": "on", "seen": mark_of(ping)}  # fmt: skip
    post_of(client, cast, "jia.system_admin", f"/organisations/{ping.pk}/change/", given)
    ping.refresh_from_db()
    entry = Entry.objects.get(verb="organisation_changed")
    assert list(Organisation.objects.found_by("science")) == [ping]
    assert (ping.name, entry.values) == (
        "Ping Science Bureau",
        {"old": {"name": "Department of Ping"}, "new": {"name": "Ping Science Bureau"}},
    )


def test_of_two_who_change_at_once_the_first_wins_and_the_second_is_told(cast):
    ping, seen = cast.organisations["ping"], mark_of(cast.organisations["ping"])
    by = cast["jia.system_admin"]
    actions.change_particulars(ping, seen=seen, by=by, **given_for(ping, name="First"))
    with pytest.raises(Refused) as refused:
        actions.change_particulars(ping, seen=seen, by=by, **given_for(ping, name="Second"))
    ping.refresh_from_db()
    assert (refused.value.refusal.code, ping.name) == ("stale", "First")


def test_nobody_moves_an_organisation_out_of_their_reach(cast):
    ping = cast.organisations["ping"]
    away = given_for(ping, region=cast.regions["430104"])
    with pytest.raises(Refused) as refused:
        actions.change_particulars(ping, seen=mark_of(ping), by=cast["jia.system_admin"], **away)
    assert refused.value.refusal.code == "out_of_reach"


def test_organisations_follow_a_region_that_is_renamed(cast):
    ping = cast.organisations["ping"]
    yesterday = timezone.localdate() - timedelta(days=1)
    old = cast.regions["330482"]
    old.valid_until = yesterday
    old.save()
    assert [todo.button for todo in all_todos(cast["jia.system_admin"])] == ["修改"]
    Region.objects.create(
        code="330482", name="New Ping", full_name="New Ping", level="county", parent=old.parent,
        path=old.path, valid_from=yesterday,
    )  # fmt: skip
    actions.follow_regions([old.pk], on=yesterday)
    ping.refresh_from_db()
    entry = Entry.objects.filter(verb="region_followed").about(ping).get()
    assert (ping.region.name, entry.values["new"]["region"].endswith("New Ping")) == (
        "New Ping", True,
    )  # fmt: skip
    assert all_todos(cast["jia.system_admin"]) == []


# --- closing --------------------------------------------------------------------------------------

MAY_CLOSE = {
    ("jia.system_admin", "ping"): None,
    ("ping.system_admin", "ping"): "out_of_reach",
    ("ping.approver", "bees"): None,
    ("ping.reviewer", "bees"): None,
    ("ping.clerk", "bees"): "not_a_reviewer",
    ("jia.approver", "bees"): "other_department",
    ("ping.system_admin", "bees"): "not_a_reviewer",
    ("bees.operator_head", "bees"): "other_department",
}


@pytest.mark.parametrize(("who", "what"), MAY_CLOSE)
def test_who_may_close_which_organisation(cast, who, what):
    assert code_of(may_close(cast[who], cast.organisations[what])) == MAY_CLOSE[who, what]


def test_closing_ends_posts_invitations_and_delegations_and_deletes_nothing(client, cast):
    ping = cast.organisations["ping"]
    alliance = bring_in(cast, kind="alliance", name="A", region=cast.regions["330482"])
    today = timezone.localdate()
    actions.delegate(ping, alliance, powers=["surveys"], since=today, by=cast["ping.approver"])
    actions.invite(
        ping, by=cast["ping.security_admin"], email="z@example.org", name="Z", role="clerk"
    )
    before = Post.objects.count()
    given = {"reason": "merged into Jia"}
    post_of(client, cast, "jia.system_admin", f"/organisations/{ping.pk}/close/", given)
    ping.refresh_from_db()
    assert (ping.state, ping.reason, Post.objects.count()) == ("closed", "merged into Jia", before)
    assert Post.objects.current().filter(organisation=ping).exists() is False
    assert (Invitation.objects.open().count(), Delegation.objects.on(today).count()) == (0, 0)
    ended = Entry.objects.get(verb="organisation_closed").values["new"]
    assert ended == {"posts": 7, "invitations": 1, "delegations": 1}


def test_an_organisation_with_open_work_is_not_closed(cast):
    ping = cast.organisations["ping"]
    waiting = actions.register_operator(
        cast.person("wasp"), name="Wasps", code="W", region=cast.regions["330482"], by=None
    )
    close = {"reason": "merged", "by": cast["jia.system_admin"]}
    with pytest.raises(Refused, match="1 家运营机构"):
        actions.close_organisation(ping, **close)
    actions.confirm(waiting, by=cast["ping.reviewer"])
    assert actions.close_organisation(ping, **close).pk == ping.pk


def test_a_closed_organisation_is_opened_again_without_its_people(client, cast):
    ping = cast.organisations["ping"]
    actions.close_organisation(ping, reason="mistake", by=cast["jia.system_admin"])
    post_of(client, cast, "jia.system_admin", f"/organisations/{ping.pk}/reopen/", {})
    ping.refresh_from_db()
    assert (ping.state, Post.objects.current().filter(organisation=ping).count()) == (
        "confirmed", 0,
    )  # fmt: skip


def test_a_closed_one_stays_closed_where_another_took_its_place(cast):
    ping = cast.organisations["ping"]
    actions.close_organisation(ping, reason="mistake", by=cast["jia.system_admin"])
    bring_in(cast, region=cast.regions["330482"], name="New Ping", competent=True)
    with pytest.raises(Refused) as refused:
        actions.reopen(ping, by=cast["jia.system_admin"])
    assert refused.value.refusal.code == "competent_already"


# --- the list -------------------------------------------------------------------------------------


def names_on(client, path):
    return {one.name for one in client.get(path).context["page"].rows}


def test_one_lists_what_one_sees_and_narrows_it(client, cast):
    client.force_login(cast.people["jia.clerk"])
    departments = {"Department of Jia", "Department of Ping", "Department of Hai"}
    operators = {"Bees Ltd", "Ants Ltd", "Kites Ltd"}
    bees = cast.organisations["bees"].credit_code
    assert {
        path: names_on(client, f"/organisations/{path}")
        for path in ("", "?kind=operator", "?region=Ping", "?name=ee", f"?name={bees}",
                     "?state=closed", "?region=Lu", "?region=Nowhere", "?kind=nonsense")
    } == {
        "": departments | operators,
        "?kind=operator": operators,
        "?region=Ping": {"Department of Ping", "Bees Ltd", "Ants Ltd"},
        "?name=ee": {"Bees Ltd"},
        f"?name={bees}": {"Bees Ltd"},
        "?state=closed": set(),
        "?region=Lu": set(),
        "?region=Nowhere": set(),
        "?kind=nonsense": set(),
    }  # fmt: skip


def test_an_operator_and_an_outsider_list_only_their_own(client, cast):
    found = {}
    for who in ("bees.operator_head", "ping.audit_admin", "founder"):
        client.force_login(cast.people[who])
        found[who] = names_on(client, "/organisations/")
    assert found == {
        "bees.operator_head": {"Bees Ltd"},
        "ping.audit_admin": {"Department of Ping"},
        "founder": set(),
    }


def test_the_list_goes_on_by_pages_and_asks_as_often_for_many_as_for_one(client, cast):
    client.force_login(cast.people["lu.system_admin"])
    client.get("/organisations/")
    few = queries_of(client)
    Organisation.objects.bulk_create(
        Organisation(name=f"B{n}", kind="bank", region=cast.regions["430104"], state="confirmed")
        for n in range(60)
    )
    assert queries_of(client) == few
    first = client.get("/organisations/").context["page"]
    second = client.get(f"/organisations/{first.older}").context["page"]
    assert [len(first.rows), len(second.rows), second.older] == [50, 12, ""]


def queries_of(client):
    with CaptureQueriesContext(connection) as found:
        client.get("/organisations/")
    return len(found)


@pytest.mark.parametrize("verb", ["change", "close", "reopen", "delegate"])
def test_outsiders_find_no_page_of_another_organisation(client, cast, verb):
    client.force_login(cast.people["hai.system_admin"])
    path = f"/organisations/{cast.organisations['ping'].pk}/{verb}/"
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_the_form_of_a_new_organisation_keeps_a_draft(client, cast):
    client.force_login(cast.people["jia.system_admin"])
    answer = client.get("/organisations/new/")
    assert (answer.context["draft"] is not None, "data-draft" in answer.content.decode()) == (
        True, True,
    )  # fmt: skip
