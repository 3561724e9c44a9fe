"""An application whose parts disagree says so before it is handed in, and to who judges it; it keeps nobody from handing in (form, files, last year)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from tests.files.seeded import pdf_page
from zhongchuang.procedures import actions
from zhongchuang.procedures.checks import check
from zhongchuang.procedures.consistency import disagreements
from zhongchuang.procedures.judging import facts_of
from zhongchuang.records.actions import hand_in, look_through
from zhongchuang.spaces.actions import confirm_change

pytestmark = pytest.mark.django_db
BEES = "bees.operator_head"


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def doubts(case):
    return [(one.place, str(one)) for one in disagreements(case, facts_of(case))]


@pytest.fixture
def said(cast, complete):
    """`said("…")` is a complete draft of a space with 600 m² in whose first text this stands."""

    def one(text):
        case = complete()
        name = next(case.course.entries()).id
        return actions.write(case, by=cast[BEES], version=case.version, **{name: text})

    return one


def test_an_area_in_the_wording_that_is_not_that_of_the_register_is_pointed_out(said):
    [(place, sentence)] = doubts(said("本空间建筑面积1200平方米，有工位80个。"))
    assert place.startswith("entry:")
    assert "建筑面积1200平方米" in sentence
    assert "600" in sentence


@pytest.mark.parametrize(
    "text",
    ["建筑面积600平方米", "建筑面积约0.06万平方米", "建筑面积603平方米", "面积不少于500平方米"],
)
def test_what_agrees_but_for_rounding_or_is_a_demand_is_not(said, text):
    assert doubts(said(text)) == []


def test_a_figure_in_a_file_is_compared_once_the_file_was_looked_through(cast, complete):
    case = complete()
    writer = PdfWriter()
    pdf_page(writer, ["Lease contract", "Floor area: 1,500 m2, rent by the month"])
    file = hand_in(SimpleUploadedFile("lease.pdf", written(writer)), by=cast[BEES])
    slot = case.course.materials[0].id
    actions.attach(case, by=cast[BEES], slot=slot, evidence=file)
    assert doubts(case) == []
    look_through(file.content.pk)
    [(place, sentence)] = doubts(case)
    assert place == f"material:{slot}"
    assert "lease.pdf" in sentence
    assert "1,500 m2" in sentence


def test_a_figure_that_doubled_within_a_year_is_pointed_out(cast, complete, add):
    case, began = complete(), timezone.localdate() - timedelta(days=30)
    change = add(case.space, "premises", since=began, name="B 座", floor_area=700, desks=10)
    assert doubts(case) == []
    confirm_change(change, by=cast["ping.reviewer"])
    [(place, sentence)] = doubts(case)
    assert place == "fact:floor_area"
    assert "600" in sentence
    assert "1,300" in sentence


def test_officials_read_it_beside_what_was_handed_in_and_the_applicant_can_still_hand_in(said, cast, signed_in):  # fmt: skip
    case = said("建筑面积1200平方米")
    assert [one for one in check(case) if one.is_error] == []
    actions.hand_in(case, by=cast[BEES], version=case.version, promised=True, at=timezone.now())
    for who, is_told in (("ping.reviewer", True), (BEES, False)):
        text = signed_in(who).get(case.get_absolute_url()).content.decode()
        assert ("写“建筑面积1200平方米”，登记为" in text) is is_told
