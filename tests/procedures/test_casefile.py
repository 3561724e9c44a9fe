"""The whole case as one file that auditors can check without us."""

import hashlib
import io
import json
import shutil
import subprocess
import tracemalloc
import zipfile

import pytest
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.procedures import actions
from zhongchuang.procedures.casefile import Part, stream
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db


def unpacked(blocks, folder):
    folder /= "unpacked"
    zipfile.ZipFile(io.BytesIO(b"".join(blocks))).extractall(folder)
    return folder


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_case_file_holds_the_case_its_files_its_log_and_its_decision(cast, handed_in, step, tmp_path):  # fmt: skip
    case = fresh(step(handed_in(), "jia", "refuse", words="too small"))
    folder = unpacked(actions.export(case, by=cast["jia.approver"]), tmp_path)
    names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert {"case.pdf", "case.json", "decision.json", "audit.jsonl", "manifest.json", "SHA256SUMS", f"rules/{case.pack}/pack.toml"} <= names  # fmt: skip
    wanted = [file for files in case.handed_in.materials.values() for file in files]
    files = [one for one in (folder / "files").rglob("*") if one.is_file()]
    assert len(files) == len(wanted)
    assert {hashlib.sha256(one.read_bytes()).hexdigest() for one in files} == {file["sha256"] for file in wanted}  # fmt: skip
    assert (folder / "case.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "decision.json").read_text() == case.decision.content
    told = json.loads((folder / "case.json").read_text())
    assert [act["move"] for act in told["acts"]] == ["submit", "propose", "sign"]
    assert told["acts"][1]["words"] == "too small"
    assert hashlib.sha256((folder / f"rules/{case.pack}/pack.toml").read_bytes()).hexdigest() == case.rules_id  # fmt: skip


def test_every_file_of_it_stands_in_the_sums_and_one_changed_byte_is_found(cast, handed_in, tmp_path):  # fmt: skip
    folder = unpacked(actions.export(handed_in(), by=cast["jia.clerk"]), tmp_path)
    names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == names - {"SHA256SUMS"}
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums}
    assert found == sums
    if program := shutil.which("sha256sum"):
        check = [program, "-c", "--quiet", "SHA256SUMS"]
        assert subprocess.run(check, cwd=folder, check=False).returncode == 0
        (folder / "audit.jsonl").write_bytes(b"x" + (folder / "audit.jsonl").read_bytes()[1:])
        assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1


def test_its_log_is_what_the_chain_tells_about_the_case_and_its_files(cast, handed_in, tmp_path):
    case = handed_in()
    folder = unpacked(actions.export(case, by=cast["jia.clerk"]), tmp_path)
    head, *lines = [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]
    told = [dict(zip(head["fields"], line, strict=True)) for line in lines]
    kept = Entry.objects.filter(number__in=[one["number"] for one in told]).order_by("number")
    assert [one.digest for one in kept] == [one["digest"] for one in told]
    verbs = [one["verb"] for one in told if one["subject_type"] == "procedures.case"]
    assert (verbs[0], verbs[-2:]) == ("case_begun", ["case_handed_in", "case_exported"])
    assert {one["subject_type"] for one in told} == {"procedures.case", "records.evidence"}


def test_a_file_that_is_not_given_out_is_missed_by_name(cast, handed_in, tmp_path):
    case = handed_in()
    content = case.attachments.first().evidence.content
    type(content).objects.filter(pk=content.pk).update(scan="quarantined", threat="x")
    folder = unpacked(actions.export(case, by=cast["jia.clerk"]), tmp_path)
    missing = json.loads((folder / "manifest.json").read_text())["missing"]
    assert {one["why"] for one in missing} == {"quarantined"}
    assert not (folder / "files").exists()


def test_a_hundred_megabytes_pass_through_in_a_few(tmp_path):
    block = bytes(2**20)
    parts = (Part(f"files/{number}.pdf", (block for _ in range(25)), {}) for number in range(4))
    tracemalloc.start()
    size = sum(len(one) for one in stream(parts, {}, []))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 100 * 2**20
    assert peak < 12 * 2**20


def test_officials_who_read_the_case_and_their_audit_take_it_and_nobody_else(client, cast, handed_in):  # fmt: skip
    case, answers = handed_in(), {}
    for who in ("jia.clerk", "ping.reviewer", "zhe.audit_admin", "xiang.audit_admin", "chang.clerk", "jia.system_admin", "bees.operator_head"):  # fmt: skip
        client.force_login(cast.people[who])
        answers[who] = client.post(reverse("procedures:file", args=[case.key])).status_code
    assert answers == {
        "jia.clerk": 200, "ping.reviewer": 200, "zhe.audit_admin": 200, "xiang.audit_admin": 404, "chang.clerk": 404,
        "jia.system_admin": 404, "bees.operator_head": 403,
    }  # fmt: skip


def test_the_audit_administrator_finds_the_cases_of_the_reach(client, cast, handed_in, begun):
    case = handed_in()
    client.force_login(cast.people["zhe.audit_admin"])
    found = client.get(reverse("procedures:files"), {"q": case.number})
    assert list(found.context["page"].rows) == [case]
    assert not client.get(reverse("procedures:files"), {"q": "elsewhere"}).context["page"].rows
    client.force_login(cast.people["xiang.audit_admin"])
    assert not client.get(reverse("procedures:files")).context["page"].rows
