"""XC-5, BY-1, MO-2: an operator runs a year of a space, and every figure made of it is right against a count by hand."""

from datetime import date
from fractions import Fraction
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.story.conftest import fill
from zhongchuang.records.register import collect
from zhongchuang.residents.models import Resident, Stay

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 7, 1)
RESIDENTS = (
    {"kind": "team", "name": "云帆团队", "founder": "陈晓东", "founder_kind": "student", "day": "2025-01-10", "stage": "nursery", "desks": "3", "free_months": "6"},
    {"kind": "firm", "name": "青禾科技有限公司", "founder": "林佳怡", "founder_kind": "returnee", "day": "2025-02-01", "stage": "incubator", "desks": "5", "free_months": "3"},
    {"kind": "team", "name": "知微团队", "founder": "王志远", "founder_kind": "researcher", "day": "2025-03-01", "stage": "nursery", "desks": "2", "free_months": "6"},
    {"kind": "firm", "name": "远山科技有限公司", "founder": "周婷", "founder_kind": "", "day": "2025-04-01", "stage": "incubator", "desks": "4", "free_months": "6"},
)  # fmt: skip
LINES = (
    ("events", {"title": "春季路演", "kind": "roadshow", "day": "2025-03-20", "attendance": "40"}),
    ("events", {"title": "秋季路演", "kind": "roadshow", "day": "2025-09-20", "attendance": "35"}),
    ("events", {"title": "知识产权讲座", "kind": "lecture", "day": "2025-05-20", "attendance": ""}),
    ("events", {"title": "创业沙龙", "kind": "salon", "day": "2025-06-20", "attendance": "20"}),
    ("technical", {"subject": "样机试制", "kind": "prototype", "day": "2025-06-01"}),
    ("results", {"name": "新型传感器", "what": "transferred", "day": "2025-10-10"}),
    ("policy", {"subject": "注册登记", "kind": "registration", "day": "2025-06-10"}),
    ("funds", {"name": "慧谷种子基金", "kind": "own", "amount": "3000000", "day": "2025-01-02", "at_disposal": "yes"}),
    ("investments", {"resident": "青禾科技有限公司", "source": "own", "amount": "1000000", "day": "2025-08-01", "arrived": "yes"}),
    ("accounts", {"year": "2025", "income_rent": "200000", "income_services": "300000.50", "income_investment": "50000",
                  "income_public": "100000", "income_other": "0", "operating_cost": "400000"}),
    ("reports", {"resident": "云帆团队", "day": "2025-12-31", "staff": "4", "graduates": "1", "ip_applied": "0", "ip_granted": "0", "ip_valid": "0"}),
    ("reports", {"resident": "青禾科技有限公司", "day": "2025-12-31", "staff": "9", "graduates": "2", "ip_applied": "3", "ip_granted": "1", "ip_valid": "2"}),
    ("reports", {"resident": "知微科技有限公司", "day": "2025-12-31", "staff": "3", "graduates": "0", "ip_applied": "0", "ip_granted": "0", "ip_valid": "0"}),
)  # fmt: skip
BY_HAND = {
    # two teams and two firms came; one team became a firm, one firm graduated to the market in November
    "residents": 3, "resident_teams": 1, "resident_firms": 2, "residents_served.year": 4, "residents_served.total": 4,
    "firms_registered.year": 1, "cases_incubated.year": 1, "firms_commercialised.year": 1, "growth_placements.year": 0,
    "desks": 80, "desks_occupied": 10, "makers": 3, "free_months": 3,
    # four events, of which one did not count its people, so that the sum is unknown
    "events.year": 4, "roadshows.year": 2, "trainings.year": 1, "attendance.year": None, "mentors": 1, "mentor_sessions.year": 2,
    "technical_services.year": 1, "results_transferred.year": 1, "results_developed.year": 0, "policy_services.year": 1,
    "fund_amount": 3_000_000, "fund_own": 3_000_000, "projects_invested.year": 1, "residents_financed.year": 1,
    "financing.year": 1_000_000, "income": Fraction("650000.5"), "income_rent": 200_000, "operating_cost": 400_000,
    # 4 + 9 + 3; 1 + 2 + 0; only one applied
    "jobs": 16, "graduates_employed.year": 3, "ip_applied.year": 3, "ip_granted.year": 1, "ip_valid": 2,
    # nobody stayed 24 months yet, nobody said how long one may stay
    "survival_rate": None, "stay_months_max": None,
}  # fmt: skip
ZHEJIANG = "zhejiang-2016:filing"
MATRIX = {
    # 600 of 500 m², 80 of 100 desks, 76 of 3 months, 3 of 3 million yuan, 1 of 3 projects (Art. 6)
    "floor_area": (600, "met"), "desks": (80, "not_met"), "months_operating": (76, "met"),
    "fund_amount": (3_000_000, "met"), "projects_invested.total": (1, "not_met"),
    "lease_years_left": (None, "unknown"), "online_platform": (None, "unknown"), "operator_kind": (None, "unknown"),
    "judged.premises": (None, "for_judgement"), "judged.management": (None, "for_judgement"),
    "judged.team": (None, "for_judgement"), "judged.technology": (None, "for_judgement"),
    "judged.services": (None, "for_judgement"),
}  # fmt: skip
PROFILE = {
    "集聚创新创业者": 4, "提供技术创新服务": 2, "强化创业融资服务": 1, "开展创业教育培训": 1, "建立创业导师队伍": 2,
    "举办创新创业活动": 3, "链接国际创新资源": 0, "集成落实创业政策": 1,
}  # fmt: skip


