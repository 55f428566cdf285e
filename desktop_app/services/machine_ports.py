"""What the services need of the machine: paper, printers, card readers, spreadsheets.

Import them from ``services.ports``, the one door for adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import Protocol

from desktop_app.domain.forms import FilledForm, FormDefinition
from desktop_app.domain.roster import RosterRow
from desktop_app.domain.roster_asides import Aside
from desktop_app.domain.station import PrintOffset

_NO_OFFSET = PrintOffset()


@dataclass(frozen=True)
class Marks:
    """What a paper carries besides its form: copy number, reprint mark, training mark.

    A part of a longer paper starts at ``first_page`` of ``of_pages`` (0: as many as there are).
    """

    copy_number: str = ""
    policy_digest: str = ""
    reprint: str = ""
    training: bool = False
    first_page: int = 1
    of_pages: int = 0


class FormRenderer(Protocol):
    """Forms by id and day, and their rendering to PDF."""

    def edition(self, form: str, on: date) -> FormDefinition:
        """The edition in force; raises Missing."""
        ...

    def titles(self) -> Mapping[str, str]:
        """Form id to title."""
        ...

    def render(
        self,
        filled: Sequence[FilledForm],
        *,
        marks: Marks,
        overprint: bool = False,
        offset: PrintOffset = _NO_OFFSET,
    ) -> bytes:
        """The PDF. Raises CounterError naming what does not fit or cannot be drawn."""
        ...

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """Characters that no font here can draw."""
        ...

    def fallback_glyphs(self, text: str) -> tuple[str, ...]:
        """Characters that the fallback face draws."""
        ...


class Printer(Protocol):
    """The printers of the machine."""

    def names(self) -> tuple[str, ...]:
        """The printers that can be chosen."""
        ...

    def send(self, pdf: bytes, *, printer: str, copies: int = 1,
             progress: Callable[[int, int], None] | None = None) -> None:
        """Print; returns when the system took it over. Raises Unavailable saying what to do."""
        ...


@dataclass(frozen=True)
class CardData:
    """What a second-generation identity card says (GA/T 467 text block)."""

    name: str
    sex: str
    ethnicity: str
    birth_date: date
    address: str
    citizen_id: str
    issuer: str
    valid_from: str
    valid_until: str


class CardReader(Protocol):
    """The identity-card reader."""

    def read(self) -> CardData:
        """Read the card that lies on it; raises Unavailable in words for the clerk."""
        ...


@dataclass(frozen=True)
class RosterFile:
    """A roster as read: where its headings stand, which column is which, and its rows.

    ``titles`` are the words above the headings; ``columns`` maps column ids to positions;
    ``sha256`` digests the file; ``hidden`` names sheets that were passed over, ``others`` sheets
    that look like a roster too; ``asides`` are rows that name no student.
    """

    name: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    titles: tuple[str, ...]
    rows: tuple[RosterRow, ...]
    sha256: str = ""
    hidden: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class RosterLook:
    """The beginning of a file, before anybody knows its headings.

    ``encodings`` has the first rows of a text file under every encoding that can be read,
    ``rows`` those of a workbook's ``sheet``; ``hidden`` are sheets that are never read.
    """

    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    encodings: Mapping[str, tuple[tuple[str, ...], ...]]


class RosterReader(Protocol):
    """Reads a school's spreadsheet without trusting it."""

    def read(
        self,
        path: Path,
        options: Mapping[str, object],
        *,
        progress: Callable[[int], None] | None = None,
        cancelled: Event | None = None,
    ) -> RosterFile:
        """The file's rows. ``options`` may fix ``encoding``, ``sheet``, ``heading_row`` (from 1)
        and ``columns`` (column id to position), or add ``headings`` (heading to column id).

        Raises InputError saying why a file is refused (its ``field`` is the code of the reason).
        """
        ...

    def look(self, path: Path, options: Mapping[str, object]) -> RosterLook:
        """The beginning of a file, to choose an encoding or columns by. Raises InputError."""
        ...
