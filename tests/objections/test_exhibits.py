"""Evidence of an objection: files of somebody without an account, kept for good only once the mailed code was entered."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import docx, exif, pdf, picture
from tests.objections.conftest import code
from zhongchuang.audit.models import Entry
from zhongchuang.objections import jobs
from zhongchuang.objections.models import Exhibit, Objection
from zhongchuang.objections.rules import files
from zhongchuang.procedures import actions as procedures
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import sweep
from zhongchuang.records.models import Content, Evidence

pytestmark = pytest.mark.django_db
NEXT_DAY = timedelta(days=2)


@pytest.fixture
def waiting(on_notice, send):
    """`waiting()` is the private address of an objection that waits for its code."""
    return lambda **given: send(on_notice, **given).url


@pytest.fixture
def sends(client):
    """`sends(url, "a.pdf", data)` sends a file to the objection of this private address; the answer."""

    def one(url, name="lease.pdf", data=None, kind="application/pdf"):
        given = SimpleUploadedFile(name, pdf() if data is None else data, content_type=kind)
        return client.post(f"{url}files/", {"file": given})

    return one


def fault(answer):
    (text,) = [str(one) for errors in answer.context["form"].errors.values() for one in errors]
    return text


def test_files_are_received_and_seen_by_the_department_alone(on_notice, waiting, sends, client, signed_in, cast):  # fmt: skip
    url = waiting()
    assert sends(url, "合同.pdf").status_code == 302
    assert sends(url, "hall.jpg", picture(size=(90, 60), exif=exif()), "image/jpeg").status_code == 302  # fmt: skip
    client.post(url, {"code": code()})
    it = Objection.objects.get()
    lease, hall = it.exhibits.all()
    told = Entry.objects.about(it).get().values["new"]["files"]
    assert [one["sha256"] for one in told] == [lease.content_id, hall.content_id]
    assert "合同" not in json.dumps(told, ensure_ascii=False)
    assert "合同.pdf" in client.get(url).content.decode()
    official = signed_in("xiang.clerk")
    assert "hall.jpg" in official.get(it.get_absolute_url()).content.decode()
    answer = official.get(hall.get_absolute_url())
    assert b"SECRETCAMERA" not in b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for who in ("owls.operator_head", "lu.reviewer", "chang.clerk", "zhe.clerk", "xiang.audit_admin"):  # fmt: skip
        other = signed_in(who)
        assert other.get(lease.get_absolute_url()).status_code == 404
        assert not Evidence.objects.visible_to(cast[who]).filter(name="合同.pdf").exists()
    seen = signed_in("owls.operator_head").get(on_notice.get_absolute_url()).content.decode()
    notice = Client().get(reverse("objections:notice", args=[on_notice.number])).content.decode()
    assert not [one for one in (seen, notice) if "合同.pdf" in one or "hall.jpg" in one]
    assert Client().get(lease.get_absolute_url()).status_code == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"<script>alert(1)</script>"), ("a.pdf", b""), ("a.jpg", pdf()), ("a.docx", docx()),
        ("a.pdf", pdf() + b"PK\x03\x04"), ("a.pdf", pdf() + b" " * 2**20 * files()["largest"]),
    ],
    ids=["page", "empty", "other name", "word", "archive inside", "large"],
)  # fmt: skip
def test_what_is_no_pdf_or_picture_is_refused_by_its_bytes_whatever_it_is_called(waiting, sends, name, data):  # fmt: skip
    url = waiting()
    answer = sends(url, name, data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not Exhibit.objects.exists()
    assert not Content.objects.filter(exhibits__objection=Objection.objects.get()).exists()


def test_an_objection_takes_so_many_files_each_once_and_a_network_address_sends_so_many(waiting, sends, client, monkeypatch):  # fmt: skip
    url, most = waiting(), files()["most"]
    for number in range(most):
        for _time in range(2):
            assert sends(url, f"{number}.pdf", pdf(number + 1)).status_code == 302 or number == most - 1  # fmt: skip
    assert Exhibit.objects.count() == most
    assert str(most) in fault(sends(url, "more.pdf", pdf(most + 2)))
    first = Exhibit.objects.first()
    client.post(reverse("objections:take_out", args=[url.split("/")[-2], first.key]))
    assert (Exhibit.objects.count(), Content.objects.filter(pk=first.content_id).exists()) == (most - 1, False)  # fmt: skip
    monkeypatch.setattr(
        "zhongchuang.objections.actions.exhibits.attempts.files_from", lambda _ip: True
    )
    assert sends(url, "more.pdf", pdf(most + 2)).status_code == 429


def test_files_that_wait_for_a_code_do_not_fill_the_disk_and_are_taken_once_it_was_entered(waiting, sends, client, monkeypatch):  # fmt: skip
    monkeypatch.setitem(files(), "waiting", 0)
    url = waiting()
    assert sends(url).status_code == 409
    client.post(url, {"code": code()})
    seen = Objection.objects.get().version
    assert sends(url).status_code == 302
    it = Objection.objects.get()
    assert (it.exhibits.count(), it.version) == (1, seen + 1)
    assert Entry.objects.about(it).order_by("number").last().verb == "objection_file_added"
    answer = client.post(reverse("objections:take_out", args=[url.split("/")[-2], it.exhibits.get().key]))  # fmt: skip
    assert (answer.status_code, it.exhibits.count()) == (409, 1)


def test_after_the_answer_no_file_is_added(waiting, sends, client, answered):
    url = waiting()
    client.post(url, {"code": code()})
    answered(Objection.objects.get(), "rejected")
    assert sends(url).status_code == 409
    assert not Exhibit.objects.exists()


def test_what_nobody_confirmed_is_swept_with_its_files_and_a_file_that_is_known_elsewhere_stays(
    waiting, sends, file_of, time_machine
):
    known = file_of("owls.operator_head", "ours.pdf").content
    with default_storage.open(known.path) as file:
        same = file.read()
    url = waiting()
    sends(url, "theirs.pdf", same)
    sends(url, "mine.pdf", pdf(7))
    mine = Content.objects.exclude(evidence__isnull=False).get()
    assert default_storage.exists(mine.path)
    time_machine.shift(NEXT_DAY)
    assert jobs.forget() == {"begun": 1, "files": 2, "over": 0}
    time_machine.move_to(timezone.now() + timedelta(days=3650))
    sweep()
    assert not Content.objects.filter(pk=mine.pk).exists()
    assert (default_storage.exists(mine.path), default_storage.exists(known.path)) == (False, True)
    assert sends(url).status_code == 404


def test_files_go_with_who_objected_after_the_term(waiting, sends, client, answered, time_machine):
    url = waiting()
    sends(url, data=pdf(9))
    client.post(url, {"code": code()})
    answered(Objection.objects.get(), "rejected")
    kept = Exhibit.objects.get().content_id
    time_machine.shift(timedelta(days=3 * 366 + 2))
    assert jobs.forget() == {"begun": 0, "files": 1, "over": 1}
    assert not Content.objects.filter(pk=kept).exists()


def test_what_goes_wrong_at_an_upload_address_keeps_the_headers_of_the_private_page(waiting):
    url = waiting()
    strict = Client(enforce_csrf_checks=True)
    large = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(60 * 2**20)}
    answers = {
        "page": strict.get(f"{url}files/"), "form": strict.post(f"{url}files/", {}),
        "method": strict.get(f"{url}files/6f1d2b0c-0000-4000-8000-000000000001/take-out/"),
        "large": Client().post(f"{url}files/", data=b"x", **large), "none": strict.get("/objections/nobody/files/"),
    }  # fmt: skip
    assert {name: one.status_code for name, one in answers.items()} == {"page": 200, "form": 403, "method": 405, "large": 413, "none": 404}  # fmt: skip
    for name, one in answers.items():
        assert "no-store" in one.headers["Cache-Control"], name
        assert (one.headers["Referrer-Policy"], one.headers["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow"), name  # fmt: skip
        assert url not in one.content.decode() or name == "page"


def test_the_case_file_has_the_files_for_who_may_read_them(on_notice, waiting, sends, client, cast):
    url = waiting()
    sends(url, "合同.pdf", pdf(4))
    client.post(url, {"code": code()})
    it = Objection.objects.get()
    path = f"objections/{it.number}/files/001.pdf"
    for who, reads in (("xiang.audit_admin", True), ("lu.reviewer", False)):
        blocks = procedures.export(Case.objects.get(pk=on_notice.pk), by=cast[who])
        with zipfile.ZipFile(io.BytesIO(b"".join(blocks))) as archive:
            names, manifest = archive.namelist(), json.loads(archive.read("manifest.json"))
        assert (path in names) is reads
        assert ([one["name"] for one in manifest["missing"]] == [path]) is not reads
