"""Forms of materials as files: blank, as a sample, and with the records of a space."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests.residents.test_residents import CODE, take_in
from zhongchuang.audit.models import Entry
from zhongchuang.gap.packs import own_packs
from zhongchuang.page.listed import ask
from zhongchuang.policy.facts import Text
from zhongchuang.policy.form import LISTS
from zhongchuang.procedures import blanks
from zhongchuang.procedures.models import RuleVersion
from zhongchuang.services import actions as services

pytestmark = pytest.mark.django_db
ALL = [
    (pack.id, procedure.id, form.id)
    for pack in own_packs().values()
    for procedure in pack.procedures.values()
    for form in procedure.forms().values()
]
ODD = r"""
[forms.odd]
cite = "第六条"
title = { zh = "样\u0001例题", en = "Sample" }
words = [{ zh = "甲\uFFFE乙", en = "B" }]
"""
NATIONAL = {"pack": "national-2017", "procedure": "filing"}


def words_of(data):
    """All that is printed in a Word file, its head and foot included."""
    document = Document(BytesIO(data))
    section = document.sections[0]
    paragraphs = [*document.paragraphs, *section.header.paragraphs, *section.footer.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paragraphs), *cells])


def cells_of(data):
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    return list(map(list, sheet.iter_rows(values_only=True)))


def taken(client, pack, procedure, form, what="blank", kind="docx"):
    answer = client.get(reverse("procedures:form", args=[pack, procedure, form, what, kind]))
    assert answer.status_code == 200
    return answer.content


def labels(form):
    return [one.text for one in (*form.fields, *(form.rows.columns if form.rows else ()))]


def invented(form, tongue):
    """What of a sample is unmistakable."""
    columns = form.rows.columns if form.rows else ()
    found = [s[tongue] for one in columns for s in one.samples] + [one.sample[tongue] for one in form.fields if one.sample]  # fmt: skip
    return [one for one in found if "样例" in one or "ample" in one]


@pytest.mark.parametrize(("pack", "procedure", "name"), ALL)
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_without_an_account_one_takes_the_form_blank_and_as_a_sample_in_ones_language(
    client, pack, procedure, name, tongue
):
    form = own_packs()[pack].procedures[procedure].forms()[name]
    client.cookies["language"] = {"zh": "zh-hans", "en": "en"}[tongue]
    blank = words_of(taken(client, pack, procedure, name))
    sample = words_of(taken(client, pack, procedure, name, "sample"))
    for text in (form.title, *labels(form)):
        assert text.zh in blank, "the department reads it in Chinese"
        assert text[tongue] in blank
    assert [one for one in invented(form, tongue) if one in blank] == []
    assert all(one in sample for one in invented(form, tongue))
    mark = {"zh": "样例 非真实数据", "en": "Sample, invented data"}[tongue]
    assert sample.count(mark) == 2, "on the form and in the head of every page"
    assert mark not in blank
    assert own_packs()[pack].version in blank
    assert form.digest[:8] in blank
    if form.rows:
        rows = cells_of(taken(client, pack, procedure, name, "sample", "xlsx"))
        assert all(mark in row for row in rows[1:])
        assert len(cells_of(taken(client, pack, procedure, name, "blank", "xlsx"))) == 1


def test_the_header_of_a_list_stands_on_every_page_and_no_row_goes_over_two(client):
    document = Document(BytesIO(taken(client, "national-2017", "filing", "residents")))
    rows = document.tables[-1].rows
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True, *[False] * (len(rows) - 1)]  # fmt: skip
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)
    assert [one.text.strip() for one in page.footer._element.iter("{*}instrText")] == ["PAGE", "NUMPAGES"]  # fmt: skip


def test_the_guide_offers_forms_where_there_are_some_and_nothing_beside_what_others_issue(client):
    page = client.get(reverse("procedures:guide", args=["national-2017", "filing"])).content.decode()  # fmt: skip
    at = page.index("入驻协议汇总</b>")
    assert reverse("procedures:form", args=["national-2017", "filing", "agreements", "blank", "xlsx"]) in page[at:]  # fmt: skip
    registration = page[page.index("运营机构登记证件</b>") : page.index("场地证明</b>")]
    assert "空白表" not in registration


def test_the_guide_names_the_number_of_the_document_once_above_its_conditions(client):
    page = client.get(reverse("procedures:guide", args=["national-2017", "filing"])).content.decode()  # fmt: skip
    lead = page[page.index("</h1>") : page.index("办理流程")]
    assert lead.count("国科火字〔2017〕120号") == 1


@pytest.mark.parametrize(
    ("form", "what", "kind"),
    [("nothing", "blank", "docx"), ("staff", "filled", "docx"), ("staff", "blank", "pdf")],
)
def test_what_there_is_not_is_not_found(client, form, what, kind):
    url = reverse("procedures:form", args=["national-2017", "filing", form, what, kind])
    assert client.get(url).status_code == 404


# --- with records ---------------------------------------------------------------------------------


@pytest.fixture
def lived_in(cast, registered):
    """A space with two residents, one that left, a mentor with a telephone; and another space of the operator."""
    space, other = registered(), registered("另一处众创空间")
    take_in(space, cast)
    take_in(space, cast, "蓝鲸科技有限公司", kind="firm", credit_code=CODE)
    take_in(other, cast, "隔壁团队")
    services.appoint(space, by=cast["bees.operator_clerk"], day=timezone.localdate() - timedelta(days=9), name="周导师", employer="平湖学院", mobile="13800138000")  # fmt: skip
    return space


def filled(client, space, form, kind="docx", **where):
    at = NATIONAL | where
    url = reverse("procedures:filled_form", args=[at["pack"], at["procedure"], form, space.code])
    return client.post(url, {"kind": kind})


def test_the_list_comes_filled_with_the_residents_of_the_space_and_with_nobody_else(
    lived_in, signed_in
):
    client = signed_in("bees.operator_clerk")
    said = words_of(filled(client, lived_in, "residents").content)
    for one in ("慧谷众创空间", "云帆团队", "蓝鲸科技有限公司", CODE, "2025-03-01", "请核对后提交"):
        assert one in said
    assert "隔壁团队" not in said
    assert "样例" not in said
    rows = cells_of(filled(client, lived_in, "residents", "xlsx").content)
    assert [row[0] for row in rows[1:]] == ["云帆团队", "蓝鲸科技有限公司"]
    entries = Entry.objects.filter(verb="register_exported")
    given = [json.loads(one.details)["given"] for one in entries.order_by("pk")]
    assert [(one["form"], one["rows"], one["kind"]) for one in given] == [("residents", 2, "docx"), ("residents", 2, "xlsx")]  # fmt: skip


def test_a_workbook_says_on_its_second_sheet_of_when_it_is_and_that_rows_are_left_out(lived_in, signed_in, monkeypatch):  # fmt: skip
    monkeypatch.setitem(blanks.rules()["filled"], "rows", 1)
    data = filled(signed_in("bees.operator_clerk"), lived_in, "residents", "xlsx").content
    rows, notes = openpyxl.load_workbook(BytesIO(data)).worksheets
    said = "".join(str(cell) for row in notes.values for cell in row)
    assert (rows.max_row, timezone.localdate().isoformat() in said, "共 2 条" in said) == (2, True, True)  # fmt: skip


def test_a_file_keeps_the_name_of_its_form_whatever_the_space_is_called(cast, registered, signed_in):  # fmt: skip
    space = registered("甲/乙\\丙空间")
    name = unquote(filled(signed_in("bees.operator_clerk"), space, "residents")["Content-Disposition"])  # fmt: skip
    assert name.endswith("入驻团队和企业名单-甲_乙_丙空间.docx")


def test_a_sealed_number_stands_on_no_form(lived_in, signed_in):
    said = words_of(filled(signed_in("bees.operator_clerk"), lived_in, "mentors").content)
    assert "周导师" in said
    assert "平湖学院" in said
    assert "13800138000" not in said
    assert "138" not in said.replace(CODE, "")


def test_the_records_of_a_space_are_given_to_those_who_see_it(lived_in, client, signed_in):
    assert filled(client, lived_in, "residents").status_code == 302
    assert filled(signed_in("owls.operator_head"), lived_in, "residents").status_code == 404
    assert filled(signed_in("ping.clerk"), lived_in, "residents").status_code == 200
    assert filled(signed_in("ping.clerk"), lived_in, "firms", "pdf").status_code == 404


def test_every_list_that_a_form_may_be_filled_with_is_told_by_an_app(cast, lived_in, add):
    today = timezone.localdate()
    add(lived_in, "staff", name="王宁", duty="management", education="master", fulltime="yes")
    add(lived_in, "equipment", name="三维打印机", pieces=2, value=60000)
    for name in ("residents", "staff", "mentors", "equipment", "premises"):
        rows = ask("on_forms", name, cast["bees.operator_head"], lived_in, today - timedelta(days=900), today)  # fmt: skip
        assert rows, name
        assert all(set(row) >= set(LISTS[name]) for row in rows), name
        assert ask("on_forms", name, cast["owls.operator_head"], lived_in, today, today) == []


# --- of an application ----------------------------------------------------------------------------


def test_an_application_offers_the_forms_of_the_rules_by_which_it_goes(
    cast, begun, lived_in, signed_in
):
    case = begun(lived_in)
    text = case.rules.content.replace('forms = ["premises"]', 'forms = ["charges"]')
    kept = RuleVersion.kept_as(text.encode(), case.pack, "earlier")
    case.rules = kept
    case.save()
    client = signed_in("bees.operator_head")
    page = client.get(reverse("procedures:material", args=[case.key, "premises"])).content.decode()
    url = reverse("procedures:case_form", args=[case.key, "charges", "blank", "docx"])
    assert url in page
    assert "earlier" not in words_of(client.get(url).content), "the version that the pack gives"
    assert client.get(reverse("procedures:case_form", args=[case.key, "premises", "blank", "docx"])).status_code == 404  # fmt: skip


def test_signs_that_no_file_of_xml_holds_stand_on_no_form(begun, lived_in, signed_in):
    case = begun(lived_in)
    text = case.rules.content.replace('forms = ["premises"]', 'forms = ["odd"]') + ODD
    case.rules = RuleVersion.kept_as(text.encode(), case.pack, "odd")
    case.save()
    url = reverse("procedures:case_form", args=[case.key, "odd", "sample", "docx"])
    said = words_of(signed_in("bees.operator_head").get(url).content)
    assert "样例题" in said
    assert "甲乙" in said


@pytest.mark.parametrize(
    "title", ["团队/企业名单", "[样]例", "'引'", "名" * 29 + "/'尾", "𠮷" * 20]
)
def test_a_title_that_no_sheet_of_a_workbook_may_have_gives_a_workbook_all_the_same(title):
    pack = own_packs()["national-2017"]
    form = replace(pack.procedures["filing"].forms()["residents"], title=Text(title, title))
    assert cells_of(blanks.workbook(blanks.sample(form, pack)))


def test_the_digest_of_a_pack_covers_its_own_forms():
    pack = own_packs()["jiangsu-2015"]
    text = (pack.folder / "pack.toml").read_text(encoding="utf-8")
    assert "[forms.chain]" in text
    first, second = (RuleVersion.kept_as(one.encode(), pack.id, pack.version) for one in (text, text.replace("样例苗圃", "样例苗")))  # fmt: skip
    assert first.digest != second.digest
    of = [one.rules.procedures["pilot"].forms()["chain"].digest for one in (first, second)]
    assert of[0] != of[1]
