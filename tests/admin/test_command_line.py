"""The shell of the command line: usage, exit codes, one JSON value, no traceback, light start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from desktop_app import __version__
from desktop_app.admin import __main__ as shell
from desktop_app.admin.answer import Answer, Call
from desktop_app.domain.citizen_id import synthetic
from tests.admin.conftest import Run

ROOT = Path(__file__).parents[2]
CANARY = "赵金丝雀"


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "没有写命令"),
        (["polcy"], "没有命令 polcy"),
        (["policy"], "缺 "),
        (["policy", "lst"], "没有 lst"),
        (["policy", "list", "--foo"], "没有这个参数：--foo"),
        (["search"], "缺 TEXT"),
        (["search", "x", "--limit", "many"], "--limit 的值不对：many"),
        (["search", "x", "--limit"], "--limit 后面缺一个值"),
        (["search", "x", "--limit", "0"], "--limit 要大于 0"),
        (["seed", "--cases", "1"], "缺 --persons"),
        (["seed", "--persons", "-1", "--cases", "1"], "不能为负"),
        (["init"], "缺 --station"),
        (["verify"], "缺 --database"),
        (["case"], "缺 "),
        (["--data"], "--data 后面缺一个值"),
        (["search", "x", "--as="], "--as 后面缺一个值"),
    ],
)
def test_bad_usage_is_told_in_chinese(run: Run, argv: list[str], words: str) -> None:
    said = run(*argv)
    assert said.code == 2
    assert words in said.err
    assert said.out == ""
    assert "usage" not in said.err


def test_bad_usage_for_a_program_is_one_json_value(run: Run) -> None:
    said = run("--json", "policy", "lst")
    assert said.code == 2
    assert said.err == ""
    assert said.member("error", "code") == "usage"
    assert said.member("error", "message")
    assert said.member("error", "remedy")


@pytest.mark.parametrize("argv", [["-h"], ["--help"], ["search", "--help"], ["case", "take", "-h"]])
def test_help_is_in_chinese_and_no_fault(run: Run, argv: list[str]) -> None:
    said = run(*argv)
    assert said.code == 0
    assert "用法：" in said.out
    assert "show this help" not in said.out


def test_help_for_a_program_is_one_json_value(run: Run) -> None:
    said = run("--json", "policy", "list", "--help")
    assert said.code == 0
    assert isinstance(said.value, str)
    assert "用法：" in said.value


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"{__version__}\n"
    assert run("--json", "--version").value == __version__


def test_every_command_has_its_function_and_help(run: Run) -> None:
    for name in shell.COMMANDS:
        assert run(name, "--help").code == 0


def test_json_and_data_may_stand_anywhere(run: Run, seeded: Path) -> None:
    first = run("--data", seeded, "--json", "case", "list")
    last = run("case", "list", f"--data={seeded}", "--json")
    assert first.code == last.code == 0
    assert first.value == last.value


def test_the_environment_names_the_folder(
    run: Run, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUOHU_DATA", str(seeded))
    assert run("--json", "case", "list").code == 0


def test_words_after_two_dashes_are_no_options(run: Run, seeded: Path) -> None:
    said = run("--data", seeded, "search", "--", "--json")
    assert said.code == 0
    assert said.out == "没有找到\n"


def test_a_fault_of_the_program_is_logged_and_told_without_its_words(
    run: Run, training: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = synthetic("210213", date(1978, 3, 15), 421).text

    def fall(call: Call, args: object) -> Answer:
        raise ValueError(f"{CANARY} {number}")

    monkeypatch.setattr("desktop_app.admin.case_commands.search", fall)
    said = run("--json", "--data", training, "search", "x")
    assert said.code == 2
    message = said.member("error", "message")
    assert isinstance(message, str)
    reference = message.rpartition(" ")[2]
    log = (training / "logs" / "luohu.log").read_text("utf-8")
    assert reference in log
    assert "ValueError" in log
    for canary in (CANARY, number):
        assert canary not in said.out + said.err + log


def test_being_stopped_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(call: Call, args: object) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop_app.admin.case_commands.search", stop)
    said = run("search", "x")
    assert said.code == 2
    assert "已中止" in said.err


def spawn(*argv: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desktop_app.admin", *argv],
        cwd=ROOT, env={**os.environ, **environ}, capture_output=True, check=False, timeout=60,
    )


def test_chinese_is_written_as_utf8_whatever_the_console_says() -> None:
    done = spawn("policy", "list", PYTHONIOENCODING="latin-1", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "零门槛落户" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_leaves_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m desktop_app.admin --json policy list | head -c 10",
        cwd=ROOT, shell=True, capture_output=True, check=False, timeout=60,
    )
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_answer_that_cannot_be_written_whole_is_no_success() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app.admin", "--json", "policy", "list"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("标准输出写不进去")
    assert b"Traceback" not in done.stderr


def test_words_in_another_encoding_are_no_fault_of_the_program(run: Run, training: Path) -> None:
    said = run("--data", training, "search", "\udcd5\udcc5")
    assert said.code == 2
    assert "认不出编码" in said.err
    assert not (training / "logs").exists()


def test_listing_the_policy_brings_in_neither_database_nor_paper() -> None:
    script = (
        "import sys; from desktop_app.admin.__main__ import main"
        "\nmain(['--json', 'policy', 'list'])"
        "\nheavy = {'sqlalchemy', 'reportlab', 'fontTools', 'PySide6', 'sqlcipher3', 'pypinyin'}"
        "\nsys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert done.stderr == b""
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_no_command_needs_qt(seeded: Path) -> None:
    script = (
        "import sys; from desktop_app.admin.__main__ import main"
        f"\ncode = main(['--data', {str(seeded)!r}, '--json', 'case', 'list'])"
        "\nsys.exit('PySide6' in sys.modules or code)"
    )
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=environ, capture_output=True, check=False, timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_command_on_data_leaves_no_memory_image_behind(seeded: Path) -> None:
    script = (
        "from desktop_app.admin.__main__ import main"
        f"\nmain(['--data', {str(seeded)!r}, '--json', 'case', 'list'])"
        "\nimport resource; assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
