"""Objections in the file of a case: who audits it follows them, and nobody learns from it who objected."""

import hashlib
import io
import json
import zipfile

import pytest

from tests.objections.conftest import SENDS
from zhongchuang.audit.models import Entry
from zhongchuang.objections.models import Objection
from zhongchuang.procedures import actions as procedures
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db
PHONE = "联系 13987654321，可核对。"


def taken(case, by):
    """The case file that this post takes: its files by name."""
    blocks = procedures.export(Case.objects.get(pk=case.pk), by=by)
    with zipfile.ZipFile(io.BytesIO(b"".join(blocks))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(files):
    return json.loads(files["objections/objections.json"])


def test_who_audits_a_case_follows_its_objections_and_reads_the_contacts_masked(on_notice, objected, answered, cast):  # fmt: skip
    it = answered(objected(on_notice, grounds=PHONE), "rejected")
    for who in ("xiang.approver", "xiang.audit_admin"):
        files = taken(on_notice, cast[who])
        (one,), (hold,) = told(files)["objections"], told(files)["holds"]
        assert (one["number"], one["state"], one["grounds"], one["answer"]) == (it.number, "rejected", PHONE, it.words)  # fmt: skip
        assert (one["signed_by"], one["proposed_by"]) == (str(it.signed_by), str(it.proposed_by))
        assert (one["phone"], one["name"], hold["ended"] is not None) == ("138****1234", "****", True)  # fmt: skip
        assert not [name for name, data in files.items() for text in (SENDS["name"], SENDS["phone"], SENDS["email"].lower()) if text.encode() in data]  # fmt: skip
        head, *lines = [json.loads(one) for one in files[f"objections/{it.number}/audit.jsonl"].splitlines()]  # fmt: skip
        kept = Entry.objects.about(it).order_by("number")
        assert [line[-1] for line in lines] == [one.digest for one in kept]
        assert "objection_answered" in [line[head["fields"].index("verb")] for line in lines]


def test_officials_elsewhere_read_of_an_objection_what_names_nobody(on_notice, objected, cast):
    it = objected(on_notice, grounds=PHONE)
    files = taken(on_notice, cast["lu.reviewer"])
    (one,) = told(files)["objections"]
    assert (one["grounds"], one["grounds_masked"]) == ("联系 139****4321，可核对。", True)
    assert {"phone", "name", "email", "proposed_by"}.isdisjoint(one)
    assert f"objections/{it.number}/audit.jsonl" not in files


def test_objections_stand_in_the_manifest_with_their_digests_and_unconfirmed_ones_nowhere(
    on_notice, begun_by, objected, cast
):
    begun_by(on_notice)
    assert not [name for name in taken(on_notice, cast["xiang.clerk"]) if "objections" in name]
    objected(on_notice, email="li@example.com")
    files = taken(on_notice, cast["xiang.clerk"])
    assert len(told(files)["objections"]) == 1 < Objection.objects.count()
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    manifest = {one["name"]: one["sha256"] for one in json.loads(files["manifest.json"])["files"]}
    names = [name for name in files if name.startswith("objections/")]
    assert len(names) == 2
    for name in names:
        assert sums[name] == manifest[name] == hashlib.sha256(files[name]).hexdigest()
