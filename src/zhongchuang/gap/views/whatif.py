"""What other thresholds would do; never shown as the rules in force."""

from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.gap import address, charts, exports
from zhongchuang.gap import whatif as trials
from zhongchuang.gap.matrix import ASSUMED
from zhongchuang.gap.packs import all_packs, find_pack
from zhongchuang.gap.sources import demonstrations, source
from zhongchuang.gap.subjects import name_of
from zhongchuang.gap.views.attachment import attachment
from zhongchuang.gap.views.private import private
from zhongchuang.gap.whatif import MOST_NAMES, PREFIX, Trial, knobs
from zhongchuang.policy.answer import compared
from zhongchuang.policy.errors import Refused


@require_safe
@private
def whatif(request):
    """Choose rules and data, change thresholds, see who gains and who drops out."""
    pack, rules, one, found = asked(request)
    faults = [knob for knob in found if knob.error]
    trial = trials.trial(one, pack, rules, found) if not faults else None
    return render(
        request,
        "gap/whatif.html",
        {
            "pack": pack,
            "rules": rules,
            "source": one,
            "knobs": found,
            "faults": faults,
            "trial": trial,
            "sets": trial_sets(),
            "sources": choices(one),
            "query": urlencode(pairs(request)),
            "notes": address.not_taken(request.GET, taken(found)),
            "moves": moves(trial) if trial else [],
            "counts": counts(trial) if trial else [],
            "pictures": [charts.picture(knob, spread) for knob, spread in trial.pictures]
            if trial
            else [],
        },
    )


@require_safe
@private
def download(request, form):
    """The effect as a file."""
    pack, rules, one, found = asked(request)
    if form not in ("xlsx", "csv") or any(knob.error for knob in found):
        raise Http404
    return attachment(
        exports.of_trial(trials.trial(one, pack, rules, found), form), _("Trial"), form
    )


def asked(request):
    """Rules, data and thresholds that the address names."""
    try:
        pack, name = find_pack(request.GET.get("rules") or reference(trial_sets()[0]))
    except Refused:
        raise Http404 from None
    if pack.id not in all_packs() or pack.set(name).root is None:
        raise Http404
    kind, _colon, key = (request.GET.get("data") or "demo:province").partition(":")
    rules = pack.set(name)
    return pack, rules, source(kind, key), knobs(rules, request.GET)


def taken(found):
    """Tells what the address of a trial may hold."""
    fields = {"rules", "data", *(PREFIX + knob.id for knob in found)}
    return lambda key, _value: key in fields


def trial_sets():
    """The sets that have thresholds to change, those of law first."""
    pairs_ = [(pack, rules) for pack, rules in compared(all_packs()) if knobs(rules, {})]
    return sorted(pairs_, key=lambda pair: (pair[0].id != "zhejiang-2016", pair[0].status != "law"))


def reference(pair) -> str:
    """The name of a set in addresses."""
    return f"{pair[0].id}:{pair[1].name}"


def choices(one):
    """The data that may be chosen: the demonstration sets, and the upload that the address names."""
    shown = demonstrations()
    return shown if one in shown else [one, *shown]


def pairs(request) -> list[tuple[str, str]]:
    """What the address asks for, for the links of the page."""
    return [
        (key, value)
        for key, value in request.GET.items()
        if key in ("rules", "data") or key.startswith(PREFIX)
    ]


def moves(trial: Trial):
    """Those who gain and those who drop out, with the addresses of their answers."""
    return [
        (
            kind,
            len(rows),
            [
                (name_of(trial.table, row), trial.source.subject_url(row))
                for row in rows[:MOST_NAMES]
            ],
            max(0, len(rows) - MOST_NAMES),
        )
        for kind, rows in (("gains", trial.effect.gains), ("drops", trial.effect.drops))
    ]


def counts(trial: Trial):
    """How many subjects have which verdict, before and after."""
    before, after = trial.counts
    names = ("met", ASSUMED, "for_judgement", "unknown", "not_met", "not_applicable")
    rows = [(name, before.get(name, 0), after.get(name, 0)) for name in names]
    return [row for row in rows if row[1] or row[2]]
