"""Killed while a data folder is made: the next start says so and goes on, or just works."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.adapters.storage import creation, key_file
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.vault import FileVault, holds_data
from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.profile import load_profile, station_of
from desktop_app.admin import setting_up, training
from desktop_app.admin.setting_up import is_unfinished, make_data
from desktop_app.backstage import Backstage
from desktop_app.domain.errors import InputError
from desktop_app.domain.staff import Operator, Role
from tests.helpers.world import FixedClock

PASSWORD = "一口令-that-is-long"
FIRST = Operator("supervisor", "王演练", Role.SUPERVISOR)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
#: Where the power goes, and whether there is data afterwards.
CUTS: dict[str, tuple[object, str, bool, bool]] = {
    "before the profile": (setting_up, "install_profile", False, False),
    "between profile and data": (setting_up, "create_data", False, False),
    "before the tables": (creation, "_fill", False, False),
    "before the key is safe": (key_file, "save", False, False),
    "when the key is safe": (key_file, "save", True, True),
    "before the database has its name": (creation, "move", False, True),
    "at the very end": (creation, "move", True, True),
}


def make(folder: Path) -> None:
    """Make a real station's folder by the only way there is."""
    profile = paths.training_profile()
    make_data(folder, profile, load_profile(profile), FIRST, PASSWORD, cost=CHEAP)


def killed(work: Callable[[], None], place: Any, name: str, *, after: bool) -> None:
    """Let a child do the work until it reaches a call, and die there without tidying up."""
    real = getattr(place, name)

    def die(*given: object, **named: object) -> None:
        if after:
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    def live() -> None:
        setattr(place, name, die)
        work()
        os._exit(0)
    child = multiprocessing.get_context("fork").Process(target=live)
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("cut", CUTS)
def test_a_folder_cut_while_it_is_made_is_made_or_finished(tmp_path: Path, cut: str) -> None:
    place, name, after, has_data = CUTS[cut]
    folder = tmp_path / "data"
    killed(lambda: make(folder), place, name, after=after)
    assert holds_data(folder) is has_data
    assert is_unfinished(folder) is (not has_data and cut != "before the profile")
    if not has_data:
        make(folder)
    assert not is_unfinished(folder)
    vault = FileVault(folder, FixedClock(), cost=CHEAP)
    store = vault.unlock(FIRST.login, PASSWORD).store
    store.close()
    assert station_of(folder, training=vault.training).name, "never data without its station"


def test_the_window_asks_again_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    killed(lambda: make(folder), setting_up, "create_data", after=False)
    entrance = Backstage(folder, paths.resources_dir(), training=False)
    assert not entrance.has_data
    assert entrance.unfinished
    entrance.create(paths.training_profile(), FIRST.name, PASSWORD)
    assert entrance.has_data
    assert not entrance.unfinished
    assert entrance.logins() == (FIRST.login,)
    assert "号窗口" in entrance.station_words
    counter = entrance.sign_in(FIRST.login, PASSWORD)
    assert counter.operator.name == FIRST.name
    counter.close()


@pytest.mark.parametrize(("name", "after"), [("make_folder", True), ("fill", True)])
def test_training_that_was_cut_is_made_anew(tmp_path: Path, name: str, after: bool) -> None:
    folder = tmp_path / "data"
    killed(lambda: training.ensure_training(folder), training, name, after=after)
    (folder / "luohu.db-journal").write_bytes(b"left behind by a writer that was killed")
    told: list[str] = []
    training.ensure_training(folder, told.append)
    assert not (folder / "luohu.db-journal").exists()
    assert told == ["正在建立演练数据"]
    store = training.open_training(folder)
    with store.read() as uow:
        logins = {operator.login for operator in uow.staff.all()}
        last = uow.journal.last()
    store.close()
    assert logins == set(FileVault(folder, FixedClock()).logins())
    assert last is not None
    assert last.seq > 100, "with its people and cases"
    training.ensure_training(folder, told.append)
    assert len(told) == 1, "a finished one is left alone"


def test_a_refused_folder_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    profile = paths.training_profile()
    station = load_profile(profile)
    with pytest.raises(InputError, match="口令应为"):
        make_data(folder, profile, station, FIRST, "short", cost=CHEAP)
    assert not folder.exists()
    folder.mkdir()
    (folder / "station.toml").write_bytes(profile.read_bytes())
    with pytest.raises(InputError, match="口令应为"):
        make_data(folder, profile, station, FIRST, "short", cost=CHEAP)
    assert [path.name for path in folder.iterdir()] == ["station.toml"], "it was there before"
