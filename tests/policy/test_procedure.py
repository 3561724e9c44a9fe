"""Procedures: every one of ours leads from the draft to an end, and what is wrong with one is said with file and key."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import zhongchuang
from zhongchuang.policy.loading import (
    PackRefused,
    all_packs,
    general_review,
    parse_pack,
    parse_toml,
    review_of,
)
from zhongchuang.policy.procedure import (
    DRAFT,
    ENDS,
    FORWARD,
    GRANTED,
    REFUSED,
    SIGN,
    State,
    last_day,
    moves,
    states,
)

FILE = Path("some/pack.toml")
ALL = {
    f"{pack.id}:{name}": one
    for pack in all_packs().values()
    for name, one in pack.procedures.items()
}
REVIEW = {
    "review": review_of(all_packs()["zhejiang-2016"], ALL["zhejiang-2016:filing"], "province")
}
EVERY = pytest.mark.parametrize(
    "procedure", [pytest.param(one, id=name) for name, one in (ALL | REVIEW).items()]
)

# ── every procedure of every pack ─────────────────────────────────────────────────────────────────


def test_seven_documents_have_their_procedures():
    assert {name: one.kind for name, one in ALL.items()} == {
        "hunan-2016:recognition": "recognition",
        "jiangsu-2015:filing": "filing",
        "jiangsu-2015:pilot": "pilot",
        "national-2017:filing": "filing",
        "shanghai-2016:change": "change",
        "shanghai-2016:filing": "filing",
        "xuchang-2016:filing": "filing",
        "xuchang-2016:filing_investment": "filing",
        "xuchang-2016:filing_professional": "filing",
        "xuchang-2016:filing_technical": "filing",
        "xuzhou-2016:filing": "filing",
        "zhejiang-2016:filing": "filing",
    }


@EVERY
def test_from_every_state_an_end_can_be_reached(procedure):
    leading = set(ENDS)
    open_ = states(procedure)
    for _round in open_:
        leading |= {one for one in open_ if any(to.to in leading for to in moves(procedure, one))}
    assert open_ - leading == set()


@EVERY
def test_no_state_and_no_move_is_undeclared(procedure):
    steps = {one.id: one for one in procedure.steps}
    for state in states(procedure):
        open_ = moves(procedure, state)
        assert bool(open_) == (state not in ENDS)
        assert len({(one.name, one.move) for one in open_}) == len(open_)
        for one in open_:
            assert one.to in ENDS or (
                one.to.name in ("running", "returned") and one.to.step in steps
            )
            assert not one.move or one.move in steps[state.step].may


@EVERY
def test_the_way_forward_passes_every_step_in_order_and_ends_granted(procedure):
    state, passed = DRAFT, []
    while state not in ENDS:
        if state.step and state.step not in passed:
            passed.append(state.step)
        state = next(
            one.to
            for one in moves(procedure, state)
            if one.name in ("submit", SIGN, *FORWARD.values()) or one.move in FORWARD.values()
        )
    assert state == GRANTED
    assert passed == [one.id for one in procedure.steps]


@EVERY
def test_another_hand_signs_than_the_one_that_prepares(procedure):
    for step in procedure.steps:
        assert step.hands == () if step.kind == "notice" else step.hands[0] != step.hands[-1]


@EVERY
def test_what_a_document_does_not_say_is_the_projects(procedure):
    parts = [procedure, *procedure.steps, *procedure.sections, *procedure.materials]
    parts += [one for one in (procedure.gives, procedure.window, procedure.ban) if one]
    assert [one for one in parts if one.cite is None and not one.basis] == []


def test_the_form_shows_every_figure_that_the_conditions_read():
    hidden = {}
    for pack in all_packs().values():
        for name, one in pack.procedures.items():
            if one.set and one.kind != "change":
                shown = {fact for section in one.sections for fact in section.facts}
                hidden[f"{pack.id}:{name}"] = set(pack.set(one.set).columns()) - shown
    assert {name: facts for name, facts in hidden.items() if facts} == {}


@EVERY
def test_the_register_can_fill_seven_tenths_of_a_form(procedure):
    figures = sum(len(one.facts) for one in procedure.sections)
    words = len(list(procedure.entries()))
    assert procedure.kind == "review" or figures / (figures + words) >= 0.7


def test_a_ban_lasts_as_long_as_the_consequence_says():
    for pack in all_packs().values():
        said = {one.refused_for.amount for one in pack.consequences.values() if one.refused_for}
        banned = {one.ban.years for one in pack.procedures.values() if one.ban}
        assert banned == said


# ── what the documents say ────────────────────────────────────────────────────────────────────────


def way(name):
    """The steps of a procedure: kind, level and article."""
    return [
        f"{one.kind} {one.level} {one.cite or one.basis}"
        + (" alliance" if one.actor == "alliance" else "")
        for one in ALL[name].steps
    ]


def test_zj_2_in_zhejiang_the_city_consents_before_the_county_files():
    assert way("zhejiang-2016:filing") == [
        "examine city 第七条",
        "recommend county 第七条",
        "decide province 第七条",
    ]


def test_hn_3_in_hunan_the_best_are_reviewed_visited_announced_and_given_a_plaque():
    one = ALL["hunan-2016:recognition"]
    assert way("hunan-2016:recognition") == [
        "recommend city 第六条",
        "review province 第六条",
        "inspect province 第六条",
        "examine province 第六条",
        "notice province 第六条",
        "decide province 第六条",
    ]
    assert [step.needs for step in one.steps[:3]] == [("letter",), ("opinions",), ("visit",)]
    assert (one.gives.plaque, one.window.holds(date(2026, 7, 31))) == (True, True)
    assert one.window.around(date(2026, 8, 1)) == (date(2027, 6, 1), date(2027, 7, 31))


def test_sh_2_in_shanghai_the_district_recommends_and_the_alliance_receives():
    assert way("shanghai-2016:filing") == [
        "recommend county 第六条",
        "examine province 第六条 alliance",
        "decide province 第六条",
    ]
    assert (ALL["shanghai-2016:filing"].ban.years, ALL["shanghai-2016:filing"].gives.plaque) == (
        3,
        True,
    )


def test_sh_3_a_major_change_in_shanghai_goes_the_way_of_a_filing():
    filing, change = ALL["shanghai-2016:filing"], ALL["shanghai-2016:change"]
    assert [(one.kind, one.level, one.actor) for one in change.steps] == [
        (one.kind, one.level, one.actor) for one in filing.steps
    ]
    assert (change.gives, str(change.cite)) == (None, "第七条")


def test_sh_3_what_shanghai_calls_a_major_change_is_what_the_register_treats_as_one():
    path = Path(zhongchuang.__file__).parent / "spaces" / "major.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    named = [name for one in ALL.values() for name in one.changes]
    held = {f"{one['table']}.{field}" for one in read["major"] for field in one["fields"]}
    assert set(named) <= set(read["names"])
    assert {field for name in named for field in read["names"][name]} <= held
    assert {one["basis"] for one in read["major"]} == {"project"}


def test_xc_4_in_xuchang_the_county_recommends_in_writing_and_the_city_files_in_batches():
    names = [name for name in ALL if name.startswith("xuchang-2016:")]
    assert {ALL[name].set for name in names} == {
        "technical",
        "investment",
        "comprehensive",
        "professional",
    }
    for name in names:
        assert way(name) == ["recommend county 第七条", "review city 第八条", "decide city 第八条"]
        assert (ALL[name].batches, ALL[name].steps[0].needs) == (True, ("letter",))
        assert ALL[name].gives.level == "city"


def test_js_2_what_no_document_gives_is_wholly_the_projects():
    for name in ("xuzhou-2016:filing", "jiangsu-2015:filing", "jiangsu-2015:pilot"):
        one = ALL[name]
        parts = [one, *one.steps, *one.sections, *one.materials]
        assert {(part.cite, part.basis) for part in parts} == {(None, "project")}


# ── how states follow from steps ──────────────────────────────────────────────────────────────────


def test_a_notice_over_the_national_day_ends_after_its_working_days():
    # 2025-09-28 is worked, 2025-10-01 to 2025-10-08 are off, 2025-10-11 is worked
    notice = ALL["hunan-2016:recognition"].step("notice")
    assert last_day(date(2025, 9, 26), notice.days) == date(2025, 10, 10)
    assert last_day(date(2025, 9, 30), 3) == date(2025, 10, 11)


def test_a_refusal_is_proposed_by_one_hand_and_signed_by_another():
    procedure = ALL["zhejiang-2016:filing"]
    proposed = State("running", "consent", 1, "refuse")
    assert {(one.name, one.role): one.to for one in moves(procedure, proposed)} == {
        ("return", "approver"): State("returned", "consent"),
        ("sign", "approver"): REFUSED,
        ("send_back", "approver"): State("running", "consent"),
    }


# ── review on request ─────────────────────────────────────────────────────────────────────────────


def test_a_review_is_taken_at_the_level_that_decided():
    pack = all_packs()["xuchang-2016"]
    review = review_of(pack, pack.procedures["filing_technical"], "city")
    assert [(one.id, one.level) for one in review.steps] == [
        ("receive", "city"),
        ("decide", "city"),
    ]
    assert (review.set, review.asked_within, review.basis) == ("technical", 15, "project")
    assert {one.level for one in general_review().steps} == {""}


OWN = """
[procedures.again]
kind = "review"
cite = "第九条"
title = { zh = "复核", en = "Review" }
asked_within = "7 workday"

