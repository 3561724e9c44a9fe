"""The figures of an application: those that its procedure reads, and no source is asked for others."""

import pytest
from django.utils import timezone

from zhongchuang.gap import registered as figures_of
from zhongchuang.gap.packs import own_packs
from zhongchuang.procedures.judging import figures, read
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db
EVERY = [
    (pack.id, name)
    for pack in own_packs().values()
    for name, one in pack.procedures.items()
    if one.set
]


class As:
    """A case under other rules."""

    def __init__(self, case, pack, procedure):
        self.space, self.version_of_rules = case.space, own_packs()[pack]
        self.state, self.Standing = case.state, case.Standing
        self.course = self.version_of_rules.procedures[procedure]


@pytest.mark.parametrize(("pack", "procedure"), EVERY)
def test_they_are_those_of_the_register_for_every_procedure(begun, pack, procedure):
    case, today = As(begun(), pack, procedure), timezone.localdate()
    window = case.version_of_rules.set(case.course.set).window or figures_of.WINDOWS[0]
    every = figures_of.table_of(case.space, today, [window]).facts(0, window).values
    names = read(case.version_of_rules, case.course)
    found = figures(case, today)
    assert found == {name: value for name, value in every.items() if name in names}
    assert len(found) > 1


def test_a_procedure_asks_no_source_whose_figures_it_does_not_read(begun, monkeypatch):
    asked, collect = [], figures_of.collect
    monkeypatch.setattr(figures_of, "collect", lambda spaces, names, *more: asked.append(set(names)) or collect(spaces, names, *more))  # fmt: skip
    case = Case.objects.get(pk=begun().pk)
    figures(case, timezone.localdate())
    assert asked == [asked[0] & read(case.version_of_rules, case.course)]
