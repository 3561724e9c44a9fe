"""More time: for a round of applications, by two people and published; for the step of one case, with a reason."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.filing.models import Ban
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.audience import groups
from zhongchuang.procedures.models import Case, Extension
from zhongchuang.records.models import Letter
from zhongchuang.spaces.models import Space

SHANGHAI = ZoneInfo("Asia/Shanghai")
HUNAN = {"who": "owls.operator_head", "pack": "hunan-2016", "procedure": "recognition"}
FIRST, LAST, UNTIL = date(2027, 6, 1), date(2027, 7, 31), date(2027, 8, 15)
BEFORE = datetime(2027, 7, 30, 9, tzinfo=SHANGHAI)
AFTER = datetime(2027, 8, 2, 9, tzinfo=SHANGHAI)


@pytest.fixture
def spaces(registered, time_machine):
    """`spaces("湘江")` is a registered space of Hunan, while its window is open."""
    time_machine.move_to(BEFORE)

    def one(name="湘江众创空间"):
        return registered(name, who="owls.operator_head", region="430104", by="lu.reviewer")

    return one


@pytest.fixture
def extended(cast):
    """`extended(whom="begun")` proposes and signs more time for the round of 2027."""

    def one(whom="all", spaces=(), until=UNTIL):
        proposal = proposed(cast, whom=whom, spaces=spaces, until=until)
        by = cast["xiang.approver"]
        return actions.decide_extension(proposal, by=by, version=proposal.version, agrees=True)

    return one


def proposed(cast, *, by="xiang.clerk", first=FIRST, until=UNTIL, whom="all", spaces=()):
    pack = all_packs()["hunan-2016"]
    return actions.propose_extension(
        pack, pack.procedures["recognition"], by=cast[by], first=first, until=until, whom=whom, reason="系统停机一日",
        spaces=spaces,
    )  # fmt: skip


def code_of(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


def handed_in_at(cast, case, moment):
    by = cast["owls.operator_head"]
    return actions.hand_in(case, by=by, version=case.version, promised=True, at=moment)


def test_the_second_before_midnight_is_in_time_and_midnight_is_late(cast, spaces, complete):
    case = complete(space=spaces(), **HUNAN)
    midnight = datetime(2027, 8, 1, tzinfo=SHANGHAI)
    assert code_of(lambda: handed_in_at(cast, case, midnight)) == "window"
    handed_in_at(cast, case, midnight - timedelta(seconds=1))
    assert case.state == "running"


def test_the_extended_window_ends_at_midnight_of_its_new_day(cast, spaces, complete, extended):
    case = complete(space=spaces(), **HUNAN)
    extended()
    midnight = datetime(2027, 8, 16, tzinfo=SHANGHAI)
    assert code_of(lambda: handed_in_at(cast, case, midnight)) == "window"
    handed_in_at(cast, case, midnight - timedelta(seconds=1))
    assert case.state == "running"


def test_after_its_end_a_window_is_opened_again_for_everybody(cast, spaces, begun, extended, time_machine):  # fmt: skip
    space = spaces()
    time_machine.move_to(AFTER)
    assert code_of(lambda: begun(space=space, **HUNAN)) == "window"
    extended()
    assert begun(space=space, **HUNAN).state == "draft"
    time_machine.move_to(datetime(2027, 8, 16, 0, 0, 0, tzinfo=SHANGHAI))
    assert code_of(lambda: begun(space=spaces_of(space), pack="hunan-2016", procedure="recognition", who="bees.operator_head")) == "not_yours"  # fmt: skip


def spaces_of(space):
    """Another of the same operator's has no draft to go on with."""
    Case.objects.all().delete()
    return space


def test_those_who_had_begun_by_midnight_have_more_time_and_others_do_not(cast, spaces, complete, begun, extended, time_machine):  # fmt: skip
    early, late = spaces(), spaces("麓山众创空间")
    time_machine.move_to(datetime(2027, 7, 31, 23, 59, 59, tzinfo=SHANGHAI))
    case = complete(space=early, **HUNAN)
    time_machine.move_to(AFTER)
    extended(whom="begun")
    assert code_of(lambda: begun(space=late, **HUNAN)) == "window"
    handed_in_at(cast, case, AFTER)
    assert case.state == "running"


def test_a_draft_from_the_first_second_after_the_end_does_not_count_as_begun(cast, spaces, complete, extended, time_machine):  # fmt: skip
    case = complete(space=spaces(), **HUNAN)
    time_machine.move_to(AFTER)
    extended(whom="begun")
    midnight = datetime(2027, 8, 1, tzinfo=SHANGHAI)
    Case.objects.filter(pk=case.pk).update(begun=midnight)
    assert code_of(lambda: handed_in_at(cast, case, AFTER)) == "window"
    Case.objects.filter(pk=case.pk).update(begun=midnight - timedelta(seconds=1))
    assert handed_in_at(cast, case, AFTER).state == "running"


