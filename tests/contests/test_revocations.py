"""A revocation is contested like a refusal; granted, the title stands again as it was, and its ban is lifted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.contests.conftest import HEAD, colleagues
from tests.filing.conftest import titled  # noqa: F401 -- a fixture
from zhongchuang.audit.models import Entry
from zhongchuang.contests.access import may_ask
from zhongchuang.contests.models import Contest
from zhongchuang.filing import actions
from zhongchuang.filing.contestable import subject_of
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.procedure import Ban as BanRule
from zhongchuang.procedures.access import may_begin, may_move
from zhongchuang.procedures.contested import contested_as

pytestmark = pytest.mark.django_db


def again(title):
    return Title.objects.get(pk=title.pk)


@pytest.fixture
def revoked(cast, titled, monkeypatch):  # noqa: F811 -- the fixture above
    """`revoked()` is a title that the province revoked for false material, with a ban of its operator."""

    def one(**more):
        colleagues(cast, "zhe")
        title = titled()
        ruled = property(lambda _title: BanRule(years=3))
        monkeypatch.setattr(Title, "ban_rule", ruled)
        actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="提供虚假租赁合同", false_material=True, **more)  # fmt: skip
        return again(title)

    return one


def test_granted_the_title_stands_again_with_number_and_term_and_the_ban_is_lifted(
    cast, client, revoked, review, decided
):
    title = revoked()
    old = (title.number, title.since, title.until)
    made = review(subject=subject_of(title))
    assert may_move(cast["zhe.clerk.b"], made, "propose", "consent") is None
    made = decided(made, "zhe", "grant")
    title = again(title)
    assert (title.state, title.is_valid, title.ended_on, title.reason) == ("valid", True, None, "")
    assert (title.number, title.since, title.until) == old
    assert not Ban.objects.on(timezone.localdate()).exists()
    assert Ban.objects.get().words == "提供虚假租赁合同"
    assert Entry.objects.filter(verb__in=("ban_lifted", "title_reinstated")).count() == 2
    page = client.get(title.get_absolute_url()).content.decode()
    assert ("在有效期" in page or "有效" in page, "撤销称号" in page, "恢复" in page) == (
        True,
        True,
        True,
    )
    client.force_login(cast.people[HEAD])
    assert client.get(reverse("filing:certificate", args=[title.code])).status_code == 200


def test_whoever_revoked_the_title_or_had_a_hand_in_giving_it_does_not_review_that(cast, revoked, review):  # fmt: skip
    title = revoked()
    made = review(subject=subject_of(title))
    acted = {one.user_id for one in title.case.acts.exclude(user=None) if one.post.role != "operator_head"}  # fmt: skip
    assert len(acted) > 2
    assert made.barred == acted | {title.ended_by_id}
    assert may_move(cast["zhe.clerk"], made, "propose", "consent").code == "recused"
    assert [one.level for one in made.course.steps] == ["province", "province"]


def test_a_review_is_handed_in_although_its_operator_is_barred_and_changes_nothing_meanwhile(
    cast, client, revoked, review
):
    title = revoked()
    review(subject=subject_of(title))
    assert (again(title).state, Ban.objects.on(timezone.localdate()).count()) == ("revoked", 1)
    client.force_login(cast.people[HEAD])
    page = client.get(title.get_absolute_url()).content.decode()
    assert ("复核正在进行" in page, "提供虚假租赁合同" in page) == (True, True)
    client.logout()
    assert "复核" not in client.get(title.get_absolute_url()).content.decode()


def test_not_granted_it_stays_revoked_and_barred(revoked, review, decided, cast):
    title = revoked()
    decided(review(subject=subject_of(title)), "zhe", "refuse")
    assert (again(title).state, Ban.objects.on(timezone.localdate()).count()) == ("revoked", 1)
    assert may_ask(cast[HEAD], contested_as(subject_of(title))).code == "done"


def test_a_title_that_ran_out_meanwhile_is_not_valid_again_but_ran_out(revoked, review, decided):
    title = revoked()
    made, today = review(subject=subject_of(title)), timezone.localdate()
    Title.objects.filter(pk=title.pk).update(since=today - timedelta(days=900), until=today)
    decided(made, "zhe", "grant")
    assert again(title).state == "expired"


def test_a_title_given_up_is_no_decision_that_is_contested(cast, titled):  # noqa: F811 -- the fixture
    title = titled()
    actions.give_up(title, by=cast[HEAD], version=title.version)
    assert contested_as(subject_of(title)) is None


def from_before(cast, space, **more):
    today = timezone.localdate()
    pack = {"pack": "zhejiang-2016", "kind": "filed"} | more
    return Title.objects.create(
        number="浙众创〔2017〕12号", space=space, operator=space.operator, department=cast.organisations["zhe"], level="province", name_zh="省级众创空间", name_en="provincial", of_space=space.name,
        of_operator=space.operator.name, since=today - timedelta(days=900), basis="浙科〔2017〕1号", state="revoked",
        ended_on=today, reason="停业", **pack,
    )  # fmt: skip


def test_a_title_from_before_the_platform_goes_by_its_procedure_or_the_general_review(
    cast, registered, asked
):
    colleagues(cast, "zhe")
    gives = all_packs()["zhejiang-2016"].procedures["filing"].gives
    for kind, procedure in ((gives.id, "filing"), ("unheard_of", "")):
        title = from_before(cast, registered(f"慧谷 {kind}"), kind=kind)
        title.number = kind
        title.save()
        made = asked(subject_of(title))
        assert (made.contested, made.procedure, made.level) == (procedure, "review", "province")
        assert made.course.set == (made.version_of_rules.procedures[procedure].set if procedure else "")  # fmt: skip


def test_rules_that_nobody_knows_any_more_leave_the_way_on_paper(cast, registered):
    title = from_before(cast, registered(), pack="gone-1999")
    assert contested_as(subject_of(title)) is None


def test_two_reviews_of_different_decisions_run_beside_each_other(
    cast, revoked, asked, handed_in, step, registered
):
    title = revoked()
    Ban.objects.all().delete()
    first = asked(subject_of(title))
    course = all_packs()[title.pack]
    assert may_begin(cast[HEAD], title.space, course, course.procedures["filing"]).code == "review_runs"  # fmt: skip
    other = from_before(cast, title.space)
    assert asked(subject_of(other)) != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.create(review=asked(subject_of(other)), subject="x", decision="x", received=timezone.localdate(), until=timezone.localdate())  # fmt: skip
