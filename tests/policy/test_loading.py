"""A pack that cannot be used is refused with file and key, at once, and never with a traceback."""

import copy
import random
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.policy.cases import Lint, lint_all, lint_folder, run_cases
from zhongchuang.policy.loading import (
    PACKS,
    PackRefused,
    all_packs,
    load_pack,
    pack_folders,
    parse_pack,
    parse_toml,
    read_toml,
)

FOLDERS = list(pack_folders())
FILE = Path("some/pack.toml")

# ── every kind of fault has its sentence ──────────────────────────────────────────────────────────

SMALL = """
[pack]
id = "small"
version = "1"
status = "law"
authority = "省"
in_force = { from = 2016-02-01, until = 2019-01-31 }
entry = "filing"
title = { zh = "小", en = "Small" }

[sets.filing]
subject = "space"
title = { zh = "备案", en = "Filing" }

[[sets.filing.conditions]]
id = "area"
cite = "第六条"
text = { zh = "面积", en = "Area" }
fact = "floor_area"
at_least = "500 m2"

[[sets.filing.conditions]]
id = "rules"
cite = "第六条"
text = { zh = "制度", en = "Rules" }
judged = { zh = "看制度", en = "Read them" }
"""


def faults_of(text):
    """The faults of a pack, as its author reads them."""
    try:
        _pack, faults = parse_pack(parse_toml(text.encode(), str(FILE)), FILE)
    except PackRefused as refused:
        faults = refused.faults
    return [str(fault) for fault in faults]


def test_the_small_pack_has_no_fault():
    assert faults_of(SMALL) == []


