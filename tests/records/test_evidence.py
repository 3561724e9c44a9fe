import hashlib
import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.storage.memory import InMemoryStorage

from tests.files.conftest import docx, exif, pdf, picture
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.records import actions
from zhongchuang.records.models import Content, Evidence

pytestmark = pytest.mark.django_db
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def stored_files():
    root = Path(default_storage.location)
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_a_file_is_kept_under_the_digest_of_its_content(hands_in):
    data = pdf(3)
    evidence = hands_in("bees.operator_clerk", "lease.pdf", data)
    digest = hashlib.sha256(data).hexdigest()
    assert (evidence.content.digest, evidence.content.pages, evidence.name) == (
        digest,
        3,
        "lease.pdf",
    )
    assert [path.read_bytes() for path in stored_files()] == [data]
    assert stored_files()[0].name == digest
    entry = Entry.objects.about(evidence).get()
    assert (entry.verb, entry.values["new"]["sha256"]) == ("handed_in", digest)


def test_a_photograph_is_kept_without_its_hidden_data_with_a_small_picture(hands_in):
    evidence = hands_in("bees.operator_clerk", "hall.jpg", picture(size=(900, 600), exif=exif()))
    assert (evidence.content.width, evidence.content.height) == (900, 600)
    assert len(stored_files()) == 2
    assert not any(b"SECRETCAMERA" in path.read_bytes() for path in stored_files())


def test_the_same_file_is_recognised_and_stored_once(hands_in, cast):
    data = picture(size=(50, 50), exif=exif())
    first = hands_in("bees.operator_clerk", "hall.jpg", data)
    second = hands_in("kites.operator_clerk", "ours.jpg", data)
    other = hands_in("kites.operator_clerk", "lease.pdf")
    assert (second.content, Content.objects.count(), len(stored_files())) == (first.content, 2, 3)
    # Who sees that it turned up twice: the province of both, not the one organisation or the other province.
    seen = {
        who: set(Evidence.objects.visible_to(cast[who]).same_as(first))
        for who in ("zhe.clerk", "jia.clerk", "ping.clerk", "bees.operator_clerk", "xiang.clerk")
    }
    assert seen == {
        "zhe.clerk": {second}, "jia.clerk": {second},
        "ping.clerk": set(), "bees.operator_clerk": set(), "xiang.clerk": set(),
    }  # fmt: skip
    assert other.content != first.content


def test_files_are_seen_by_their_organisation_and_the_officials_above_it(hands_in, cast):
    evidence = hands_in("bees.operator_clerk")
    everyone = [*cast.people]
    seers = {who for who in everyone if Evidence.objects.visible_to(cast[who]).exists()}
    officials = {
        f"{department}.{role}"
        for department in ("zhe", "jia", "ping")
        for role in ("clerk", "reviewer", "approver", "finance")
    }
    assert seers == officials | {"bees.operator_clerk", "bees.operator_head"}
    assert evidence.organisation == cast.organisations["bees"]


def test_what_a_person_hands_in_alone_is_seen_by_nobody_else(hands_in, cast):
    hands_in("founder")
    assert [who for who in cast.people if Evidence.objects.visible_to(cast[who]).exists()] == [
        "founder"
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), "macros"),
        ("a.exe", b"MZ", "kind"),
        ("a.pdf", picture(), "other_extension"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(hands_in, name, data, code):
    with pytest.raises(Refused) as refused:
        hands_in("bees.operator_clerk", name, data)
    assert refused.value.refusal.code == code
    assert (stored_files(), Content.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_a_known_content_under_a_wrong_name_is_refused_as_well(hands_in):
    hands_in("bees.operator_clerk", "a.pdf")
    with pytest.raises(Refused) as refused:
        hands_in("kites.operator_clerk", "a.docx")
    assert refused.value.refusal.code == "other_extension"


def test_administrators_hand_in_nothing(hands_in):
    with pytest.raises(Refused) as refused:
        hands_in("zhe.system_admin")
    assert refused.value.refusal.code == "administrator"


def test_an_organisation_has_its_share_of_the_store(hands_in, settings):
    data = pdf()
    settings.FILE_QUOTA = len(pdf(3)) + 10
    hands_in("bees.operator_clerk", "a.pdf", data)
    hands_in("bees.operator_head", "again.pdf", data)
    with pytest.raises(Refused) as refused:
        hands_in("bees.operator_clerk", "b.pdf", pdf(3))
    assert refused.value.refusal.code == "quota"
    assert hands_in("ants.operator_clerk", "b.pdf", pdf(3)).pk


def test_a_file_taken_back_stays_where_something_rests_on_it(hands_in, cast):
    evidence = hands_in("bees.operator_clerk")
    with pytest.raises(Refused):
        actions.withdraw(evidence, by=cast["kites.operator_clerk"])
    actions.withdraw(evidence, by=cast["bees.operator_head"])
    assert (Evidence.objects.current().count(), Evidence.objects.count()) == (0, 1)
    with pytest.raises(Refused) as refused:
        actions.withdraw(evidence, by=cast["bees.operator_head"])
    assert refused.value.refusal.code == "withdrawn"


def test_every_flipped_byte_is_noticed_on_reading(hands_in):
    content = hands_in("bees.operator_clerk").content
    path = stored_files()[0]
    whole = path.read_bytes()
    with actions.opened(content) as file:
        assert file.read() == whole
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert actions.opened(content) is None
    path.write_bytes(whole[:-1])
    assert actions.opened(content) is None


def aged(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_stored_files_that_no_row_names_are_cleared_away_after_a_day(hands_in):
    kept = hands_in("bees.operator_clerk", "hall.jpg", picture())
    for path in stored_files():
        aged(path, 100)
    for name, hours in (("a" * 64, 25), ("b" * 64, 23), (".unfinished-x", 25)):
        orphan = Path(default_storage.path(f"evidence/{name[:2]}/xx/{name}"))
        orphan.parent.mkdir(parents=True, exist_ok=True)
        orphan.write_bytes(b"x")
        aged(orphan, hours)
    assert actions.sweep() == 2
    assert {path.name for path in stored_files()} == {
        "b" * 64, kept.content.kept_digest, kept.content.thumbnail_digest,
    }  # fmt: skip


def test_what_a_killed_process_was_receiving_is_cleared_away_as_well(hands_in, settings):
    hands_in("bees.operator_clerk")
    assert list(settings.INCOMING.iterdir()) == []
    for name, hours in (("old", 25), ("new", 1)):
        (settings.INCOMING / name).mkdir()
        (settings.INCOMING / name / "given").write_bytes(b"x")
        aged(settings.INCOMING / name, hours)
    assert actions.sweep_incoming() == 1
    assert [one.name for one in settings.INCOMING.iterdir()] == ["new"]


def test_another_store_than_the_local_folder_will_do(hands_in, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    evidence = hands_in("bees.operator_clerk")
    assert isinstance(default_storage._wrapped, InMemoryStorage)
    with actions.opened(evidence.content) as file:
        assert file.read(5) == b"%PDF-"
    # A file without a row lies there already, as after a crash: handed in again, it is kept once.
    Evidence.objects.all().delete()
    Content.objects.all().delete()
    again = hands_in("bees.operator_clerk")
    assert default_storage.listdir(again.content.path.rpartition("/")[0])[1] == [
        again.content.kept_digest
    ]
