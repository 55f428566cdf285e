"""How words are set into an area: size, line breaks, where each line starts.

Lengths here are points. Chinese text may break between any two characters except before closing
and after opening punctuation (避头尾, GB/T 15834); a number stays with its unit, a Latin word stays
whole, and no paragraph ends in a line of one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol

from desktop_app.domain.forms import Text

MM = 72 / 25.4
_STEP = 0.5
_SLACK = 0.01
#: How far a line shrinks before it is broken instead: a tenth of its size.
_SINGLE_LINE = 0.9
#: Broken lines leave this share of the height free before they are allowed to fill it.
_COMFORT = 0.88
#: Half the height of a Chinese character lies this far above the baseline, in ems.
CENTRE = 0.38
_OPENING = "（《〈「『【〔〖［｛“‘([{"
_CLOSING = "，。、；：？！）》〉」』】〕〗］｝”’·,.;:?!)]}％℃—…"
_WORD = r"[A-Za-z0-9][A-Za-z0-9'\-/.:*@_+#]*"
_UNIT = "[号年月日时分元岁条款项室单栋幢楼层区]"
#: A short note in half-width brackets stays with what it follows: 二(三), 本市(县).
_NOTE = r"(?:\([^()]{1,4}\))"
#: The number of an article is read in one piece: 第十四条.
_ARTICLE = "第[一二三四五六七八九十百零]{1,6}[条款项章]"
_CLUSTER = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:{_WORD}{_UNIT}?|{_ARTICLE}|.){_NOTE}?"
    rf"[{re.escape(_CLOSING)}]*[ ]?",
    re.DOTALL,
)
#: The last of several lines holds at least so much before its closing punctuation: two characters.
_LAST = 2000
#: A line that justifying would tear wider than this, in ems per character, stays ragged.
_WIDEST_GAP = 0.12


class Ruler(Protocol):
    """Measures text in thousandths of an em; a missing glyph is a KeyError."""

    def __call__(self, text: str) -> int:
        """Width of a text."""
        ...

    def widths(self, text: str) -> list[int]:
        """Width of each character."""
        ...


@dataclass(frozen=True)
class SetLine:
    """One line of words: its left end and baseline, and space added after each character."""

    text: str
    x: float
    y: float
    spacing: float = 0.0


@dataclass(frozen=True)
class Setting:
    """Words as they will stand: lines with y growing downwards from the top of the page."""

    size: float
    lines: tuple[SetLine, ...]


def fit(text: str, box: Text, measure: Ruler, drop: float = 0.0) -> Setting | None:
    """Set the words into the area, or None when they do not fit even at the smallest size.

    ``measure`` gives the width of a text in thousandths of an em; ``drop`` moves the area down,
    in millimetres.
    """
    width, height = box.width * MM, box.height * MM
    if "\n" not in text and not box.indent:
        units = measure(text)
        size = _largest(units, width, box.size)
        least = max(box.min_size, box.size * _SINGLE_LINE) if box.wrap else box.min_size
        if least - _SLACK <= size <= height + _SLACK:
            return _single(text, box, size, units, drop)
    if not box.wrap and "\n" not in text:
        return None
    return _fit_block(text, box, measure, drop, height * _COMFORT) or _fit_block(
        text, box, measure, drop, height
    )


def _fit_block(text: str, box: Text, measure: Ruler, drop: float, height: float) -> Setting | None:
    """Broken lines at the largest size at which they fit the area's width and that height."""
    size = box.size
    while size >= box.min_size - _SLACK:
        lines = _break(text, box, box.width * MM * 1000 / size, measure)
        if lines is not None and _block_height(len(lines), size, box.leading) <= height + _SLACK:
            return _block(lines, box, size, measure, drop)
        size -= _STEP
    return None