AREA = "some/pack.toml: sets.filing.conditions[area]"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            'at_least = "500 m2"',
            'at_least = "500 m2"\ncolour = "red"',
            [
                f"{AREA}.colour: This key is not known here. Allowed: id, text, cite, basis, note, fact, at_least."
            ],
        ),
        ('"500 m2"', '"500 CNY"', [f"{AREA}.at_least: 500 CNY cannot be counted in m2."]),
        (
            '"500 m2"',
            '"500"',
            [
                (
                    f"{AREA}.at_least: “500” is no quantity. Write a number, a blank and a unit, "
                    "as in “500 m2” or “60 %”."
                )
            ],
        ),
        (
            '"500 m2"',
            "500",
            [f"{AREA}.at_least: Found “500”. Allowed: a quantity in quotes, such as “500 m2”."],
        ),
        (
            '"floor_area"',
            '"floor_aera"',
            [
                f"{AREA}.fact: There is no fact “floor_aera”. Nearest: floor_area, public_area, investor_partners."
            ],
        ),
        (
            'id = "rules"',
            'id = "area"',
            [
                "some/pack.toml: sets.filing.conditions[area].id: The id “area” is used twice in this set."
            ],
        ),
        (
            'cite = "第六条"\ntext = { zh = "面积"',
            'text = { zh = "面积"',
            [f"{AREA}.cite: This condition has no citation, nor has a group around it."],
        ),
        (
            'cite = "第六条"\ntext = { zh = "面积"',
            'cite = "Art. 6"\ntext = { zh = "面积"',
            [
                (
                    f"{AREA}.cite: “Art. 6” is no citation. "
                    "Allowed: 第六条(三), 第十二条第二款, 四(二)1, 第五条(二)1(1)."
                )
            ],
        ),
        (
            "2019-01-31",
            "2015-01-31",
            [
                "some/pack.toml: pack.in_force: The term ends on 2015-01-31, before it begins on 2016-02-01."
            ],
        ),
        (
            "from = 2016-02-01",
            'from = "2016-02-01"',
            [
                "some/pack.toml: pack.in_force.from: Found “2016-02-01”. Allowed: a day, such as 2016-02-01."
            ],
        ),
        (
            'status = "law"',
            'status = "rumour"',
            ["some/pack.toml: pack.status: “rumour” is not allowed. Allowed: law, plan, proposal."],
        ),
        (
            'entry = "filing"',
            'entry = "feeling"',
            ["some/pack.toml: pack.entry: “feeling” is not allowed. Allowed: filing."],
        ),
        ('version = "1"\n', "", ["some/pack.toml: pack.version: This key is missing."]),
        (
            'zh = "面积", en = "Area"',
            'zh = "面积", en = ""',
            [f"{AREA}.text.en: This text is empty."],
        ),
        (
            'id = "area"',
            'id = "Area 1"',
            [
                (
                    "some/pack.toml: sets.filing.conditions[Area 1].id: “Area 1” is no id. "
                    "Allowed: small letters, digits, - and _, a letter first."
                )
            ],
        ),
        (
            'fact = "floor_area"\nat_least',
            'fact = "floor_area"\nat_most = "9 m2"\nat_least',
            [
                (
                    f"{AREA}: A fact has one of these tests, found at_least, at_most. "
                    "Allowed: at_least, more_than, at_most, less_than, is, one_of, includes, within."
                ),
                f"{AREA}.at_most: This key is not known here. Allowed: id, text, cite, basis, note, fact.",
                f"{AREA}.at_least: This key is not known here. Allowed: id, text, cite, basis, note, fact.",
            ],
        ),
        (
            'at_least = "500 m2"',
            "is = true",
            [
                (
                    f"{AREA}.is: “floor_area” is of type quantity and takes none of this. "
                    "Allowed: at_least, more_than, at_most, less_than."
                )
            ],
        ),
        (
            'at_least = "500 m2"',
            'at_least = { fact = "residents", per = 0 }',
            [f"{AREA}.at_least.per: Found 0. Allowed: > 0."],
        ),
        (
            'fact = "floor_area"\nat_least = "500 m2"',
            'fact = "tenure"\nis = "borrowed"',
            [f"{AREA}.is: “borrowed” is not allowed. Allowed: owned, rented."],
        ),
        (
            'fact = "floor_area"\nat_least = "500 m2"',
            "all_of = []",
            [f"{AREA}.all_of: This list is empty."],
        ),
        (
            'fact = "floor_area"\nat_least = "500 m2"',
            (
                'when = { all_of = [{ judged = { zh = "看", en = "Look" } }] }\n'
                'then = { fact = "floor_area", at_least = "500 m2" }'
            ),
            [
                (
                    f"{AREA}.when.all_of[0].judged: “judged” is not allowed. "
                    "Allowed: fact, all_of, any_of, none_of, at_least_n_of."
                )
            ],
        ),
        (
            'judged = { zh = "看制度", en = "Read them" }',
            "",
            [
                (
                    "some/pack.toml: sets.filing.conditions[rules]: A condition has one of these keys, found -. "
                    "Allowed: fact, all_of, any_of, none_of, at_least_n_of, when, judged."
                )
            ],
        ),
    ],
)
def test_each_fault_names_file_and_key_what_was_found_and_what_is_allowed(old, new, faults):
    assert SMALL.count(old) == 1
    assert faults_of(SMALL.replace(old, new)) == faults


