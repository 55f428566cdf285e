"""The training data (演练数据): a folder without passwords, a few accounts, people and cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.policy import load_policy
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import (
    DATABASE,
    KEYS,
    TRIES,
    UNFINISHED,
    FileVault,
    holds_data,
)
from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.adapters.workstation.profile import load_profile
from desktop_app.admin.seeding import STAFF, SUPERVISOR, Seeder, require_training
from desktop_app.admin.setting_up import make_data
from desktop_app.domain.station import Station

NO_PASSWORD = ""
"""What opens a training folder: it has no secrets, and nobody is asked for any."""

_COST = Cost(memory_kib=64, passes=1, lanes=1)
"""Next to nothing: there is no password to guess, and a beginner should not wait for one."""

_MAKING = "training.making"
"""Stands in a folder until all its people and cases are there."""

_PERSONS, _CASES, _SEED = 150, 40, 1


def make_folder(folder: Path, profile: Path, station: Station) -> None:
    """A training folder with its accounts and nobody in it. Raises CounterError."""
    make_data(folder, profile, station, SUPERVISOR, NO_PASSWORD, training=True, cost=_COST)
    vault = FileVault(folder, SystemClock(), cost=_COST)
    for operator in STAFF:
        if operator is not SUPERVISOR:
            vault.enrol(
                operator.login, NO_PASSWORD,
                by_login=SUPERVISOR.login, by_password=NO_PASSWORD,
            )
    store = open_training(folder)
    try:
        with store.write() as unit:
            for operator in STAFF:
                unit.staff.put(operator)
            unit.commit()
    finally:
        store.close()


def fill(
    store: SqlStore, station: Station, *, persons: int, cases: int, seed: int,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[int, int]:
    """Add that many people and cases; returns how many were added."""
    book = load_policy(paths.resources_dir(), paths.forms_dir())
    renderer = PdfRenderer(paths.resources_dir() / "fonts", load_forms(paths.forms_dir()))
    seeder = Seeder(store, book, renderer, station, SystemClock(), seed)
    seeder.add_staff()
    registered = seeder.add_people(persons, lambda n: tell(f"已登记 {n} 人"))
    taken = seeder.add_cases(cases, lambda n: tell(f"已办 {n} 件") if n % 100 == 0 else None)
    return registered, taken


def ensure_training(folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
    """Make the training folder with people and cases, unless it is there already.

    One whose making was cut is made anew: its people are made up, and nobody worked with them.
    Raises CounterError, and NotAllowed for a folder of real data.
    """
    making = folder / _MAKING
    if holds_data(folder):
        require_training(FileVault(folder, SystemClock()).training)
        if not making.exists():
            return
        _clear(folder)
    tell("正在建立演练数据")
    paths.private_folder(folder)
    making.touch()
    profile = paths.training_profile()
    station = load_profile(profile, training=True)
    make_folder(folder, profile, station)
    store = open_training(folder)
    try:
        fill(store, station, persons=_PERSONS, cases=_CASES, seed=_SEED)
    finally:
        store.close()
    making.unlink()


def _clear(folder: Path) -> None:
    """Take an unfinished training folder's data away; its key last, so that this can be cut too.

    A journal left behind would be played back into the next database.
    """
    databases = [name + end for name in (DATABASE, UNFINISHED) for end in ("-journal", "")]
    for name in (*databases, TRIES, KEYS):
        (folder / name).unlink(missing_ok=True)


def open_training(folder: Path) -> SqlStore:
    """The store of a training folder. Raises CounterError."""
    store = FileVault(folder, SystemClock()).unlock(SUPERVISOR.login, NO_PASSWORD).store
    if not isinstance(store, SqlStore):
        raise TypeError("the vault gives the store of this program")
    return store
