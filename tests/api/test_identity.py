"""Who asks the API: tokens and their end, cookies and their form token, how often."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.api.conftest import Asker, lease, person, program
from tests.files.conftest import pdf
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.actions import end_post, revoke_token, switch_off
from zhongchuang.organisations.models import Organisation, Token

pytestmark = pytest.mark.django_db


def status(asker, path="spaces/"):
    return asker.get(path).status_code


def test_who_is_nobody_reads_regions_alone(nobody, space):
    assert (status(nobody, "regions/"), status(nobody, "spaces/")) == (200, 401)
    assert nobody.get("spaces/").headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_nobody_made_opens_nothing_even_beside_a_cookie(cast):
    signed_in = person(cast, "bees.operator_head")
    assert status(signed_in) == 200
    answer = signed_in.get("spaces/", Authorization="Bearer zc_invented")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_unknown")


@pytest.mark.parametrize("end", ["revoked", "expired", "post ended", "account closed", "closed"])
def test_a_token_ends_with_its_day_and_with_the_post_of_its_maker(cast, bees, end):
    assert status(bees) == 200
    token = Token.objects.get()
    if end == "revoked":
        revoke_token(token, by=cast["bees.operator_head"])
    elif end == "expired":
        past = timezone.now() - timedelta(days=2)
        Token.objects.update(made=past, expires=past + timedelta(days=1))
    elif end == "post ended":
        end_post(token.made_by, by=cast["bees.operator_head"])
    elif end == "account closed":
        switch_off(cast.people["bees.operator_head"], by=cast["ping.system_admin"])
    else:
        Organisation.objects.filter(pk=token.organisation_id).update(state="closed")
    assert status(bees) == 401


def test_a_token_does_what_its_scopes_say(cast, space):
    reader = program(cast, "bees", "read:spaces")
    assert status(reader, f"spaces/{space.code}/") == 200
    for asked in (reader.get("evidence/"), reader.post(f"spaces/{space.code}/submit/")):
        assert (asked.status_code, asked.json()["code"]) == (403, "scope")
    needed = reader.get("evidence/").json()["detail"]
    assert needed == {"scope": "read:evidence"}


def test_a_token_of_a_department_reads_as_its_clerk_and_writes_nothing(cast, space):
    reader = program(cast, "ping")
    assert [one["code"] for one in reader.get("spaces/").json()["items"]] == [space.code]
    assert reader.post(f"spaces/{space.code}/confirm/").json()["code"] == "scope"


def test_the_log_names_the_token_and_its_maker(cast, bees):
    lease_of(bees)
    entry = Entry.objects.order_by("number").last()
    assert (entry.verb, entry.name) == ("handed_in", "program 0 (bees.operator_head)")


def lease_of(asker):

    return asker.post("evidence/", {"file": SimpleUploadedFile("lease.pdf", pdf())})


def test_the_day_of_the_last_use_is_noted_once_a_day(cast, bees, django_assert_num_queries):
    assert Token.objects.get().last_used is None
    bees.get("spaces/")
    assert Token.objects.get().last_used == timezone.localdate()


def test_a_cookie_changes_something_only_with_the_token_of_a_form(cast):
    file = str(lease(cast).key)
    bare = person(cast, "bees.operator_head", form_token=False)
    refused = bare.post(f"evidence/{file}/withdraw/")
    assert (bare.get("evidence/").status_code, refused.json()["code"]) == (200, "csrf")
    whole = person(cast, "bees.operator_head")
    assert whole.post(f"evidence/{file}/withdraw/").status_code == 200


def test_who_asks_too_often_is_told_when_to_go_on(cast, settings):
    settings.API_RATE = 2
    busy, other = program(cast, "bees"), program(cast, "owls")
    assert [status(busy) for _turn in range(3)] == [200, 200, 429]
    answer = busy.get("spaces/")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.json()["detail"]["allowed"] == "2"
    assert status(other) == 200
    assert [status(Asker(), "regions/") for _turn in range(3)] == [200, 200, 429]


def test_a_person_sets_up_the_second_factor_first(cast, settings):
    reviewer = person(cast, "ping.reviewer")
    assert status(reviewer) == 200
    settings.MLPS = "3"
    answer = reviewer.get("spaces/")
    assert (answer.status_code, answer.json()["code"]) == (403, "comes_first")