SCORED = (
    SMALL[: SMALL.index("[[sets.filing.cond")]
    + """
parts = { total = "100 %" }
weights_by = "tenure"

[[sets.filing.indicators]]
id = "events"
cite = "第九条"
text = { zh = "活动", en = "Events" }
fact = "events"
weight = { owned = 10, rented = 20 }
scale = "share_of_best"

[[sets.filing.indicators]]
id = "mentors"
cite = "第九条"
text = { zh = "导师", en = "Mentors" }
fact = "mentors"
weight = { owned = 10, rented = 20 }
scale = { linear = { from = "0 person", to = "9 person" } }

[sets.filing.grades.good]
score_at_least = 8
award = "prize"

[awards.prize]
cite = "第八条"
amount = "1000 CNY"
shares = { city = "70 %", district = "30 %" }
"""
)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ('total = "100 %"', 'total = "100 %"', []),
        (
            'total = "100 %"',
            'increment = "100 %"',
            [
                "sets.filing.parts: “increment” is not allowed. Allowed: total, increment; total; year."
            ],
        ),
        (
            'total = "100 %"',
            'total = "50 %", increment = "40 %"',
            ["sets.filing.parts: The parts add up to 90 %. Allowed: 100 %."],
        ),
        (
            'fact = "events"\nweight = { owned = 10, rented = 20 }',
            'fact = "events"\nweight = { owned = 10 }',
            ["sets.filing.indicators[events].weight.rented: This key is missing."],
        ),
        (
            '"share_of_best"',
            '"share_of_worst"',
            [
                (
                    "sets.filing.indicators[events].scale: “share_of_worst” is not allowed. Allowed: "
                    "share_of_best, percentile, linear, steps, threshold_then_slope, per_item, judged."
                )
            ],
        ),
        (
            '"9 person"',
            '"0 person"',
            [
                "sets.filing.indicators[mentors].scale.linear.to: The scale begins and ends at the same figure."
            ],
        ),
        (
            'award = "prize"',
            'award = "price"',
            [
                "sets.filing.grades.good.award: There is no award “price” in this pack. Allowed: prize."
            ],
        ),
        (
            'district = "30 %"',
            'district = "29 %"',
            ["awards.prize.shares: The shares do not add up to 100 %."],
        ),
        ('"1000 CNY"', '"1000 m2"', ["awards.prize.amount: 1000 m2 cannot be counted in CNY."]),
        (
            '[awards.prize]\ncite = "第八条"',
            "[awards.prize]",
            ["awards.prize.cite: This key is missing."],
        ),
    ],
)
def test_faults_of_evaluations_and_awards_are_named_as_well(old, new, faults):
    assert SCORED.count(old) == 1
    assert faults_of(SCORED.replace(old, new)) == [f"some/pack.toml: {fault}" for fault in faults]


def test_all_faults_of_a_file_are_told_at_once_up_to_a_hundred():
    many = "\n".join(f"key{number} = 1" for number in range(300))
    found = faults_of(SMALL.replace("[sets.filing]", f"{many}\n[sets.filing]"))
    assert len(found) == 101
    assert found[-1] == "some/pack.toml: There are more than 100 faults. Correct these first."


def test_a_pack_bears_the_name_of_its_folder(tmp_path):
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "pack.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        load_pack(folder)
    (fault,) = refused.value.faults
    assert (
        str(fault)
        == f"{folder}/pack.toml: pack.id: “small” is not the name of its folder. Allowed: “large”."
    )


# ── hostile files ─────────────────────────────────────────────────────────────────────────────────

HOSTILE = {
    "brackets": b"a = " + b"[" * 4000,
    "closed brackets": b"a = " + b"[\n" * 10_000 + b"]\n" * 10_000,
    "braces": b"a = " + b"{b=" * 2400,
    "dotted keys": b"\n".join(b"a%d" % one + b".b" * 4900 + b"=1" for one in range(100)),
    "quoted dotted keys": b"\n".join(
        b'"%d\\""' % one + b'."\\""' * 1900 + b"=1" for one in range(100)
    ),
    "dotted headers": b"\n".join(b"[a%d" % one + b".b" * 4900 + b"]" for one in range(100)),
    "many keys": b"\n".join(b"k%d=[]" % one for one in range(90_000)),
    "many tables": b"\n".join(b"[k%d]" % one for one in range(100_000)),
    "many dots": b"\n".join(b"a%d" % one + b".b" * 18 + b"=1" for one in range(20_000)),
    "many unknown facts": b"[sets.f]\nsubject='space'\n"
    + b"\n".join(b"[[sets.f.conditions]]\nfact='zz%d'\nis=1" % one for one in range(8_000)),
    "huge whole number": b"a = " + b"9" * 5000,
    "huge hexadecimal": b"[sets.f]\nsubject = 0x" + b"f" * 9000,
    "1e400": b"weight = 1e400",
    "nan": b"weight = nan",
    "line of 1 MB": b'a = "' + b"x" * 999_000 + b'"',
    "more than 1 MB": b"a = 1\n" * 300_000,
    "not UTF-8": b'a = "\xff"',
    "UTF-16": "a = 1".encode("utf-16"),
    "NUL": b"\0" * 1000,
    "empty": b"",
}
HOSTILE["a few dotted keys"] = b"\n".join(b"a%d" % one + b".b" * 4900 + b"=1" for one in range(9))
HOSTILE["a few quoted keys"] = b"\n".join(b'"%d\\""' % one + b'."\\""' * 1900 for one in range(20))
MANY = "The file holds more than 50000 values."
DEEP = "Tables are nested deeper than 20 levels."


