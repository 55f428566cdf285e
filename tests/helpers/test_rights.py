"""The privilege is really gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.sources import ROOT

SCRIPT = """
import sys
from tests.helpers.rights import obey_file_modes
obey_file_modes()
try:
    open(sys.argv[1], "w")
except PermissionError:
    print("refused")
"""


def test_root_is_refused_what_the_mode_forbids(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o555)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(shut / "file")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    shut.chmod(0o755)
    assert done.stdout == "refused\n"
