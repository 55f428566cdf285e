"""Making a station's data folder: one order for the window, ``init`` and training."""

from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.vault import UNFINISHED, holds_data
from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.profile import PROFILE, install_profile
from desktop_app.domain.errors import CounterError
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station


def make_data(
    folder: Path, profile: Path, station: Station, first: Operator, password: str,
    *, training: bool = False, cost: Cost | None = None,
) -> None:
    """The profile first, the data after it, so that there is never data without its station.

    Cut before the key is safe, the folder holds nothing of worth and is made again from the
    start (``is_unfinished``); cut after it, the first sign-in finishes it. Refused, it is left as
    it was. Raises CounterError.
    """
    was_there = folder.exists()
    had_profile = (folder / PROFILE).exists()
    try:
        paths.private_folder(folder)
        install_profile(profile, folder)
        create_data(folder, station, first.login, first.name, password, training, cost=cost)
    except CounterError:
        _take_back(folder, was_there, had_profile)
        raise


def is_unfinished(folder: Path) -> bool:
    """Whether the making of this folder was cut before there was any data in it."""
    begun = any((folder / name).exists() for name in (PROFILE, UNFINISHED))
    return begun and not holds_data(folder)


def _take_back(folder: Path, was_there: bool, had_profile: bool) -> None:
    """Leave nothing of a folder that could not be made."""
    if not folder.is_dir():  # a file stands in its place
        return
    if not had_profile and not holds_data(folder):
        (folder / PROFILE).unlink(missing_ok=True)
    if not was_there and not any(folder.iterdir()):
        folder.rmdir()
