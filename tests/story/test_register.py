"""SC-3, SH-3, MO-4, HD-1: a space comes into the register, its area changes, and every step is proved."""

import re

import pytest

from tests.files.conftest import pdf
from tests.story.conftest import fill
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.spaces.models import Space

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_operator_registers_a_space_and_changes_its_area_and_the_county_confirms(
    cast, as_, client, tmp_path
):
    contract = tmp_path / "租赁合同.pdf"
    contract.write_bytes(pdf())

    page = as_("bees.operator_clerk", "/spaces/new/", width=390)
    fill(
        page,
        name="慧谷众创空间",
        kind="space",
        opened="2020-03-01",
        region="330482",
        address="平湖大道 1 号",
    )
    page.get_by_role("button", name="开始登记").click()
    page.get_by_role("link", name="至少需要登记一处场地").click()
    fill(page, name="A 座", floor_area="600", desks="80", tenure="rented")
    page.set_input_files("[name=file]", contract)
    page.get_by_role("button", name="记录", exact=True).click()
    page.get_by_role("link", name="提交主管部门").click()
    page.get_by_role("button", name="提交主管部门").click()
    space = Space.objects.get()
    address = space.get_absolute_url()

    county = as_("ping.reviewer", "/workbench/")
    county.get_by_role("link", name="审核空间").first.click()
    county.get_by_role("link", name="确认", exact=True).click()
    county.get_by_role("button", name="确认").click()

    page.goto(page.url)
    page.get_by_role("link", name=re.compile("变更.*A 座")).click()
    fill(page, floor_area="900", on="2026-09-01", reason="二楼投入使用")
    page.get_by_role("button", name="记录", exact=True).click()
    assert page.locator(".fig-n").first.inner_text() == "600"
    page.get_by_role("link", name="查看", exact=True).click()
    assert page.locator("ins").all_inner_texts() == ["900 m²"]

    county.goto(county.url.split("/spaces/")[0] + "/workbench/")
    county.get_by_role("link", name="审核变更").first.click()
    county.get_by_role("link", name="确认", exact=True).click()
    county.get_by_role("button", name="确认").click()

    province = as_("zhe.clerk", address)
    assert province.locator(".fig-n").first.inner_text() == "900"
    assert (
        as_("zhe.clerk", f"{address}?on=2026-08-31").locator(".fig-n").first.inner_text() == "600"
    )
    client.force_login(cast.people["xiang.clerk"])
    assert client.get(address).status_code == 404

    told = list(Entry.objects.order_by("number").values_list("verb", "role"))
    assert told == [
        ("space_registered", "operator_clerk"),
        ("handed_in", "operator_clerk"),
        ("premises_add", "operator_clerk"),
        ("space_submitted", "operator_clerk"),
        ("space_confirmed", "reviewer"),
        ("change_proposed", "operator_clerk"),
        ("change_confirmed", "reviewer"),
    ]
    assert verify().faults == []
