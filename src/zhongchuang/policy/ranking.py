"""Scores, ranks, grades and awards of many subjects; every step can be shown, nothing is rounded before the end.

Zhejiang Art. 8, 10, 11: totals accumulate, the increment is against the year before, the best twenty that
were not awarded before are awarded. What the document leaves open is a setting of the set.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .errors import Refused, _
from .facts import Definition, Value, space_catalogue
from .pack import Pack, RuleSet
from .quantity import Exact, exact, round_half_up, write_number
from .scoring import Few, Grade, Indicator, JudgedPoints, PerItem, Points, Scoring
from .table import Table

MANY = 2000
"""From here on scores are computed over arrays."""

BARS = ("banned", "false_material")
AWARDED_BEFORE = "excellent_awarded_ever"
HUNDRED_PERCENT = 100
POINT_PLACES = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """One indicator of one subject: figures and points of each part, before the share of the part is taken."""

    indicator: Indicator
    figures: Mapping[str, Exact | None]
    points: Mapping[str, Exact]


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
        sheet: "Sheet",
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
        self.grades = grades_of(sheet, scores, ranks, order)

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


class Sheet:
    """The figures of an evaluation as the set asks for them: by row, indicator and part."""

    def __init__(self, pack: Pack, scoring: Scoring, table: Table, previous: Table | None) -> None:
        self.pack, self.scoring, self.table, self.previous = pack, scoring, table, previous
        self.places_before = joined(table, previous)
        self._indicators = {one.id: one for one in scoring.indicators}
        self.keys = tuple((one.id, part) for one in scoring.indicators for part in scoring.parts)

    def indicator(self, key: tuple[str, str]) -> Indicator:
        """The indicator of a key."""
        return self._indicators[key[0]]

    def is_first_year(self, row: int) -> bool:
        """Whether the set asks for an increment and the subject has no year before."""
        return "increment" in self.scoring.parts and self.places_before[row] is None

    def figure(self, row: int, id_: str, part: str) -> Exact | None:
        """The figure behind one part of one indicator; None where it is not known or not asked for."""
        indicator = self._indicators[id_]
        if isinstance(indicator.scale, JudgedPoints):
            column = self.table.points.get(id_)
            return None if column is None else column[row]  # type: ignore[return-value]
        if part != "increment":
            return self._plain(self.table, row, indicator, part)
        before = self.places_before[row]
        if before is None or self.previous is None:
            return None
        kind = "total" if self.scoring.increment == "change_of_total" else "year"
        now, then = (
            self._plain(self.table, row, indicator, kind),
            self._plain(self.previous, before, indicator, kind),
        )
        return None if now is None or then is None else exact(now - then)

    def _plain(self, table: Table, row: int, indicator: Indicator, kind: str) -> Exact | None:
        total: Exact = 0
        for fact, factor in terms_of(indicator):
            column = table.columns.get(column_of(fact, kind))
            value = None if column is None else column[row]
            if value is None:
                return None
            total += value * factor  # type: ignore[operator]
        return exact(total)

    def missing(self, row: int) -> tuple[str, ...]:
        """The figures that the subject lacks; with one missing it is not ranked."""
        return tuple(dict.fromkeys(self._missing(row)))

    def _missing(self, row: int) -> Iterator[str]:
        if self.scoring.weights_by and self.weight(row, self.scoring.indicators[0]) is None:
            yield self.scoring.weights_by.name
        for id_, part in self.keys:
            if (part == "increment" and self.places_before[row] is None) or self.figure(
                row, id_, part
            ) is not None:
                continue
            yield from self._lacking(row, self._indicators[id_], part)
        if self.scoring.bonus and self._bonus_figure(row) is None:
            yield self.scoring.bonus.column.name

    def _lacking(self, row: int, indicator: Indicator, part: str) -> Iterator[str]:
        if isinstance(indicator.scale, JudgedPoints):
            yield f"judged.{indicator.id}"
            return
        kind = (
            part
            if part != "increment"
            else "total"
            if self.scoring.increment == "change_of_total"
            else "year"
        )
        for fact, _factor in terms_of(indicator):
            name = column_of(fact, kind)
            for table, place, prefix in (
                (self.table, row, ""),
                (self.previous, self.places_before[row], "previous."),
            ):
                if table is None or place is None or (prefix and part != "increment"):
                    continue
                column = table.columns.get(name)
                if column is None or column[place] is None:
                    yield prefix + name

    def weight(self, row: int, indicator: Indicator) -> Exact | None:
        """The most points of an indicator for this subject."""
        by = self.scoring.weights_by
        if by is None:
            return indicator.weight_for(None)
        column = self.table.columns.get(by.name)
        return indicator.weight_for(None if column is None else column[row])  # type: ignore[arg-type]

    def shares(self, row: int) -> Mapping[str, Exact]:
        """The shares of the parts for this subject: in the first year the total part alone."""
        return {"total": 1} if self.is_first_year(row) else self.scoring.parts

    def _bonus_figure(self, row: int) -> Value | None:
        column = (
            self.table.columns.get(self.scoring.bonus.column.name) if self.scoring.bonus else None
        )
        return None if column is None else column[row]

    def bonus(self, row: int) -> Exact:
        """The bonus points."""
        return self.scoring.bonus.of(self._bonus_figure(row)) if self.scoring.bonus else 0  # type: ignore[arg-type]

    def scored(self, row: int, fitted: Mapping[tuple[str, str], Points]) -> Iterator[Scored]:
        """Every indicator of a subject with its figures and points."""
        for indicator in self.scoring.indicators:
            figures = {part: self.figure(row, indicator.id, part) for part in self.shares(row)}
            weight = self.weight(row, indicator)
            yield Scored(
                indicator,
                figures,
                {
                    part: fitted[indicator.id, part](figure, weight)  # type: ignore[arg-type]
                    for part, figure in figures.items()
                },
            )

    def exactly(self, row: int, fitted: Mapping[tuple[str, str], Points]) -> Fraction:
        """The score before rounding."""
        shares = self.shares(row)
        total = Fraction(self.bonus(row))
        for one in self.scored(row, fitted):
            for part, points in one.points.items():
                total += shares[part] * points
        return total

    def rounded(self, row: int, fitted: Mapping[tuple[str, str], Points]) -> int:
        """The score as a whole number of the smallest place that the set shows."""
        return round_half_up(self.exactly(row, fitted) * 10**self.scoring.places)

    def column(self, name: str) -> Callable[[int], Value | None]:
        """A column by row; unknown to all where the table lacks it."""
        column = self.table.columns.get(name)
        return (lambda _row: None) if column is None else column.__getitem__


def terms_of(indicator: Indicator) -> tuple[tuple[Definition, Exact], ...]:
    """The facts that make up the figure of an indicator, each with its factor."""
    if isinstance(indicator.scale, PerItem) and indicator.scale.factors:
        return indicator.scale.factors
    return ((indicator.fact, 1),) if indicator.fact else ()


def column_of(fact: Definition, kind: str) -> str:
    """The column of a fact for a part: a stock is taken as it stands, other kinds as near as there is."""
    order = {
        "total": ("total", "asof", "year", "years3"),
        "year": ("year", "asof", "total", "years3"),
    }[kind]
    wanted = next(one for one in order if one in fact.kinds)
    return list(fact.columns())[fact.kinds.index(wanted)]


def derived_columns(scoring: Scoring) -> tuple[str, ...]:
    """The columns with a formula that the indicators may read."""
    facts = {fact.name for one in scoring.indicators for fact, _factor in terms_of(one)}
    return tuple(
        name
        for name, _added, _over in space_catalogue().formulas
        if space_catalogue().columns[name].fact.name in facts
    )


def with_derived(table: Table, names: Sequence[str]) -> Table:
    """The table with what the formulas add to some columns."""
    if not names:
        return table
    facts = [table.facts(row).values for row in table.rows()]
    computed = {name: [one.get(name) for one in facts] for name in names}
    return replace(table, columns={**table.columns, **computed})


def joined(table: Table, previous: Table | None) -> Sequence[int | None]:
    """For each subject its row in the year before: by code where both give one, else by name."""
    if previous is None:
        return [None] * len(table)
    old = previous.codes or [None] * len(previous)
    by_code = {code: row for row, code in enumerate(old) if code}
    by_name = {name: row for row, name in enumerate(previous.subjects)}

    def before(name: str, code: str | None) -> int | None:
        if code and code in by_code:
            return by_code[code]
        row = by_name.get(name)
        return None if row is None or (code and old[row]) else row

    codes = table.codes or [None] * len(table)
    return [before(name, code) for name, code in zip(table.subjects, codes, strict=True)]


# ── grades and awards ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Standing:
    """What a place in the ranking brings."""

    grade: str = ""
    award: str = ""
    tied: bool = False
    held: str = ""
    unchecked: tuple[str, ...] = ()


def grades_of(
    sheet: Sheet, scores: Sequence[int | None], ranks: Sequence[int | None], order: Sequence[int]
) -> dict[int, Standing]:
    """The grade, award and bars of each ranked row; rows without any are left out."""
    found: dict[int, Standing] = {}
    ranked = [int(row) for row in order if scores[int(row)] is not None]
    for grade in sheet.scoring.grades:
        open_rows = [
            row
            for row in ranked
            if not found.get(row, Standing()).grade and not found.get(row, Standing()).tied
        ]
        reaching = [
            row for row in open_rows if _reaches(sheet, grade, row, scores, ranks, len(ranked))
        ]
        if grade.among:
            found |= _seats(sheet, grade, ranks, reaching)
        else:
            found |= {row: Standing(grade.id, grade.award) for row in reaching}
    return found


def _reaches(
    sheet: Sheet,
    grade: Grade,
    row: int,
    scores: Sequence[int | None],
    ranks: Sequence[int | None],
    ranked: int,
) -> bool:
    score, place = Fraction(int(scores[row]), 10**sheet.scoring.places), int(ranks[row])  # type: ignore[arg-type]
    if any(sheet.column(bar.name)(row) for bar in grade.barred_by):
        return False
    return (
        (grade.score_at_least is None or score >= grade.score_at_least)
        and (grade.score_below is None or score < grade.score_below)
        and (grade.rank_at_most is None or bool(grade.among) or place <= grade.rank_at_most)
        and (
            grade.rank_share_at_most is None
            or place * HUNDRED_PERCENT <= grade.rank_share_at_most * ranked
        )
    )


def _seats(
    sheet: Sheet, grade: Grade, ranks: Sequence[int | None], rows: Sequence[int]
) -> dict[int, Standing]:
    """Walk down the ranks: who was awarded before or is barred is passed over, until the seats are taken.

    Where more share the last place than there are seats, none of them is seated: a person decides.
    """
    award = sheet.pack.awards.get(grade.award)
    bars = [
        *BARS,
        *(
            [AWARDED_BEFORE]
            if award and award.once == "ever"
            else ["excellent_held"]
            if award
            else []
        ),
    ]
    columns = {bar: sheet.column(bar) for bar in bars}
    found: dict[int, Standing] = {}
    left, place = grade.rank_at_most or len(rows), 0
    while left > 0 and place < len(rows):
        tied = rows[place : _end_of_tie(ranks, rows, place)]
        place += len(tied)
        free = []
        for row in tied:
            held = next((bar for bar in bars if columns[bar](row) is True), "")
            if held:
                found[row] = Standing(held=held)
            else:
                free.append(row)
        for row in free:
            unchecked = tuple(bar for bar in bars if columns[bar](row) is None)
            fits = len(free) <= left
            found[row] = Standing(grade.id if fits else "", grade.award, not fits, "", unchecked)
        left -= len(free)
    return found


def _end_of_tie(ranks: Sequence[int | None], rows: Sequence[int], place: int) -> int:
    end = place + 1
    while end < len(rows) and ranks[rows[end]] == ranks[rows[place]]:
        end += 1
    return end


# ── the answer ──────────────────────────────────────────────────────────────────────────────────────────────────


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
