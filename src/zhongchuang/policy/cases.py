"""A pack's own tests: example subjects with the verdict that the document gives them, and lint."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .awards import given
from .errors import Refused, _
from .facts import Facts, plain_value, space_catalogue
from .loading import PackRefused, load_pack, pack_folders, pack_folders_in, read_toml
from .pack import Pack, RuleSet
from .rankcases import run_ranking
from .reading import Fault, Node
from .regions import region_code
from .verdict import MET, NAMES, NOT_MET, Finding

CASE_KEYS = (
    "name",
    "base",
    "set",
    "on",
    "facts",
    "without",
    "judged",
    "without_judged",
    "verdict",
    "expect",
    "awards",
)
RANKING_KEYS = ("name", "set", "facts", "subjects")


@dataclass(slots=True)
class Lint:
    """What lint found in one folder: faults, and how many cases ran."""

    folder: Path
    pack: Pack | None = None
    faults: list[Fault] = field(default_factory=list)
    cases: int = 0


def lint_folder(folder: Path) -> Lint:
    """Read the pack, run its cases, and look for conditions that no case meets or fails."""
    lint = Lint(folder)
    try:
        lint.pack = load_pack(folder)
        if not (folder / "cases.toml").is_file():
            raise PackRefused(
                [
                    Fault(
                        str(folder / "cases.toml"),
                        "",
                        Refused(_("A pack comes with cases; this file is missing.")),
                    )
                ]
            )
        raw = read_toml(folder / "cases.toml")
    except PackRefused as refused:
        lint.faults = refused.faults
        return lint
    run_cases(lint, raw)
    return lint


def lint_all(place: Path) -> list[Lint]:
    """Lint one pack folder, or all packs in a folder of packs, and how they stand to their neighbours."""
    single = (place / "pack.toml").exists()
    lints = [lint_folder(folder) for folder in ([place] if single else pack_folders_in(place))]
    beside = place.resolve().parent if single else place
    own = {lint.pack.id: lint.pack for lint in lints if lint.pack}
    known = _readable(beside) | own if any(pack.replaces for pack in own.values()) else own
    for lint in lints:
        if lint.pack is not None:
            file = str(lint.folder / "pack.toml")
            lint.faults += [Fault(file, key, why) for key, why in _neighbours(lint.pack, known)]
    return lints


def _readable(beside: Path) -> dict[str, Pack]:
    """The product's packs and those of a folder, as far as they can be read: what may be replaced."""
    found = {}
    for folder in pack_folders(beside):
        with contextlib.suppress(PackRefused):
            pack = load_pack(folder)
            found[pack.id] = pack
    return found


def _neighbours(pack: Pack, known: Mapping[str, Pack]) -> Iterator[tuple[str, Refused]]:
    """What is wrong between a pack and the others: region, the pack it replaces, their terms."""
    if pack.region:
        try:
            region_code(pack.region)
        except Refused as refused:
            yield "pack.region", refused
    if not pack.replaces:
        return
    older = known.get(pack.replaces)
    if older is None:
        yield (
            "pack.replaces",
            Refused(
                _("There is no pack “%(found)s”. Packs are: %(allowed)s."),
                found=pack.replaces,
                allowed=", ".join(known),
            ),
        )
    elif pack.id in {older.id, older.replaces}:
        yield (
            "pack.replaces",
            Refused(
                _("Packs %(one)s and %(other)s replace each other."), one=pack.id, other=older.id
            ),
        )
    elif pack.term.overlaps(older.term):
        yield (
            "pack.in_force",
            Refused(
                _("The term %(term)s overlaps %(other)s, which this pack replaces (%(their)s)."),
                term=str(pack.term),
                other=older.id,
                their=str(older.term),
            ),
        )


def run_cases(lint: Lint, raw: dict[str, Any]) -> None:
    """Run every case and ranking of a pack and note what comes out differently."""
    path = str(lint.folder / "cases.toml")
    pack = lint.pack
    if pack is None:
        return
    seen: dict[tuple[str, str], set[int]] = {}
    for key in raw:
        if key not in ("bases", "cases", "rankings"):
            lint.faults.append(
                Fault(
                    path,
                    key,
                    Refused(
                        _("This key is not known here. Allowed: %(allowed)s."),
                        allowed="bases, cases, rankings",
                    ),
                )
            )
    bases = raw.get("bases", {})
    _run_all(lint, raw, "cases", lambda case: _run(pack, bases, case, seen))
    _run_all(lint, raw, "rankings", lambda ranking: run_ranking(pack, ranking))
    lint.faults += [Fault(path, f"{name}.{id_}", why) for name, id_, why in _uncovered(pack, seen)]


