"""A decision with its grounds as canonical JSON, and its recomputation offline.

The file holds the rules as they were, the facts and judgements, the verdict, the engine's version, who and
when; the digest covers all of it but the texts. Anyone can compute the verdict again from it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from .answer import conditions_answer
from .errors import Refused, _
from .facts import Column, Facts, Value, plain_value, space_catalogue
from .loading import rules_of
from .pack import Pack, RuleSet, canonical, digest_of
from .quantity import LARGEST, Exact, Quantity, decimal_places, exact, unit_of
from .verdict import NAMES, Finding

FORMAT = 1
ENGINE = "1"
"""The version of the semantics; a change of a verdict by the engine alone raises it."""

TEXTS = "texts"
DIGEST = "digest"

PARTS: tuple[tuple[tuple[str, ...], type], ...] = (
    (("subject",), str),
    (("rules", "pack", "entry"), str),
    (("rules_digest",), str),
    (("facts",), dict),
    (("judgements",), dict),
    (("verdict", "verdict"), str),
    (("verdict", "conditions"), list),
    ((DIGEST,), str),
)
"""What recomputing reads of a decision."""

KINDS = {
    dict: _("an object"),
    list: _("a list"),
    str: _("a text"),
    bool: _("true or false"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person found where no figure decides."""

    met: bool
    by: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with all its grounds, as plain values."""

    values: Mapping[str, Any]

    @property
    def verdict(self) -> str:
        """The verdict's name."""
        return str(self.values["verdict"]["verdict"])

    @property
    def digest(self) -> str:
        """SHA-256 over everything but the texts."""
        return str(self.values[DIGEST])

    def to_json(self) -> str:
        """Canonical JSON, one line."""
        return canonical(dict(self.values))


def decide(
    pack: Pack,
    name: str,
    facts: Facts,
    judgements: Mapping[str, Judgement],
    *,
    on: date,
    by: str,
    at: datetime,
) -> Decision:
    """Judge a subject by a set and keep the grounds. `at` carries its offset from UTC."""
    if at.tzinfo is None:
        raise ValueError("the moment of a decision needs its offset from UTC")
    rules = pack.set(name)
    finding = rules.judge(facts, {id_: one.met for id_, one in judgements.items()})
    values: dict[str, Any] = {
        "format": FORMAT,
        "engine": ENGINE,
        "subject": facts.subject,
        "on": str(on),
        "by": by,
        "at": at.isoformat(),
        "rules": pack.rules(name),
        "rules_digest": pack.digest(name),
        "facts": {
            column: write_exactly(space_catalogue().columns[column], value)
            for column, value in sorted(facts.values.items())
        },
        "judgements": {
            id_: {"met": one.met, "by": one.by, "on": str(one.on), "reason": one.reason}
            for id_, one in sorted(judgements.items())
        },
        "verdict": verdict_answer(finding),
    }
    return Decision(values | {DIGEST: digest_of(values), TEXTS: _texts(pack, rules)})


def verdict_answer(finding: Finding) -> dict[str, Any]:
    """The verdict and every condition's."""
    return {"verdict": NAMES[finding.verdict], "conditions": conditions_answer(finding)}


def _texts(pack: Pack, rules: RuleSet) -> dict[str, Any]:
    texts = {
        one.id: {"zh": one.text.zh, "en": one.text.en} for one in rules.conditions() if one.text
    }
    return {"pack": {"zh": pack.title.zh, "en": pack.title.en}, "conditions": texts}


def write_exactly(column: Column, value: Value) -> Any:
    """A value that reads back as it is; an endless share is written as a fraction, `100/3 %`, and so is
    a sum above what a single figure may be.
    """
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bool | str):
        return value
    if decimal_places(value) is None or not -LARGEST < value < LARGEST:
        return f"{value.numerator}/{value.denominator} {column.unit}"
    return str(Quantity(value, column.unit))


def read_exactly(column: Column, value: Any) -> Value:
    """The value that `write_exactly` wrote."""
    if isinstance(value, str) and column.fact.type == "quantity":
        number, _blank, code = value.partition(" ")
        above, slash, below = number.partition("/")
        if slash and above.lstrip("-").isdecimal() and below.isdecimal() and int(below):
            amount: Exact = exact(Fraction(int(above), int(below)))
            return Quantity(amount, unit_of(code).code).in_unit(column.unit)
    return plain_value(column, value)


