"""Freshers' day (新生集体落户): a school's roster from the file to the reconciliation sheet."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services.case_problems import Glyphs
from desktop_app.services.ports import Clock, RosterReader, Store
from desktop_app.services.roster_settling import Settling
from desktop_app.services.roster_taking import Taking


class Rosters(Taking, Settling):
    """All that happens to rosters, for one operator.

    ``Checking`` reads and corrects without writing, ``Taking`` accepts in one act or takes back,
    ``Settling`` decides, registers and reconciles. ``verify`` tells whether a text is the
    operator's password; ``glyphs`` names the characters that no font here can draw.
    """

    def __init__(
        self, store: Store, book: PolicyBook, station: Station, clock: Clock, by: Operator,
        reader: RosterReader, glyphs: Glyphs, verify: Callable[[str], bool],
    ) -> None:
        super().__init__(store, book, station, clock, by, glyphs)
        self.reader = reader
        self.glyphs = glyphs
        self.verify = verify