def opened(page, path):
    """Another page of the same site."""
    page.goto(urljoin(page.url, path))


def recorded(page, path, **values):
    """A form of the operator's, filled in and sent."""
    opened(page, path)
    folded = page.locator("details:not([open]) > summary", has_text="更多")
    if folded.count():
        folded.click()
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT" and name == "resident":
            field.select_option(label=value)
        else:
            fill(page, **{name: value})
    with page.expect_navigation():
        page.locator("main form[method=post] .btn-primary").click()
    assert page.locator(".errmsg, .err-summary").all_inner_texts() == []


def test_a_year_of_a_space_is_run_in_the_product_and_its_figures_are_right(
    registered, as_, cast, client
):
    space = registered()
    page = as_("bees.operator_clerk", space.get_absolute_url())
    for one in RESIDENTS:
        recorded(page, reverse("residents:take_in", args=[space.code]), **one)
    grown = Resident.objects.get(name="知微团队")
    recorded(
        page, reverse("residents:change", args=[grown.code]), kind="firm", name="知微科技有限公司",
        registered="2025-06-15",
    )  # fmt: skip
    gone = Stay.objects.get(resident__name="远山科技有限公司")
    recorded(
        page, reverse("residents:leave", args=[gone.key]), day="2025-11-30", outcome="graduated", destination="market"
    )  # fmt: skip
    recorded(page, reverse("services:appoint", args=[space.code]), name="吴导师", day="2025-01-15")
    for day in ("2025-04-15", "2025-10-15"):
        path = reverse("ledgers:new", args=[space.code, "sessions"])
        opened(page, path)
        page.locator("[name=mentor]").select_option(label="吴导师")
        fill(page, topic="商业计划", day=day)
        with page.expect_navigation():
            page.get_by_role("button", name="记录", exact=True).click()
    for ledger, values in LINES:
        recorded(page, reverse("ledgers:new", args=[space.code, ledger]), **values)

    told = collect([space.pk], BY_HAND, ON).columns
    assert {name: values[0] for name, values in told.items()} == BY_HAND

    opened(page, reverse("ledgers:profile", args=[space.code]))
    year = page.locator("thead th").all_inner_texts().index("2025")
    rows = page.locator("tbody tr").all()
    counted = {
        row.locator("th").inner_text().split("\n")[0]: int(
            row.locator("th, td").nth(year).inner_text()
        )
        for row in rows
    }
    assert counted == PROFILE

    client.force_login(cast.people["bees.operator_clerk"])
    asked = {"on": ON.isoformat(), "pack": ZHEJIANG, "one": ZHEJIANG}
    answer = client.get(reverse("gap:space", args=[space.code]), asked)
    matrix = {
        row.key: (row.found, row.cells[0][0].name)
        for section in answer.context["sections"]
        for row in section.rows
        if row.cells[0]
    }
    assert matrix == MATRIX
