from datetime import date

import pytest

from zhongchuang.organisations.actions import load_regions
from zhongchuang.organisations.actions.regions import Listed, listed
from zhongchuang.organisations.models import Region

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def parent_of(code):
    return Region.objects.get(code=code).parent.code


@pytest.fixture
def country(db):
    load_regions(on=DAY)


def test_the_whole_country_is_loaded_in_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        count, ended = load_regions(on=DAY)
    assert (count > 3200, ended) == (True, 0)


def test_a_second_load_changes_nothing(country):
    assert load_regions(on=DAY) == (0, 0)


PLACED = {
    "330482": "330400",  # a county of a city
    "330400": "330000",
    "330000": "000000",
    "429004": "420000",  # a county that its province governs directly
    "419001": "410000",
    "310115": "310000",  # a municipality has no cities
    "500230": "500000",
    "330400G1": "330400",  # a national zone under its city
    "320500G2": "320583",  # one that lies in a county, which sees it
    "610400G1": "610000",  # one that its province governs directly
    "320300E1": "320300",  # a zone that a document addresses
    "450700G1": "450700",
}


def test_each_region_stands_where_its_documents_put_it(country):
    assert {code: parent_of(code) for code in PLACED} == PLACED


def test_rows_that_only_group_counties_are_no_regions(country):
    grouping = ["419000", "429000", "500100", "500200", "110100"]
    assert Region.objects.filter(code__in=grouping).count() == 0


def test_every_path_leads_through_its_parents(country):
    wrong = [
        region.code
        for region in Region.objects.exclude(parent=None).select_related("parent")
        if region.path != f"{region.parent.path}{region.code}/"
    ]
    assert wrong == []


def test_a_renamed_region_ends_and_a_new_one_begins_with_the_same_code(country):
    regions = listed()
    old = regions["330482"]
    regions["330482"] = Listed(old.code, "New Name", old.level, old.parent)
    assert load_regions(on=DAY, regions=regions) == (1, 1)
    before, after = Region.objects.filter(code="330482").order_by("pk")
    assert (before.valid_until, after.valid_from, after.name) == (DAY, DAY, "New Name")
    assert Region.objects.on(date(2020, 1, 1)).get(code="330482") == before
    assert Region.objects.on(DAY).get(code="330482") == after


def test_a_county_that_a_document_puts_under_its_province_moves_with_its_term(country):
    regions = listed()
    old = regions["410181"]
    regions["410181"] = Listed(old.code, old.name, old.level, "410000")
    load_regions(on=DAY, regions=regions)
    assert Region.objects.current().get(code="410181").parent.code == "410000"
