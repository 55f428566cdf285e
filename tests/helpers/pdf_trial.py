"""Trial forms and the papers' renderer, for tests of the page as PDF."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from desktop_app.adapters.pdf.faces import PaperFaces
from desktop_app.domain.forms import (
    Box,
    FilledForm,
    FormDefinition,
    Line,
    Page,
    QrBox,
    Text,
    fill,
)
from desktop_app.services.ports import Marks
from tests.helpers.previews import FONTS

MARKS = Marks(copy_number="210213001-01-000123", policy_digest="3f9c1a7be042d5ff")
NONE = Marks()
NAME = Box(10, 10, 80, 12, "{person.name}", id="name", size=14, min_size=6, wrap=True)
#: CJK unified ideographs beyond the BMP: extensions B, C, D, E, F.
EXTENSIONS = [
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0x2CEB0, 0x2EBEF),
]


def one(
    *boxes: Box,
    width: float = 100,
    height: float = 60,
    lines: tuple[Line, ...] = (),
    texts: tuple[Text, ...] = (),
    codes: tuple[QrBox, ...] = (),
) -> FormDefinition:
    """A form of one page with these things on it."""
    page = Page(width, height, boxes=boxes, lines=lines, texts=texts, codes=codes)
    return FormDefinition("trial", "试验单", date(2017, 5, 9), (page,), overprint=True)


def named(name: str, box: Box = NAME) -> FilledForm:
    """The form with a name alone, filled."""
    return fill(one(box), {"person.name": name})


def sample_of(file: str, ranges: Sequence[tuple[int, int]], count: int) -> str:
    """Characters that a face covers, drawn from ranges of code points with a fixed seed."""
    coverage = PaperFaces(FONTS).coverage
    chance = random.Random(2022)
    pool = [chr(code) for first, last in ranges for code in range(first, last + 1)]
    return "".join(chance.sample([char for char in pool if coverage.covers(file, char)], count))
