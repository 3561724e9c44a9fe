"""The packs of the product: clean, cited, in our own words, and with the numbers of their documents."""

import re
from pathlib import Path

import pytest

from zhongchuang.policy.answer import award_answer
from zhongchuang.policy.cases import lint_folder
from zhongchuang.policy.conditions import Bound, When
from zhongchuang.policy.loading import all_packs, find_pack, pack_folders
from zhongchuang.policy.quantity import Quantity
from zhongchuang.policy.ranking import rank
from zhongchuang.policy.table import Table

FOLDERS = list(pack_folders())
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LONGEST_QUOTE = 16


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack_of_the_product_is_clean_and_its_cases_come_out(folder):
    lint = lint_folder(folder)
    assert [str(fault) for fault in lint.faults] == []
    assert lint.cases > 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_number_of_a_pack_stands_in_its_document_or_is_marked_as_the_projects(folder):
    pack = all_packs()[folder.name]
    bare = []
    for rules in pack.sets.values():
        cited = {rules.root.id} if rules.root and rules.cite else set()
        for group in (rules.root, *rules.conditions()) if rules.root else ():
            cited |= {one.id for one in group.members() if group.cite or group.id in cited}
        bare += [one.id for one in rules.leaves() if not (one.cite or one.basis or one.id in cited)]
        scoring = rules.scoring
        rows = (*scoring.indicators, *scoring.grades) if scoring else ()
        bare += [one.id for one in rows if not (one.cite or one.basis)]
    money = (*pack.awards.values(), *pack.programmes.values(), *pack.consequences.values())
    bare += [one.id for one in money if one.cite is None]
    assert bare == []


