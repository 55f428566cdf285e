"""What stands on a page: areas for words, rules, codes, rows, and the pages of an edition.

Lengths are millimetres from the upper left corner of the page, type sizes and rule weights
points.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from desktop_app.domain.form_text import Slot, Template, parse_template

Face = Literal["regular", "bold"]
Align = Literal["left", "center", "right", "justify", "spread"]
Valign = Literal["top", "middle", "bottom"]


@lru_cache(maxsize=4096)
def compiled(text: str) -> Template:
    """The pieces of a template; a pure function, remembered because forms are filled often."""
    return parse_template(text)


@dataclass(frozen=True)
class When:
    """A box prints only when a value is one of ``equals`` (or, with none given, is there)."""

    value: str
    equals: tuple[str, ...] = ()
    negate: bool = False


@dataclass(frozen=True)
class Text:
    """Words in an area; the fixed words of a page are such, and a Box is one with a template.

    ``size`` shrinks in half points down to ``min_size``; then, when ``wrap``, lines are broken,
    as many as the area holds and at most ``lines`` (0: no limit). ``leading`` is the distance of
    lines as a multiple of the size; ``indent`` the first-line indent of a paragraph in characters.
    ``spread`` alignment sets the characters evenly over the width (分散对齐).
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    face: Face = "regular"
    size: float = 10.5
    min_size: float = 10.5
    align: Align = "left"
    valign: Valign = "middle"
    wrap: bool = False
    lines: int = 0
    leading: float = 1.25
    indent: float = 0.0


@dataclass(frozen=True)
class Box(Text):
    """An area that prints a value or a template of values (``text``).

    ``optional`` boxes may stay empty, showing ``empty``; ``cells`` > 0 sets each character into
    its own cell (户号 boxes). A box whose ``when`` does not hold neither prints nor asks.
    """

    id: str = ""
    optional: bool = False
    empty: str = ""
    cells: int = 0
    when: When | None = None

    @property
    def value(self) -> str:
        """The value named by a box of a single slot; the whole template otherwise."""
        template = compiled(self.text)
        if len(template) == 1 and isinstance(template[0], Slot):
            return template[0].value
        return self.text


@dataclass(frozen=True)
class Line:
    """A rule from one point to another; ``weight`` in points; ``dash`` in points, 0: solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.35
    dash: float = 0.0


@dataclass(frozen=True)
class Rect:
    """A frame; ``fill`` is a grey from 0 (black) to 1 (white), or None for no fill."""

    x: float
    y: float
    width: float
    height: float
    weight: float = 0.35
    fill: float | None = None


@dataclass(frozen=True)
class QrBox:
    """A square QR code of a CODE value; ``level`` is its error correction (L M Q H)."""

    id: str
    value: str
    x: float
    y: float
    size: float
    level: str = "M"
    optional: bool = False


@dataclass(frozen=True)
class Repeat:
    """Rows of a list, one under another: ``boxes`` stand for the first row.

    More rows than ``rows`` print the page again when ``more`` is ``next_page``, else are refused.
    ``blank`` (以下空白) goes into the first row left over, in the first column that holds it.
    """

    over: str
    rows: int
    row_height: float
    boxes: tuple[Box, ...]
    more: Literal["next_page", "refuse"] = "refuse"
    blank: Text | None = None
    optional: bool = False


@dataclass(frozen=True)
class Page:
    """One side of a sheet. ``marks_y`` is where the copy number stands; None: near the bottom."""

    width: float
    height: float
    texts: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = ()
    rects: tuple[Rect, ...] = ()
    boxes: tuple[Box, ...] = ()
    codes: tuple[QrBox, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    marks_x: float = 15.0
    marks_y: float | None = None


@dataclass(frozen=True)
class FormDefinition:
    """One edition of a paper, in force from ``since`` up to but not including ``until``.

    ``stock`` is ``plain`` paper or ``preprinted`` (controlled sheets); ``overprint`` tells whether
    values may be printed without the fixed layer (套打). ``cites`` are clause references,
    ``source`` is where the layout comes from (``版式：待核`` when no official sheet was seen).
    """

    id: str
    title: str
    since: date
    pages: tuple[Page, ...]
    until: date | None = None
    stock: Literal["plain", "preprinted"] = "plain"
    overprint: bool = False
    cites: tuple[str, ...] = ()
    source: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this edition is the one to print on that day."""
        return self.since <= day and (self.until is None or day < self.until)
