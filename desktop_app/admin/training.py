"""The training data (演练数据): a folder without passwords, a few accounts, people and cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.policy import load_policy
from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import DATABASE, KEYS, FileVault
from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.adapters.workstation.profile import install_profile, load_profile
from desktop_app.admin.seeding import STAFF, SUPERVISOR, Seeder
from desktop_app.domain.station import Station

NO_PASSWORD = ""
"""What opens a training folder: it has no secrets, and nobody is asked for any."""

_PERSONS, _CASES, _SEED = 150, 40, 1


def make_folder(folder: Path, profile: Path, station: Station) -> None:
    """A training folder with its accounts and nobody in it. Raises CounterError."""
    paths.private_folder(folder)
    install_profile(profile, folder)
    create_data(folder, station, SUPERVISOR.login, SUPERVISOR.name, NO_PASSWORD, True)
    vault = FileVault(folder, SystemClock())
    for operator in STAFF:
        if operator is not SUPERVISOR:
            vault.enrol(
                operator.login, NO_PASSWORD,
                by_login=SUPERVISOR.login, by_password=NO_PASSWORD,
            )
    store = vault.unlock(SUPERVISOR.login, NO_PASSWORD).store
    try:
        with store.write() as unit:
            for operator in STAFF:
                unit.staff.put(operator)
            unit.commit()
    finally:
        store.close()


def ensure_training(folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
    """Make the training folder with people and cases, unless it is there already.

    A folder whose making was cut short is finished or made anew: it holds nobody real. Raises
    CounterError.
    """
    if (folder / KEYS).exists() and (folder / DATABASE).exists():
        return
    tell("建立演练数据")
    profile = paths.training_profile()
    station = load_profile(profile, training=True)
    (folder / DATABASE).unlink(missing_ok=True)
    (folder / KEYS).unlink(missing_ok=True)
    make_folder(folder, profile, station)
    unlocked = FileVault(folder, SystemClock()).unlock(SUPERVISOR.login, NO_PASSWORD)
    try:
        fill(unlocked.store, station, persons=_PERSONS, cases=_CASES, seed=_SEED)
    finally:
        unlocked.store.close()
