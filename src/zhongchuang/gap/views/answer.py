"""One subject's answer: by an address that carries its facts, or as a row of a file."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.gap import address, entry, fewest, matrix, sentences, steps
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.registered import Registered
from zhongchuang.gap.sources import Source
from zhongchuang.gap.views.private import private
from zhongchuang.gap.views.start import form
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import MET


@require_safe
@private
def by_link(request):
    """The matrix of the facts in the address; a fault in them leads back to the form."""
    entered = entry.read(request.GET)
    if entered.errors or entered.empty:
        choice = Choice.read(request.GET, timezone.localdate())
        return form(request, entered, notes=address.notes(request.GET, choice, facts=True))
    return answered(
        request, entered.table(), 0, carried=entry.pairs(entered.table(), 0), name=_("Your space")
    )


def answered(
    request,
    table: Table,
    row: int,
    *,
    carried: list[tuple[str, str]],
    name: str,
    source: Source | Registered | None = None,
    more: dict | None = None,
):
    """The page of one subject. `carried` are the facts that have to stay in the address, `more` is for the page."""
    choice = Choice.read(request.GET, timezone.localdate())
    facts = table.facts(row)
    all_answers = matrix.answers(table, row, choice)
    seen = matrix.shown(all_answers, choice)
    one = next((place for place, held in enumerate(seen) if held.reference == choice.one), 0)
    return render(
        request,
        "gap/answer.html",
        {
            "name": name,
            "notes": address.notes(request.GET, choice, facts=source is None),
            "assumed": any(held.assumed for held in seen),
            "choice": choice,
            "carried": carried,
            "answers": all_answers,
            "seen": seen,
            "home": one,
            "home_reference": seen[one].reference if seen else "",
            "shown_references": {held.reference for held in seen},
            "sections": matrix.sections(seen, facts, missing=choice.missing, home=one),
            "width": len(seen) + 2,
            "steps": [sentences.step(step, facts) for step in steps.first_steps(seen, facts)],
            "ways": ways_of(seen, source, choice.on, (more or {}).get("opened")),
            "link": request.build_absolute_uri(
                f"{reverse('gap:answer')}?{urlencode(entry.pairs(table, row))}"
            ),
            "query": urlencode([*carried, *choice.pairs()]),
            "all_query": urlencode([*carried, *choice.everything().pairs()]),
            "facts": urlencode(carried),
            "source": source,
            "files": source.subject_url(row) if source else reverse("gap:answer"),
            "trail": [(source.url, source.title)] if source else [],
            **(more or {}),
        },
    )


def ways_of(seen, source, on, opened):
    """What would make each set met that is not, in words; figures of a space of the register lead to their records."""
    behind = partial(source.behind, on=on) if isinstance(source, Registered) else None
    paths = [fewest.path(one, opened=opened) for one in seen if one.finding.verdict != MET]
    return [sentences.way(path, behind) for path in paths]
