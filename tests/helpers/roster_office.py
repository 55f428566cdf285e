"""A station on freshers' day: the roster services on a small world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.adapters.pdf.part import pages_of
from desktop_app.adapters.pdf.raster import page_count
from desktop_app.adapters.roster.reader import ChildRosterReader
from desktop_app.adapters.roster.reconciliation import XlsxReconciliation
from desktop_app.domain.staff import Operator
from desktop_app.services.graduation import Graduation
from desktop_app.services.roster import Rosters
from desktop_app.services.roster_papers import RosterPapers
from desktop_app.services.roster_sheets import BatchSheet, RosterCheck
from tests.helpers.hostile_rosters import Row, table, write_csv
from tests.helpers.pdf_pages import page_text
from tests.helpers.world import CLERK, PASSWORD, SCHOOL, SUPERVISOR, World


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of every page, line breaks and spaces left out."""
    return [page_text(pdf, page) for page in range(page_count(pdf))]


@dataclass(frozen=True)
class RosterOffice:
    """The services, and the usual way through them."""

    world: World
    folder: Path

    def rosters(self, by: Operator = CLERK) -> Rosters:
        """Freshers' day for an operator; PASSWORD is everybody's password."""
        world = self.world
        return Rosters(
            world.store, world.book, world.station, world.clock, by, ChildRosterReader(),
            world.renderer.missing_glyphs, lambda text: text == PASSWORD,
        )

    def papers(self, by: Operator = CLERK) -> RosterPapers:
        """The papers of rosters."""
        world = self.world
        return RosterPapers(
            world.store, world.book, world.renderer, world.station, world.clock, by, pages_of,
            XlsxReconciliation(),
        )

    def graduation(self, by: Operator = CLERK) -> Graduation:
        """Moving out."""
        world = self.world
        return Graduation(
            world.store, world.book, world.renderer, world.station, world.clock, by, pages_of,
            ChildRosterReader(),
        )

    def file(self, rows: Sequence[Row], name: str = "名册.csv") -> Path:
        """A roster with these rows."""
        return write_csv(self.folder / name, table(rows))

    def check(self, rows: Sequence[Row], name: str = "名册.csv") -> RosterCheck:
        """The rows as checked."""
        return self.rosters().check(self.file(rows, name), SCHOOL.code)

    def taken(self, rows: Sequence[Row], name: str = "名册.csv") -> BatchSheet:
        """The rows as taken by the clerk."""
        return self.rosters().take(self.check(rows, name))

    def registered(self, rows: Sequence[Row], name: str = "名册.csv") -> BatchSheet:
        """The rows as approved by the supervisor and entered by the clerk."""
        batch_id = self.taken(rows, name).batch.id
        self.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
        return self.rosters().enter(batch_id)
