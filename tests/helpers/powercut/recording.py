"""Build the recorder and run a program under it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]


def build_recorder(folder: Path) -> Path:
    """Compile the recorder into a folder."""
    library = folder / "recorder.so"
    subprocess.run(
        [
            "gcc",
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            str(library),
            str(_HERE / "recorder.c"),
            "-ldl",
            "-lpthread",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return library


def start(
    library: Path, root: Path, log: Path, module: str, arguments: Sequence[str]
) -> subprocess.Popen[str]:
    """Start a Python module with every change below ``root`` noted in ``log``."""
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "POWERCUT_ROOT": str(root),
        "POWERCUT_LOG": str(log),
    }
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def record(library: Path, root: Path, log: Path, module: str, arguments: Sequence[str]) -> str:
    """Run a module to its end; what it printed. Raises AssertionError with what it complained."""
    running = start(library, root, log, module, arguments)
    out, err = running.communicate()
    assert running.returncode == 0, err
    return out
