import pytest
from django.test import RequestFactory
from django_q.models import Schedule

from zhongchuang.page.paging import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Twelve rows of which each three are equal in the first field."""
    Schedule.objects.all().delete()
    Schedule.objects.bulk_create(
        Schedule(name=str(number), func="math.sqrt", repeats=number // 3) for number in range(12)
    )
    return Schedule.objects.all()


def page(rows, address=""):
    return page_of(rows, RequestFactory().get(f"/{address}"), by=("repeats", "pk"), size=5)


def names(one):
    return [row.name for row in one.rows]


def test_pages_follow_each_other_there_and_back(rows):
    first = page(rows, "?q=kept")
    second = page(rows, first.older)
    third = page(rows, second.older)
    assert [*map(names, (first, second, third))] == [
        ["11", "10", "9", "8", "7"], ["6", "5", "4", "3", "2"], ["1", "0"],
    ]  # fmt: skip
    assert (first.newer, third.older) == ("", "")
    assert "q=kept" in third.newer
    assert names(page(rows, third.newer)) == names(second)
    back = page(rows, page(rows, third.newer).newer)
    assert (names(back), back.newer) == (names(first), "")


@pytest.mark.parametrize(
    "address", ["?older=rubbish", '?older=["x"]', '?newer=["1","x"]', "?older=[1e999,1]"]
)
def test_an_address_that_was_tampered_with_shows_the_first_page(rows, address):
    assert names(page(rows, address)) == names(page(rows))


def test_an_empty_list_is_one_page(rows):
    assert page(rows.none()).rows == []