@pytest.mark.parametrize(
    ("name", "sentence"),
    {
        "brackets": DEEP,
        "closed brackets": DEEP,
        "braces": DEEP,
        "a few dotted keys": DEEP,
        "a few quoted keys": DEEP,
        "dotted keys": MANY,
        "many keys": MANY,
        "many tables": MANY,
        "huge whole number": f"“{'9' * 40}” is out of range for a number in a pack.",
        "huge hexadecimal": f"“0x{'f' * 38}” is out of range for a number in a pack.",
        "1e400": "“1e400” is out of range for a number in a pack.",
        "nan": "“nan” is out of range for a number in a pack.",
        "line of 1 MB": "A line is longer than 10000 bytes. Break it into several.",
        "more than 1 MB": "The file has 1800000 bytes. Allowed: 1000000.",
        "not UTF-8": "The file is not UTF-8: byte 5. Save it as UTF-8.",
        "UTF-16": "The file is not UTF-8: byte 0. Save it as UTF-8.",
        "NUL": "The file is no TOML: Invalid statement (at line 1, column 1).",
    }.items(),
)
def test_a_file_that_cannot_be_read_says_why(name, sentence):
    with pytest.raises(PackRefused) as refused:
        parse_toml(HOSTILE[name], "some/pack.toml")
    assert [str(fault) for fault in refused.value.faults] == [f"some/pack.toml: {sentence}"]


