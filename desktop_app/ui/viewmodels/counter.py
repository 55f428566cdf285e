"""What a signed-in person works with: the services of one session, handed to every view model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services.certificates import Certificates
from desktop_app.services.clauses import Clauses
from desktop_app.services.desk import Desk
from desktop_app.services.graduation import Graduation
from desktop_app.services.keeping import Keeping
from desktop_app.services.ports import CardReader, Clock, Printer
from desktop_app.services.register import Register
from desktop_app.services.review import Review
from desktop_app.services.roster import Rosters
from desktop_app.services.roster_papers import RosterPapers
from desktop_app.services.search import Finder
from desktop_app.services.settings import Preferences
from desktop_app.services.words import local

Rasteriser = Callable[[bytes, int], Iterator[bytes]]
"""Pages of a PDF as PNG bytes at so many dots per inch."""


WriteRows = Callable[[Path, str, Sequence[str], Sequence[Sequence[str]]], None]
"""Writes a table of words: file, title, headings, rows."""


Cut = Callable[[bytes, int, int], bytes]
"""Some pages of a PDF as a PDF, by the first and the last, from 1."""


@dataclass(frozen=True)
class Students:
    """What a session needs for freshers and graduates."""

    rosters: Rosters
    papers: RosterPapers
    graduation: Graduation
    write_rows: WriteRows
    cut: Cut


@dataclass(frozen=True)
class Counter:
    """One session at one window of the station.

    ``names`` has everybody's name by login; ``close`` lets the data go; ``password_needed`` is
    False in a training folder, where accounts have none.
    """

    operator: Operator
    station: Station
    clock: Clock
    book: PolicyBook
    desk: Desk
    review: Review
    register: Register
    certificates: Certificates
    students: Students
    finder: Finder
    clauses: Clauses
    preferences: Preferences
    keeping: Keeping
    reader: CardReader
    printer: Printer
    pages: Rasteriser
    check_password: Callable[[str], bool]
    close: Callable[[], None]
    names: Mapping[str, str]
    password_needed: bool = True

    def title(self, procedure_id: str) -> str:
        """A procedure's title, whatever edition; its id when the book no longer has it."""
        for procedure in self.book.procedures:
            if procedure.id == procedure_id:
                return procedure.title
        return procedure_id


def clock_words(moment: datetime) -> str:
    """Hour, minute and second at the station."""
    return local(moment).strftime("%H:%M:%S")


def minute_words(moment: datetime) -> str:
    """Date and minute at the station: 06-01 10:23."""
    return local(moment).strftime("%m-%d %H:%M")