[[procedures.again.steps]]
id = "decide"
kind = "decide"
level = "province"
cite = "第九条"
text = { zh = "复核决定", en = "Decided again" }
hands = ["clerk", "approver"]
may = ["grant", "refuse"]
"""


def test_a_pack_has_a_review_of_its_own_where_its_document_gives_one():
    pack, faults = read(SMALL + OWN)
    assert faults == []
    review = review_of(pack, pack.procedures["filing"], "county")
    assert (review.id, review.asked_within, review.steps[0].level) == ("again", 7, "province")


# ── every fault is told with file and key ─────────────────────────────────────────────────────────

SMALL = """
[pack]
id = "small"
version = "1"
status = "law"
authority = "省"
in_force = { from = 2016-02-01 }
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

[procedures.filing]
kind = "filing"
set = "filing"
cite = "第七条"
title = { zh = "备案", en = "Filing" }
window = { first = "03-01", last = "04-30", cite = "第七条" }
gives = { id = "filed", level = "province", title = { zh = "备案空间", en = "Filed" }, term = "3 year" }
ban = { term = "2 year", cite = "第八条" }

[[procedures.filing.sections]]
id = "premises"
cite = "第六条"
title = { zh = "场地", en = "Premises" }
facts = ["floor_area"]
entries = [{ id = "rooms", text = { zh = "用房", en = "Rooms" }, longest = "500 character" }]