MEASURE = """
import resource, sys, time
from pathlib import Path
from zhongchuang.policy.loading import PackRefused, parse_pack, parse_toml
data = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (100_000_000, 100_000_000))
before = time.process_time()
try:
    _pack, faults = parse_pack(parse_toml(data, "some/pack.toml"), Path("some/pack.toml"))
except PackRefused as refused:
    faults = refused.faults
told = [str(fault) for fault in faults]
print(time.process_time() - before < 1, bool(told), all(one.startswith("some/pack.toml: ") for one in told))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_a_second_and_100_mb(name):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=HOSTILE[name], capture_output=True, check=False
    )
    assert (done.stdout.decode(), done.stderr.decode()) == ("True True True\n", "")


def files_of_faults(data):
    """The files that the faults of a document name; none where it is a pack."""
    try:
        _pack, faults = parse_pack(parse_toml(data, "some/pack.toml"), FILE)
    except PackRefused as refused:
        faults = refused.faults
    return {fault.file for fault in faults}


@given(st.binary(max_size=200))
def test_random_bytes_are_a_pack_or_refused(data):
    assert files_of_faults(data) <= {"some/pack.toml"}


@given(st.sampled_from(FOLDERS), st.integers(0, 2**32))
def test_a_real_file_with_changed_bytes_is_a_pack_or_refused(folder, seed):
    chance = random.Random(seed)  # noqa: S311 -- no secret
    data = bytearray((folder / "pack.toml").read_bytes())
    for _change in range(chance.randint(1, 5)):
        place = chance.randrange(len(data))
        data[place : place + chance.choice([0, 1, 1, 30])] = chance.choice(
            [
                b"",
                b"[",
                b'"',
                b"\n",
                b"=",
                b"\xff",
                b"9",
                b".",
                b"true",
                bytes([chance.randrange(256)]),
            ]
        )
    assert files_of_faults(bytes(data)) <= {"some/pack.toml"}


OTHER_VALUES = [
    None, 0, -1, 7, True, "", "x", "60 %", "-5 m2", "1e999 m2", [], [1], ["x"], [{}], [[]], {}, {"zh": 1},
    {"fact": "desks", "per": 15}, Decimal("0.5"), Decimal(-1), date(2016, 2, 1), {"a": {"b": {}}}, "𠮷\u202e",
]  # fmt: skip


def tables_in(value):
    """Every table and list of a document, with its keys."""
    if isinstance(value, dict | list):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from tables_in(one)


def mutated(document, chance):
    """A copy of a document with one to three keys gone, doubled, renamed or of another type."""
    document = copy.deepcopy(document)
    for _change in range(chance.randint(1, 3)):
        place = chance.choice([one for one in tables_in(document) if one])
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key, kind = (
            chance.choice(keys),
            chance.choice(["gone", "doubled", "renamed", "other", "other"]),
        )
        if kind == "other":
            place[key] = copy.deepcopy(chance.choice(OTHER_VALUES))
        elif isinstance(place, list):
            place.append(copy.deepcopy(place[key]))
        elif kind == "renamed":
            place[key + "x"] = place.pop(key)
        elif kind == "doubled":
            place[chance.choice(keys)] = copy.deepcopy(place[key])
        else:
            del place[key]
    return document


@given(st.sampled_from(FOLDERS), st.integers(0, 2**32))
def test_a_real_pack_with_changed_keys_is_a_pack_or_has_faults(folder, seed):
    chance = random.Random(seed)  # noqa: S311 -- no secret
    raw = mutated(read_toml(folder / "pack.toml"), chance)
    pack, faults = parse_pack(raw, FILE)
    assert (pack is None) == bool(faults)
    assert [fault.file for fault in faults] == [str(FILE)] * len(faults)


@given(st.sampled_from(FOLDERS), st.integers(0, 2**32))
def test_cases_with_changed_keys_run_or_have_faults(folder, seed):
    lint = Lint(folder, all_packs()[folder.name])
    chance = random.Random(seed)  # noqa: S311 -- no secret
    run_cases(lint, mutated(read_toml(folder / "cases.toml"), chance))
    assert {fault.file for fault in lint.faults} <= {str(folder / "cases.toml")}


# ── lint ──────────────────────────────────────────────────────────────────────────────────────────

CASES = """
[bases.good]
facts = { floor_area = "500 m2" }
judged = { rules = true }

[[cases]]
name = "Exactly 500 m² are enough"
base = "good"
verdict = "met"
expect = { area = "met", rules = "met" }