def _largest(units: int, width: float, size: float) -> float:
    """The size, in half points down from the wanted one, at which so many units fit the width."""
    if units * size <= (width + _SLACK) * 1000:
        return size
    wanted = (width + _SLACK) * 1000 / units
    steps = -int(-(size - wanted) // _STEP)
    return size - steps * _STEP


def _block_height(lines: int, size: float, leading: float) -> float:
    return size * (1 + (lines - 1) * leading)


def _top(box: Text, used: float, drop: float) -> float:
    """Where a block of that height begins, in points from the top of the page."""
    free = box.height * MM - used
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[box.valign]
    return (box.y + drop) * MM + free * share


def _single(text: str, box: Text, size: float, units: int, drop: float) -> Setting:
    baseline = _top(box, size, drop) + size * (0.5 + CENTRE)
    return Setting(size, (_place(text, box, size, units, baseline, last=True),))


def _block(
    lines: Sequence[tuple[str, bool, float]], box: Text, size: float, measure: Ruler, drop: float
) -> Setting:
    top = _top(box, _block_height(len(lines), size, box.leading), drop)
    placed: list[SetLine] = []
    for index, (text, last, indent) in enumerate(lines):
        baseline = top + size * (0.5 + CENTRE + index * box.leading)
        units = measure(text.rstrip(" "))
        placed.append(_place(text, box, size, units, baseline, last=last, indent=indent * size))
    return Setting(size, tuple(placed))


def _place(
    text: str,
    box: Text,
    size: float,
    units: int,
    baseline: float,
    *,
    last: bool,
    indent: float = 0.0,
) -> SetLine:
    left, width = box.x * MM + indent, box.width * MM - indent
    free = width - units * size / 1000
    if box.align in ("justify", "spread"):
        gaps = len(text.rstrip(" ")) - 1
        if gaps > 0 and (box.align == "spread" or not last):
            spacing = max(free, 0.0) / gaps
            if box.align == "spread" or spacing <= _WIDEST_GAP * size:
                return SetLine(text, left, baseline, spacing)
        return SetLine(text, left, baseline)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[box.align]
    return SetLine(text, left + free * share, baseline)


def _break(
    text: str, box: Text, limit: float, measure: Ruler
) -> list[tuple[str, bool, float]] | None:
    """Lines as (text, last of its paragraph, indent in ems); None when there are too many."""
    lines: list[tuple[str, bool, float]] = []
    for paragraph in text.split("\n"):
        indent = box.indent
        for line in _paragraph(paragraph, limit, indent * 1000, measure, box):
            if measure(line.rstrip(" ")) > limit - indent * 1000 + _SLACK:
                return None
            lines.append((line, False, indent))
            indent = 0.0
        lines[-1] = (lines[-1][0], True, lines[-1][2])
    return None if box.lines and len(lines) > box.lines else lines


def _paragraph(text: str, limit: float, indent: float, measure: Ruler, box: Text) -> list[str]:
    if not text or not box.wrap:
        return [text]
    edges = [0, *accumulate(measure.widths(text))]
    places: list[int] = []
    starts, room = [0], limit - indent
    for left, right in _clusters(text, edges, limit):
        places.append(left)
        seen = right - 1 if text[right - 1] == " " else right
        if left > starts[-1] and edges[seen] - edges[starts[-1]] > room + _SLACK:
            starts.append(left)
            room = limit
    if len(starts) > 1:
        latest = edges[len(text.rstrip(_CLOSING))] - _LAST
        starts[-1] = _last_start(edges, places, starts, latest)
    return [text[first:last] for first, last in pairwise([*starts, len(text)])]


def _last_start(edges: list[int], places: list[int], starts: list[int], latest: int) -> int:
    """Where the last line starts: before ``latest`` if the line before it stays the longer one."""
    start = starts[-1]
    for place in reversed(places):
        too_far = edges[-1] - edges[place] > edges[place] - edges[starts[-2]]
        if edges[start] <= latest or place <= starts[-2] or too_far:
            break
        start = min(start, place)
    return start


def _clusters(text: str, edges: list[int], limit: float) -> Iterator[tuple[int, int]]:
    """Pieces that a line may not break; a piece wider than the line falls into characters."""
    for match in _CLUSTER.finditer(text):
        left, right = match.span()
        if right - left > 1 and edges[right] - edges[left] > limit:
            yield from ((place, place + 1) for place in range(left, right))
        else:
            yield left, right
