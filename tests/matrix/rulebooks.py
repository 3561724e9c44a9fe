"""Packs of a department: its officials hand them in and read them, an approver activates, everybody reads what holds."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.matrix.rows import OWN, Form, Secret, at, public, row
from tests.rulebooks.conftest import pack
from zhongchuang.rulebooks import actions
from zhongchuang.rulebooks.models import Activation

READ = {"clerk", "reviewer", "approver"}
OURS = {200: at(READ, OWN)}


def kept(world, owner):
    return actions.keep(pack(), by=world["zhe.clerk"])


def proposed(world, owner):
    """The one proposal that waits."""
    Activation.objects.waiting().delete()
    return actions.propose(kept(world, owner), by=world["zhe.clerk"], starts=timezone.localdate(), reason="changed")  # fmt: skip


def unmistakable(world, owner):
    """One that was not signed."""
    one, by = proposed(world, owner), world["zhe.approver"]
    return actions.decide(one, by=by, version=one.version, agrees=False, words="words of a twite")


def key(make):
    return lambda world, owner: make(world, owner).key


def activated(world, owner):
    one = proposed(world, owner)
    return actions.decide(one, by=world["zhe.approver"], version=one.version, agrees=True)


def files(world, owner):
    texts = pack("7")
    return {
        name: SimpleUploadedFile(f"{name}.toml", texts[f"{name}.toml"].encode())
        for name in ("pack", "cases")
    }


def from_today(world, owner):
    return {"starts": f"{timezone.localdate()}", "reason": "changed"}


def digest_of(make):
    """The digest of a pack, as an address names it."""

    def one(world, owner):
        held = make(world, owner)
        return getattr(held, "rulebook", held).digest

    return one


ROWS = [
    row("rulebooks:archive", {"pack": "zhejiang-2016", "digest": digest_of(kept)}, of=("zhe",), answers=OURS, visitor=404, limited=True),
    public("rulebooks:archive", {"pack": "zhejiang-2016", "digest": digest_of(activated)}, of=("zhe",), limited=True),
    row("rulebooks:rulebooks", otherwise=200),
    row(
        "rulebooks:hand_in", of=("zhe",), answers={200: at(READ, OWN), (200, 403): at(READ) - at(READ, OWN)}, otherwise=403,
        form=Form(by="zhe.clerk", of="zhe", sends=files, entry="rulebook_kept"),
    ),
    row("rulebooks:rulebook", {"key": key(kept)}, of=("zhe",), answers=OURS),
    row(
        "rulebooks:propose", {"key": key(kept)}, of=("zhe",), answers=OURS,
        form=Form(by="zhe.clerk", of="zhe", sends=from_today, entry="rulebook_proposed", texts=("reason",)),
    ),
    row(
        "rulebooks:end", {"pack": lambda world, owner: activated(world, owner).pack}, of=("zhe",), answers=OURS, otherwise=403,
        form=Form(by="zhe.clerk", of="zhe", sends=from_today, entry="rulebook_proposed", texts=("reason",)),
    ),
    row(
        "rulebooks:activation", {"key": key(proposed)}, of=("zhe",), answers=OURS,
        form=Form(by="zhe.approver", of="zhe", sends={"agrees": "yes", "words": "yes"}, entry="rulebook_activated", texts=("words",)),
    ),
]  # fmt: skip
SECRETS = [Secret("words of a twite", of="zhe", seen=at(READ, OWN), make=unmistakable)]
