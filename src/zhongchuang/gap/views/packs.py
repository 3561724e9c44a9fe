"""A rule pack in full."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.gap import packpage, sentences, words
from zhongchuang.gap.packs import all_packs, text_of
from zhongchuang.gap.views.attachment import attachment
from zhongchuang.page.listed import ask
from zhongchuang.page.visitor import limited
from zhongchuang.policy.pack import Pack


def found(id_: str) -> Pack:
    """The pack with this id; 404 where there is none."""
    pack = all_packs().get(id_)
    if pack is None:
        raise Http404
    return pack


@require_safe
@limited
def pack(request, id_):
    """Every condition of a pack with article, figure, note and basis."""
    one = found(id_)
    today, activations = timezone.localdate(), ask("activation", one)
    return render(
        request,
        "gap/pack.html",
        {
            "pack": one,
            "on": today,
            "activation": next(iter(activations), None),
            "activations": activations,
            "region": words.region(one.region.ljust(6, "0")) if one.region else "",
            "sets": [
                (rules, packpage.shown(rules), one.digest(rules.name))
                for rules in one.sets.values()
            ],
            "awards": [
                (award, sentences.award_amount(award), words.uses(award.uses))
                for award in one.awards.values()
            ],
            "consequences": [
                (
                    row,
                    words.effects(row.effects),
                    words.amount(row.refused_for.amount, row.refused_for.unit)
                    if row.refused_for
                    else "",
                )
                for row in one.consequences.values()
            ],
        },
    )


@require_safe
@limited
def toml(request, id_):  # noqa: ARG001 -- Django passes it
    """The pack's file as it stands."""
    one = found(id_)
    return attachment(text_of(one), one.id, "toml")
