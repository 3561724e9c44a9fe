"""The form of applicants and the figures of residents on a telephone."""

import pytest
from django.urls import reverse

from zhongchuang.admission import actions
from zhongchuang.admission.models import Application


def broken(page, axe, too_wide):
    return axe(page), too_wide(page)


@pytest.mark.django_db(transaction=True)
def test_one_applies_on_a_telephone_without_scripts_and_all_pages_are_accessible(
    called, cast, open_page, axe, too_wide, monkeypatch
):
    monkeypatch.setattr("secrets.randbelow", lambda _most: 123456)
    space = called()
    url = reverse("admission:apply", args=[space.code])
    assert broken(open_page(url, width=390), axe, too_wide) == ({}, 0)
    page = open_page(url, width=390, script=False)
    page.select_option("[name=kind]", "team")
    entered = {"name": "云帆团队", "product": "智能传感器", "contact": "李想", "mobile": "13812341234", "email": "li@example.com"}  # fmt: skip
    for name, text in entered.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=agreed]")
    page.click("main form .btn-primary")
    page.fill("[name=code]", "123456")
    page.click("main form .btn-primary")
    it = Application.objects.get()
    assert it.state == "waiting"
    assert it.number in page.inner_text("main")
    actions.refuse(it, by=cast["bees.operator_head"], version=it.version, words="团队不足三人")
    follow = open_page(it.follow_url, width=390)
    assert "团队不足三人" in follow.inner_text("main")
    assert broken(follow, axe, too_wide) == ({}, 0)
