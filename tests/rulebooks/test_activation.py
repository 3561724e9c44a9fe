"""BY-7: a department tries the rules of its region on the register, and two people activate them without a restart."""

import importlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.rulebooks.conftest import pack
from zhongchuang.audit.models import Entry
from zhongchuang.gap.packs import all_packs, find_pack, own_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions as cases
from zhongchuang.procedures.models import Case
from zhongchuang.rulebooks import actions, dryrun
from zhongchuang.rulebooks.models import Rulebook
from zhongchuang.rulebooks.reading import Faulty

ID = "zhejiang-2016"
CLOSED = importlib.import_module("zhongchuang.rulebooks.migrations.0002_closed").CLOSED


def code_of(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


def activated(cast, book, starts=None):
    one = actions.propose(book, by=cast["zhe.clerk"], starts=starts or timezone.localdate(), reason="省厅修订")  # fmt: skip
    return actions.decide(one, by=cast["zhe.approver"], version=one.version, agrees=True)


def test_it_holds_from_its_day_on_and_not_before(cast, kept, time_machine):
    time_machine.move_to(timezone.now())
    tomorrow = timezone.localdate() + timedelta(days=1)
    activated(cast, kept(), tomorrow)
    assert all_packs()[ID].version == "1"
    time_machine.shift(timedelta(days=1))
    assert (all_packs()[ID].version, find_pack(f"{ID}:filing")[0].version) == ("2", "2")


def test_a_proposal_alone_changes_nothing_and_nobody_activates_their_own(cast, kept):
    one = actions.propose(kept(), by=cast["zhe.approver"], starts=timezone.localdate(), reason="省厅修订")  # fmt: skip
    assert all_packs()[ID] is own_packs()[ID]
    assert code_of(lambda: actions.decide(one, by=cast["zhe.approver"], version=1, agrees=True)) == "same_person"  # fmt: skip


def test_a_running_case_stays_on_its_version_and_a_new_one_takes_the_other(cast, kept, begun, registered):  # fmt: skip
    first = begun()
    activated(cast, kept())
    second = begun(registered("新空间"))
    assert [Case.objects.get(pk=one.pk).rules.version for one in (first, second)] == ["1", "2"]
    assert second.version_of_rules.version == "2"
    assert cases.begin(first.space, ID, "filing", by=cast["bees.operator_head"]) == first


def test_back_to_the_pack_of_the_product_is_decided_by_two_people_as_well(cast, kept):
    activated(cast, kept())
    one = actions.propose_end(all_packs()[ID], by=cast["zhe.clerk"], starts=timezone.localdate(), reason="有误")  # fmt: skip
    assert all_packs()[ID].version == "2"
    actions.decide(one, by=cast["zhe.approver"], version=1, agrees=True)
    assert all_packs()[ID] is own_packs()[ID]


def test_an_earlier_version_of_ones_own_is_activated_again(cast, kept):
    older = kept()
    activated(cast, older)
    activated(cast, kept(pack("3")))
    assert all_packs()[ID].version == "3"
    activated(cast, older)
    assert all_packs()[ID].version == "2"


@pytest.mark.parametrize(
    ("who", "texts", "code"),
    [
        ("zhe.clerk", pack("1"), "old"),
        ("jia.clerk", pack(), "other_region"),
        ("xiang.clerk", pack(), "other_region"),
        ("bees.operator_head", pack(), "not_a_department"),
        ("jia.clerk", pack(**{'region = "33"': 'region = "3304"'}), "same_place"),
    ],
)
def test_only_the_department_of_its_region_replaces_a_pack_and_only_by_a_higher_version(cast, kept, who, texts, code):  # fmt: skip
    assert code_of(lambda: kept(texts, by=who)) == code
    assert Rulebook.objects.count() == 0


def test_every_fault_is_told_and_nothing_is_kept(signed_in, cast):
    texts = pack(**{"at_least = ": "at_leest = "})
    answer = hand_in(signed_in("zhe.clerk"), texts)
    faults = answer.context["faults"]
    assert len(faults) > 1
    assert all(one in answer.content.decode() or "at_leest" in one for one in faults)
    assert Rulebook.objects.count() == 0


def hand_in(client, texts):
    """Sent as one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"{ID}/{name}", text)
    address = reverse("rulebooks:hand_in")
    key = client.get(address).context["form"]["request_key"].value()
    file = SimpleUploadedFile("pack.zip", out.getvalue())
    return client.post(address, {"request_key": str(key), "pack": file})


def test_in_the_browser_it_is_handed_in_tried_proposed_activated_and_shown_to_everybody(cast, signed_in, client, registered):  # fmt: skip
    space = registered()
    stricter = pack(**{"at_least = ": "at_least = "})
    assert hand_in(signed_in("zhe.clerk"), stricter).status_code == 302
    book = Rulebook.objects.get()
    page = signed_in("zhe.clerk").get(book.get_absolute_url())
    assert page.context["tried"][0].effect.before == page.context["tried"][0].effect.after
    propose = reverse("rulebooks:propose", args=[book.key])
    key = signed_in("zhe.clerk").get(propose).context["form"]["request_key"].value()
    client.post(propose, {"request_key": key, "starts": timezone.localdate().isoformat(), "reason": "修订"})  # fmt: skip
    one = book.activations.get()
    form = signed_in("zhe.approver").get(one.get_absolute_url()).context["form"]
    client.post(one.get_absolute_url(), {"request_key": form["request_key"].value(), "version": "1", "agrees": "yes"})  # fmt: skip
    client.logout()
    page = client.get(reverse("gap:pack", args=[ID])).content.decode()
    assert (cast.organisations["zhe"].name in page, "启用" in page) == (True, True)
    assert client.get(reverse("gap:pack_toml", args=[ID])).content.decode() == book.content
    assert Entry.objects.filter(verb__startswith="rulebook_").count() == 3
    assert space.name not in page


def asking_for(needed):
    """The pack with the floor area as its one condition."""
    whole = own_packs()[ID]
    rules = whole.set("filing")
    area = next(one for one in rules.conditions() if one.id == "area")
    root = replace(rules.root, of=(replace(area, needed=needed),))
    return replace(whole, sets={"filing": replace(rules, root=root)})


def test_the_dry_run_names_who_drops_out_among_the_spaces_of_the_region(cast, registered, monkeypatch):  # fmt: skip
    space = registered()
    registered("湘江", who="owls.operator_head", region="430104", by="lu.reviewer")
    monkeypatch.setattr(dryrun, "all_packs", lambda: {ID: asking_for(500)})
    (found,) = dryrun.dry_run(asking_for(601), timezone.localdate())
    assert (found.drops, found.gains) == ([space], [])
    assert (found.effect.before["met"], found.effect.after["not_met"]) == (1, 1)
    (found,) = dryrun.dry_run(asking_for(600), timezone.localdate())
    assert (found.drops, found.effect.after["met"]) == ([], 1)


def test_what_holds_is_asked_once_a_request_and_costs_next_to_nothing(cast, kept, client, django_assert_max_num_queries):  # fmt: skip
    activated(cast, kept())
    all_packs()
    with django_assert_max_num_queries(100):
        for _number in range(100):
            all_packs()
    with django_assert_max_num_queries(1000) as asked:
        client.get(reverse("procedures:guide", args=[ID, "filing"]))
    assert sum("rulebooks_activation" in one["sql"] and "rulebook_id" in one["sql"] for one in asked.captured_queries) == 1  # fmt: skip


def test_one_that_its_own_cases_contradict_is_not_kept(kept):
    text = pack()["pack.toml"]
    area = next(line for line in text.splitlines() if line.startswith('at_least = "') and "m2" in line)  # fmt: skip
    with pytest.raises(Faulty) as caught:
        kept(pack(**{area: 'at_least = "99999 m2"'}))
    assert caught.value.faults


def test_a_text_that_is_not_what_its_digest_says_is_never_served(cast, kept):
    book = kept(pack("4"))
    for one in CLOSED:  # by somebody who owns the database
        one.lift(connection)
    Rulebook.objects.filter(pk=book.pk).update(content=book.content + "\n# changed")
    for one in CLOSED:
        one.lay(connection)
    with pytest.raises(ValueError, match=book.digest):
        actions.propose(Rulebook.objects.get(pk=book.pk), by=cast["zhe.clerk"], starts=timezone.localdate(), reason="x")  # fmt: skip
