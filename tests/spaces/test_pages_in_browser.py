"""The pages of the register in Chromium, at the widths of a desk and a phone, for those who use them."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files.conftest import pdf
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation

OPERATOR, COUNTY = "bees.operator_head", "ping.reviewer"
PAGES = {
    "/workbench/": COUNTY,
    "/spaces/": COUNTY,
    "/spaces/?q=nothing+at+all": COUNTY,
    "/spaces/new/": OPERATOR,
    "/spaces/{full}/": OPERATOR,
    "/spaces/{full}/history/": COUNTY,
    "/spaces/{draft}/": OPERATOR,
    "/spaces/{draft}/submit/": OPERATOR,
    "/spaces/{draft}/basics/": OPERATOR,
    "/spaces/{sent}/": COUNTY,
    "/spaces/{sent}/confirm/": COUNTY,
    "/spaces/{sent}/return/": COUNTY,
    "/spaces/{sent}/take-back/": OPERATOR,
    "/spaces/{full}/close/": OPERATOR,
    "/spaces/{full}/operator/": OPERATOR,
    "/spaces/{full}/premises/{site}/": OPERATOR,
    "/spaces/{full}/premises/{site}/correct/": OPERATOR,
    "/spaces/{full}/premises/{site}/end/": OPERATOR,
    "/spaces/{full}/particulars/{particulars}/": OPERATOR,
    "/spaces/{full}/leases/new/": OPERATOR,
    "/spaces/{full}/host/new/": OPERATOR,
    "/spaces/{full}/staff-count/new/": OPERATOR,
    "/spaces/changes/": COUNTY,
    "/spaces/changes/{change}/": COUNTY,
    "/spaces/changes/{change}/confirm/": COUNTY,
    "/spaces/changes/{change}/refuse/": COUNTY,
    "/spaces/changes/{change}/withdraw/": OPERATOR,
    "/clusters/": COUNTY,
    "/clusters/new/": COUNTY,
    "/clusters/{cluster}/": COUNTY,
    "/clusters/{cluster}/members/": COUNTY,
}


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.session.session_key}


@pytest.fixture
def places(cast, add, prepared, registered):
    """The keys in the addresses: a full space with a change that waits, one in preparation, one submitted."""
    full = registered("示例·慧谷蜂巢创客空间（平湖经济技术开发区科创中心二期）")
    site = full.premises_rows.get()
    add(
        full,
        "leases",
        site=site.series,
        landlord="平湖市国有资产经营有限公司",
        number="PH-2020-013",
        begins=date(2020, 3, 1),
        ends=date(2027, 2, 28),
    )
    add(
        full,
        "staff",
        name="沈晓",
        duty="management",
        education="bachelor",
        fulltime="yes",
        professional="yes",
    )
    add(full, "staff", name="陆明", duty="investment", education="master", fulltime="yes")
    add(full, "equipment", name="三维扫描仪", model="HS-300", pieces=2, value=180000)
    proof = hand_in(SimpleUploadedFile("租赁合同.pdf", pdf()), by=cast[OPERATOR])
    change = actions.write(
        full, Operation("premises", "revise", date(2026, 9, 1), {"floor_area": 900, "desks": 110}, site.series),
        by=cast[OPERATOR], reason="二楼投入使用", evidence=[proof],
    )  # fmt: skip
    sent = prepared("示例·青枫众创空间")
    actions.submit(sent, by=cast[OPERATOR])
    cluster = actions.found_cluster(
        by=cast[COUNTY],
        region=cast.regions["330482"],
        name="平湖智能制造集聚区",
        kind="spaces",
        founded=date(2021, 5, 1),
    )
    actions.join_cluster(cluster, by=cast[COUNTY], since=date(2021, 6, 1), space=full)
    return {
        "full": full.code, "draft": prepared("示例·松谷创客空间").code, "sent": sent.code,
        "site": site.series, "particulars": full.particulars_rows.get().series,
        "change": change.key, "cluster": cluster.pk,
    }  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible_and_fits_its_window(
    cast, places, open_page, axe, too_wide, width
):
    cookies = {who: cookie_of(cast.people[who]) for who in set(PAGES.values())}
    for path, who in PAGES.items():
        page = open_page(path.format(**places), width=width, **cookies[who])
        assert (path, axe(page), too_wide(page)) == (path, {}, 0)
        page.context.close()


@pytest.mark.parametrize("look", [{"size": "elder-plus"}, {"language": "en", "contrast": "high"}])
def test_the_main_pages_fit_the_narrowest_window_in_large_text_and_in_english(
    cast, places, open_page, axe, too_wide, look
):
    for path in ("/spaces/", "/spaces/{full}/", "/spaces/changes/{change}/", "/spaces/new/"):
        who = PAGES[path]
        page = open_page(path.format(**places), width=320, **cookie_of(cast.people[who]), **look)
        assert (path, axe(page), too_wide(page)) == (path, {}, 0)
        page.context.close()
