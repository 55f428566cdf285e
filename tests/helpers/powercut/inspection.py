"""Open an image of the disk as the program would, and ask whether it kept its promises."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine

from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.case import Case, Status
from desktop_app.domain.errors import CounterError
from desktop_app.domain.journal import Entry
from desktop_app.services.ports import UnitOfWork
from tests.adapters.storage.things import KEY
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.powercut.replay import Image, images

#: The state in which each act leaves its case; acts that are not here leave it as it was.
LEAVES = {
    "case.open": Status.DRAFT,
    "case.submit": Status.ACCEPTED,
    "case.correct": Status.ACCEPTED,
    "case.approve": Status.APPROVED,
    "case.register": Status.REGISTERED,
}

Inspect = Callable[[Path, int], str]
"""Looks at a folder after so many promises; answers in words, empty when all is well."""


@dataclass(frozen=True)
class Findings:
    """What came out, by way of ending: ``states`` of the disk (one for each call and way), how many
    of them were ``opened`` (the others were the same to the last byte), what was ``wrong``."""

    states: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: str = ""

    def count(self, fault: str, *ways: str) -> int:
        """Opened images with a fault, of these ways of ending or of all."""
        return sum(
            number
            for (way, what), number in self.wrong.items()
            if what == fault and (not ways or way in ways)
        )

    def __add__(self, other: Findings) -> Findings:
        return Findings(
            self.states + other.states,
            self.opened + other.opened,
            self.wrong + other.wrong,
            self.first or other.first,
        )


def inspect_all(
    root: Path,
    before: Mapping[str, bytes],
    log: Path,
    inspect: Inspect,
    *,
    tears: int,
    seed: int = 1,
    workers: int = 2,
) -> Findings:
    """Open every image of a recording, shared among processes; each has its own ``inspect``."""
    part = partial(_inspect_part, root, before, log, inspect, tears, seed, workers)
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        return sum(pool.map(part, range(workers)), Findings())


def _inspect_part(
    root: Path,
    before: Mapping[str, bytes],
    log: Path,
    inspect: Inspect,
    tears: int,
    seed: int,
    workers: int,
    mine: int,
) -> Findings:
    every = images(root, before, log, tears=tears, seed=seed)
    return _inspect_images((image for image in every if image.print % workers == mine), inspect)


def _inspect_images(chosen: Iterable[Image], inspect: Inspect) -> Findings:
    found = Findings()
    first = ""
    known: set[int] = set()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="luohu-powercut-", dir=memory))
    try:
        for image in chosen:
            found.states[image.way] += 1
            if image.print in known:
                continue
            known.add(image.print)
            found.opened[image.way] += 1
            _lay_out(image, folder)
            said = inspect(folder, image.acknowledged)
            if said:
                found.wrong[image.way, said.split(":")[0]] += 1
                first = first or f"{image.way} after call {image.after}: {said}"
    finally:
        shutil.rmtree(folder)
    return replace(found, first=first)


def _lay_out(image: Image, folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name, data in image.files.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


class CounterInspection:
    """The promises of the counter: nothing lost, nothing by halves, the chain whole.

    One engine serves all images of a process, with new connections for each: SQLAlchemy then
    writes its statements once and not a thousand times.
    """

    def __init__(self) -> None:
        self._engine: Engine | None = None

    def __call__(self, folder: Path, acknowledged: int) -> str:
        database = folder / DATABASE
        try:
            if self._engine is None:
                self._engine = open_engine(database, KEY)
            return promises_broken(SqlStore(self._engine, database, KEY), acknowledged)
        except CounterError as refusal:
            return f"corrupt: {refusal}"
        finally:
            if self._engine is not None:
                self._engine.dispose()


def lost(store: SqlStore, acknowledged: int) -> str:
    """Whether an act that was acknowledged is not there."""
    with store.read() as unit:
        last = unit.journal.last()
    there = last.seq if last else 0
    return f"lost: {acknowledged} acts acknowledged, {there} there" if there < acknowledged else ""


def promises_broken(store: SqlStore, acknowledged: int) -> str:
    """What an open store does not keep of its promises."""
    report = check(store)
    if not report.sound:
        return f"corrupt: {report.faults}"
    with store.read() as unit:
        halves = _halves(unit, report.rows)
    return f"halves: {halves}" if halves else lost(store, acknowledged)


def _halves(unit: UnitOfWork, rows: Mapping[str, int]) -> str:
    """Where cases, journal, numbers and register disagree; empty when they agree."""
    acts: dict[str, list[Entry]] = {}
    for entry in unit.journal.entries():
        if entry.action.startswith("case."):
            acts.setdefault(entry.subject, []).append(entry)
    if rows["cases"] != len(acts):
        return f"{rows['cases']} cases, {len(acts)} in the journal"
    for case_id, entries in acts.items():
        words = _differs(unit.cases.get(case_id), entries)
        if words:
            return words
    entered = sum(entries[-1].action == "case.register" for entries in acts.values())
    if not rows["persons"] == rows["stays"] == rows["households"] == entered:
        return f"{entered} entered, the register says {dict(rows)}"
    return _numbers_differ(
        [
            unit.cases.get(case_id).number
            for case_id, entries in acts.items()
            if any(entry.action == "case.submit" for entry in entries)
        ]
    )


def _differs(case: Case, entries: list[Entry]) -> str:
    states = [LEAVES[entry.action] for entry in entries if entry.action in LEAVES]
    if case.status is not states[-1]:
        return f"journal says {states[-1]}, case says {case.status}"
    submitted = [entry.detail["number"] for entry in entries if entry.action == "case.submit"]
    if submitted != ([case.number] if case.number else []):
        return f"journal gave {submitted}, case has {case.number!r}"
    return ""


def _numbers_differ(numbers: list[str]) -> str:
    tails = sorted(int(number[-4:]) for number in numbers)
    return "" if tails == list(range(1, len(tails) + 1)) else f"numbers given: {tails}"
