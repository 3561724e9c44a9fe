"""Who may give whom which post, compared with a second, slower way to say the same (S-03, S-04)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import Acting, grantable, may_end, may_grant, may_hold
from zhongchuang.organisations.models import Invitation, Organisation, Post, Role, User
from zhongchuang.page.refusal import Refused

pytestmark = pytest.mark.django_db

DEPARTMENT_ROLES = {
    "clerk", "reviewer", "approver", "finance", "expert", "system_admin", "security_admin", "audit_admin",
}  # fmt: skip
ABOVE = {"330482": "330400", "330481": "330400", "330400": "330000", "330100": "330000",
         "330106": "330100", "330400G1": "330400", "430104": "430100", "430100": "430000",
         "330000": "000000", "430000": "000000"}  # fmt: skip


def lies_in(code, outer):
    while code:
        if code == outer:
            return True
        code = ABOVE.get(code)
    return False


def oracle(granter_role, own, role, target):
    """Whether a grant is right, said from the rules in words: `own` and `target` are (kind, region)."""
    same = own == target
    if granter_role == "operator_head":
        return same and own[0] == "operator" and role in {"operator_clerk", "mentor"}
    if granter_role != "security_admin":
        return False
    if target[0] == "department":
        if role not in DEPARTMENT_ROLES:
            return False
        strictly_below = lies_in(target[1], own[1]) and target[1] != own[1]
        if role.endswith("_admin"):
            return strictly_below
        return same or strictly_below
    return role == "operator_head" and lies_in(target[1], own[1])


def kind_and_region(organisation):
    # Operators of one county are told apart, so that "the same" means the same organisation.
    key = organisation.region.code
    return (
        (organisation.kind, key)
        if organisation.is_department
        else ("operator", key, organisation.pk)
    )


def test_every_grant_of_every_role_to_every_organisation_is_as_the_rules_say(cast):
    organisations = list(Organisation.objects.select_related("region"))
    granters = list(Post.objects.select_related("organisation__region"))
    wrong = []
    for granter in granters:
        if granter.organisation_id is None:
            continue
        own = kind_and_region(granter.organisation)
        for organisation in organisations:
            target = kind_and_region(organisation)
            for role in Role:
                expected = oracle(granter.role, own, role, target)
                if (may_grant(granter, role, organisation) is None) != expected:
                    wrong.append((str(granter), role, str(organisation), expected))
    assert wrong == []


def test_the_form_offers_exactly_what_may_be_granted(cast):
    ping, bees = cast.organisations["ping"], cast.organisations["bees"]
    offered = {
        "ping.security_admin at ping": grantable(cast.post("ping.security_admin"), ping),
        "jia.security_admin at ping": grantable(cast.post("jia.security_admin"), ping),
        "bees.operator_head at bees": grantable(cast.post("bees.operator_head"), bees),
        "hai.security_admin at ping": grantable(cast.post("hai.security_admin"), ping),
    }
    assert offered == {
        "ping.security_admin at ping": ["clerk", "reviewer", "approver", "finance", "expert"],
        "jia.security_admin at ping": [
            "clerk", "reviewer", "approver", "finance", "expert",
            "system_admin", "security_admin", "audit_admin",
        ],
        "bees.operator_head at bees": ["operator_clerk", "mentor"],
        "hai.security_admin at ping": [],
    }  # fmt: skip


HOLDS = {
    # held, asked: refused as
    ("clerk", "reviewer"): None,
    ("clerk", "system_admin"): "roles_apart",
    ("security_admin", "audit_admin"): "roles_apart",
    ("security_admin", "clerk"): "roles_apart",
    ("operator_head", "reviewer"): "roles_apart",
    ("clerk", "operator_clerk"): "roles_apart",
    ("operator_head", "operator_clerk"): None,
}


@pytest.mark.parametrize(("held", "asked"), HOLDS)
def test_roles_that_must_be_apart_are_not_joined_in_one_person(cast, held, asked):
    at = "bees" if held.startswith("operator") else "ping"
    refusal = may_hold(cast[f"{at}.{held}"].user, asked)
    assert (refusal and refusal.code) == HOLDS[held, asked]


def test_the_last_administrator_of_the_top_cannot_be_ended_but_one_below_can(cast):
    top = may_end(cast["zhe.security_admin"], cast.post("zhe.security_admin"))
    below = may_end(cast["jia.security_admin"], cast.post("ping.audit_admin"))
    assert (top.code, below) == ("last_administrator", None)


class Grants(RuleBasedStateMachine):
    """Invites, accepts and ends at random; nobody ever ends up with what the oracle does not allow."""

    @initialize()
    def begin(self):
        for model in (Invitation, Post):
            model.objects.all().delete()
        User.objects.all().delete()
        self.number = 0

    organisations = st.sampled_from(["zhe", "jia", "ping", "hai", "lu", "bees", "kites"])
    roles = st.sampled_from(list(Role))

    def organisation(self, short):
        return Organisation.objects.select_related("region").get(name=NAMES[short])

    @rule(at=organisations, role=roles)
    def appoint(self, at, role):
        """The platform puts a first person somewhere, so that there is someone to grant."""
        organisation = self.organisation(at)
        fits = (
            role in DEPARTMENT_ROLES
            if organisation.is_department
            else role in {"operator_head", "operator_clerk", "mentor"}
        )
        if fits and Post.objects.current().count() < 12:
            self.number += 1
            user = User.objects.create_user(
                f"first{self.number}@example.org", None, name=f"F{self.number}"
            )
            Post.objects.create(user=user, organisation=organisation, role=role)

    @rule(data=st.data(), at=organisations, role=roles)
    def invite_and_accept(self, data, at, role):
        posts = list(Post.objects.current().select_related("user", "organisation__region"))
        if not posts:
            return
        granter = data.draw(st.sampled_from(posts))
        target = self.organisation(at)
        right = oracle(
            granter.role, kind_and_region(granter.organisation), role, kind_and_region(target)
        )
        self.number += 1
        email = f"p{self.number}@example.org"
        by = Acting(granter.user, granter)
        try:
            invitation = actions.invite(target, by=by, email=email, name="P", role=role)
            actions.accept(invitation, by=None, name="P", password="x" * 12)
        except Refused:
            assert not right
        else:
            assert right

    @rule(data=st.data())
    def end(self, data):
        posts = list(Post.objects.current().select_related("user", "organisation__region"))
        if len(posts) < 2:
            return
        ender, post = (data.draw(st.sampled_from(posts)) for _ in range(2))
        right = ender.user_id == post.user_id or oracle(
            ender.role,
            kind_and_region(ender.organisation),
            post.role,
            kind_and_region(post.organisation),
        )
        try:
            actions.end_post(post, by=Acting(ender.user, ender))
        except Refused as refused:
            right = right and refused.refusal.code != "last_administrator"
            ended = False
        else:
            ended = True
        assert ended == right

    @invariant()
    def administrators_are_disjoint(self):
        for user in User.objects.all():
            admin = {post.role for post in user.posts.current() if post.role.endswith("_admin")}
            assert len(admin) <= 1


NAMES = {}


def test_no_sequence_of_invitations_and_endings_gives_more_than_the_rules_allow(cast):
    NAMES.update({short: one.name for short, one in cast.organisations.items()})
    run_state_machine_as_test(
        Grants,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_nobody_is_offered_to_give_up_a_post_that_must_not_be_empty(cast, client):
    offered = {}
    for who in ("zhe.system_admin", "ping.reviewer"):
        client.force_login(cast.people[who])
        offered[who] = len(client.get("/account/profile/").context["given_up"])
    assert offered == {"zhe.system_admin": 0, "ping.reviewer": 1}
