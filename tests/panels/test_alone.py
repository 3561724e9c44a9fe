"""An expert judges alone: what officials and other experts think stands on no page that an expert can open (S-23)."""

import io
import json
import re
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import pdf  # noqa: F401 -- what materials are made of
from tests.matrix.routes import routes
from tests.panels.conftest import moved
from tests.places import drafted
from tests.procedures.needs import letter
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.models import Post, Role
from zhongchuang.page.refusal import Refused
from zhongchuang.panels import actions as panels
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case

OF_OFFICIALS, OF_EXPERTS, CONDITION = "绿头鸭的理由", "金雕的意见", "skills"
ONE_KEY = re.compile(r"^[^<]*<uuid:key>[^<]*$")


@pytest.fixture
def judged(hunan):
    """A case at its review, of which the city judged that a condition is not met."""
    case = drafted(hunan)
    case = actions.hand_in(case, by=hunan.applicant, version=case.version, promised=True, at=timezone.now())  # fmt: skip
    clerk, approver = (hunan.by(case.at, hand) for hand in (0, 1))
    letter(case, clerk)
    said = {CONDITION: {"met": False, "reason": OF_OFFICIALS}}
    actions.move(case, "propose", by=clerk, version=case.version, proposed="recommend", words=OF_OFFICIALS, judged=said)  # fmt: skip
    return actions.move(case, "sign", by=approver, version=case.version)


def found_by(browser, *rows):
    """The pages with one key that a reader opens, whichever of these things the key is of: address and text."""
    keys = {str(one.key) for one in rows}
    addresses = {"/" + one.pattern.replace("<uuid:key>", key) for one in routes() if ONE_KEY.match(one.pattern) for key in keys}  # fmt: skip
    answers = {address: browser.get(address) for address in sorted(addresses)}
    return {address: b"".join(one).decode(errors="replace") for address, one in answers.items() if one.status_code == 200}  # fmt: skip


def verdict(browser, url):
    conditions = browser.get(url).context["conditions"]
    conditions = [one[0] if isinstance(one, tuple) else one for one in conditions]
    return next(one.name for one in conditions if one.leaf.condition.id == CONDITION)


def test_an_expert_finds_no_judgement_of_officials_and_no_opinion_of_others_on_any_page(judged, named, expert, hunan, client):  # fmt: skip
    mine, other = named(judged, 0, 1)
    panels.give(other, by=expert(1), version=1, conclusion="no", words=OF_EXPERTS)
    client.force_login(expert(0).user)
    pages = found_by(client, judged, mine, other, *judged.papers.all())
    assert mine.get_absolute_url() in pages
    assert judged.get_absolute_url() not in pages
    told = [url for url, text in pages.items() if OF_OFFICIALS in text or OF_EXPERTS in text]
    assert told == []
    assert verdict(client, mine.get_absolute_url()) == "for_judgement"
    client.force_login(hunan.by(judged.at).user)
    assert verdict(client, judged.get_absolute_url()) == "not_met"
    assert OF_OFFICIALS in found_by(client, judged)[judged.get_absolute_url()]


def test_after_the_decision_the_usual_rules_hold(judged, given, named, expert, hunan, client):
    given(judged, *range(4))
    (mine,) = named(judged, 4)
    panels.give(mine, by=expert(4), version=1, conclusion="yes", words="自己的意见")
    case = moved(hunan, judged, "conclude")
    Case.objects.filter(pk=case.pk).update(state="refused", ended=case.arrived)
    client.force_login(expert(4).user)
    pages = found_by(client, judged, mine)
    assert "自己的意见" in pages[mine.get_absolute_url()]
    assert judged.get_absolute_url() not in pages
    client.force_login(hunan.by(judged.at).user)
    assert OF_OFFICIALS in client.get(judged.get_absolute_url()).content.decode()
    client.force_login(hunan.applicant.user)
    assert verdict(client, judged.get_absolute_url()) == "not_met"


def test_an_applicant_reads_no_judgement_before_the_decision(judged, hunan, client):
    client.force_login(hunan.applicant.user)
    assert verdict(client, judged.get_absolute_url()) == "for_judgement"
    assert OF_OFFICIALS not in client.get(judged.get_absolute_url()).content.decode()


def test_an_expert_who_comes_to_read_the_case_as_an_official_gives_no_opinion(judged, named, expert, hunan):  # fmt: skip
    mine, other = named(judged, 0, 1)
    for number, where in ((0, "county"), (2, "national")):
        Post.objects.create(user=expert(number).user, organisation=hunan.cast.organisations[where], role=Role.REVIEWER)  # fmt: skip
    with pytest.raises(Refused) as refused:
        panels.give(mine, by=expert(0), version=1, conclusion="yes", words="好")
    assert refused.value.refusal.code == "came_between"
    panels.recuse(mine, by=expert(0), version=1, words="已任职")
    panels.give(other, by=expert(1), version=1, conclusion="yes", words="好")
    with pytest.raises(Refused) as refused:
        panels.name(judged, by=hunan.by(judged.at), expert=expert(2).user)
    assert refused.value.refusal.code == "of_reading"


def test_the_log_keeps_of_an_opinion_only_what_proves_it(judged, given):
    """Whoever reads the log before all opinions are there learns nothing of them; afterwards no opinion was changed."""
    [seat] = given(judged, 0)
    entry = Entry.objects.about(seat).get(verb="expert_opinion_given")
    told = json.loads(entry.details)["new"]
    assert told == {"digest": panels.opinion_digest(seat)}
    seat.conclusion = "no"
    assert told != {"digest": panels.opinion_digest(seat)}


def test_the_case_file_keeps_opinions_back_until_all_are_there(judged, given, hunan, client):
    given(judged, 0, 1)
    client.force_login(hunan.by(judged.at).user)

    def opinions():
        sent = client.post(reverse("procedures:file", args=[judged.key]))
        with zipfile.ZipFile(io.BytesIO(b"".join(sent))) as archive:
            return [one.get("words") for one in json.loads(archive.read("experts.json"))]

    assert opinions() == [None, None]
    given(judged, 2, 3, 4)
    assert opinions() == [f"理由 {number}" for number in range(5)]


def test_after_a_correction_an_expert_reads_the_whole_application(judged, named, hunan, client, expert):  # fmt: skip
    clerk = hunan.by(judged.at)
    case = actions.move(judged, "return", by=clerk, version=judged.version, pins=[("whole", "请补正")])  # fmt: skip
    entry = next(iter(case.course.entries()))
    case = actions.write(case, by=hunan.applicant, version=case.version, **{entry.id: "改过的话"})
    case = actions.hand_in(case, by=hunan.applicant, version=case.version, promised=True, at=timezone.now())  # fmt: skip
    (mine,) = named(case, 0)
    client.force_login(expert(0).user)
    sections = client.get(mine.get_absolute_url()).context["sections"]
    assert [one["section"].id for one in sections] == [one.id for one in case.course.sections]
