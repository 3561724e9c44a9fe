import re
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from zhongchuang.audit.actions import anchor_head
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.credit.models import Record as CreditRecord
from zhongchuang.credit.models import Request as CreditRequest
from zhongchuang.credit.todos import todos as credit_todos
from zhongchuang.demo.dice import Dice
from zhongchuang.filing.models import Title
from zhongchuang.gap.packs import own_packs
from zhongchuang.gap.registered import WINDOWS, table_of
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Organisation, Post, Region, Role, User
from zhongchuang.page.refusal import Refused
from zhongchuang.past.models import Evaluation, Grant
from zhongchuang.policy.procedure import CHANGE, REVIEW
from zhongchuang.procedures.models import Batch, Case, Pin
from zhongchuang.procedures.todos import todos
from zhongchuang.records.models import Delivery, Letter
from zhongchuang.records.register import collect
from zhongchuang.spaces import demonstration
from zhongchuang.spaces.demonstration.figures import life
from zhongchuang.spaces.demonstration.world import World, data
from zhongchuang.spaces.models import Change, Cluster, Space
from zhongchuang.totals.scenes import said

pytestmark = pytest.mark.any_database  # by the models alone; make run plays it on SQLite
FEW = 60
EXAMPLES = len(said()["spaces"]) + len(data("places")["more"])
"""Spaces of the district whose records add up to published figures, and those beside the drawn ones."""


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration with few spaces, and what its command printed; gone after this file."""
    folder = tmp_path_factory.mktemp("demonstration")
    given = override_settings(
        DEMONSTRATION=True, MEDIA_ROOT=folder / "files", INCOMING=folder / "incoming",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )  # fmt: skip
    with django_db_blocker.unblock(), given, transaction.atomic():
        call_command("regions", stdout=StringIO())
        out = StringIO()
        call_command("demonstration", spaces=FEW, stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def sign_ins(told):
    """The lines of the printed table: address and password."""
    return re.findall(r"(\S+@demo\.example)\s+(\S+)", told)


def test_every_role_can_sign_in_with_the_printed_password(told, client):
    reached = {}
    for number, (email, password) in enumerate(sign_ins(told), start=1):
        given = {"login": email, "password": password}
        place = {"follow": True, "REMOTE_ADDR": f"192.0.2.{number}"}
        answer = client.post(reverse("account_login"), given, **place)
        reached[email] = (answer.status_code, str(answer.wsgi_request.user.email))
        client.logout()
    assert reached == {email: (200, email) for email, _password in sign_ins(told)}
    roles = Post.objects.current().filter(user__email__in=reached).values_list("role", flat=True)
    assert set(roles) == set(Role.values)


def test_only_those_who_are_printed_have_a_password(told):
    can = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert can == {email for email, _password in sign_ins(told)} == set(demonstration.sign_ins())
    assert len({password for _email, password in sign_ins(told)}) == len(can)


def test_no_password_is_kept_in_the_log(told):
    kept = "".join(Entry.objects.values_list("details", flat=True))
    assert [password for _email, password in sign_ins(told) if password in kept] == []


def test_the_chain_tells_all_of_it_and_is_whole(told):
    anchor_head()
    report = verify()
    assert (report.faults, report.entries) == ([], Entry.objects.count())
    assert Entry.objects.filter(verb="space_registered").count() == FEW + EXAMPLES
    assert Entry.objects.filter(verb__startswith="space_", name="").count() == 0


def test_spaces_stand_in_every_state_and_changes_have_every_answer(told):
    assert set(Space.objects.values_list("state", flat=True)) == set(Space.State.values)
    assert set(Change.objects.values_list("state", flat=True)) == set(Change.State.values)
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(Organisation.Kind.values)
    assert Cluster.objects.exists()


def test_one_space_lists_its_desks_on_a_plan_and_shows_photographs(told):
    (space,) = Space.objects.filter(desk_rows__isnull=False).distinct()
    site = space.premises_rows.get()
    assert (space.desk_rows.count(), space.desks) == (site.desks, site.desks)
    assert space.photograph_rows.count() == 3


def test_letters_are_read_in_the_platform_and_none_is_sent(told):
    assert Letter.objects.exists()
    assert (OrmQ.objects.count(), Delivery.objects.count()) == (0, 0)


def test_every_invented_name_is_marked(told):
    names = [*Space.objects.values_list("name", flat=True)]
    names += Organisation.objects.values_list("name", flat=True)
    assert [name for name in names if "示例" not in name] == []


def test_the_departments_of_every_place_decide_on_its_spaces(told):
    nearest = {space.region.code: space.decider.region.code for space in Space.objects.all()}
    assert nearest == {code: code for code in nearest}
    assert {"419001", "330400G1", "330482"} <= set(nearest)


def test_the_register_knows_plausible_figures_of_every_space(told):
    keys = list(Space.objects.values_list("pk", flat=True))
    known = collect(keys, ["floor_area", "desks", "staff"], timezone.localdate()).columns
    pairs = zip(known["floor_area"], known["desks"], strict=True)
    each = [area / desks for area, desks in pairs if desks is not None]
    assert [one for one in each if not 15 <= one <= 60] == []
    staff = [one for one in known["staff"] if one is not None]
    assert [one for one in staff if not 4 <= one <= 60] == []
    assert min(len(each), len(staff)) >= FEW - 3


def test_cases_stand_everywhere_on_their_way_and_at_every_end(told):
    assert set(Case.objects.values_list("state", flat=True)) == set(Case.Standing.values)
    steps = {(case.pack, case.step) for case in Case.objects.filter(state="running")}
    courses = {(case.pack, case.procedure): case.course for case in Case.objects.all()}
    declared = {(pack, step.id) for (pack, _name), course in courses.items() for step in course.steps}  # fmt: skip
    assert (declared - steps, len(courses)) == (set(), 4)
    assert Case.objects.on_notice().filter(due__gte=timezone.localdate()).exists()
    assert Pin.objects.filter(case__state="returned").count() == 2
    assert Case.objects.filter(state="refused", decisions__isnull=True).count() == 0


def test_cases_came_in_over_months_and_the_log_says_when_they_were_entered(told):
    days = Case.objects.exclude(submitted=None).dates("submitted", "day")
    assert (days.count() >= 10, max(days) <= timezone.localdate()) == (True, True)
    for case in Case.objects.all():
        moments = [act.moment for act in case.acts.order_by("number")]
        assert moments == sorted(moments)
    entered = Entry.objects.filter(verb__startswith="case_").dates("moment", "day")
    assert (timezone.localdate() - min(entered)).days <= 1


def test_titles_hold_end_soon_have_expired_and_were_revoked_with_the_reason(told):
    assert set(Title.objects.values_list("state", flat=True)) >= {"valid", "expired", "revoked"}
    soon = timezone.localdate() + timedelta(days=60)
    assert Title.objects.filter(state="valid", until__lte=soon).count() == 1
    assert [bool(one.reason) for one in Title.objects.filter(state="revoked")] == [True]


@pytest.mark.parametrize("who", [f"{role}.{place}" for place in ("330482", "330400", "330000") for role in ("clerk", "reviewer", "approver")] + ["reviewer.430000", "clerk.310115", "clerk.shanghai", "clerk.310000", "clerk.000000", "reviewer.000000", "head.1", "clerk.1"])  # fmt: skip
def test_whoever_signs_in_finds_work_in_cases(told, who):
    user = User.objects.get(email=f"{who}@demo.example")
    assert todos(Acting(user, user.posts.get())) != []


def test_a_batch_is_open_at_the_nation_with_cases_of_provinces(told):
    batch = Batch.objects.open().get()
    assert (batch.department.region.code, batch.pack, len(batch.held())) == ("000000", "national-2017", 2)  # fmt: skip


def test_evaluations_and_grants_from_before_stand_beside_cases(told):
    held = set(Case.objects.filter(state="running").values_list("space", flat=True))
    for model in (Evaluation, Grant):
        assert held & set(model.objects.values_list("space", flat=True))
    assert set(Evaluation.objects.values_list("result", flat=True)) >= {"excellent", "passed", "failed", ""}  # fmt: skip
    assert Grant.objects.filter(recipient_kind="person", amount=None).exists()
    assert Grant.objects.filter(amount=None).exclude(recipient_kind="person").exists()


def test_credit_records_stand_beside_cases_and_one_waits_for_its_answer(told):
    running = set(Case.objects.filter(state="running").values_list("operator", flat=True))
    assert running & set(CreditRecord.objects.bad().values_list("operator", flat=True))
    assert CreditRecord.objects.good().exists()
    waiting = CreditRequest.objects.open().get()
    answers = {role: credit_todos(Acting(post.user, post)) for role in ("reviewer", "approver") for post in [Post.objects.filter(organisation=waiting.record.department, role=role).first()]}  # fmt: skip
    assert {role: len(found) for role, found in answers.items()} == {"reviewer": 0, "approver": 1}


def test_a_filled_database_is_left_as_it_is(told):
    before = Space.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match="演示数据"):
        call_command("demonstration")
    again = StringIO()
    call_command("demonstration", "--if-needed", stdout=again)
    assert (again.getvalue(), Space.objects.count(), User.objects.count()) == ("", *before)


def test_new_passwords_take_the_place_of_the_printed_ones(told):
    with transaction.atomic():
        out = StringIO()
        call_command("demonstration", "--passwords", stdout=out)
        email, new = sign_ins(out.getvalue())[0]
        user, old = User.objects.get(email=email), dict(sign_ins(told))[email]
        assert (user.check_password(new), user.check_password(old)) == (True, False)
        transaction.set_rollback(True)


# --- without its being filled ---------------------------------------------------------------------


def test_nothing_is_written_where_the_demonstration_is_not_asked_for(db):
    with pytest.raises(Refused) as refused:
        demonstration.fill(spaces=1)
    assert (refused.value.refusal.code, User.objects.count()) == ("not_a_demonstration", 0)


def test_whoever_stops_it_half_way_finds_an_empty_database(db, settings):
    settings.DEMONSTRATION = True
    call_command("regions", stdout=StringIO())

    told = []

    def stop_at_the_second_province(text):
        told.append(text)
        if len(told) > 1:
            assert User.objects.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demonstration.fill(spaces=FEW, progress=stop_at_the_second_province)
    assert (demonstration.is_empty(), demonstration.nobody_signed_in_yet()) == (True, False)


def test_passwords_are_given_at_the_next_start_if_the_first_one_ended_before(told, settings):
    with transaction.atomic():
        for user in User.objects.filter(email__in=demonstration.sign_ins()):
            user.set_unusable_password()
            user.save()
        out = StringIO()
        call_command("demonstration", "--if-needed", stdout=out)
        assert len(sign_ins(out.getvalue())) == len(demonstration.sign_ins())
        transaction.set_rollback(True)


# --- lives ----------------------------------------------------------------------------------------


def lives(count):
    region = Region(pk=1, code="330482", name="Ping", path="/330000/330400/330482/")
    world = World(Dice(1), date(2026, 3, 31), {"330482": region})
    return [life(world, number, region, {}) for number in range(count)]


def test_chance_comes_out_the_same_each_time():
    assert lives(30) == lives(30)


def test_what_the_careless_forget_is_unknown_and_never_zero():
    desks = [site.after["desks"] for one in lives(200) for site in one.sites]
    assert (0 in desks, 4 <= desks.count(None) <= 60) == (False, True)


def test_a_site_holds_its_parts_and_a_lease_runs_today():
    made = lives(200)
    for one in made:
        for site in one.sites:
            parts = [site.after["public_area"] or 0, site.after["desk_area"] or 0]
            assert sum(parts) <= site.after["floor_area"]
            assert all(lease["begins"] <= lease["ends"] for lease in site.leases)
            running = [x for x in site.leases if x["begins"] <= date(2026, 3, 31) <= x["ends"]]
            assert len(running) == (1 if site.leases else 0)
    soon = Counter(
        (max(lease["ends"] for lease in one.sites[0].leases) - date(2026, 3, 31)).days <= 60
        for one in made
        if one.sites[0].leases
    )
    assert soon[True] >= 5


def prefilled(space, pack, procedure):
    """The share of a form, own wording included, that the records of a space fill."""
    today, figures = (
        timezone.localdate(),
        {one for part in procedure.sections for one in part.facts},
    )
    window = pack.set(procedure.set).window or WINDOWS[0]
    known = table_of(space, today, [window], figures).facts(0, window).values
    return len(figures & set(known)), len(figures), len(list(procedure.entries()))


def test_a_space_with_a_year_of_records_finds_most_of_every_form_filled(told):
    """BY-1: at least seven in ten of the figures of each procedure, and two thirds of its form with the own wording."""
    space = Space.objects.get(name="示例·松石创新工场")
    for pack in own_packs().values():
        for procedure in pack.procedures.values():
            if procedure.set and procedure.kind not in (CHANGE, REVIEW):
                filled, figures, own = prefilled(space, pack, procedure)
                where = f"{pack.id} {procedure.id}: {filled} of {figures} figures, {own} texts"
                assert filled >= 0.7 * figures, where
                assert filled >= (figures + own) * 2 / 3, where
