"""A training folder that is seeded once and copied for every test that changes it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.profile import load_profile
from desktop_app.admin.__main__ import main
from desktop_app.admin.training import make_folder

PROFILE = paths.training_profile()
PASSWORD = "演练口令-2026"
PERSONS, CASES = 120, 22


@dataclass(frozen=True)
class Said:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> object:
        """The one JSON value on standard output."""
        return json.loads(self.out)

    def member(self, *path: str) -> object:
        """What lies at a path of keys in the JSON value."""
        found = self.value
        for key in path:
            assert isinstance(found, dict), found
            found = found[key]
        return found


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carry out a command line in this process; ``stdin`` is what it may read."""

    def call(*argv: object, stdin: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main([str(word) for word in argv])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder with people and cases; not to be changed."""
    folder = tmp_path_factory.mktemp("seeded") / "data"
    make_folder(folder, PROFILE, load_profile(PROFILE, training=True))
    assert main(["--data", str(folder), "seed", "--persons", str(PERSONS),
                 "--cases", str(CASES)]) == 0
    return folder


@pytest.fixture
def training(seeded: Path, tmp_path: Path) -> Path:
    """A copy of the seeded folder, to be changed."""
    return Path(shutil.copytree(seeded, tmp_path / "training"))


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of real data with the supervisor's PASSWORD; not to be changed."""
    from desktop_app.adapters.storage.creation import create_data
    from desktop_app.adapters.workstation.profile import install_profile

    folder = tmp_path_factory.mktemp("real") / "data"
    paths.private_folder(folder)
    install_profile(PROFILE, folder)
    create_data(folder, load_profile(PROFILE), "supervisor", "所领导", PASSWORD, False)
    return folder


@pytest.fixture
def real(real_data: Path, tmp_path: Path) -> Path:
    """A copy of the folder of real data, to be changed."""
    return Path(shutil.copytree(real_data, tmp_path / "real"))
