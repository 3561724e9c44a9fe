"""The desk: its lists by address, each counted as it is listed, narrowed and paged; and many cases handed to a colleague."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongchuang.audit.models import Entry
from zhongchuang.organisations.todos import all_todos
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.actions.handing import hand_out_one
from zhongchuang.procedures.desk import Asked, rows_of
from zhongchuang.procedures.models import Act, Case, Handing
from zhongchuang.procedures.rules import soon
from zhongchuang.procedures.views import desk

pytestmark = pytest.mark.django_db
QUEUE = reverse("procedures:queue")


def fresh(case):
    return Case.objects.get(pk=case.pk)


def due(case, day):
    Case.objects.filter(pk=case.pk).update(due=day)


def listed(client, **asked):
    """The cases of a list of the desk, or of what was done the acts."""
    return client.get(QUEUE, asked).context["page"].rows


@pytest.fixture
def halls(handed_in, begun, registered):
    """`halls(3)` are so many filings that wait at the city."""

    def some(count):
        return [fresh(handed_in(begun(registered(name=f"hall {number}")))) for number in range(count)]  # fmt: skip

    return some


def returned(cast, case):
    return actions.move(case, "return", by=cast["jia.clerk"], version=case.version, pins=[("whole", "unsigned")])  # fmt: skip


def proposed(cast, case):
    return actions.move(case, "propose", by=cast["jia.clerk"], version=case.version, proposed="consent", words="read")  # fmt: skip


def test_each_case_stands_where_its_reader_looks_for_it(cast, halls, signed_in):
    late, near, far, back, gone = halls(5)
    today = timezone.localdate()
    due(late, today - timedelta(days=9))
    due(near, last_day(today, soon()))
    due(far, last_day(today, soon() + 1))
    returned(cast, back)
    proposed(cast, gone)
    due(gone, today)
    clerk = signed_in("jia.clerk")
    assert listed(clerk) == listed(clerk, tab="mine") == [late, near, far]
    assert listed(clerk, tab="soon") == [late, gone, near]
    assert listed(clerk, tab="returned") == [back]
    assert [(one.case, one.move) for one in listed(clerk, tab="done")] == [(gone, "propose"), (back, "return")]  # fmt: skip
    assert {*listed(clerk, tab="all")} == {late, near, far, back, gone}
    approver = signed_in("jia.approver")
    assert (listed(approver), listed(approver, tab="done")) == ([gone], [])
    assert [one.case for one in listed(approver, tab="done", whose="all")] == [gone, back]
    elsewhere = signed_in("ping.approver")
    assert [listed(elsewhere, tab=one) for one in ("mine", "soon", "returned")] == [[], [], []]


STEPS = st.lists(st.sampled_from(("stay", "return", "propose", "sign", "send_back", "late", "hold", "take")), min_size=3, max_size=6)  # fmt: skip


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # fmt: skip
@given(drawn=STEPS, data=st.data())
def test_whatever_was_done_each_list_is_as_long_as_its_count_on_pages_of_any_size(cast, halls, signed_in, monkeypatch, drawn, data):  # fmt: skip
    for case, name in zip(halls(len(drawn)), drawn, strict=True):
        DOES[name](cast, case)
    monkeypatch.setattr(desk, "MOST", data.draw(st.sampled_from((1, 2, 3, 100))))
    for who in ("jia.clerk", "jia.approver"):
        client = signed_in(who)
        for tab, _name, count in client.get(QUEUE).context["tabs"]:
            rows, address = [], f"?tab={tab}"
            while address:
                page = client.get(QUEUE + address).context["page"]
                rows, address = rows + page.rows, page.older
            assert len(rows) == len(set(rows)) == count
            held, by, rising = rows_of(tab, cast[who], Asked())
            order = [tuple(getattr(one, name) for name in by) for one in held]
            assert sorted(order, reverse=not rising) == [tuple(getattr(one, name) for name in by) for one in rows]  # fmt: skip


def signed(cast, case):
    case = proposed(cast, case)
    return actions.move(case, "sign", by=cast["jia.approver"], version=case.version)


def sent_back(cast, case):
    case = proposed(cast, case)
    return actions.move(case, "send_back", by=cast["jia.approver"], version=case.version, words="read again")  # fmt: skip


DOES = {
    "stay": lambda cast, case: due(case, None),
    "return": returned,
    "propose": proposed,
    "sign": proposed,
    "send_back": sent_back,
    "late": lambda cast, case: due(case, timezone.localdate() - timedelta(days=1)),
    "hold": lambda cast, case: Case.objects.filter(pk=case.pk).update(on_hold=True),
    "take": lambda cast, case: actions.take(case, by=cast["jia.clerk"], version=case.version),
}


def test_a_filter_holds_for_every_list_and_is_kept_until_it_is_lifted(cast, halls, signed_in):
    first, second, third = halls(3)
    proposed(cast, third)
    client = signed_in("jia.clerk")
    assert listed(client, q="hall 1") == [second]
    assert listed(client, tab="all") == [second]
    assert client.get(QUEUE).context["narrowed"]
    assert listed(client, q=third.number, tab="all") == [third]
    assert [one.case for one in listed(client, tab="done")] == [third]
    assert {*listed(client, q="")} == {first, second}
    at = f"{first.pack}:{first.procedure}"
    assert {*listed(client, at=at, tab="all")} == {first, second, third}
    steps = [one.id for one in first.course.steps]
    assert [len(listed(client, at=f"{at}:{one}", tab="all")) for one in steps] == [3, *[0] * (len(steps) - 1)]  # fmt: skip
    assert {*listed(client, at="of no pack")} == {first, second}


def test_the_workbench_leads_to_the_cases_of_which_it_tells(cast, halls, signed_in):
    cases = halls(2)
    told = next(one for one in all_todos(cast["jia.clerk"]) if one.url.startswith(QUEUE))
    assert {*signed_in("jia.clerk").get(told.url).context["page"].rows} == {*cases}


def test_whoever_holds_no_post_among_officials_has_the_cases_that_they_may_read_alone(halls, signed_in):  # fmt: skip
    (case,) = halls(1)
    client = signed_in("bees.operator_head")
    assert [one for one, _name, _count in client.get(QUEUE).context["tabs"]] == ["all"]
    assert listed(client, tab="mine") == [case]


@pytest.fixture
def second(cast):
    """A clerk of the city beside the first."""
    return cast.person("second clerk", organisation=cast.organisations["jia"], role="clerk")


def handing_page(client, cases):
    return client.get(reverse("procedures:hand_over_together"), {"case": [one.pk for one in cases]})  # fmt: skip


def send(client, page, **more):
    form = page.context["form"]
    sends = {name: form[name].value() or "" for name in form.fields} | more
    return client.post(page.request["PATH_INFO"], sends), sends


def test_what_is_chosen_goes_to_a_colleague_each_case_by_itself_and_once(cast, halls, second, signed_in):  # fmt: skip
    first, changed, third, kept = halls(4)
    client = signed_in("jia.clerk")
    assert all(f'name="case" value="{one.pk}"' in client.get(QUEUE).content.decode() for one in (first, kept))  # fmt: skip
    page = handing_page(client, [first, changed, third])
    assert page.context["cases"] == [first, changed, third]
    proposed(cast, changed)
    answer, sends = send(client, page, colleague=second.pk, words="on leave")
    again = client.post(page.request["PATH_INFO"], sends)
    assert again["Location"] == answer["Location"]
    shown = client.get(answer["Location"]).context
    assert (shown["over"], [one for one, _why in shown["stayed"]], shown["waiting"]) == ([first, third], [changed], [])  # fmt: skip
    assert [fresh(one).officer for one in (first, changed, third, kept)] == [second, None, second, None]  # fmt: skip
    assert Act.objects.filter(move="hand_over").count() == 2
    assert [Entry.objects.filter(verb=one).count() for one in ("cases_handed_over", "case_handed_over")] == [1, 2]  # fmt: skip
    assert signed_in("jia.approver").get(answer["Location"]).status_code == 404


def test_a_colleague_in_another_role_is_handed_nothing_and_nobody_elses_case_is_offered(cast, halls, second, signed_in):  # fmt: skip
    mine, taken = halls(2)
    actions.take(taken, by=cast.acting(second.name), version=taken.version)
    client = signed_in("jia.clerk")
    assert f'name="case" value="{taken.pk}"' not in client.get(QUEUE).content.decode()
    assert handing_page(client, [taken]).status_code == 409
    page = handing_page(client, [mine, taken])
    assert page.context["cases"] == [mine]
    answer, _sends = send(client, page, colleague=cast.people["jia.approver"].pk)
    assert [one for one, _why in client.get(answer["Location"]).context["stayed"]] == [mine]
    assert fresh(mine).officer is None


def test_where_nobody_else_has_the_role_nothing_is_offered_to_hand_over(halls, signed_in):
    halls(1)
    assert 'name="case"' not in signed_in("jia.clerk").get(QUEUE).content.decode()


def test_an_interrupted_handing_over_is_taken_up_where_it_stopped(cast, halls, second, signed_in):
    cases, by = halls(3), cast["jia.clerk"]
    made = actions.hand_over_together([(one, one.version) for one in cases], by=by, colleague=second)  # fmt: skip
    hand_out_one(made.pk, 0, by=by)
    assert signed_in("jia.clerk").get(made.get_absolute_url()).context["waiting"] == cases[1:]
    actions.hand_out(Handing.objects.get(pk=made.pk), by=by)
    assert [fresh(one).acts.filter(move="hand_over").count() for one in cases] == [1] * 3
