"""The gap analysis: open to everyone; an upload lies under an address that is its only key."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.matrix.rows import Form, public, row
from tests.matrix.spaces import LOOK_ON, RUN_IT, code, registered
from zhongchuang.gap.models import KEPT, Upload, new_token
from zhongchuang.gap.storage import kept
from zhongchuang.tables import read
from zhongchuang.tables.writing import CSV, OutSheet, write

FACTS = "floor_area=620&desks=80&tenure=rented&lease_years_left=3.4&registered_in=330482"
NOBODY_TO_NAME = "a visitor's file under a secret address; nobody could be named"
KEEPS_NOTHING = "keeps nothing"


def table():
    return write([OutSheet("S", ["name", "floor_area", "desks"], [["=cmd|x", 620, 80]])], CSV)


def upload(world, owner):
    """The token of a file that someone sent in."""
    figures, warnings = kept(read(table()))
    made = Upload.objects.create(
        token=new_token(), expires=timezone.now() + KEPT, name="=cmd.csv", sha256="0" * 64,
        subjects=1, table=figures, warnings=warnings,
    )  # fmt: skip
    return made.token


def sent(world, owner):
    return {"file": SimpleUploadedFile("spaces.csv", table())}


ROWS = [
    public(
        "gap:start",
        form=Form(by="visitor", sends={"desks": "80"}, no_entry=KEEPS_NOTHING, texts=("desks",)),
    ),
    public("gap:template"),
    public("gap:answer", query=FACTS),
    public("gap:answer_file", {"kind": "xlsx"}, query=FACTS),
    public("gap:answer_file", {"kind": "csv"}, query=FACTS),
    public(
        "gap:send",
        post=True,
        form=Form(by="visitor", sends=sent, no_entry=NOBODY_TO_NAME),
    ),
    public("gap:deleted"),
    public("gap:upload", {"name": upload}),
    public("gap:delete", {"token": upload}, form=Form(by="visitor", no_entry=NOBODY_TO_NAME)),
    public("gap:upload_subject", {"name": upload, "number": 1}),
    public("gap:upload_file", {"name": upload, "form": "csv"}),
    public("gap:upload_file", {"name": upload, "form": "xlsx"}),
    public("gap:upload_subject_file", {"name": upload, "number": 1, "form": "csv"}),
    public("gap/u/<path:rest>/", {"rest": "a/b/c/d"}, otherwise=404, visitor=404),
    public("gap:demo", {"name": "hedong"}),
    public("gap:demo_subject", {"name": "hedong", "number": 1}),
    public("gap:demo_file", {"name": "hedong", "form": "csv"}),
    public("gap:demo_subject_file", {"name": "hedong", "number": 1, "form": "xlsx"}),
    row("gap:space", {"code": code(registered)}, of=("bees",), answers={200: RUN_IT | LOOK_ON}),
    row(
        "gap:space_file",
        {"code": code(registered), "form": "csv"},
        of=("bees",),
        answers={200: RUN_IT | LOOK_ON},
    ),
    public("gap:whatif", query="data=demo:hedong"),
    public("gap:whatif_file", {"form": "csv"}, query="data=demo:hedong"),
    public("gap:pack", {"id_": "zhejiang-2016"}, limited=True),
    public("gap:pack_toml", {"id_": "zhejiang-2016"}, limited=True),
]
