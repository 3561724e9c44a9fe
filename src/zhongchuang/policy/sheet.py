"""The figures of an evaluation as its set asks for them, and the points that they bring."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .facts import Definition, Value, space_catalogue
from .pack import Pack
from .quantity import Exact, exact, round_half_up
from .scoring import Indicator, JudgedPoints, PerItem, Points, Scoring
from .table import Table


@dataclass(frozen=True, slots=True)
class Scored:
    """One indicator of one subject: figures and points of each part, before the share of the part is taken."""

    indicator: Indicator
    figures: Mapping[str, Exact | None]
    points: Mapping[str, Exact]


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
