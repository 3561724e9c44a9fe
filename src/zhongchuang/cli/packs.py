"""`packs list`, `lint`, `show` and `new`."""

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zhongchuang.policy.answer import IN_FORCE, tested
from zhongchuang.policy.cases import Lint, lint_all
from zhongchuang.policy.conditions import (
    Bound,
    Condition,
    Group,
    Includes,
    Judged,
    OneOf,
    RatioBound,
    When,
    Within,
)
from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.loading import PACKS, all_packs, find_pack
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.quantity import write_number

from . import DONE, REFUSED, output, procedures, words
from .language import gettext

STARTER = Path(__file__).parent / "starter"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


def list_packs(on: date, packs: Sequence[Path], *, as_json: bool) -> int:
    """Every set of every pack, with its term and whether it is in force."""
    known = [(pack, rules) for pack in all_packs(*packs).values() for rules in pack.sets.values()]
    if as_json:
        output.print_json([_listed(pack, rules, on) for pack, rules in known])
        return DONE
    rows = [
        [
            f"{pack.id}:{rules.name}",
            words.say_text(pack.title),
            words.say_text(rules.title),
            words.state(pack.state(on)),
            str(pack.term),
            _status(pack),
        ]
        for pack, rules in known
    ]
    output.print_table(
        [
            gettext("Pack"),
            gettext("Document"),
            gettext("Set of rules"),
            gettext("State"),
            gettext("Term"),
            gettext("Status"),
        ],
        rows,
    )
    return DONE


def _listed(pack: Pack, rules: RuleSet, on: date) -> dict[str, Any]:
    return {
        "pack": pack.id,
        "set": rules.name,
        "title": words.say_text(pack.title),
        "in_force": pack.state(on) == IN_FORCE,
        "term": str(pack.term),
        "status": pack.status,
    }


def _status(pack: Pack) -> str:
    return {"law": gettext("Law"), "plan": gettext("Plan"), "proposal": gettext("Proposal")}[
        pack.status
    ]


def lint(place: Path | None) -> int:
    """Name every fault of every pack; the code says whether there is one."""
    place = place or PACKS
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    lints = lint_all(place)
    if not lints:
        raise Refused(
            _("%(file)s holds no pack. A pack is a folder with pack.toml and cases.toml."),
            file=str(place),
        )
    for one in lints:
        for fault in one.faults:
            output.say(output.safe(fault.text(gettext)))
    output.print_table(
        [gettext("Pack"), gettext("Cases"), gettext("Faults")],
        [_linted(one) for one in lints],
        right=(1, 2),
    )
    return REFUSED if any(one.faults for one in lints) else DONE


def _linted(one: Lint) -> list[str]:
    return [one.folder.resolve().name, str(one.cases), str(len(one.faults))]


def new(name: str) -> int:
    """A folder with a small pack that is in order, to write on from."""
    if not NAME.fullmatch(name):
        raise Refused(
            _(
                "“%(found)s” is no id for a pack. Allowed: small letters, digits, - and _, a letter first, at most 64."
            ),
            found=name,
        )
    folder = Path(name)
    if folder.exists():
        raise words.Declined(
            _("%(file)s is there already and was not changed. Give another name."), file=str(folder)
        )
    try:
        folder.mkdir()
        for source in sorted(STARTER.glob("*.toml")):
            text = source.read_text(encoding="utf-8")
            text = text.replace("@id@", name).replace("@from@", f"{date.today().year}-01-01")  # noqa: DTZ011 -- a first guess at the term
            (folder / source.name).write_text(text, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    output.say(gettext("Written: %(file)s") % {"file": folder})
    output.say(
        gettext("Next: change %(file)s, then run zhongchuang packs lint %(folder)s")
        % {"file": folder / "pack.toml", "folder": folder}
    )
    return DONE


def show(reference: str, packs: Sequence[Path]) -> int:
    """The conditions, indicators, procedures and awards of a pack; of one set where it is named."""
    pack, name = find_pack(reference, *packs)
    named = reference.endswith(f":{name}")
    output.say(words.say_text(pack.title))
    for line in _head(pack):
        output.say(f"  {line}")
    for rules in [pack.set(name)] if named else pack.sets.values():
        output.say()
        output.print_tree(_set(pack, rules))
    for one in pack.procedures.values():
        if not named or one.set == name:
            output.say()
            output.print_tree(procedures.procedure(one))
    if pack.awards:
        output.say()
        output.print_tree(
            output.Branch(gettext("Awards"), [_award(one) for one in pack.awards.values()])
        )
    return DONE


def _head(pack: Pack) -> Iterator[str]:
    yield gettext("Issued by: %(authority)s") % {
        "authority": " ".join(filter(None, (pack.authority, pack.number)))
    }
    yield gettext("Term: %(term)s") % {"term": pack.term}
    yield gettext("Status: %(status)s") % {"status": _status(pack)}
    for note in (pack.note, pack.term_note):
        if note:
            yield words.say_text(note)


def _set(pack: Pack, rules: RuleSet) -> output.Branch:
    title = gettext("%(title)s (%(id)s, digest %(digest)s)") % {
        "title": words.say_text(rules.title),
        "id": f"{pack.id}:{rules.name}",
        "digest": pack.digest(rules.name),
    }
    branches = [_condition(one) for one in rules.root.of] if rules.root else []
    if rules.scoring:
        branches += [
            output.Branch(
                gettext("%(indicator)s: at most %(points)s points %(cite)s")
                % {
                    "indicator": words.say_text(one.text),
                    "points": write_number(one.most),
                    "cite": one.cite or "",
                }
            )
            for one in rules.scoring.indicators
        ]
    return output.Branch(title, branches)


def _condition(condition: Condition) -> output.Branch:
    asked = asked_for(condition)
    text = (
        " ".join(
            part for part in (words.say_text(condition.text), str(condition.cite or "")) if part
        )
        or asked
    )
    text = f"{text}: {asked}" if asked and asked != text else text
    return output.Branch(
        f"[{condition.id}] {text}" if condition.id else text,
        [_condition(one) for one in condition.members()],
    )


def asked_for(condition: Condition) -> str:
    """What a condition asks, without a subject."""
    test = tested(condition)
    if isinstance(test, RatioBound):
        asked = gettext("one per %(per)s %(fact)s") % {
            "per": write_number(test.per),
            "fact": words.label(test.other.name),
        }
    elif isinstance(test, Bound):
        asked = words.needed(test, test.needed)
    elif isinstance(test, OneOf):
        asked = words.needed(test, test.allowed)
    elif isinstance(test, Includes):
        asked = words.needed(test, test.written)
    elif isinstance(test, Within):
        asked = words.needed(test, test.region)
    elif isinstance(test, Judged):
        asked = gettext("to look at: %(what)s") % {"what": words.say_text(test.look_at)}
    else:
        asked = _group(test)
    return (
        gettext("where it applies, %(asked)s") % {"asked": asked}
        if isinstance(condition, When)
        else asked
    )


def _group(test: Condition) -> str:
    if not isinstance(test, Group):
        return ""
    return {
        "all_of": gettext("all of these"),
        "any_of": gettext("any of these"),
        "none_of": gettext("none of these"),
        "at_least_n_of": gettext("at least %(count)s of these") % {"count": test.count},
    }[test.op]


def _award(one: Any) -> output.Branch:
    return output.Branch(
        " ".join(part for part in (f"[{one.id}]", words.award(one), str(one.cite or "")) if part)
    )