[[procedures.filing.materials]]
id = "deed"
cite = "第六条"
text = { zh = "产权证明", en = "Title deed" }

[[procedures.filing.steps]]
id = "county"
kind = "recommend"
level = "county"
cite = "第七条"
text = { zh = "县级推荐", en = "The county recommends" }
hands = ["clerk", "approver"]
may = ["recommend", "return"]
within = "10 workday"

[[procedures.filing.steps]]
id = "experts"
kind = "review"
level = "province"
cite = "第七条"
text = { zh = "专家评审", en = "Experts review" }
hands = ["clerk", "approver"]
may = ["conclude"]
needs = ["opinions"]
opinions = "5 person"

[[procedures.filing.steps]]
id = "public"
kind = "notice"
cite = "第七条"
text = { zh = "公示", en = "Notice" }
within = "5 workday"
"""


def read(text):
    """A pack as an author writes it, and its faults."""
    try:
        pack, faults = parse_pack(parse_toml(text.encode(), str(FILE)), FILE)
    except PackRefused as refused:
        return None, [str(fault) for fault in refused.faults]
    return pack, [str(fault) for fault in faults]


def test_the_small_pack_has_no_fault():
    assert read(SMALL)[1] == []


F = "some/pack.toml: procedures.filing"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'kind = "recommend"',
            'kind = "recomend"',
            f"{F}.steps[county].kind: “recomend” is not allowed. Allowed: examine, recommend, review, inspect, notice, decide.",
        ),
        (
            'may = ["recommend", "return"]',
            'may = ["return"]',
            f"{F}.steps[county].may: “recommend” is missing: nothing would lead on.",
        ),
        (
            'may = ["recommend", "return"]',
            'may = ["recommend", "grant"]',
            f"{F}.steps[county].may: “grant” is not allowed. Allowed: recommend, return, refuse.",
        ),
        (
            'hands = ["clerk", "approver"]',
            'hands = ["clerk", "clerk"]',
            f"{F}.steps[county].hands: “clerk” is not allowed. Allowed: clerk, reviewer, approver.",
        ),
        ('id = "public"', 'id = "county"', f"{F}.steps: The id “county” is used twice in this list."),
        (
            'first = "03-01"',
            'first = "02-29"',
            f"{F}.window.first: Found 02-29. Allowed: 03-01.",
        ),
        ('last = "04-30"', 'last = "04-31"', f"{F}.window.last: Found 04-31. Allowed: 03-01."),
        ('facts = ["floor_area"]', 'facts = ["floor_aera"]', f"{F}.sections[premises].facts: "),
        ('within = "10 workday"', 'within = "10 month"', f"{F}.steps[county].within: "),
        (
            'within = "10 workday"',
            'within = "1.5 workday"',
            f"{F}.steps[county].within: Found 1.5 workday. Allowed: a whole number.",
        ),
        (
            'within = "5 workday"\n',
            "",
            f"{F}.steps[public].within: A public notice has its working days.",
        ),
        ('level = "county"\n', "", f"{F}.steps[county].level: This key is missing."),
        (
            'opinions = "5 person"\n',
            "",
            f"{F}.steps[experts].opinions: A step that needs opinions says of how many experts, such as “5 person”.",
        ),
        (
            'id = "premises"\ncite = "第六条"',
            'id = "premises"',
            f'{F}.sections[premises].cite: A section names its article, or says basis = "project".',
        ),
        (
            'id = "deed"\ncite = "第六条"',
            'id = "deed"',
            f'{F}.materials[deed].cite: A material names its article, or says basis = "project".',
        ),
        (
            'level = "county"\ncite = "第七条"',
            'level = "county"',
            f'{F}.steps[county].cite: A step names its article, or says basis = "project".',
        ),
        (
            'longest = "500 character"',
            'longest = "500 person"',
            f"{F}.sections[premises].entries[rooms].longest: ",
        ),
        (
            'kind = "filing"',
            'kind = "change"',
            f"{F}.changes: A procedure of changes names what changes; no other does.",
        ),
        (
            'kind = "filing"',
            'kind = "review"',
            f"{F}.asked_within: A review says in how many working days it can be asked for; nothing else does.",
        ),
        (
            'kind = "filing"',
            'kind = "review"\nasked_within = "7 workday"',
            f"{F}.gives: A change or a review gives no title of its own.",
        ),
        (
            'id = "filed", ',
            'id = "filed", counts_as = "inovation_space", ',
            (f"{F}.gives.counts_as: “inovation_space” is no title of the catalogue. Allowed: innovation_space, key_space, professional_space, "
            "incubator, accelerator, science_park, chain, cluster; each also with @ and one of county, municipal, provincial, national."),
        ),
        ('id = "filed", ', 'id = "filed", counts_as = "chain@province", ', f"{F}.gives.counts_as: “chain@province” is no title"),
        ('id = "filed", ', 'id = "filed", counts_as = "chain@", ', f"{F}.gives.counts_as: “chain@” is no title"),
        ('set = "filing"', 'set = "fling"', f"{F}.set: “fling” is not allowed. Allowed: filing."),
        ('within = "10 workday"', "deadline = 10", f"{F}.steps[county].deadline: This key is not known here."),
    ],
)  # fmt: skip
def test_a_fault_of_a_procedure_is_told_with_file_and_key(old, new, fault):
    assert old in SMALL
    faults = read(SMALL.replace(old, new, 1))[1]
    assert [one for one in faults if one.startswith(fault)], faults


@pytest.mark.parametrize(
    ("said", "counted"),
    [("", ""), ('counts_as = "chain", ', "chain@provincial"), ('counts_as = "chain@municipal", ', "chain@municipal")],
)  # fmt: skip
def test_a_title_counts_as_one_of_the_catalogue_at_its_own_level_or_the_one_written(said, counted):
    pack, faults = read(SMALL.replace('id = "filed", ', f'id = "filed", {said}', 1))
    assert (faults, pack.procedures["filing"].gives.counted) == ([], counted)


def test_two_faults_of_a_procedure_are_both_told():
    text = SMALL.replace('"floor_area"]', '"floor_aera"]').replace('"5 workday"', '"5 year"')
    assert [one.split(": ")[1] for one in read(text)[1]] == [
        "procedures.filing.steps[public].within",
        "procedures.filing.sections[premises].facts",
    ]


def test_a_change_names_columns_or_what_else_of_a_space_changes():
    changed = SMALL.replace('kind = "filing"', 'kind = "change"\nchanges = ["desks", "goals"]')
    changed = "\n".join(line for line in changed.splitlines() if not line.startswith("gives"))
    pack, faults = read(changed)
    assert (faults, pack.procedures["filing"].changes) == ([], ("desks", "goals"))
    assert [one.split(": ")[1] for one in read(changed.replace('"goals"', '"gaols"'))[1]] == [
        "procedures.filing.changes"
    ]


def test_only_a_review_of_all_sets_has_the_name_of_the_general_one():
    text = SMALL.replace("[procedures.filing", "[procedures.review").replace("procedures.filing", "procedures.review")  # fmt: skip
    assert "some/pack.toml: procedures.review.kind: Only a review on request of all sets is called “review”, as the general one is." in read(text)[1]  # fmt: skip