def test_a_list_is_for_its_spaces_alone_and_their_operators_are_told(spaces, begun, extended, time_machine):  # fmt: skip
    named, other = spaces(), spaces("麓山众创空间")
    time_machine.move_to(AFTER)
    extended(whom="listed", spaces=[named])
    assert begun(space=named, **HUNAN).state == "draft"
    assert code_of(lambda: begun(space=other, **HUNAN)) == "window"
    assert Letter.objects.filter(recipient__name="owls.operator_head", title__contains="2027-08-15").exists()  # fmt: skip


def test_a_proposal_alone_moves_nothing_and_nobody_signs_their_own(cast, spaces, begun, time_machine):  # fmt: skip
    space = spaces()
    time_machine.move_to(AFTER)
    one = proposed(cast)
    assert code_of(lambda: begun(space=space, **HUNAN)) == "window"
    Extension.objects.filter(pk=one.pk).update(proposed_by=cast.people["xiang.approver"])
    held = Extension.objects.get(pk=one.pk)
    by = cast["xiang.approver"]
    assert code_of(lambda: actions.decide_extension(held, by=by, version=1, agrees=True)) == "same_person"  # fmt: skip


@pytest.mark.parametrize("who", ["xiang.approver", "chang.clerk", "zhe.clerk", "owls.operator_head"])  # fmt: skip
def test_more_time_is_proposed_by_a_clerk_of_the_deciding_department_alone(cast, spaces, who):
    assert code_of(lambda: proposed(cast, by=who)) == "not_deciding"


@pytest.mark.parametrize(
    ("until", "code"),
    [(LAST, "not_later"), (date(2028, 6, 1), "not_later"), (date(2028, 5, 31), None)],
)
def test_the_new_day_lies_after_the_old_one_and_before_the_next_round(cast, spaces, until, code):
    if code:
        assert code_of(lambda: proposed(cast, until=until)) == code
    else:
        assert proposed(cast, until=until).until == until


def test_extended_again_it_begins_from_the_day_that_was_given_last(cast, spaces, extended):
    extended()
    assert code_of(lambda: proposed(cast, until=UNTIL)) == "not_later"
    assert proposed(cast, until=UNTIL + timedelta(days=1)).last == UNTIL


def test_everybody_reads_who_was_given_more_time_and_why_but_no_names_of_a_list(client, spaces, extended):  # fmt: skip
    space = spaces()
    assert "系统停机" not in client.get(reverse("procedures:extensions")).content.decode()
    extended(whom="listed", spaces=[space])
    page = client.get(reverse("procedures:extensions")).content.decode()
    assert ("2027-08-15" in page, "系统停机一日" in page, "1 家" in page) == (True, True, True)
    assert space.name not in page
    guide = client.get(reverse("procedures:guide", args=["hunan-2016", "recognition"]))
    assert "系统停机一日" in guide.content.decode()


def test_the_reader_of_the_list_finds_the_own_space_on_it(signed_in, spaces, extended):
    space = spaces()
    extended(whom="listed", spaces=[space])
    page = signed_in("owls.operator_head").get(reverse("procedures:extensions"))
    assert space.name in page.content.decode()


def test_from_the_guide_a_clerk_proposes_and_an_approver_signs(signed_in, spaces):
    space = spaces()
    address = reverse("procedures:extend", args=["hunan-2016", "recognition"])
    client = signed_in("xiang.clerk")
    sends = {"round": "2027-06-01", "until": "2027-08-15", "whom": "listed", "codes": "nowhere", "reason": "停电"}  # fmt: skip
    key = client.get(address).context["form"]["request_key"].value()
    wrong = client.post(address, sends | {"request_key": key})
    assert "nowhere" in wrong.content.decode()
    assert client.post(address, sends | {"codes": space.code, "request_key": key}).status_code == 302  # fmt: skip
    one = Extension.objects.get()
    client = signed_in("xiang.approver")
    assert one.reason in client.get(reverse("organisations:workbench")).content.decode()
    held = client.get(one.get_absolute_url()).context["form"]
    sends = {"request_key": held["request_key"].value(), "version": "1", "agrees": "yes"}
    assert client.post(one.get_absolute_url(), sends).status_code == 302
    one.refresh_from_db()
    assert (one.state, list(one.spaces.all())) == ("signed", [space])


@pytest.fixture
def waiting(handed_in):
    """A filing of Zhejiang that waits with the city."""
    return handed_in()


def extend_term(cast, case, until, by="jia.approver"):
    return actions.extend_term(case, by=cast[by], version=case.version, until=until, words="现场核查因台风改期")  # fmt: skip


