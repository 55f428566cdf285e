"""Graduates who leave together: chosen, sent off, printed for, taken back when they stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.batch import Batch, BatchRow
from desktop_app.domain.certificate import Paper
from desktop_app.services.graduation import Departure, Group, Leaver
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.work import Work

State = tuple[Departure, tuple[Paper, ...]]


class GraduationModel(Work):
    """Who is in the school's household, who of them is chosen, and the departures before.

    ``read`` comes when groups and departures are known, ``chosen`` when the choice or a
    destination changed, ``destined`` with what a file of destinations did not say, ``left`` with
    the Departure after moving out, ``departed`` with the departure in hand.
    """

    read = Signal()
    chosen = Signal()
    destined = Signal(object)
    left = Signal(object)
    departed = Signal(object)
    acted = Signal(str)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._counter = counter
        self.school = ""
        self.groups: tuple[Group, ...] = ()
        self.departures: tuple[Batch, ...] = ()
        self.leavers: tuple[Leaver, ...] = ()
        self.departure: Departure | None = None
        self.papers: tuple[Paper, ...] = ()

    @property
    def counter(self) -> Counter:
        """The session behind the pages."""
        return self._counter

    def school_name(self) -> str:
        """The school in hand."""
        schools = self._counter.students.rosters.schools()
        return next((s.name for s in schools if s.code == self.school), "")

    # ---- choosing

    def load(self, school: str) -> None:
        """Who is there, by year, college and class."""
        self.school, self.leavers = school, ()
        service = self._counter.students.graduation

        def work(_: Progress) -> tuple[tuple[Group, ...], tuple[Batch, ...]]:
            return service.groups(school), service.departures(school)

        def done(found: tuple[tuple[Group, ...], tuple[Batch, ...]]) -> None:
            self.groups, self.departures = found
            self.read.emit()
            self.chosen.emit()
        self.run("正在读取集体户", work, done, stoppable=False)

    def choose(self, year: str, college: str, class_name: str) -> None:
        """Choose everybody of a year, a college, a class; what is empty does not choose."""
        service, school = self._counter.students.graduation, self.school
        known = {who.person_id: who.destination for who in self.leavers}

        def work(_: Progress) -> tuple[Leaver, ...]:
            found = service.select(
                school, year=int(year) if year.isdigit() else 0, college=college,
                class_name=class_name,
            )
            return tuple(
                replace(who, destination=known.get(who.person_id, "")) for who in found
            )
        self.run("正在选择", work, self._take_in, stoppable=False)

    def choose_nobody(self) -> None:
        """Let the choice go."""
        self._take_in(())

    def send_all_to(self, destination: str) -> None:
        """One destination for everybody who has none yet."""
        self._take_in(tuple(
            who if who.destination else replace(who, destination=destination)
            for who in self.leavers
        ))

    def send_to(self, person_id: str, destination: str) -> None:
        """The destination of one student."""
        self._take_in(tuple(
            replace(who, destination=destination) if who.person_id == person_id else who
            for who in self.leavers
        ))

    def drop(self, person_id: str) -> None:
        """Leave a student out of the choice."""
        self._take_in(tuple(who for who in self.leavers if who.person_id != person_id))

    def read_destinations(self, path: Path) -> None:
        """Destinations from a file."""
        service, leavers = self._counter.students.graduation, self.leavers

        def done(found: tuple[tuple[Leaver, ...], tuple[str, ...]]) -> None:
            self._take_in(found[0])
            self.destined.emit(found[1])
        self.run("正在读取迁往地址", lambda progress: service.destinations(leavers, path), done,
                 stoppable=False)

    def without_destination(self) -> int:
        """How many of the chosen have nowhere to go yet."""
        return sum(not who.destination for who in self.leavers)

    def _take_in(self, leavers: tuple[Leaver, ...]) -> None:
        self.leavers = leavers
        self.chosen.emit()

    # ---- leaving

    def move_out(self, urban_rural: str) -> None:
        """Move everybody out who is chosen; all of it at once."""
        service, school, leavers = self._counter.students.graduation, self.school, self.leavers

        def done(departure: Departure) -> None:
            self.leavers = ()
            self.departure, self.papers = departure, ()
            self.left.emit(departure)
        self.run(
            "正在迁出",
            lambda progress: service.move_out(school, leavers, urban_rural=urban_rural),
            done, stoppable=False,
        )

    def open(self, batch_id: str) -> None:
        """Take up a departure as it stands."""
        service = self._counter.students.graduation

        def work(_: Progress) -> State:
            return service.balance(batch_id), service.papers(batch_id)
        self.run("正在读取迁出批次", work, self._show, stoppable=False)

    def take_back(self, person_ids: Collection[str], reason: str) -> None:
        """Those who did not leave after all."""
        departure = self.departure
        if departure is None:
            return
        service, batch_id = self._counter.students.graduation, departure.batch.id
        count = len(person_ids)

        def work(_: Progress) -> State:
            return service.take_back(batch_id, person_ids, reason), service.papers(batch_id)

        def done(state: State) -> None:
            self._show(state)
            self.acted.emit(f"已恢复 {count:,} 人的户口，户口迁移证作废")
        self.run("正在恢复", work, done, stoppable=False)

    def rows(self) -> tuple[BatchRow, ...]:
        """Everybody in the departure in hand."""
        return self.departure.rows if self.departure else ()

    def _show(self, state: State) -> None:
        self.departure, self.papers = state
        self.departed.emit(self.departure)


def tally(groups: Collection[Group], key: Callable[[Group], str]) -> Mapping[str, int]:
    """How many are in each year, college or class."""
    found: dict[str, int] = {}
    for group in groups:
        found[key(group)] = found.get(key(group), 0) + group.count
    return found
