"""Operators register, the department of their region confirms."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django_q.models import OrmQ

from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.access import may_confirm
from zhongchuang.organisations.forms import RegionField
from zhongchuang.organisations.models import Organisation, User
from zhongchuang.page.refusal import Refused

GIVEN = {
    "organisation": "Wasps Ltd",
    "credit_code": "91330482MA28A0005J",
    "region": "330482",
    "name": "Wang",
    "email": "wang@example.org",
    "password1": "a long way from Ping",
    "password2": "a long way from Ping",
    "agreed": "on",
}
USED = "91330482MA28A00016"


def register(client, **changed):
    return client.post("/join/operator/", GIVEN | changed)


def errors(answer):
    return {name: found.as_data()[0].code for name, found in answer.context["form"].errors.items()}


@pytest.fixture
def wasps(cast):
    """An operator that waits for the county."""
    head = cast.person("wasps.operator_head")
    wasps = actions.register_operator(
        head, name="Wasps Ltd", code=GIVEN["credit_code"], region=cast.regions["330482"], by=None
    )
    cast.organisations["wasps"] = wasps
    return wasps


def test_an_operator_registers_and_waits_for_the_department_of_its_region(client, cast):
    answer = register(client)
    assert (answer.status_code, answer.url) == (302, "/account/confirm-email/")
    operator = Organisation.objects.get(credit_code=GIVEN["credit_code"])
    head = operator.posts.get()
    assert (operator.state, head.role, head.user.email) == (
        "pending", "operator_head", "wang@example.org",
    )  # fmt: skip
    assert Organisation.objects.competent_for(operator.region) == cast.organisations["ping"]
    assert Entry.objects.filter(verb="operator_registered").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("credit_code", "91330482MA28A00054", "wrong"),  # check digit
        ("credit_code", "12345", "wrong"),
        ("credit_code", USED, "code_used"),
        ("region", "330000", "wide"),
        ("region", "Nowhere", "unknown"),
        ("password2", "another password", None),
        ("agreed", "", "required"),
    ],
)
def test_a_registration_names_what_is_wrong(client, cast, field, value, code):
    answer = register(client, **{field: value})
    found = errors(answer)
    assert (list(found), found[field]) == ([field], found[field] if code is None else code)
    assert User.objects.filter(email=GIVEN["email"]).exists() is False


def test_a_code_may_be_written_with_small_letters_and_spaces(client, cast):
    register(client, credit_code="9133 0482 ma28 a000 5j")
    assert Organisation.objects.filter(credit_code=GIVEN["credit_code"]).count() == 1


def test_an_address_that_has_an_account_gets_the_same_answer_and_no_second_account(client, cast):
    fresh = register(client)
    client.logout()
    used = register(
        client, email="bees.operator_head@example.org", credit_code="91330482MA28A0006M"
    )
    assert (used.status_code, used.url) == (fresh.status_code, fresh.url)
    assert Organisation.objects.filter(credit_code="91330482MA28A0006M").exists() is False


def test_extra_fields_of_a_request_change_nothing(client, cast):
    register(
        client,
        state="confirmed",
        is_active="",
        kind="department",
        role="approver",
        level="national",
    )
    operator = Organisation.objects.get(credit_code=GIVEN["credit_code"])
    assert (operator.state, operator.kind, operator.level, operator.posts.get().role) == (
        "pending", "operator", "", "operator_head",
    )  # fmt: skip


def test_a_region_may_be_written_by_name_and_a_zone_by_its_code(cast):
    field = RegionField()
    assert [field.clean(text).code for text in ("Ping", "330482", "330400G1", "330400g1", "Xiu Zone")] == [
        "330482", "330482", "330400G1", "330400G1", "330400G1",
    ]  # fmt: skip


def test_the_department_of_the_region_confirms(cast, wasps):
    actions.confirm(wasps, by=cast["ping.reviewer"])
    assert (wasps.state, OrmQ.objects.count()) == ("confirmed", 1)
    entry = Entry.objects.get(verb="operator_confirmed")
    assert (entry.name, entry.organisation_name) == ("ping.reviewer", "Department of Ping")


CONFIRMING = {
    "ping.reviewer": None,
    "ping.approver": None,
    "ping.clerk": "not_a_reviewer",
    "ping.security_admin": "not_a_reviewer",
    "hai.reviewer": "other_department",
    "jia.reviewer": "other_department",
    "zhe.approver": "other_department",
    "lu.reviewer": "other_department",
    "wasps.operator_head": "other_department",
    "founder": "other_department",
}


@pytest.mark.parametrize("who", CONFIRMING)
def test_only_reviewers_and_approvers_of_that_department_may(cast, wasps, who):
    refusal = may_confirm(cast[who], wasps)
    assert (refusal and refusal.code) == CONFIRMING[who]


STATUS = {
    "ping.reviewer": 200, "jia.reviewer": 403, "hai.reviewer": 404, "lu.reviewer": 404,
    "bees.operator_head": 404, "founder": 404,
}  # fmt: skip


@pytest.mark.parametrize("verb", ["confirm", "refuse"])
@pytest.mark.parametrize("who", STATUS)
def test_the_wrong_county_finds_nothing_at_that_address(client, cast, wasps, who, verb):
    client.force_login(cast.people[who])
    address = f"/organisations/{wasps.pk}/{verb}/"
    assert client.get(address).status_code == STATUS[who]
    posted = client.post(address, {"reason": "The name differs from the licence."})
    assert posted.status_code == {200: 302}.get(STATUS[who], STATUS[who])
    wasps.refresh_from_db()
    assert (wasps.state == "pending") == (who != "ping.reviewer")


def test_where_a_county_has_no_department_the_city_decides(cast, wasps):
    Organisation.objects.filter(pk=cast.organisations["ping"].pk).update(state="closed")
    assert may_confirm(cast["jia.reviewer"], wasps) is None
    assert list(Organisation.objects.waiting_for(cast.organisations["jia"])) == [wasps]


def test_each_department_lists_the_registrations_that_it_decides(cast, wasps):
    waiting = {
        short: list(Organisation.objects.waiting_for(cast.organisations[short]))
        for short in ("ping", "hai", "jia", "zhe", "lu")
    }
    assert waiting == {"ping": [wasps], "hai": [], "jia": [], "zhe": [], "lu": []}


def test_of_two_who_decide_at_once_the_second_learns_that_it_is_decided(cast, wasps):
    as_opened = Organisation.objects.get(pk=wasps.pk)
    actions.confirm(wasps, by=cast["ping.reviewer"])
    with pytest.raises(Refused) as refused:
        actions.refuse(as_opened, by=cast["ping.approver"], reason="No")
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("decided", 409)
    wasps.refresh_from_db()
    assert wasps.state == "confirmed"


def test_a_registration_sent_back_is_corrected_and_sent_again(client, cast, wasps):
    actions.refuse(wasps, by=cast["ping.reviewer"], reason="The name differs from the licence.")
    client.force_login(cast.people["wasps.operator_head"])
    page = client.get("/workbench/").content.decode()
    assert "The name differs from the licence." in page
    given = {"organisation": "Wasps Limited", "credit_code": GIVEN["credit_code"], "region": "Hai"}
    assert client.post("/organisations/correct/", given).status_code == 302
    wasps.refresh_from_db()
    assert (wasps.name, wasps.state, wasps.region.code) == ("Wasps Limited", "pending", "330481")
    assert list(Organisation.objects.waiting_for(cast.organisations["hai"])) == [wasps]


def test_the_code_of_a_refused_registration_is_free_for_its_true_owner(client, cast, wasps):
    actions.refuse(wasps, by=cast["ping.reviewer"], reason="Not your code.")
    register(client)
    assert (
        Organisation.objects.filter(credit_code=GIVEN["credit_code"], state="pending").count() == 1
    )


def test_a_founder_signs_up_with_a_name_and_an_address_and_confirms_it(client, cast):
    given = {name: GIVEN[name] for name in ("name", "email", "password1", "password2", "agreed")}
    client.post("/join/founder/", given)
    user = User.objects.get(email=GIVEN["email"])
    assert [post.role for post in user.posts.all()] == ["founder"]
    assert (user.notice != "", user.notice_agreed is not None) == (True, True)
    code = letter_code()
    assert client.post("/account/confirm-email/", {"code": code}).status_code == 302
    assert EmailAddress.objects.get(user=user).verified is True
    assert client.get("/workbench/").status_code == 200


def letter_code():
    """The code in the letter that waits to be sent."""
    body = OrmQ.objects.order_by("-pk").first().task["args"][1]
    return next(line.strip() for line in body.splitlines() if line.startswith("    "))


def test_a_letter_is_sent_if_and_only_if_the_decision_was_written(cast, wasps):
    with pytest.raises(Refused):
        actions.confirm(wasps, by=cast["hai.reviewer"])
    assert (OrmQ.objects.count(), mail.outbox) == (0, [])
