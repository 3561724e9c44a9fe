"""The pages of applications and cases."""

import pytest
from django.urls import reverse

from zhongchuang.gap.packs import own_packs

EVERY = [(pack.id, name) for pack in own_packs().values() for name in pack.procedures]


@pytest.mark.parametrize(("pack", "procedure"), EVERY)
def test_how_a_procedure_goes_can_be_read_by_everyone_in_both_languages(
    client, db, pack, procedure
):
    held = own_packs()[pack].procedures[procedure]
    for language in ("zh", "en"):
        answer = client.get(reverse("procedures:guide", args=[pack, procedure]), {"language": language})  # fmt: skip
        assert answer.status_code in {200, 302}
    page = client.get(reverse("procedures:guide", args=[pack, procedure])).content.decode()
    words = [step.text for step in held.steps]
    assert any(all(text[one] in page for text in words) for one in ("zh", "en"))


def test_the_guide_says_of_conditions_that_stand_together_how_many_are_needed(client, db):
    page = client.get(reverse("procedures:guide", args=["hunan-2016", "recognition"]))
    assert "满足其一即可" in page.content.decode()


def test_who_returns_a_case_sees_what_stands_at_each_place_and_only_what_was_written_lies_open(
    cast, handed_in, signed_in
):
    case = handed_in()
    url = reverse("procedures:return", args=[case.key])
    page = signed_in("jia.clerk").get(url).content.decode()
    assert {text for text in ("600 m²", "premises.pdf") if text in page} == {
        "600 m²",
        "premises.pdf",
    }
    assert "<details open>" not in page
    answer = signed_in("jia.clerk").post(url, {"version": 999, "wrong.1": "另一处"})
    assert answer.content.decode().count("<details open>") == 1
