"""Which column of a school's table means what: headings, wherever they stand and however spelt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from desktop_app.domain.roster import COLUMNS
from desktop_app.domain.roster_words import simpler

_REQUIRED = frozenset(column.id for column in COLUMNS if column.required)
_EITHER = "院(系)"


def match_headings(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Column id to position for a heading row.

    ``remembered`` maps headings of this school, as ``plain_heading`` gives them, to column ids;
    an empty id says that the heading means none of ours. Where two headings mean one column, a
    remembered one is taken, then the one named first among the synonyms, then the one that
    stands first.
    """
    told = remembered or {}
    best: dict[str, tuple[int, int]] = {}
    for position, heading in enumerate(headings):
        words = plain_heading(heading)
        column, rank = (told[words], -1) if words in told else _KNOWN.get(words, ("", 0))
        if column and (column not in best or rank < best[column][0]):
            best[column] = rank, position
    return {column: position for column, (_, position) in best.items()}


def plain_heading(heading: str) -> str:
    """A heading without what schools add: blanks, stars, remarks in brackets, English beside it."""
    text = simpler(unicodedata.normalize("NFKC", "".join(heading.split())))
    bare = text.split("(")[0] if not text.startswith("(") and text != _EITHER else text
    kept = "".join(char for char in bare if char.isalnum() or char in "()")
    chinese = "".join(char for char in kept if not (char.isascii() and char.isalpha()))
    return chinese if chinese.strip("()") else kept


_KNOWN: Mapping[str, tuple[str, int]] = {
    plain_heading(words): (column.id, rank)
    for column in COLUMNS
    for rank, words in enumerate((column.label, *column.synonyms))
}


def is_heading_row(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None
) -> bool:
    """Whether a row names the columns a roster cannot do without."""
    return match_headings(headings, remembered).keys() >= _REQUIRED


def heading_row(
    rows: Iterable[Sequence[str]], remembered: Mapping[str, str] | None = None
) -> tuple[int, tuple[str, ...]] | None:
    """Where the headings stand (from 0, the lowest row of them) and what they say; None: nowhere.

    Headings may take two rows: cells merged downwards stand in the upper one, those under a common
    title in the lower. One of the two may have all that is needed and the other still more.
    """
    found = [tuple(row) for row in rows]
    for index, row in enumerate(found):
        if is_heading_row(row, remembered):
            return _widened(found, index, remembered)
    for index in range(1, len(found)):
        both = _joined(found[index - 1], found[index])
        if is_heading_row(both, remembered):
            return index, both
    return None


def _widened(
    rows: Sequence[tuple[str, ...]], index: int, remembered: Mapping[str, str] | None
) -> tuple[int, tuple[str, ...]]:
    """The heading row with what the row above or below it adds where it is blank itself."""
    row = rows[index]
    known = match_headings(row, remembered)
    if index + 1 < len(rows):
        below = rows[index + 1]
        both = match_headings(_joined(row, below), remembered)
        free = not any(_cell(below, known[column]) for column in _REQUIRED)
        if free and both.keys() > known.keys():
            return index + 1, _joined(row, below)
    if index:
        both = match_headings(_joined(rows[index - 1], row), remembered)
        if both.keys() > known.keys():
            return index, _joined(rows[index - 1], row)
    return index, row


def _cell(row: Sequence[str], position: int) -> str:
    return row[position] if position < len(row) else ""


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        below or above for above, below in zip_longest(upper, lower, fillvalue="")
    )