def words(value):
    """Every Chinese text of a document, with its key."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "zh" and isinstance(one, str):
                yield one
            else:
                yield from words(one)
    elif isinstance(value, list):
        for one in value:
            yield from words(one)


def sentences(text):
    """The sentences of a text, without blanks and signs."""
    return [re.sub(r"[\W_]+", "", sentence) for sentence in text.split("。")]


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents are not part of the repository"
)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_sentence_of_a_pack_is_copied_from_a_document(folder):
    sources = ["".join(sentences(path.read_text(encoding="utf-8"))) for path in SEEDS.glob("*.txt")]
    raw = all_packs()[folder.name].raw
    # the title of a document is its name
    texts = [text for text in words(raw) if text != raw["pack"]["title"]["zh"]]
    copied = [
        sentence
        for text in texts
        for sentence in sentences(text)
        if len(sentence) >= LONGEST_QUOTE and any(sentence in source for source in sources)
    ]
    assert copied == []


# ── acceptance: the numbers of the documents ──────────────────────────────────────────────────────


def thresholds(reference):
    """Condition → fact, test and threshold, for the conditions that a figure decides."""
    pack, name = find_pack(reference)
    found = {}
    for one in pack.sets[name].leaves():
        test = one.then if isinstance(one, When) else one
        if isinstance(test, Bound):
            found[one.id] = f"{test.name} {test.op} {test.threshold}"
    return found


def kinds(reference):
    """Group → its kind and members."""
    pack, name = find_pack(reference)
    return {
        one.id: f"{one.kind} {' '.join(member.id for member in one.members())}"
        for one in pack.sets[name].conditions()
        if one.members()
    }


def test_zj_1_and_zj_2_filing_in_zhejiang():
    assert thresholds("zhejiang-2016:filing") == {
        "area": "floor_area at_least 500 m2",
        "desks": "desks at_least 100 desk",
        "lease": "lease_years_left at_least 3 year",
        "fund": "fund_amount at_least 3000000 CNY",
        "projects": "projects_invested.total at_least 3 project",
        "running": "months_operating at_least 3 month",
    }
    assert kinds("zhejiang-2016:filing") == {
        "premises": "all_of area desks",
        "money": "all_of fund projects",
    }


def test_zj_6_at_most_20_new_excellent_spaces_a_year_are_awarded_500_000_yuan_once():
    pack, _name = find_pack("zhejiang-2016")
    (grade,) = pack.sets["evaluation"].scoring.grades
    assert (grade.rank_at_most, grade.among, grade.title_years) == (20, "not_yet_awarded", 3)
    award = pack.awards[grade.award]
    assert (award.amount, award.once) == (Quantity(500_000, "CNY"), "ever")


def test_hn_1_and_hn_2_recognition_in_hunan():
    assert thresholds("hunan-2016:recognition") == {
        "lease": "lease_years at_least 3 year",
        "area": "floor_area at_least 500 m2",
        "residents": "residents at_least 10 entity",
        "running": "months_operating at_least 6 month",
        "public_area": "public_area_share at_least 30 %",
        "mentors": "mentors at_least 3 person",
        "staff": "staff at_least 5 person",
        "fund": "fund_amount at_least 1000000 CNY",
        "partner": "investor_partners at_least 1 entity",
        "investments": "investment_cases.total at_least 2 case",
        "free": "free_months at_least 6 month",
    }
    assert kinds("hunan-2016:recognition") == {
        "money": "any_of fund partners",
        "partners": "all_of partner investments",
    }


def test_sh_5_improper_means_in_shanghai_bar_an_application_for_three_years():
    consequence = find_pack("shanghai-2016")[0].consequences["improper_means"]
    assert (str(consequence.cite), consequence.refused_for, consequence.effects) == (
        "第十条",
        Quantity(3, "year"),
        ("qualification_cancelled",),
    )


BASIC = {
    "college": "staff_college_share at_least 60 %",
    "lease": "lease_years at_least 5 year",
    "area": "floor_area at_least 500 m2",
}


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (
            "technical",
            {
                "equipment": "equipment_value at_least 200000 CNY",
                "served": "residents_served.year at_least 15 entity",
                "cases": "cases_incubated.total at_least 2 case",
            },
        ),
        (
            "investment",
            {
                "fund": "fund_own more_than 0 CNY",
                "served": "residents_served.year at_least 15 entity",
                "investments": "investment_cases.total at_least 2 case",
                "managers": "investment_managers at_least 2 person",
            },
        ),
        (
            "comprehensive",
            {
                "served": "residents_served.year at_least 30 entity",
                "cases": "cases_incubated.total at_least 3 case",
                "trainers": "trainers_fulltime at_least 2 person",
            },
        ),
    ],
)
def test_xc_1_and_xc_2_three_kinds_of_space_in_xuchang_share_the_basic_conditions(name, own):
    assert thresholds(f"xuchang-2016:{name}") == BASIC | own
    assert kinds(f"xuchang-2016:{name}")["standing"] == "any_of own_standing hosted"


def test_xc_3_professional_spaces_in_xuchang():
    assert thresholds("xuchang-2016:professional") == {
        "area": "floor_area at_least 500 m2",
        "served": "residents_served.years3 at_least 20 entity",
        "cases": "cases_incubated.total at_least 2 case",
        "staff": "staff at_least 5 person",
        "college": "staff_college_share at_least 60 %",
        "mentors": "mentors at_least 3 person",
    }
    leaves = {one.id: one for one in find_pack("xuchang-2016")[0].sets["professional"].leaves()}
    assert leaves["platforms"].written == {
        "key_laboratory@municipal+",
        "engineering_technology_centre@municipal+",
        "enterprise_technology_centre@provincial+",
        "engineering_laboratory@provincial+",
        "engineering_research_centre@provincial+",
    }


def test_xz_6_the_money_of_xuzhou():
    pack, _name = find_pack("xuzhou-2016")
    assert {one.id: str(one.budget) for one in pack.programmes.values()} == {
        "support": "20000000 CNY"
    }
    assert {
        one.id: f"{award_answer(one).get('amount', one.kind)}{' about' * one.approximate}"
        for one in pack.awards.values()
    } == {
        "title_national": "500000 CNY",
        "title_provincial": "400000 CNY",
        "title_municipal": "300000 CNY",
        "evaluated": "200000 CNY about",
        "running": "not_stated",
        "premises": "not_stated",
        "known_institution": "case_by_case",
    }


def test_hd_5_hedongs_tiers_are_a_proposal_and_pay_nothing():
    pack, _name = find_pack("hedong-2017")
    tier = pack.awards["district"]
    assert (pack.status, pack.pays) == ("proposal", False)
    assert (tier.amount, tier.up_to) == (Quantity(300_000, "CNY"), Quantity(500_000, "CNY"))
    assert {
        payer: str(share) for payer, share in pack.awards["municipal_match"].shares.items()
    } == {
        "city": "70 %",
        "district": "30 %",
    }


def test_the_weights_of_zhejiang_and_of_huzhou_add_up_to_a_hundred():
    weights = {
        id_: sum(one.weight for one in find_pack(id_)[0].sets["evaluation"].scoring.indicators)
        for id_ in ("zhejiang-2016", "huzhou")
    }
    assert weights == {"zhejiang-2016": 100, "huzhou": 100}


def test_zj_6_the_21st_of_equal_spaces_shares_the_last_place_and_nobody_is_seated():
    pack, name = find_pack("zhejiang-2016:evaluation")
    facts = [
        "residents_served",
        "firms_commercialised",
        "technical_services",
        "results_transferred",
    ]
    facts += ["financing", "growth_placements", "mentor_sessions", "trainings", "events"]
    columns = {f"{fact}.total": [9] * 19 + [5, 5] for fact in facts}
    columns |= {"mentors": [3] * 21, "distinctive_cases": [0] * 21}
    columns |= {
        flag: [False] * 21 for flag in ("excellent_awarded_ever", "banned", "false_material")
    }
    ranked = list(rank(pack, pack.sets[name], Table([f"{row}" for row in range(21)], columns)))
    assert [one.rank for one in ranked] == [1] * 19 + [20, 20]
    assert [(one.grade, one.award_tied) for one in ranked] == (
        [("excellent", False)] * 19 + [("", True)] * 2
    )
