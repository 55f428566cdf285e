"""Where the data lives: what was asked for, what the environment says, or the user's own place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from desktop_app.adapters.workstation.atomic_file import words_for

ENVIRONMENT = "LUOHU_DATA"
_APPLICATION = "luohu-counter"
_TRAINING = "training"
_DATA = "data"
_PRIVATE = 0o700
_LOGS = "logs"
_SCRATCH = "scratch"


def data_dir(
    given: str | Path | None, environ: Mapping[str, str] = os.environ, *, training: bool = False
) -> Path:
    """The data folder: ``given``, else ``LUOHU_DATA``, else one under the user's own folder.

    The training database has a folder of its own there, so that it is never taken for the real.
    """
    asked = given or environ.get(ENVIRONMENT)
    if asked:
        return Path(asked).expanduser().absolute()
    own = Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False))
    return own / (_TRAINING if training else _DATA)


def logs_dir(data: Path) -> Path:
    """The folder of the program's log, made if need be. Raises Unavailable."""
    return _private_folder(data / _LOGS)


def scratch_dir(data: Path) -> Path:
    """A private, empty folder for files of the moment; what a crash left there is removed.

    Raises Unavailable. Only one program uses a data folder at a time, so nobody loses a file.
    """
    shutil.rmtree(data / _SCRATCH, ignore_errors=True)
    return _private_folder(data / _SCRATCH)


def _private_folder(folder: Path) -> Path:
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        folder.chmod(_PRIVATE)
    except OSError as error:
        raise words_for(error, folder.name) from error
    return folder
