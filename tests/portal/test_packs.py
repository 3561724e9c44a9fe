from datetime import date

import pytest

from zhongchuang.portal.packs import FOLDER, rule_packs, standing

PACK = """
[pack]
id = "a-2016"
status = "law"
authority = "A"
in_force = { from = 2016-02-01, until = 2018-01-31 }
title = { zh = "Z", en = "E" }
[sets.filing]
title = { zh = "S", en = "T" }
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 1, 31), "coming"),
        (date(2016, 2, 1), "law"),
        (date(2018, 1, 31), "law"),
        (date(2018, 2, 1), "lapsed"),
    ],
)
def test_a_document_stands_within_its_term(day, expected):
    term = {"from": date(2016, 2, 1), "until": date(2018, 1, 31)}
    assert standing({"status": "law", "in_force": term}, day) == expected


def test_a_proposal_is_never_in_force():
    term = {"from": date(2016, 2, 1)}
    assert standing({"status": "proposal", "in_force": term}, date(2017, 1, 1)) == "proposal"


def test_a_pack_is_listed_in_the_language_of_the_reader(tmp_path):
    (tmp_path / "a-2016").mkdir()
    (tmp_path / "a-2016" / "pack.toml").write_text(PACK, encoding="utf-8")
    shown = rule_packs(on=date(2017, 1, 1), language="en", folders=[tmp_path])
    assert [(pack["id"], pack["title"], pack["sets"]) for pack in shown] == [
        ("a-2016", "E", [{"id": "filing", "title": "T"}])
    ]


@pytest.mark.django_db
def test_the_public_list_shows_every_installed_pack(client):
    packs = client.get("/packs/").context["packs"]
    assert [pack["id"] for pack in packs] == sorted(pack["id"] for pack in packs)


def test_a_pack_of_the_deployment_takes_the_place_of_one_with_the_same_id(tmp_path):
    own = tmp_path / "hunan-2016"
    own.mkdir()
    text = (FOLDER / "hunan-2016" / "pack.toml").read_text(encoding="utf-8")
    own.joinpath("pack.toml").write_text(
        text.replace('status = "law"', 'status = "proposal"', 1), encoding="utf-8"
    )
    shown = rule_packs(on=date(2017, 1, 1), language="en", folders=[FOLDER, tmp_path])
    assert [one["standing"] for one in shown if one["id"] == "hunan-2016"] == ["proposal"]
