"""Nothing personal and no secret is left on disk, in the log or on the command line."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_app.adapters.storage.vault import FileVault
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.admin.answer import Answer, Call
from tests.admin.conftest import PASSWORD, Run
from tests.helpers.people import answers_for

ROOT = Path(__file__).parents[2]
NAME = "赵金丝雀"
ADDRESS = "演练街道金丝雀路88号"


def spellings(text: str) -> set[bytes]:
    """The text as it could lie in a file."""
    plain = {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    escaped = json.dumps(text).strip('"').encode()
    return plain | {escaped} | {base64.b64encode(one).rstrip(b"=")[:-1] for one in plain}


def hits(folders: Iterable[Path], needles: set[bytes]) -> list[str]:
    """The files that hold any of the needles."""
    return [
        str(file)
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    ]


@pytest.fixture
def canary(tmp_path: Path) -> tuple[Path, set[bytes]]:
    """A file of answers of somebody who must leave no trace, and the bytes to look for."""
    answers = answers_for("zero_threshold") | {
        "applicant.name": NAME, "residence.address": ADDRESS,
    }
    path = tmp_path / "given" / "answers.json"
    path.parent.mkdir()
    path.write_text(json.dumps(answers, ensure_ascii=False), "utf-8")
    words = (NAME, ADDRESS, answers["applicant.citizen_id"])
    return path, {needle for text in words for needle in spellings(text)}


def test_the_search_for_traces_finds_them(canary: tuple[Path, set[bytes]]) -> None:
    path, needles = canary
    assert hits([path.parent], needles) == [str(path)]
    assert NAME.encode("gb18030") in needles


def test_a_case_leaves_no_trace_outside_the_encrypted_database(
    run: Run, real: Path, canary: tuple[Path, set[bytes]], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    path, needles = canary
    home = Path(os.environ["HOME"])
    monkeypatch.chdir(tmp_path)
    given = ("--data", real, "--json", "--password-stdin")
    taken = run(*given, "case", "take", "zero_threshold", path, "--consented", stdin=PASSWORD)
    assert taken.code == 0, taken.out
    found = run(*given, "search", NAME, stdin=PASSWORD)
    cases = found.member("cases")
    assert isinstance(cases, list)
    assert len(cases) == 1
    assert hits([real, home], needles) == []

    def fall(call: Call, args: object) -> Answer:
        raise LookupError(path.read_text("utf-8"))

    monkeypatch.setattr("desktop_app.admin.case_commands.search", fall)
    assert run(*given, "search", NAME, stdin=PASSWORD).code == 2
    assert (real / "logs" / "luohu.log").stat().st_size > 0
    assert hits([real, home], needles) == []


def test_password_and_key_are_nowhere_on_disk(run: Run, real: Path) -> None:
    key = FileVault(real, SystemClock()).database_key("supervisor", PASSWORD)
    secrets = spellings(PASSWORD) | {key, key.hex().encode(), key.hex().upper().encode(),
                                     base64.b64encode(key)}
    run("--data", real, "--password-stdin", "search", "王", stdin=PASSWORD)
    run("--data", real, "--password-stdin", "search", "王", stdin=PASSWORD + "x")
    assert hits([real, Path(os.environ["HOME"])], secrets) == []


ASK = """
import sys
from pathlib import Path
from desktop_app.admin import case_commands
from desktop_app.admin.__main__ import main
from desktop_app.admin.answer import Answer
def look(call, args):
    call.password()
    seen = b"".join(Path("/proc/self", name).read_bytes() for name in ("cmdline", "environ"))
    return Answer({"seen": seen.hex()}, [])
case_commands.search = look
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_password_is_neither_on_the_command_line_nor_in_the_environment() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, "--json", "--password-stdin", "search", "x"],
        cwd=ROOT, input=PASSWORD.encode(), capture_output=True, check=True, timeout=60,
    )
    seen = bytes.fromhex(json.loads(done.stdout)["seen"])
    assert b"--password-stdin" in seen
    assert PASSWORD.encode() not in seen
