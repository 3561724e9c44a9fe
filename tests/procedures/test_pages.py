"""The pages of applications and cases."""

import pytest
from django.urls import reverse

from zhongchuang.gap.packs import all_packs

EVERY = [(pack.id, name) for pack in all_packs().values() for name in pack.procedures]


@pytest.mark.parametrize(("pack", "procedure"), EVERY)
def test_how_a_procedure_goes_can_be_read_by_everyone_in_both_languages(
    client, db, pack, procedure
):
    held = all_packs()[pack].procedures[procedure]
    for language in ("zh", "en"):
        answer = client.get(reverse("procedures:guide", args=[pack, procedure]), {"language": language})  # fmt: skip
        assert answer.status_code in {200, 302}
    page = client.get(reverse("procedures:guide", args=[pack, procedure])).content.decode()
    words = [step.text for step in held.steps]
    assert any(all(text[one] in page for text in words) for one in ("zh", "en"))
