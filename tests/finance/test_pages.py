"""Income by source over the years, for all who see the space."""

from datetime import date

import pytest
from django.urls import reverse

from zhongchuang.finance.models import YearAccounts
from zhongchuang.finance.models.lines import PARTS

pytestmark = pytest.mark.django_db


def enter(line, space, year, **amounts):
    given = dict.fromkeys(PARTS, 100) | amounts
    return line(YearAccounts, space, year=year, day=date(year, 12, 31), **given)


def page(client, space):
    return client.get(reverse("finance:accounts", args=[space.code]))


def test_each_year_is_a_bar_of_its_sources_with_the_same_as_a_table(registered, line, signed_in):
    space = registered()
    enter(line, space, 2025, income_rent=300)
    enter(line, space, 2024, income_other=0)
    answer = page(signed_in("ping.reviewer"), space)
    shapes = answer.context["picture"].shapes
    heights = [float(one.height) for one in shapes if one.kind == "rect"]
    whole = max(sum(heights[:4]), sum(heights[4:]))
    assert heights == pytest.approx([whole / 7] * 4 + [whole * 3 / 7] + [whole / 7] * 4, abs=0.1)
    assert [one.text for one in shapes if one.kind == "text"] == ["400", "2024", "700", "2025"]
    assert [(one.year, amounts[5]) for one, amounts in answer.context["rows"]] == [(2025, 700), (2024, 400)]  # fmt: skip
    assert "300.00" in answer.content.decode()


def test_a_year_of_which_a_source_is_missing_is_called_incomplete(registered, line, signed_in):
    space = registered()
    enter(line, space, 2025, income_public=None)
    text = page(signed_in("bees.operator_clerk"), space).content.decode()
    assert "不完整" in text
    assert "未知" in text


def test_a_space_without_accounts_says_so_and_its_page_leads_here(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    assert "尚未填写年度收支" in page(client, space).content.decode()
    home = client.get(space.get_absolute_url()).content.decode()
    assert reverse("finance:accounts", args=[space.code]) in home
    assert reverse("finance:bills", args=[space.code]) in home


def test_an_official_is_not_led_to_the_bills(registered, signed_in):
    space, client = registered(), signed_in("ping.reviewer")
    home = client.get(space.get_absolute_url()).content.decode()
    assert reverse("finance:accounts", args=[space.code]) in home
    assert reverse("finance:bills", args=[space.code]) not in home
