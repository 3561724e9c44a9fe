"""`rank`: scores, ranks, grades and awards of the subjects of a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.quantity import write_number
from zhongchuang.policy.ranking import Ranked, Ranking, rank_answer
from zhongchuang.policy.ranking import rank as rank_subjects
from zhongchuang.policy.scoring import Scoring
from zhongchuang.tables.judged_ids import Readers

from . import DONE, output, words
from .check import require_term
from .files import read_distinct
from .language import gettext


def rank(
    reference: str,
    file: Path,
    previous: Path | None,
    on: date,
    packs: Sequence[Path],
    *,
    as_json: bool,
    strict: bool,
) -> int:
    """Print the ranking, best first, with what it says of money."""
    pack, name = find_pack(reference, *packs)
    rules = scored_set(pack, name, named=reference.endswith(f":{name}"))
    require_term(pack, on)
    readers = Readers(tuple(packs), pack, rules)
    table = read_distinct(file, readers, strict=strict)
    before = read_distinct(previous, readers, strict=strict, previous=True) if previous else None
    ranking = rank_subjects(pack, rules, table, before)
    if as_json:
        subjects = output.followed(ranking, len(ranking), gettext("Ranking"))
        output.print_answers(
            (rank_answer(one, rules.scoring.places) for one in subjects), len(ranking)
        )
    else:
        _print_ranking(pack, rules, ranking)
    return DONE


def scored_set(pack: Pack, name: str, *, named: bool) -> RuleSet:
    """The set, if it has indicators; where only the pack was named, its one set that has."""
    rules, scored = pack.set(name), [one for one in pack.sets.values() if one.scoring]
    if rules.scoring is None and not named and len(scored) == 1:
        return scored[0]
    if rules.scoring is None:
        raise Refused(
            _("Set %(set)s has no indicators; it cannot rank. Sets that can: %(allowed)s."),
            set=rules.name,
            allowed=", ".join(f"{pack.id}:{one.name}" for one in scored) or "-",
        )
    return rules


def _print_ranking(pack: Pack, rules: RuleSet, ranking: Ranking) -> None:
    subjects = list(output.followed(ranking, len(ranking), gettext("Ranking")))
    ranked = [one for one in subjects if not one.unranked]
    parts = {"total": gettext("Total"), "increment": gettext("Increment"), "year": gettext("Year")}
    shown = [part for part in parts if part in rules.scoring.parts]
    headers = [
        gettext("Rank"),
        gettext("Subject"),
        gettext("Score"),
        *(parts[part] for part in shown),
        gettext("Bonus"),
        gettext("Grade"),
        gettext("Award"),
        gettext("Remarks"),
    ]
    rows = [
        [
            str(one.rank),
            one.subject,
            write_number(one.score, places=rules.scoring.places),
            *(_points(one, part, ranking) for part in shown),
            write_number(one.bonus),
            _grade(rules.scoring, one.grade),
            _award(pack, one),
            words.listed(_remarks(one, ranking)),
        ]
        for one in ranked
    ]
    output.print_table(headers, rows, right=(0, *range(2, 4 + len(shown))))
    output.say()
    output.say(
        gettext("%(set)s: %(count)s ranked, %(unranked)s not ranked.")
        % {
            "set": words.name_of(pack, rules),
            "count": f"{len(ranked):,}",
            "unranked": f"{len(subjects) - len(ranked):,}",
        }
    )
    for line in _ties(ranked):
        output.say(line)
    for one in subjects:
        if one.unranked:
            output.say(
                gettext("Not ranked: %(subject)s; unknown: %(facts)s")
                % {
                    "subject": output.safe(one.subject),
                    "facts": words.listed(map(words.label, one.unranked)),
                }
            )


def _points(one: Ranked, part: str, ranking: Ranking) -> str:
    """The points of a part, its share taken; empty where the part does not count for the subject."""
    share = ranking.sheet.shares(one.row).get(part)
    if share is None:
        return ""
    return write_number(
        share * sum(scored.points[part] for scored in one.indicators),
        places=ranking.sheet.scoring.places,
    )


def _grade(scoring: Scoring, id_: str) -> str:
    return next((words.say_text(grade.text) for grade in scoring.grades if grade.id == id_), id_)


def _award(pack: Pack, one: Ranked) -> str:
    if not one.award:
        return ""
    if one.award_tied:
        return gettext("tied for the last place: a person decides")
    return words.award(pack.awards[one.award])


def _remarks(one: Ranked, ranking: Ranking) -> Iterator[str]:
    """Why a place is passed over, and what the score leaves out."""
    bars = [one.held] if one.held else [] if one.grade else _bars(one, ranking)
    if bars:
        yield gettext("passed over: %(fact)s") % {"fact": words.listed(map(words.label, bars))}
    if one.first_year:
        yield gettext("first year: scored on the total part alone")
    if one.unchecked:
        yield gettext("not known: %(facts)s") % {
            "facts": words.listed(map(words.label, one.unchecked))
        }


def _bars(one: Ranked, ranking: Ranking) -> list[str]:
    """The facts that bar a subject from a grade."""
    names = dict.fromkeys(
        bar.name for grade in ranking.sheet.scoring.grades for bar in grade.barred_by
    )
    return [name for name in names if ranking.sheet.column(name)(one.row) is True]


def _ties(ranked: Sequence[Ranked]) -> Iterator[str]:
    for place, count in sorted(Counter(one.rank for one in ranked).items()):
        if count > 1:
            yield gettext("Rank %(rank)s is shared by %(count)s.") % {"rank": place, "count": count}
