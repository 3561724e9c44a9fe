"""A grant although conditions are open: each of them with its own reason, in the proposal, the signature and the decision."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from tests.places import drafted, morning, open_day, place_for
from tests.procedures.needs import WHY, meet, why
from zhongchuang.cli.recompute import recompute as tell
from zhongchuang.gap.packs import own_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.decision import DESPITE, recompute
from zhongchuang.procedures import actions
from zhongchuang.procedures.despite import in_words
from zhongchuang.procedures.judging import answer
from zhongchuang.procedures.models import Case, DecisionRecord
from zhongchuang.procedures.rules import reason_lengths
from zhongchuang.procedures.views.moving import asked

pytestmark = pytest.mark.django_db


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def at_province(cast, handed_in, step):
    """A filing that waits for the province with conditions that are open."""
    case = fresh(step(step(handed_in(), "jia", "consent"), "ping", "recommend"))
    meet(case, cast["zhe.clerk"])
    return fresh(case)


def propose(cast, case, despite):
    case = fresh(case)
    return actions.move(case, "propose", by=cast["zhe.clerk"], version=case.version, proposed="grant", words="经会议研究同意", despite=despite)  # fmt: skip


def sign(cast, case):
    case = fresh(case)
    return actions.move(case, "sign", by=cast["zhe.approver"], version=case.version)


def code_of(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal


def test_any_words_do_not_do_each_open_condition_asks_for_its_own_reason(cast, at_province):
    reasons = why(at_province, "grant")
    assert len(reasons) > 1
    least, _most = reason_lengths()
    first, *rest = reasons
    for given in (
        None,
        {one: reasons[one] for one in rest},
        reasons | {first: {"reason": "同" * (least - 1)}},
        reasons | {first: {"reason": " " * least}},
    ):
        refusal = code_of(lambda given=given: propose(cast, at_province, given))
        assert (refusal.code, refusal.field) == ("open_conditions", f"despite.{first}" if given else refusal.field)  # fmt: skip
    assert fresh(at_province).proposed == ""
    assert propose(cast, at_province, reasons).proposed == "grant"


def test_a_reason_rests_on_a_file_of_this_case_alone(cast, at_province, file_of):
    reasons = why(at_province, "grant")
    first = next(iter(reasons))
    other = file_of("bees.operator_head", "other.pdf")
    elsewhere = {first: reasons[first] | {"rests_on": f"file:{other.key}"}}
    assert code_of(lambda: propose(cast, at_province, reasons | elsewhere)).code == "no_ground"
    file = at_province.attachments.first().evidence
    case = propose(cast, at_province, reasons | {first: reasons[first] | {"rests_on": f"file:{file.key}"}})  # fmt: skip
    assert {one["rests_on"] for one in in_words(case, case.acts.latest("number"))} == {"", file.name}  # fmt: skip


def test_the_form_names_each_open_condition_with_its_article_and_keeps_what_was_typed(cast, at_province, signed_in):  # fmt: skip
    client, reasons = signed_in("zhe.clerk"), why(at_province, "grant")
    address = reverse("procedures:move", args=[at_province.key, "grant"])
    page = client.get(address)
    form = page.context["form"]
    assert {name for name in form.fields if name.startswith("despite.")} == {f"despite.{one}" for one in reasons}  # fmt: skip
    assert all("Art." in form.fields[f"despite.{one}"].help_text or "条" in form.fields[f"despite.{one}"].help_text for one in reasons)  # fmt: skip
    sends = {"request_key": form["request_key"].value(), "version": at_province.version, "words": "同意"}  # fmt: skip
    short = client.post(address, sends)
    assert short.status_code == 200
    assert set(short.context["form"].errors) == {f"despite.{one}" for one in reasons}
    assert all(f'href="#id_despite.{one}"' in short.content.decode() for one in reasons)
    assert all(form.fields[f"despite.{one}"].required for one in reasons)
    sends |= {f"despite.{one}": WHY for one in reasons}
    assert client.post(address, sends).status_code == 302
    signer = signed_in("zhe.approver").get(reverse("procedures:move", args=[at_province.key, "sign"]))  # fmt: skip
    assert signer.content.decode().count(WHY) == len(reasons)


def test_what_is_judged_as_met_in_the_form_needs_no_reason_and_what_is_denied_does(cast, at_province, signed_in):  # fmt: skip
    client, reasons = signed_in("zhe.clerk"), why(at_province, "grant")
    address = reverse("procedures:move", args=[at_province.key, "grant"])
    form = client.get(address).context["form"]
    first = next(one for one in form.ids if one in reasons)
    sends = {"request_key": form["request_key"].value(), "version": at_province.version, "words": "同意"}  # fmt: skip
    sends |= {f"despite.{one}": WHY for one in reasons if one != first}
    denied = client.post(address, sends | {f"met.{first}": "no", f"why.{first}": "未见"})
    assert [*denied.context["form"].errors] == [f"despite.{first}"]
    assert client.post(address, sends | {f"met.{first}": "yes"}).status_code == 302


def test_who_signs_signs_exactly_the_reasons_of_the_proposal(cast, at_province):
    reasons = why(at_province, "grant")
    case = propose(cast, at_province, reasons)
    proposal = case.acts.latest("number")
    proposal.despite = {}
    proposal.save()
    assert code_of(lambda: sign(cast, case)).code == "unreasoned"
    proposal.despite = reasons
    proposal.save()
    case = sign(cast, case)
    assert fresh(case).acts.get(move="sign", step=proposal.step).despite == reasons


def test_it_stands_in_the_decision_that_comes_out_again_and_in_the_case_file(cast, at_province, tmp_path, capsys, signed_in):  # fmt: skip
    reasons = why(at_province, "grant")
    case = sign(cast, propose(cast, at_province, reasons))
    content = DecisionRecord.objects.get(case=case).content
    kept = json.loads(content)[DESPITE]
    assert {id_: one["reason"] for id_, one in kept.items()} == dict.fromkeys(reasons, WHY)
    assert {one["by"] for one in kept.values()} == {cast.people["zhe.approver"].name}
    assert recompute(content).same
    assert not recompute(content.replace(WHY, WHY + "。")).same
    file = tmp_path / "decision.json"
    file.write_text(content, encoding="utf-8")
    assert tell(file, as_json=False) == 0
    said = capsys.readouterr().out
    assert said.count(WHY) == len(reasons)
    client = signed_in("zhe.approver")
    answer = client.post(reverse("procedures:file", args=[case.key]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    acts = json.loads(archive.read("case.json"))["acts"]
    assert [one["despite"] for one in acts if one["despite"]] == [reasons, reasons]
    assert client.get(case.get_absolute_url()).content.decode().count(WHY) == 2 * len(reasons)


def test_a_decision_without_such_reasons_reads_as_before(cast, handed_in):
    case = handed_in()
    actions.move(case, "propose", by=cast["jia.clerk"], version=case.version, proposed="refuse", words="不符")  # fmt: skip
    sign_ = fresh(case)
    actions.move(sign_, "sign", by=cast["jia.approver"], version=sign_.version)
    content = DecisionRecord.objects.get(case=case).content
    assert DESPITE not in json.loads(content)
    assert (recompute(content).same, recompute(content).despite) == (True, [])


def test_what_is_granted_although_conditions_are_open_is_not_signed_together(cast, at_province, signed_in):  # fmt: skip
    case = propose(cast, at_province, why(at_province, "grant"))
    client = signed_in("zhe.approver")
    page = client.get(reverse("procedures:queue")).content.decode()
    assert f'value="{case.pk}"' not in page
    signing = actions.sign_together([(case, case.version)], by=cast["zhe.approver"])
    actions.carry_out(signing, by=cast["zhe.approver"])
    assert signing.listed.get().refusal
    assert fresh(case).state == "running"


def test_what_the_same_judgement_settles_asks_for_no_reason(db, rf, time_machine):
    rules = own_packs()["national-2017"]
    course = rules.procedures["filing"]
    time_machine.move_to(morning(open_day(rules, course)))
    case = drafted(place_for(rules, course))
    decides = next(one for one in course.steps if one.kind == "decide")
    case.state, case.step, either = "running", decides.id, {"legal_person", "exception"}

    def needed(**judged):
        request = rf.post("/", {f"met.{name}": value for name, value in judged.items()})
        return either & asked(request, case, decides.forward, answer(case))["needed"]

    assert needed() == needed(exception="no") == either
    assert needed(exception="yes") == set()
