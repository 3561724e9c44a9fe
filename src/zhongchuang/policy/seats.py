"""Grades and the awards that follow from them: who is seated, who is passed over, where a tie is left to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .scoring import Grade
from .sheet import Sheet

BARS = ("banned", "false_material")
AWARDED_BEFORE = "excellent_awarded_ever"
HUNDRED_PERCENT = 100


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
