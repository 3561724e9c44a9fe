"""Scores, ranks, grades and awards of many subjects; every step can be shown, nothing is rounded before the end.

Zhejiang Art. 8, 10, 11: totals accumulate, the increment is against the year before, the best twenty that
were not awarded before are awarded. What the document leaves open is a setting of the set.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from .errors import Refused, _
from .pack import Pack, RuleSet
from .quantity import Exact, exact, round_half_up, write_number
from .scoring import Few, Indicator, Points
from .seats import Standing, grades_of
from .sheet import Scored, Sheet, derived_columns, with_derived
from .table import Table

MANY = 2000
"""From here on scores are computed over arrays."""

POINT_PLACES = 6


@dataclass(frozen=True, slots=True)
class Ranked:
    """One subject in a ranking. `unranked` names the figures that are missing; then there is no score."""

    subject: str
    row: int
    score: Exact | None = None
    rank: int | None = None
    grade: str = ""
    award: str = ""
    award_tied: bool = False
    held: str = ""
    first_year: bool = False
    unranked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    indicators: tuple[Scored, ...] = ()
    bonus: Exact = 0


class Ranking(Sequence[Ranked]):
    """All subjects, best first, the unranked last in the order of the file; explained one by one on demand."""

    def __init__(
        self,
        sheet: Sheet,
        scores: Sequence[int | None],
        ranks: Sequence[int | None],
        order: Sequence[int],
        fitted: Mapping[tuple[str, str], Points],
    ) -> None:
        self.sheet, self.scores, self.ranks, self.order, self.fitted = (
            sheet,
            scores,
            ranks,
            order,
            fitted,
        )

    @cached_property
    def grades(self) -> Mapping[int, Standing]:
        """What the places bring, by row; looked at when first asked for."""
        return grades_of(self.sheet, self.scores, self.ranks, self.order)

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Ranked]:
        return (self.row(int(place)) for place in self.order)

    def __getitem__(self, place: Any) -> Any:
        return self.row(int(self.order[place]))

    def row(self, row: int) -> Ranked:
        """One subject with its indicators."""
        sheet = self.sheet
        subject, missing = sheet.table.subjects[row], sheet.missing(row)
        if missing:
            return Ranked(subject, row, unranked=missing)
        score, rank = self.scores[row], self.ranks[row]
        given = self.grades.get(row, Standing())
        return Ranked(
            subject,
            row,
            exact(Fraction(int(score), 10**sheet.scoring.places)),  # type: ignore[arg-type]
            int(rank),  # type: ignore[arg-type]
            given.grade,
            given.award,
            given.tied,
            given.held,
            sheet.is_first_year(row),
            (),
            given.unchecked,
            tuple(sheet.scored(row, self.fitted)),
            sheet.bonus(row),
        )


def rank(pack: Pack, rules: RuleSet, table: Table, previous: Table | None = None) -> Ranking:
    """Score and rank the subjects of a table by a set; `previous` holds the figures of the year before."""
    if rules.scoring is None:
        raise Refused(
            _("Set %(set)s has no indicators; it cannot rank. Sets that can: %(allowed)s."),
            set=rules.name,
            allowed=", ".join(one.name for one in pack.sets.values() if one.scoring) or "-",
        )
    derived = derived_columns(rules.scoring)
    table = with_derived(table, derived)
    previous = previous and with_derived(previous, derived)
    sheet = Sheet(pack, rules.scoring, table, previous)
    if len(table) >= MANY and not derived:
        from .rankarrays import rank_arrays  # noqa: PLC0415 -- slow import

        return rank_arrays(sheet)
    ranked = [row for row in table.rows() if not sheet.missing(row)]
    fitted = {
        key: sheet.indicator(key).scale.fit(
            Few(figure for row in ranked if (figure := sheet.figure(row, *key)) is not None)
        )
        for key in sheet.keys
    }
    scores: list[int | None] = [None] * len(table)
    for row in ranked:
        scores[row] = sheet.rounded(row, fitted)
    ranks, order = order_of(scores)
    return Ranking(sheet, scores, ranks, order, fitted)


def order_of(scores: Sequence[int | None]) -> tuple[list[int | None], list[int]]:
    """Ranks with ties shared (1, 2, 2, 4), and the rows from best to last, the unranked behind."""
    ranks: list[int | None] = [None] * len(scores)
    known = {row: score for row, score in enumerate(scores) if score is not None}
    rows = sorted(known, key=known.__getitem__, reverse=True)
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        ranks[row] = (
            ranks[before] if before is not None and scores[before] == scores[row] else place + 1
        )
    return ranks, rows + [row for row, score in enumerate(scores) if score is None]


def rank_answer(ranked: Ranked, places: int = 2) -> dict[str, Any]:
    """One subject of a ranking as plain values; absent keys are left out."""
    row: dict[str, Any] = {"subject": ranked.subject}
    if ranked.unranked:
        return row | {"unranked": list(ranked.unranked)}
    row |= {"score": number(ranked.score, places), "rank": ranked.rank}  # type: ignore[arg-type]
    row |= {
        key: value
        for key, value in (
            ("grade", ranked.grade),
            ("award", ranked.award),
            ("award_tied", ranked.award_tied),
            ("held", ranked.held),
            ("first_year", ranked.first_year),
            ("unchecked", list(ranked.unchecked)),
        )
        if value
    }
    row["indicators"] = [_scored_answer(one) for one in ranked.indicators]
    row["bonus"] = number(ranked.bonus)
    return row


def _scored_answer(scored: Scored) -> dict[str, Any]:
    row: dict[str, Any] = {"id": scored.indicator.id}
    if scored.indicator.fact is not None:
        row["fact"] = scored.indicator.fact.name
    for part, figure in scored.figures.items():
        row[part] = _with_unit(scored.indicator, figure)
        row[f"points_{part}"] = number(scored.points[part])
    return row


def _with_unit(indicator: Indicator, figure: Exact | None) -> str | None:
    if figure is None:
        return None
    unit = indicator.fact.unit if indicator.fact else "point"
    return f"{write_number(figure)} {unit}"


def number(amount: Exact, places: int = POINT_PLACES) -> int | float:
    """An exact number as JSON writes it: rounded half up, the digits shown are the digits meant."""
    text = write_number(exact(Fraction(round_half_up(amount * 10**places), 10**places)))
    return float(text) if "." in text else int(text)
