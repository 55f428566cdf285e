"""Where the data lives: what was asked for, what the environment says, or the user's own place."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from desktop_app.adapters.disk import words_for
from desktop_app.domain.errors import Unavailable

ENVIRONMENT = "LUOHU_DATA"
_APPLICATION = "luohu-counter"
_TRAINING = "training"
_DATA = "data"
_PRIVATE = 0o700
_LOGS = "logs"


def program_dir() -> Path:
    """What holds ``resources`` and ``forms``: the packed program, or the source."""
    packed = getattr(sys, "_MEIPASS", None)
    return Path(packed) if packed else Path(__file__).resolve().parents[3]


def resources_dir() -> Path:
    """Policy, code tables, fonts, icons and styles."""
    return program_dir() / "resources"


def forms_dir() -> Path:
    """The forms, a folder each."""
    return program_dir() / "forms"


def training_profile() -> Path:
    """The profile of the synthetic station that training uses."""
    return program_dir() / "packaging" / "profiles" / "training.toml"


def data_dir(
    given: str | Path | None, environ: Mapping[str, str] = os.environ, *, training: bool = False
) -> Path:
    """The data folder: ``given``, else ``LUOHU_DATA``, else one under the user's own folder.

    The training database has a folder of its own there, so that it is never taken for the real.
    """
    asked = given or environ.get(ENVIRONMENT)
    if asked:
        return Path(asked).expanduser().absolute()
    return own_dir() / (_TRAINING if training else _DATA)


def own_dir() -> Path:
    """The program's folder among those of the user."""
    return Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False))


def logs_dir(data: Path) -> Path:
    """The folder of the program's log, made if need be. Raises Unavailable."""
    return private_folder(data / _LOGS)


def private_folder(folder: Path) -> Path:
    """The folder, made if need be, for its user alone.

    Raises Unavailable, also for one that all users of the machine share, such as /tmp: closing it
    to them would stop their programs.
    """
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if folder.stat().st_mode & stat.S_ISVTX:
            raise Unavailable(f"{folder} 是众人共用的文件夹，不能放数据", "在它里面另建一个")
        folder.chmod(_PRIVATE)
    except OSError as error:
        raise words_for(error, str(folder)) from error
    return folder