[[cases]]
name = "499 m² and bad rules are not"
base = "good"
facts = { floor_area = "499 m2" }
judged = { rules = false }
verdict = "not_met"
expect = { area = "not_met", rules = "not_met" }
"""


@pytest.fixture
def folder(tmp_path):
    """The small pack with its cases."""
    place = tmp_path / "small"
    place.mkdir()
    (place / "pack.toml").write_text(SMALL, encoding="utf-8")
    (place / "cases.toml").write_text(CASES, encoding="utf-8")
    return place


def told(folder):
    """What lint says of a folder, without the path."""
    return [str(fault).removeprefix(f"{folder}/") for fault in lint_folder(folder).faults]


def test_a_pack_whose_cases_come_out_is_clean(folder):
    assert (told(folder), lint_folder(folder).cases) == ([], 2)


def test_a_pack_comes_with_cases(folder):
    (folder / "cases.toml").unlink()
    assert told(folder) == ["cases.toml: A pack comes with cases; this file is missing."]


def test_a_condition_needs_a_case_that_meets_it_and_one_that_fails_it(folder):
    (folder / "cases.toml").write_text(CASES[: CASES.rindex("[[cases]]")], encoding="utf-8")
    assert told(folder) == [
        "cases.toml: filing.area: No case expects this condition to be not_met.",
        "cases.toml: filing.rules: No case expects this condition to be not_met.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            'verdict = "met"',
            'verdict = "unknown"',
            ["cases[0] Exactly 500 m² are enough: The verdict is met; the case expects unknown."],
        ),
        (
            'expect = { area = "met", rules = "met" }',
            'expect = { area = "unknown", rules = "met", desks = "met" }',
            [
                "cases[0] Exactly 500 m² are enough: “area” is met; the case expects unknown.",
                "cases[0] Exactly 500 m² are enough: Set filing has no condition “desks”.",
                "filing.area: No case expects this condition to be met.",
            ],
        ),
        (
            '[[cases]]\nname = "Exactly 500 m² are enough"',
            '[[cases]]\nname = "Exactly 500 m² are enough"\nawards = { prize = "1 CNY" }',
            [
                "cases[0] Exactly 500 m² are enough: The awards are {}; the case expects {'prize': '1 CNY'}."
            ],
        ),
        (
            '[[cases]]\nname = "Exactly 500 m² are enough"',
            '[[cases]]\nname = "Exactly 500 m² are enough"\non = 2019-02-01',
            [
                "cases[0] Exactly 500 m² are enough: 2019-02-01 lies outside the term 2016-02-01/2019-01-31."
            ],
        ),
    ],
)
def test_a_wrong_expectation_is_told_with_what_came_out(folder, old, new, faults):
    assert CASES.count(old) == 1
    (folder / "cases.toml").write_text(CASES.replace(old, new), encoding="utf-8")
    assert told(folder) == [f"cases.toml: {fault}" for fault in faults]


def test_a_pack_that_replaces_another_begins_after_it_ends(folder):
    later = folder.parent / "later"
    later.mkdir()
    text = SMALL.replace('id = "small"', 'id = "later"\nreplaces = "small"')
    for start, faults in (
        ("2019-02-01, until = 2022-01-31", []),
        (
            "2019-01-31, until = 2022-01-31",
            [
                (
                    f"{later}/pack.toml: pack.in_force: The term 2019-01-31/2022-01-31 overlaps small, "
                    "which this pack replaces (2016-02-01/2019-01-31)."
                )
            ],
        ),
    ):
        changed = text.replace("2016-02-01, until = 2019-01-31", start)
        (later / "pack.toml").write_text(changed, encoding="utf-8")
        (later / "cases.toml").write_text(CASES, encoding="utf-8")
        assert [str(fault) for lint in lint_all(folder.parent) for fault in lint.faults] == faults


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            'replaces = "zhejiang-2016"',
            "pack.in_force: The term 2016-02-01/2019-01-31 overlaps zhejiang-2016, which this pack replaces (2016-02-01/…).",
        ),
        ('region = "99"', "pack.region: "),
        ('replaces = "small"', "pack.replaces: Packs small and small replace each other."),
        ('replaces = "nosuch"', "pack.replaces: There is no pack “nosuch”. Packs are: "),
    ],
)
def test_a_pack_linted_alone_is_held_against_the_packs_that_it_names(folder, line, fault):
    file = folder / "pack.toml"
    text = re.sub(r"^region = .*\n", "", SMALL, flags=re.MULTILINE)
    file.write_text(text.replace('id = "small"', f'id = "small"\n{line}', 1), encoding="utf-8")
    (found,) = [str(one) for lint in lint_all(folder) for one in lint.faults]
    assert found.startswith(f"{file}: {fault}")


def test_two_packs_beside_each_other_cannot_replace_each_other(folder):
    other = folder.parent / "other"
    other.mkdir()
    for one, name, replaced in ((folder, "small", "other"), (other, "other", "small")):
        text = SMALL.replace('id = "small"', f'id = "{name}"\nreplaces = "{replaced}"')
        (one / "pack.toml").write_text(text, encoding="utf-8")
        (one / "cases.toml").write_text(CASES, encoding="utf-8")
    assert [str(fault.why) for fault in lint_all(folder)[0].faults] == [
        "Packs small and other replace each other."
    ]


def test_no_pack_of_the_product_is_at_odds_with_another():
    assert [str(fault) for lint in lint_all(PACKS) for fault in lint.faults] == []
    assert len(FOLDERS) == len(all_packs()) == len(list(PACKS.glob("*/pack.toml")))
