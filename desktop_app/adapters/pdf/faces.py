"""The faces of a paper: Noto Serif SC in two weights, and HanaMinB behind both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Literal

from desktop_app.adapters.pdf.coverage import Coverage
from desktop_app.adapters.pdf.typeface import Advances, EmbeddedFace, Subset, Typeface

FaceName = Literal["regular", "bold", "fallback"]
FILES: dict[FaceName, str] = {
    "regular": "NotoSerifSC_400Regular.ttf",
    "bold": "NotoSerifSC_700Bold.ttf",
    "fallback": "HanaMinB.ttf",
}
#: The resource names of the faces in a content stream.
RESOURCE: dict[FaceName, str] = {"regular": "R", "bold": "B", "fallback": "H"}


class PaperFaces:
    """The font files, parsed when first drawn with; the coverage table answers before that."""

    def __init__(self, fonts_dir: Path) -> None:
        self._dir = fonts_dir
        self._typefaces: dict[FaceName, Typeface] = {}

    @cached_property
    def coverage(self) -> Coverage:
        """The table of what can be drawn."""
        return Coverage.load(self._dir)

    def typeface(self, face: FaceName) -> Typeface:
        """The font file of a face."""
        found = self._typefaces.get(face)
        if found is None:
            found = self._typefaces[face] = Typeface(self._dir / FILES[face])
        return found

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters that neither face can draw, each once."""
        return tuple(
            char
            for char in dict.fromkeys(text)
            if not self._primary(char) and not self.coverage.covers(FILES["fallback"], char)
        )

    def borrowed(self, text: str) -> tuple[str, ...]:
        """The characters that only the fallback face draws, each once."""
        return tuple(
            char
            for char in dict.fromkeys(text)
            if not self._primary(char) and self.coverage.covers(FILES["fallback"], char)
        )

    def _primary(self, char: str) -> bool:
        return self.coverage.covers(FILES["regular"], char)

    def measure(self, face: FaceName) -> Measure:
        """The ruler of a face."""
        return Measure(
            self.typeface(face).advances, lambda: self.typeface("fallback").advances
        )


class Measure:
    """Widths in thousandths of an em; a character without a glyph is a KeyError."""

    def __init__(self, primary: Advances, fallback: Callable[[], Advances]) -> None:
        self._primary = primary
        self._fallback = fallback

    def __call__(self, text: str) -> int:
        """Width of a text."""
        try:
            return sum(map(self._primary.__getitem__, text))
        except KeyError:
            return sum(map(self._either, text))

    def widths(self, text: str) -> list[int]:
        """Width of each character of a text."""
        try:
            return list(map(self._primary.__getitem__, text))
        except KeyError:
            return list(map(self._either, text))

    def _either(self, char: str) -> int:
        try:
            return self._primary[char]
        except KeyError:
            return self._fallback()[char]


class EmbeddedFaces:
    """The faces of one document or one fixed layer, growing with the characters drawn."""

    def __init__(self, faces: PaperFaces) -> None:
        self._faces = faces
        self._embedded: dict[FaceName, EmbeddedFace] = {}

    def runs(self, face: FaceName, text: str) -> Iterator[tuple[FaceName, str]]:
        """The text as (face, hexadecimal codes), one run unless the fallback face steps in."""
        primary = self._face(face)
        try:
            codes = primary.encode(text)
        except KeyError:
            yield from self._mixed(face, text)
        else:
            yield face, codes

    def _mixed(self, face: FaceName, text: str) -> Iterator[tuple[FaceName, str]]:
        advances = self._faces.typeface(face).advances

        def which(char: str) -> FaceName:
            try:
                advances[char]
            except KeyError:
                return "fallback"
            return face

        for name, chars in groupby(text, which):
            yield name, self._face(name).encode("".join(chars))

    def _face(self, face: FaceName) -> EmbeddedFace:
        found = self._embedded.get(face)
        if found is None:
            found = self._embedded[face] = EmbeddedFace(self._faces.typeface(face))
        return found

    def subsets(self) -> dict[FaceName, Subset]:
        """The font of every face that was drawn with."""
        return {face: embedded.subset() for face, embedded in self._embedded.items() if embedded}
