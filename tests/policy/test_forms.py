"""Forms of materials: general ones, a pack's own, and what is said of a wrong one."""

from dataclasses import fields as parts

import pytest

from tests.policy.test_procedure import SMALL, read
from zhongchuang.policy.form import LISTS
from zhongchuang.policy.loading import all_packs, general_forms
from zhongchuang.policy.procedure import Material

OWN = """
[forms.deed_list]
cite = "第六条"
title = { zh = "权证清单", en = "List of deeds" }
fields = [
  { id = "space", text = { zh = "名称", en = "Name" }, filled = "name", sample = { zh = "样例", en = "Sample" } },
  { id = "area", fact = "floor_area", sample = "600" },
]

[forms.deed_list.rows]
filled = "premises"
blank = 3
columns = [{ id = "name", text = { zh = "场地", en = "Site" }, filled = "name", samples = ["样例一"] }]
"""


def naming(forms, more=""):
    cited = 'id = "deed"\ncite = "第六条"\n'
    assert cited in SMALL
    return SMALL.replace(cited, f"{cited}forms = {forms}\n") + more


def test_a_material_names_general_forms_and_forms_of_its_own_pack():
    pack, faults = read(naming('["deed_list", "residents"]', OWN))
    assert faults == []
    own, general = pack.procedures["filing"].materials[0].forms
    assert (own, general) == (pack.forms["deed_list"], general_forms()["residents"])
    assert (own.fields[1].text.zh, own.fields[1].unit, own.rows.blank) == ("总面积", "m2", 3)


def test_a_form_of_a_pack_stands_before_a_general_one_of_the_same_name():
    pack, faults = read(naming('["staff"]', OWN.replace("deed_list", "staff")))
    assert faults == []
    assert pack.procedures["filing"].forms()["staff"].title.zh == "权证清单"


def test_the_digest_of_a_form_tells_every_change_of_it():
    digests = {read(naming('["deed_list"]', OWN.replace(*change)))[0].forms["deed_list"].digest
               for change in (("", ""), ("样例一", "样例二"), ("blank = 3", "blank = 4"), ("权证清单", "权证"))}  # fmt: skip
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (naming('["deed_list"]', OWN.replace('filled = "premises"\n', "")), "forms.deed_list.rows.filled: This list says nowhere which records fill its columns."),
        (naming('["lease"]'), "materials[deed].forms: There is no form “lease”. Allowed: agreements, "),
        (naming('["staff"]', OWN), "forms.deed_list: No material of this pack names this form."),
        (naming('["deed_list"]', OWN.replace('filled = "premises"', 'filled = "parties"')), "forms.deed_list.rows.filled: “parties” is not allowed. Allowed: residents, "),
        (naming('["deed_list"]', OWN.replace('filled = "name", samples', 'filled = "identity_number", samples')), "columns[name].filled: “identity_number” is not allowed. Allowed: name, address, "),
        (naming('["deed_list"]', OWN.replace('["样例一"]', f'{["样例"] * 101}')), "forms.deed_list.rows.columns[name].samples: Found 101. Allowed: ≤ 100."),
        (naming('["deed_list"]', OWN.replace("fields = [", "fields = [" + "".join(f'{{ id = "a{n}", text = {{ zh = "一", en = "1" }} }},' for n in range(99)))), "forms.deed_list.fields: Found 101. Allowed: ≤ 100."),
        (naming('["deed_list"]', OWN.replace("blank = 3", "blank = 3000")), "forms.deed_list.rows.blank: Found 3000. Allowed: ≤ 100."),
        (naming('["deed_list"]', OWN.replace('cite = "第六条"', "")), "forms.deed_list.cite: A form names its article"),
        (naming('["deed_list"]', OWN.replace("samples =", "sample =")), "columns[name].sample: This key is not known here."),
    ],
)  # fmt: skip
def test_a_wrong_form_is_refused_with_file_and_place(text, said):
    faults = read(text)[1]
    assert len(faults) == 1, faults
    assert said in faults[0]
    assert faults[0].startswith("some/pack.toml: ")


def test_what_somebody_else_issues_has_no_form_and_most_other_materials_have_one():
    for pack in all_packs().values():
        for procedure in pack.procedures.values():
            for one in procedure.materials:
                assert one.id not in {"registration", "others", "statistics", "accounts"} or not one.forms  # fmt: skip
    materials = [one for pack in all_packs().values() for p in pack.procedures.values() for one in p.materials]  # fmt: skip
    wanting = [one for one in materials if one.required and one.id != "registration"]
    assert sum(bool(one.forms) for one in wanting) * 4 > len(wanting) * 3
    assert {form.id for one in materials for form in one.forms} >= set(general_forms())
    assert {one.name for one in parts(Material)} > {"forms"}


def test_general_forms_keep_their_names_since_kept_packs_name_them():
    assert set(general_forms()) >= {
        "agreements",
        "cases",
        "charges",
        "decision",
        "equipment",
        "events",
        "firms",
        "free",
        "investments",
        "mentors",
        "plan",
        "premises",
        "residents",
        "rules",
        "services",
        "staff",
    }


def test_samples_are_marked_as_invented_and_whole():
    forms = general_forms() | all_packs()["jiangsu-2015"].forms
    assert len(forms) > 12
    for form in forms.values():
        said = " ".join(f"{one.sample.zh} {one.sample.en}" for one in form.fields if one.sample)
        said += " ".join(s.zh + s.en for one in (form.rows.columns if form.rows else ()) for s in one.samples)  # fmt: skip
        assert "样例" in said, form.id
        assert "ample" in said, form.id
        for column in form.rows.columns if form.rows else ():
            assert len(column.samples) == len(form.rows.columns[0].samples), (form.id, column.id)
            assert not column.filled or column.filled in LISTS[form.rows.filled]