def test_the_term_of_a_step_is_made_longer_once_and_the_applicant_reads_why(cast, waiting, client):
    case, old = waiting, waiting.due
    extend_term(cast, case, last_day(old, 10))
    held = Case.objects.get(pk=case.pk)
    assert held.due == last_day(old, 10)
    assert code_of(lambda: extend_term(cast, held, last_day(held.due, 1))) == "often"
    client.force_login(cast.people["bees.operator_head"])
    assert "现场核查因台风改期" in client.get(case.get_absolute_url()).content.decode()
    entry = Entry.objects.about(case).get(verb="case_extended")
    assert entry.values["old"] == old.isoformat()


@pytest.mark.parametrize("days", [0, 11])
def test_a_term_becomes_longer_by_the_days_of_the_data_file_at_most(cast, waiting, days):
    assert code_of(lambda: extend_term(cast, waiting, last_day(waiting.due, days))) == "too_long"


@pytest.mark.parametrize("who", ["jia.clerk", "ping.approver", "bees.operator_head"])
def test_the_approver_of_the_department_that_holds_it_gives_more_time_alone(cast, waiting, who):
    assert code_of(lambda: extend_term(cast, waiting, last_day(waiting.due, 1), by=who)) in {"not_approver", "other_department"}  # fmt: skip


def test_what_is_late_stays_late(cast, waiting, time_machine):
    time_machine.move_to(datetime.combine(waiting.due + timedelta(days=1), datetime.min.time(), SHANGHAI))  # fmt: skip
    assert code_of(lambda: extend_term(cast, waiting, last_day(waiting.due, 5))) == "passed"


@pytest.fixture
def round_of(spaces, registered, handed_in, begun):
    """Spaces of four operators: one has a draft, one handed in, one begun nothing, one is elsewhere."""

    def here(who, name, **more):
        return registered(name, who=f"{who}.operator_head", region="430104", by="lu.reviewer", **more)  # fmt: skip

    begun(space=spaces(), **HUNAN)
    handed_in(space=here("ants", "蚂蚁众创空间"), who="ants.operator_head", pack="hunan-2016", procedure="recognition")  # fmt: skip
    here("kites", "风筝众创空间")
    registered("慧谷众创空间")


def told(*names):
    """How many letters about more time each of these heads has."""
    return [Letter.objects.filter(recipient__name=f"{name}.operator_head", title__contains="2027-08").count() for name in names]  # fmt: skip


def test_more_time_for_everybody_is_told_to_those_who_apply_and_who_may_apply_and_to_nobody_else(cast, round_of, extended):  # fmt: skip
    one = proposed(cast)
    people = {group.name: {user.name for user in group.people} for group in groups(one)}
    assert people == {
        "begun": {"owls.operator_head", "owls.operator_clerk"}, "under_way": {"ants.operator_head", "ants.operator_clerk"},
        "may_begin": {"kites.operator_head", "kites.operator_clerk"},
    }  # fmt: skip
    actions.decide_extension(one, by=cast["xiang.approver"], version=1, agrees=True)
    assert told("owls", "ants", "kites", "bees") == [1, 1, 1, 0]
    assert Entry.objects.about(one).get(verb="extension_signed").values["new"]["letters"] == 6
    extended(until=UNTIL + timedelta(days=5))
    assert told("owls", "ants", "kites", "bees") == [2, 2, 1, 0]


def test_more_time_for_those_who_had_begun_is_told_to_them_alone(round_of, extended):
    extended(whom="begun")
    assert told("owls", "ants", "kites", "bees") == [1, 0, 0, 0]


def test_who_may_not_begin_is_not_written_to(cast, round_of, extended):
    kites = Space.objects.get(name="风筝众创空间")
    Ban.objects.create(
        operator=kites.operator, pack="hunan-2016", cite="第十条", reason="材料不实", since=date(2027, 1, 1),
        set_by=cast.people["xiang.approver"],
    )  # fmt: skip
    extended()
    assert told("owls", "ants", "kites") == [1, 1, 0]


def test_the_number_of_letters_stands_on_both_forms_before_anything_is_sent(signed_in, round_of, cast):  # fmt: skip
    address = reverse("procedures:extend", args=["hunan-2016", "recognition"])
    page = signed_in("xiang.clerk").get(address)
    assert page.context["letters"] == {"all": 6, "begun": 2}
    assert "最多 6 封" in page.content.decode()
    one = proposed(cast)
    assert "签发后立即发出 6 封通知" in signed_in("xiang.approver").get(one.get_absolute_url()).content.decode()  # fmt: skip
    assert told("owls", "ants", "kites") == [0, 0, 0]
