"""The log: one event a line, and never a word about a person."""

from __future__ import annotations

import ast
import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.workstation import logs
from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.errors import InputError, Unavailable

NAME = "赵金丝雀"
NUMBER = synthetic("210213", date(1978, 3, 15), 421).text
CANARIES = (NAME, NUMBER, NUMBER[6:14], "13999990000", "演练街道演练路88号")
PROGRAM = Path(__file__).parents[3] / "desktop_app"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    before = logging.getLogger().level, logging.raiseExceptions
    yield logs.start(tmp_path)
    logs.stop()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.getLogger().setLevel(before[0])
    logging.raiseExceptions = before[1]


def written(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in sorted(folder.glob("luohu.log*")))


def test_ids_are_written_people_are_not(log: logging.Logger, tmp_path: Path) -> None:
    log.info("case %s taken at step %s", "01J9-AB", 3)
    log.info("person %s %s %s %s", *CANARIES[:4])
    log.warning("of %(name)s", {"name": NAME})
    text = written(tmp_path)
    assert "case 01J9-AB taken at step 3" in text
    assert "<str of 4>" in text
    assert not [canary for canary in CANARIES if canary in text]


def raise_in_depth(canary: str) -> None:
    try:
        raise KeyError(canary)
    except KeyError as error:
        raise ValueError(f"could not read {canary}") from error


def test_two_hundred_exceptions_leave_no_value(log: logging.Logger, tmp_path: Path) -> None:
    for turn in range(200):
        canary = CANARIES[turn % len(CANARIES)]
        try:
            raise_in_depth(canary)
        except ValueError as error:
            if turn % 2:
                logs.report(error)
            else:
                log.exception("step %s", turn)
    text = written(tmp_path)
    assert len(text.splitlines()) == 200
    assert "builtins.ValueError at test_logs.py" in text
    assert "after builtins.KeyError" in text
    assert not [canary for canary in CANARIES if canary in text]


def test_an_error_that_causes_itself_ends() -> None:
    error = ValueError()
    error.__context__ = error
    assert logs.where(error) == "builtins.ValueError at ?"


def test_libraries_are_written_by_place_only(log: logging.Logger, tmp_path: Path) -> None:
    logging.getLogger("some.library").error("bound %s", NUMBER)
    logging.getLogger("some.library").info("not at all")
    line = written(tmp_path)
    assert "ERROR some.library at test_logs:" in line
    assert NUMBER not in line
    assert "bound" not in line


@given(st.text(min_size=1))
def test_an_event_is_one_line_of_visible_characters(text: str) -> None:
    record = logging.LogRecord("luohu", 20, "x.py", 1, text.replace("%", ""), None, None)
    line = logs.LineFormatter().format(record)
    assert len(line.splitlines()) == 1
    assert not set("\u202a\u202e\u2066\u200b\x00\x1b") & set(line)


def test_a_spoofed_line_is_shown_as_what_it_is() -> None:
    assert logs.visible("a\nb\u202ec\x1b[2J") == "a⟨U+000A⟩b⟨U+202E⟩c⟨U+001B⟩[2J"


@given(st.text())
def test_no_argument_brings_chinese_or_a_long_number(text: str) -> None:
    shown = logs.safe(text)
    assert shown.isascii()
    assert shown == text or shown == f"<str of {len(text)}>"


def test_arguments_that_do_not_fit_lose_no_event(log: logging.Logger, tmp_path: Path) -> None:
    words = "count %d of %s"
    log.info(words, "x")
    assert words in written(tmp_path)


def test_the_log_is_private_and_turns_over(log: logging.Logger, tmp_path: Path) -> None:
    for number in range(40_000):
        log.info("event %s %s", number, "a" * 60)
    files = sorted(tmp_path.glob("luohu.log*"))
    assert 2 <= len(files) <= 5
    assert all(file.stat().st_size <= 1_000_000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)


def test_a_folder_without_room_for_a_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        logs.start(tmp_path / "gone")
    with pytest.raises(Unavailable):
        logs.record_crashes(tmp_path / "gone")


def test_what_nobody_caught_is_logged_and_told_by_its_reference(
    log: logging.Logger, tmp_path: Path
) -> None:
    told: list[str] = []
    logs.catch_everything(told.append)
    error = InputError(f"{NAME} 不对")
    sys.excepthook(type(error), error, None)

    def fall() -> None:
        raise RuntimeError(NUMBER)

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    text = written(tmp_path)
    assert len(told) == 2
    assert all(reference in text for reference in told)
    assert not [canary for canary in CANARIES if canary in text]


CRASH = """
import os, sys
from pathlib import Path
from desktop_app.adapters.workstation import hardening, logs
hardening.forbid_memory_images()
logs.record_crashes(Path(sys.argv[1]))
def fall(name):
    os.kill(os.getpid(), 11)
fall(sys.argv[2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_a_fatal_crash_leaves_places_without_values(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(PROGRAM.parent)}
    command = [sys.executable, "-c", CRASH, str(tmp_path), NAME]
    done = subprocess.run(command, env=environ, capture_output=True, check=False)
    text = (tmp_path / "crash.log").read_text("utf-8")
    assert done.returncode == -11
    assert "in fall" in text
    assert NAME not in text


def logged_words(tree: ast.AST) -> Iterator[ast.expr]:
    """First arguments of everything that looks like a call of a logger."""
    levels = {"debug", "info", "warning", "error", "exception", "critical", "log"}
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or called.attr not in levels:
            continue
        owner = called.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if "log" in name.lower() and isinstance(node, ast.Call):
            yield node.args[1 if called.attr == "log" else 0]


def test_the_words_of_an_event_are_fixed_everywhere_in_the_program() -> None:
    for file in PROGRAM.rglob("*.py"):
        for words in logged_words(ast.parse(file.read_text("utf-8"))):
            assert isinstance(words, ast.Constant), f"{file.name}:{words.lineno}"