@dataclass(frozen=True, slots=True)
class Recomputation:
    """Whether a decision comes out again, and where it does not."""

    verdict: str
    differences: list[Refused] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether verdict, conditions and digests all agree."""
        return not self.differences


def recompute(text: str, packs: Mapping[str, Pack] | None = None) -> Recomputation:
    """Judge again by the rules and facts in the file; Refused where it is no decision.

    Of `packs`, if any are given, the one that the decision names has to have the rules that stand in the file.
    """
    values = _read(text)
    for path, kind in PARTS:
        _part(values, path, kind)
    for id_ in values["judgements"]:
        _part(values, ("judgements", id_, "met"), bool)
    for place, row in enumerate(values["verdict"]["conditions"], 1):
        _part({f"conditions {place}": row}, (f"conditions {place}", "id"), str)
    try:
        rules = rules_of(values["rules"], values["rules"]["pack"]["entry"])
        facts = {
            name: read_exactly(space_catalogue().column(name), value)
            for name, value in values["facts"].items()
        }
        judgements = {id_: bool(one["met"]) for id_, one in values["judgements"].items()}
        finding = rules.judge(Facts(str(values["subject"]), facts), judgements)
        differences = list(_differences(values, finding))
        if packs is not None:
            differences += _other_rules(values["rules"], packs)
        return Recomputation(NAMES[finding.verdict], differences)
    except Refused:
        raise
    except RecursionError:
        raise _too_deep() from None
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Refused(
            _(
                "The rules or facts in the file do not fit together: it was changed by hand. Take the file that `explain --save` wrote."
            )
        ) from None


def _other_rules(rules: Mapping[str, Any], packs: Mapping[str, Pack]) -> list[Refused]:
    """Why the rules of a decision are not those of the pack that it names."""
    id_, entry = str(rules["pack"].get("id", "")), rules["pack"]["entry"]
    pack = packs.get(id_)
    if pack is None:
        raise Refused(
            _("There is no pack “%(found)s”. Packs are: %(allowed)s."),
            found=id_,
            allowed=", ".join(packs),
        )
    if entry in pack.sets and pack.rules(entry) == rules:
        return []
    return [
        Refused(
            _(
                "The rules in the file are not those of %(pack)s, version %(version)s: it was decided by others."
            ),
            pack=id_,
            version=pack.version,
        )
    ]


def _part(values: Mapping[str, Any], path: tuple[str, ...], kind: type) -> None:
    """Refuse a file in which a key is missing or holds another kind of value."""
    found: Any = values
    for depth, key in enumerate(path, 1):
        expected, name = (kind if depth == len(path) else dict), ".".join(path[:depth])
        if key not in found:
            raise Refused(_("The file is no decision: “%(key)s” is missing."), key=name)
        found = found[key]
        if not isinstance(found, expected):
            raise Refused(
                _("The file is no decision: “%(key)s” is not %(expected)s."),
                key=name,
                expected=Refused(KINDS[expected]),
            )


def _too_deep() -> Refused:
    return Refused(_("The file is no decision: its values are nested too deeply."))


def _read(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text, object_pairs_hook=_without_doubles)
    except Refused:
        raise
    except json.JSONDecodeError as error:
        raise Refused(
            _(
                "The file is no JSON: it breaks off or is wrong in line %(line)s, character %(place)s."
            ),
            line=error.lineno,
            place=error.colno,
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise Refused(_("The file is no decision: it holds a number that is too long.")) from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise Refused(
            _("The file is no decision of a format known here. Known: %(allowed)s."), allowed=FORMAT
        )
    return values


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(_("A key stands twice in one object of the file."))
    return found


def _differences(values: Mapping[str, Any], finding: Finding) -> Any:
    grounds = {key: value for key, value in values.items() if key not in (DIGEST, TEXTS)}
    if digest_of(grounds) != values[DIGEST]:
        yield Refused(
            _("The digest of the file does not fit its content: it was changed after the decision.")
        )
    if digest_of(values["rules"]) != values["rules_digest"]:
        yield Refused(_("The digest of the rules does not fit the rules in the file."))
    again, kept = verdict_answer(finding), values["verdict"]
    if again["verdict"] != kept["verdict"]:
        yield Refused(
            _("The verdict is %(found)s; the file says %(expected)s."),
            found=again["verdict"],
            expected=kept["verdict"],
        )
    before = {row["id"]: row for row in kept["conditions"]}
    for row in again["conditions"]:
        if before.pop(row["id"], None) != row:
            yield Refused(
                _("Condition %(id)s comes out differently: %(found)s."),
                id=row["id"],
                found=canonical(row),
            )
    for id_ in before:
        yield Refused(_("The file has a condition %(id)s that its rules do not have."), id=id_)
