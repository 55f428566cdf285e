"""The child that opens a roster has no network (trust.md §3.7)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.roster import seclusion
from desktop_app.adapters.roster.reader import ChildRosterReader
from desktop_app.domain.errors import InputError
from tests.helpers.hostile_rosters import students, table, write_xlsx

ROOT = Path(__file__).resolve().parents[3]
TRY = """
import sys, json, socket; sys.path.insert(0, sys.argv[1])
from desktop_app.adapters.roster import seclusion
way, port, path = sys.argv[2], int(sys.argv[3]), sys.argv[4]
done = getattr(seclusion, way)() if way else False
met = {}
for name, family, address in (
    ("network", socket.AF_INET, ("127.0.0.1", port)), ("local", socket.AF_UNIX, path),
):
    try:
        with socket.socket(family) as out:
            out.connect(address)
        met[name] = "connected"
    except OSError as refused:
        met[name] = refused.__class__.__name__
print(json.dumps([done, met]))
"""


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A port and a pathname at which somebody listens."""
    path = os.path.relpath(tmp_path / "s")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(path)
        local.listen()
        yield server.getsockname()[1], path


def tried(way: str, listening: tuple[int, str]) -> tuple[object, dict[str, str]]:
    """What a process can reach after it went this way."""
    told = subprocess.run(
        [sys.executable, "-c", TRY, str(ROOT), way, str(listening[0]), listening[1]],
        capture_output=True, check=True, timeout=60,
    )
    done, met = json.loads(told.stdout)
    return done, met


def test_without_seclusion_both_can_be_reached(listening: tuple[int, str]) -> None:
    """Else the tests below would show nothing."""
    _, met = tried("", listening)
    assert met == {"network": "connected", "local": "connected"}


@pytest.mark.skipif(sys.platform != "linux", reason="系统不是 Linux")
@pytest.mark.parametrize(("way", "local"), [
    ("filter_calls", "PermissionError"), ("leave_network", "connected"),
])
def test_the_kernel_refuses(way: str, local: str, listening: tuple[int, str]) -> None:
    done, met = tried(way, listening)
    if not done:
        pytest.skip(f"本机内核不给 {way}")
    assert met["network"] != "connected"
    assert met["local"] == local


def test_python_refuses_where_no_kernel_does(listening: tuple[int, str]) -> None:
    _, met = tried("refuse_sockets", listening)
    assert set(met.values()) == {"PermissionError"}


def test_some_way_is_always_taken(listening: tuple[int, str]) -> None:
    way, met = tried("cut_off", listening)
    assert way in ("filter", "namespace", "hook")
    assert met["network"] != "connected"


def test_the_filter_refuses_other_machines_and_second_numbers() -> None:
    """Every jump of the filter lands on its refusal, and only from the calls it names."""
    machine, calls = seclusion._MACHINES["x86_64"]
    assert run_filter(machine, 0) == run_filter(machine, 59) == seclusion._ALLOW
    for call in (*calls, seclusion._IO_URING, 0x40000000 + 41):
        assert run_filter(machine, call) == seclusion._REFUSE
    assert run_filter(machine + 1, 0) == seclusion._REFUSE


def run_filter(machine: int, call: int) -> int:
    """What the filter for x86-64 answers to a call, by the rules of linux/filter.h."""
    code = seclusion._program(*seclusion._MACHINES["x86_64"])
    held = at = 0
    while True:
        operation = int.from_bytes(code[at:at + 2], sys.byteorder)
        yes, no = code[at + 2], code[at + 3]
        value = int.from_bytes(code[at + 4:at + 8], sys.byteorder)
        at += 8
        if operation == seclusion._RETURN:
            return value
        if operation == seclusion._LOAD:
            held = {0: call, 4: machine}[value]
            continue
        true = held == value if operation == seclusion._EQUAL else held >= value
        at += 8 * (yes if true else no)


def test_the_reading_child_reaches_nobody(listening: tuple[int, str], tmp_path: Path) -> None:
    code = f"""
import sys, socket; sys.path.insert(0, {str(ROOT)!r})
from desktop_app.adapters.roster import child
def reaching_out(path, options):
    with socket.socket() as out:
        out.connect(("127.0.0.1", {listening[0]}))
    yield {{"refused": "connected", "remedy": "", "code": ""}}
child.read = reaching_out
child.main(sys.argv[1:])
"""
    path = write_xlsx(tmp_path / "a.xlsx", table(students(1)))
    with pytest.raises(InputError, match="停止读取"):
        ChildRosterReader((sys.executable, "-c", code)).read(path, {})
