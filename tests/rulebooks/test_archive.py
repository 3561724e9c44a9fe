"""BY-4, BY-7: a decision made under a department's own pack is computed again offline, from the folder that everybody takes."""

import hashlib
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cli.conftest import run  # noqa: F401 -- a fixture
from tests.procedures.conftest import complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from tests.rulebooks.conftest import FOLDER, pack
from tests.rulebooks.test_activation import ID, activated
from zhongchuang.procedures import actions as cases
from zhongchuang.procedures.models import Case
from zhongchuang.rulebooks import actions

pytestmark = pytest.mark.django_db


def address_of(book):
    return reverse("rulebooks:archive", args=[book.pack, book.digest])


def unpacked(data, folder):
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return folder


def test_a_decision_under_a_handed_in_pack_is_computed_again_offline_from_what_everybody_takes(
    cast, kept, handed_in, step, run, tmp_path, client  # noqa: F811 -- fixtures
):  # fmt: skip
    book = kept()
    activated(cast, book)
    case = Case.objects.get(pk=step(handed_in(), "jia", "refuse", words="面积不足").pk)
    assert (case.rules.version, case.rules_id) == ("2", book.digest)
    client.force_login(cast.people["bees.operator_head"])
    saved = client.get(reverse("procedures:decision", args=[case.key]))
    (tmp_path / "case.json").write_bytes(saved.content)
    page = Client().get(reverse("gap:pack", args=[ID])).content.decode()
    assert address_of(book) in page
    folder = unpacked(Client().get(address_of(book)).content, tmp_path / "taken")
    done = run("recompute", "case.json", "--packs", "taken", "--json")
    assert (done.code, done.json["same"], done.json["differences"]) == (0, True, [])
    assert run("packs", "lint", "taken").code == 0
    assert "2" in run("packs", "list", "--packs", "taken").out
    for name, wanted in (("pack.toml", book.content), ("cases.toml", book.cases)):
        assert (folder / ID / name).read_bytes() == wanted.encode()
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums} == sums
    told = json.loads((folder / "activation.json").read_text())
    assert (told["sha256"], len(told["activated"])) == (book.digest, 1)
    other = run("recompute", "case.json", "--packs", FOLDER)
    assert (other.code, "版本 1" in other.out) == (1, True)


def test_the_file_of_a_case_has_the_whole_folder_of_its_rules(cast, kept, handed_in, step, run, tmp_path):  # fmt: skip # noqa: F811
    book = kept()
    activated(cast, book)
    case = Case.objects.get(pk=step(handed_in(), "jia", "refuse", words="面积不足").pk)
    folder = unpacked(b"".join(cases.export(case, by=cast["jia.approver"])), tmp_path / "file")
    assert (folder / "rules" / ID / "cases.toml").read_text(encoding="utf-8") == book.cases
    assert run("recompute", "file/decision.json", "--packs", "file/rules").code == 0
    assert run("packs", "lint", "file/rules").code == 0
    empty = run("recompute", "file/decision.json", "--packs", "file")
    assert (empty.code, "pack.toml" in empty.err) == (2, True)


def test_a_pack_is_open_to_everybody_once_it_was_activated_and_stays_so(cast, kept, signed_in, time_machine):  # fmt: skip
    time_machine.move_to(timezone.now())
    book, visitor = kept(), Client()
    assert visitor.get(address_of(book)).status_code == 404
    assert signed_in("zhe.clerk").get(address_of(book)).status_code == 200
    assert signed_in("jia.clerk").get(address_of(book)).status_code == 404
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    activated(cast, book, tomorrow)
    assert visitor.get(address_of(book)).status_code == 404
    time_machine.shift(timezone.timedelta(days=1))
    assert visitor.get(address_of(book)).status_code == 200
    activated(cast, kept(pack("3")))
    assert visitor.get(address_of(book)).status_code == 200
    assert visitor.get(address_of(book).replace(ID, "hunan-2016")).status_code == 404
    one = actions.propose_end(book.rules, by=cast["zhe.clerk"], starts=timezone.localdate(), reason="有误")  # fmt: skip
    actions.decide(one, by=cast["zhe.approver"], version=1, agrees=True)
    page = visitor.get(reverse("gap:pack", args=[ID])).content.decode()
    assert (page.count("/versions/"), "已终止" in page) == (2, True)
