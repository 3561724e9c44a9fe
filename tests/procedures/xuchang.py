"""Xuchang, where the city reviews in batches: its departments and an operator, and its rules as if they were in force today."""

import re

import pytest

from tests.cast import Cast
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.policy.loading import PACKS
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case

TREE = {
    "410000": ("Yu", "province", "000000"),
    "411000": ("Xu", "city", "410000"),
    "411002": ("Wei", "county", "411000"),
}
PACK = "xuchang-today"
FILING = {"who": "bats.operator_head", "pack": PACK, "procedure": "filing"}


def build(cast: Cast):
    for code, (name, level, above) in TREE.items():
        parent = cast.regions[above]
        cast.regions[code] = Region.objects.create(
            code=code, name=name, full_name=name, level=level, parent=parent, path=f"{parent.path}{code}/"
        )  # fmt: skip
    for short, code in (("xu", "411000"), ("wei", "411002")):
        region = cast.regions[code]
        cast.organisations[short] = Organisation.objects.create(
            name=f"Department of {region.name}", kind="department", region=region, level=region.level, competent=True,
            state="confirmed",
        )  # fmt: skip
        for role in ("clerk", "reviewer", "approver"):
            cast.person(f"{short}.{role}", organisation=cast.organisations[short], role=role)
    cast.organisations["bats"] = Organisation.objects.create(
        name="Bats Ltd", kind="operator", region=cast.regions["411002"], credit_code="91411002MA28A00052", state="confirmed",
    )  # fmt: skip
    cast.person("bats.operator_head", organisation=cast.organisations["bats"], role="operator_head")


def rules_of_today():
    """Its pack without the day on which it lapsed; experts' opinions are asked for in tests of their own."""
    text = (PACKS / "xuchang-2016" / "pack.toml").read_text(encoding="utf-8")
    text = re.sub(r"^until = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(needs = \[\"opinions\"\]|opinions = .*)\n", "", text, flags=re.MULTILINE)
    return text.replace('id = "xuchang-2016"', f'id = "{PACK}"', 1)


@pytest.fixture
def xuchang(cast, settings, tmp_path):
    """The cast with Xuchang; its rules hold."""
    folder = tmp_path / "packs" / PACK
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(rules_of_today(), encoding="utf-8")
    settings.PACK_FOLDERS = (tmp_path / "packs",)
    build(cast)
    return cast


@pytest.fixture
def waiting(xuchang, registered, handed_in, step):
    """`waiting(5)` are so many filings that the county recommended and that wait for the city."""

    def one(count):
        found = []
        for number in range(count):
            space = registered(f"曹魏空间 {number}", who=FILING["who"], region="411002", by="wei.reviewer")  # fmt: skip
            case = step(handed_in(space=space, **FILING), "wei", "recommend")
            found.append(Case.objects.get(pk=case.pk))
        return found

    return one


def all_of(batch, move):
    """The same choice for every case of a batch, as it stands now; a grant says of each case why."""
    words = "经评审，同意按现状予以备案" if move == "grant" else ""
    return {
        one.case.pk: actions.Choice(move, one.case.version, words)
        for one in batch.held().select_related("case")
    }