def _run_all(
    lint: Lint, raw: dict[str, Any], key: str, run: Callable[[dict[str, Any]], Iterator[Refused]]
) -> None:
    """Run the cases under a key; one that cannot be read is a fault at its place."""
    path = str(lint.folder / "cases.toml")
    root = Node(raw, "", path, lint.faults)
    for number, case in enumerate(root.typed(key, list, "a list of tables", [])):
        name = case.get("name", "") if isinstance(case, dict) else ""
        place = f"{key}[{number}] {name}".strip()
        try:
            lint.faults += [Fault(path, place, why) for why in run(case)]
        except Refused as refused:
            lint.faults.append(Fault(path, place, refused))
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            why = Refused(_("This case cannot be read: %(why)s."), why=repr(error))
            lint.faults.append(Fault(path, place, why))
        lint.cases += 1


def _run(
    pack: Pack, bases: dict[str, Any], case: dict[str, Any], seen: dict[tuple[str, str], set[int]]
) -> Iterator[Refused]:
    for key in case:
        if key not in CASE_KEYS:
            yield Refused(
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=key,
                allowed=", ".join(CASE_KEYS),
            )
    if case.get("base") and case["base"] not in bases:
        raise Refused(
            _("There is no base “%(found)s”. Allowed: %(allowed)s."),
            found=case["base"],
            allowed=", ".join(bases),
        )
    base = bases.get(case.get("base", ""), {})
    rules = _set(pack, case.get("set", base.get("set", pack.entry)))
    on = case.get("on", base.get("on", pack.term.start))
    if not pack.term.holds(on):
        yield Refused(_("%(day)s lies outside the term %(term)s."), day=on, term=str(pack.term))
    written = {
        name: value
        for name, value in (base.get("facts", {}) | case.get("facts", {})).items()
        if name not in case.get("without", ())
    }
    judged = {
        id_: met
        for id_, met in (base.get("judged", {}) | case.get("judged", {})).items()
        if id_ not in case.get("without_judged", ())
    }
    facts = Facts.of(
        case["name"],
        {
            (column := space_catalogue().column(name)).name: plain_value(column, value)
            for name, value in written.items()
        },
    )
    if rules.root is not None:
        yield from _differences(rules, rules.judge(facts, judged), case, seen)
    yield from _award_differences(pack, facts, judged, case)


def _set(pack: Pack, name: str) -> RuleSet:
    if name not in pack.sets:
        raise Refused(
            _("Pack %(pack)s has no set “%(found)s”. Its sets are: %(allowed)s."),
            pack=pack.id,
            found=name,
            allowed=", ".join(pack.sets),
        )
    return pack.sets[name]


def _differences(
    rules: RuleSet, finding: Finding, case: dict[str, Any], seen: dict[tuple[str, str], set[int]]
) -> Iterator[Refused]:
    verdicts = dict(_all_verdicts(finding))
    for id_, expected in case.get("expect", {}).items():
        if id_ not in verdicts:
            yield Refused(_("Set %(set)s has no condition “%(found)s”."), set=rules.name, found=id_)
        elif expected not in NAMES or NAMES[verdicts[id_]] != expected:
            yield Refused(
                _("“%(id)s” is %(found)s; the case expects %(expected)s."),
                id=id_,
                found=NAMES[verdicts[id_]],
                expected=expected,
            )
        else:
            seen.setdefault((rules.name, id_), set()).add(verdicts[id_])
    if "verdict" in case and NAMES[finding.verdict] != case["verdict"]:
        yield Refused(
            _("The verdict is %(found)s; the case expects %(expected)s."),
            found=NAMES[finding.verdict],
            expected=case["verdict"],
        )


def _all_verdicts(finding: Finding) -> Iterator[tuple[str, int]]:
    for child in finding.children:
        yield child.condition.id, child.verdict
        yield from _all_verdicts(child)


def _award_differences(
    pack: Pack, facts: Facts, judged: dict[str, bool], case: dict[str, Any]
) -> Iterator[Refused]:
    if "awards" not in case:
        return
    found = {
        award.id: str(award.amount) if award.amount else award.kind
        for award in given(pack.awards, facts.values, judged)
    }
    if found != case["awards"]:
        yield Refused(
            _("The awards are %(found)s; the case expects %(expected)s."),
            found=found,
            expected=case["awards"],
        )


def _uncovered(
    pack: Pack, seen: dict[tuple[str, str], set[int]]
) -> Iterator[tuple[str, str, Refused]]:
    for rules in pack.sets.values():
        for leaf in rules.leaves():
            verdicts = seen.get((rules.name, leaf.id), set())
            for wanted in (MET, NOT_MET):
                if wanted not in verdicts:
                    yield (
                        rules.name,
                        leaf.id,
                        Refused(
                            _("No case expects this condition to be %(verdict)s."),
                            verdict=NAMES[wanted],
                        ),
                    )
