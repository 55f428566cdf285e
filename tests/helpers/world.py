"""A small station for tests: a real encrypted store, a clock that stands still, three people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop_app.adapters.disk import private_folder
from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.policy import load_policy
from desktop_app.adapters.storage.store import create_store, open_store
from desktop_app.domain.errors import CounterError
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Role
from desktop_app.domain.station import School, Station
from desktop_app.services.certificates import Certificates
from desktop_app.services.desk import Desk
from desktop_app.services.ports import FormRenderer, Store
from desktop_app.services.register import Register
from desktop_app.services.review import Review
from desktop_app.services.sheets import CaseSheet, RegisterSheet
from desktop_app.services.words import STATION_TIME

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2017, 6, 1)
PASSWORD = "演练-口令-2017"
CLERK = Operator("zhang", "张演练", Role.CLERK)
SUPERVISOR = Operator("li", "李演练", Role.SUPERVISOR)
INSTALLER = Operator("wang", "王演练", Role.INSTALLER)
EVERYBODY = (CLERK, SUPERVISOR, INSTALLER)
SCHOOL = School("19999", "大连演练大学")
STATION = Station(
    code="210283901", name="庄河市公安局演练派出所", region="210283", zone="new_district",
    workstation="01", counter="1", schools=(SCHOOL,),
)
_MORNING = datetime(2017, 6, 1, 9, 0, tzinfo=STATION_TIME).astimezone(UTC)


class FixedClock:
    """A clock that moves only when a test moves it."""

    def __init__(self, moment: datetime = _MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it stands at, in UTC."""
        return self.moment

    def today(self) -> date:
        """The station's day at that moment."""
        return self.moment.astimezone(STATION_TIME).date()

    def advance(self, **span: int) -> None:
        """Move on by so many days, hours, minutes."""
        self.moment += timedelta(**span)


@lru_cache(maxsize=1)
def policy_book() -> PolicyBook:
    """The policy that is shipped, read once for all tests of a process."""
    return load_policy(ROOT / "resources", ROOT / "forms")


@lru_cache(maxsize=1)
def form_renderer() -> PdfRenderer:
    """The forms that are shipped, with the fonts that are shipped."""
    return PdfRenderer(ROOT / "resources" / "fonts", load_forms(ROOT / "forms"))


@dataclass
class World:
    """One station with its services; ``by`` says who acts, by default who usually would."""

    store: Store
    clock: FixedClock = field(default_factory=FixedClock)
    station: Station = STATION
    book: PolicyBook = field(default_factory=policy_book)
    renderer: FormRenderer = field(default_factory=form_renderer)

    def desk(self, by: Operator = CLERK) -> Desk:
        """The counter."""
        return Desk(self.store, self.book, self.station, self.clock, by, self.renderer)

    def review(self, by: Operator = SUPERVISOR) -> Review:
        """The supervisor's queue; PASSWORD is the password of everybody."""
        return Review(
            self.store, self.book, self.station, self.clock, by, lambda text: text == PASSWORD,
            self.renderer.missing_glyphs,
        )

    def register(self, by: Operator = CLERK) -> Register:
        """The register."""
        return Register(self.store, self.book, self.station, self.clock, by)

    def certificates(self, by: Operator = CLERK) -> Certificates:
        """The papers."""
        return Certificates(
            self.store, self.book, self.renderer, self.station, self.clock, by
        )

    def entries(self) -> list[str]:
        """The acts in the journal, in order."""
        with self.store.read() as uow:
            return [entry.action for entry in uow.journal.entries()]

    def wrote(self, act: Callable[[], object]) -> list[str]:
        """The acts that a call added to the journal."""
        before = len(self.entries())
        act()
        return self.entries()[before:]

    def wrote_nothing(
        self, act: Callable[[], object], refusal: type[CounterError]
    ) -> bool:
        """Whether the call was refused in that way and left no trace."""
        before = self.entries()
        with pytest.raises(refusal):
            act()
        return self.entries() == before

    def ready(self, procedure: str, answers: dict[str, str], signer: str = "本人") -> CaseSheet:
        """A draft with every material seen and consent recorded, one step before submission."""
        desk = self.desk()
        case = desk.open(procedure, answers).case
        desk.see(case.id)
        return desk.consent(
            case.id, given=True, read_aloud=True, signed_sheet=True, signer=signer
        )

    def accepted(self, procedure: str, answers: dict[str, str]) -> CaseSheet:
        """A case that was submitted."""
        return self.desk().submit(self.ready(procedure, answers).case.id)

    def approved(self, procedure: str, answers: dict[str, str]) -> CaseSheet:
        """A case that was decided, along its own chain."""
        sheet = self.accepted(procedure, answers)
        review = self.review()
        if sheet.procedure.chain != "on_the_spot":
            review.review(sheet.case.id)
        return review.approve(sheet.case.id, PASSWORD)

    def registered(self, procedure: str, answers: dict[str, str]) -> tuple[str, RegisterSheet]:
        """The id of a case that was entered into the register, and what was entered."""
        case_id = self.approved(procedure, answers).case.id
        return case_id, self.register().enter(case_id)


KEY = bytes(range(32))


@lru_cache(maxsize=1)
def _empty_station() -> bytes:
    """A new database with the three people in it, made once for all tests of a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "luohu.db"
        store = create_store(path, KEY)
        with store.write() as uow:
            for operator in EVERYBODY:
                uow.staff.put(operator)
            uow.commit()
        store.close()
        return path.read_bytes()


def open_world(folder: Path, station: Station = STATION) -> World:
    """A station on a new encrypted database, its three people in their accounts."""
    private_folder(folder)
    path = folder / "luohu.db"
    path.write_bytes(_empty_station())
    return World(open_store(path, KEY), station=station)
