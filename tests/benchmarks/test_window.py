"""The window: start, echo, verdict, pages, memory; figures with their ratio to a bare window."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.adapters.workstation import paths
from desktop_app.adapters.workstation.profile import load_profile
from desktop_app.admin.training import make_folder
from tests.helpers.crowd import crowded_store
from tests.helpers.keys import Heartbeat
from tests.helpers.people import answers_for
from tests.helpers.screens import every_screen
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import EVERYBODY, ROOT, World

RUNS = 7
_BARE = (
    "import time; t = time.perf_counter()\n"
    "from PySide6.QtWidgets import QApplication, QMainWindow\n"
    "class W(QMainWindow):\n"
    "    def paintEvent(self, e):\n"
    "        super().paintEvent(e); print(time.perf_counter() - t, flush=True); app.exit()\n"
    "app = QApplication([]); w = W(); w.resize(1366, 690); w.show(); app.exec()\n"
)
_OURS = (
    "import time; t = time.perf_counter()\n"
    "import os, sys\n"
    "from desktop_app import main\n"
    "from desktop_app.ui import window\n"
    "def painted(self, event):\n"
    "    print(time.perf_counter() - t, flush=True); os._exit(0)\n"
    "window.Window.paintEvent = painted\n"
    "main.run(['--data', sys.argv[1]])\n"
)


_FIRST = (
    "import sys, time\n"
    "from desktop_app import main\n"
    "from desktop_app.ui import window\n"
    "listen, raise_up = main.listen, window.Window.raise_up\n"
    "def listening(folder, shown):\n"
    "    listen(folder, shown); shown.showMinimized(); print('listening', flush=True)\n"
    "def raised(self):\n"
    "    raise_up(self); print(time.monotonic(), self.isMinimized(), flush=True)\n"
    "main.listen, window.Window.raise_up = listening, raised\n"
    "main.run(['--data', sys.argv[1]])\n"
)


def _environ(folder: Path) -> dict[str, str]:
    """As after an installation: with bytecode, without a screen."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return environ | {
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }


def _start(program: str, folder: Path) -> float:
    """Seconds from the first line to the first paint."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "data")], cwd=ROOT, capture_output=True,
        text=True, check=False, env=_environ(folder),
    )
    return float(done.stdout.split()[0])


def test_start_to_painted_sign_in(benchmark: Any, tmp_path: Path) -> None:
    """T8: at most 2.5 s, and twice a bare window: the median of pairs started in turn."""
    for program in (_BARE, _OURS):
        _start(program, tmp_path)
    pairs = [(_start(_BARE, tmp_path), _start(_OURS, tmp_path)) for _ in range(RUNS)]
    benchmark.pedantic(_start, (_OURS, tmp_path), rounds=1)
    ratio = statistics.median(ours / bare for bare, ours in pairs)
    bare, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    benchmark.extra_info.update(
        bare_ms=round(bare * 1000), ours_ms=round(ours * 1000), ratio=round(ratio, 2),
    )
    assert ratio <= 2
    assert ours <= 2.5


def test_a_second_start_raises_the_first_window(benchmark: Any, tmp_path: Path) -> None:
    """R12: at most one second from the second double click until the first window is up."""
    folder = tmp_path / "data"
    seconds: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-c", _FIRST, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=_environ(tmp_path),
    ) as first:
        assert first.stdout is not None
        try:
            assert first.stdout.readline() == "listening\n"

            def again() -> None:
                began = time.monotonic()
                second = subprocess.run(
                    [sys.executable, "-m", "desktop_app", "--data", str(folder)], cwd=ROOT,
                    env=_environ(tmp_path), check=False,
                )
                assert first.stdout is not None
                raised, minimized = first.stdout.readline().split()
                assert (second.returncode, minimized) == (0, "False")
                seconds.append(float(raised) - began)

            benchmark.pedantic(again, rounds=RUNS, warmup_rounds=1)
        finally:
            first.kill()
    benchmark.extra_info["ms"] = round(max(seconds[1:]) * 1000)
    assert max(seconds[1:]) <= 1


@pytest.fixture
def walk(tmp_path: Path, qtbot: QtBot) -> Iterator[Journey]:
    """A window with a case half filled in."""
    with journey(tmp_path) as found:
        answers = answers_for("zero_threshold", 1)
        del answers["residence.address"]
        found.shell.go.intake(found.world.desk().open("zero_threshold", answers).case.id)
        yield found


@pytest.fixture
def full_walk(tmp_path: Path, qtbot: QtBot) -> Iterator[Journey]:
    """The same over a register of 200,000 persons."""
    store = crowded_store(tmp_path / "luohu.db", 200_000)
    with store.write() as unit:
        for operator in EVERYBODY:
            unit.staff.put(operator)
        unit.commit()
    with journey(tmp_path, world=World(store)) as found:
        answers = answers_for("zero_threshold", 1)
        del answers["residence.address"]
        found.shell.go.intake(found.world.desk().open("zero_threshold", answers).case.id)
        yield found
    store.close()


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def test_key_to_echo(benchmark: Any, full_walk: Journey) -> None:
    """T6: from a key to the painted field p95 at most 30 ms, never 100, with a full register."""
    walk = full_walk
    times: list[float] = []

    def key() -> None:
        began = perf_counter()
        walk.type("a")
        QApplication.sendPostedEvents()
        walk.shell.repaint()
        times.append((perf_counter() - began) * 1000)

    benchmark.pedantic(key, rounds=120, warmup_rounds=5)
    benchmark.extra_info.update(p95_ms=round(_p95(times), 1), max_ms=round(max(times), 1))
    assert _p95(times) <= 30
    assert max(times) <= 100


def test_verdict_follows_the_last_key(benchmark: Any, walk: Journey) -> None:
    """T9: the panel says something new at most 100 ms after the last key."""
    times: list[float] = []

    def answer() -> None:
        told: list[object] = []
        model = walk.shell.rooms.intake_model
        model.judged.connect(told.append)
        walk.type("x")
        began = perf_counter()
        while not told:
            QCoreApplication.processEvents()
        times.append((perf_counter() - began) * 1000)
        model.judged.disconnect(told.append)

    benchmark.pedantic(answer, rounds=20)
    benchmark.extra_info.update(p95_ms=round(_p95(times), 1), max_ms=round(max(times), 1))
    assert max(times) <= 100


def test_page_opens(benchmark: Any, walk: Journey) -> None:
    """T8: a page that was made before is there within 100 ms."""
    cases = furnish(walk.world)
    list(every_screen(walk, cases))
    times: dict[str, float] = {}

    def once() -> None:
        began = perf_counter()
        for screen in every_screen(walk, cases):
            times[screen] = (perf_counter() - began) * 1000
            began = perf_counter()

    benchmark.pedantic(once, rounds=1)
    benchmark.extra_info["ms"] = {name: round(value) for name, value in times.items()}
    assert max(times.values()) <= 100, times


def test_first_openings(benchmark: Any, tmp_path: Path, qapp: QApplication) -> None:
    """T8: the guide and 受理, made ahead in slices, open the first time within 100 ms too."""
    first: dict[str, list[float]] = {"slice": [], "guide": [], "intake": []}

    def once() -> None:
        folder = tmp_path / str(len(first["guide"]))
        folder.mkdir()
        with journey(folder) as walk:
            _open_first(walk, first)

    benchmark.pedantic(once, rounds=RUNS)
    benchmark.extra_info.update(
        ms={name: round(statistics.median(ms)) for name, ms in first.items()},
        longest_ms={name: round(max(ms)) for name, ms in first.items()},
    )
    assert max(statistics.median(ms) for ms in first.values()) <= 100, first


def _open_first(walk: Journey, first: dict[str, list[float]]) -> None:
    """Milliseconds of the longest slice, and from the key to the painted page."""
    answers = answers_for("zero_threshold", 1)
    case_id = walk.world.desk().open("zero_threshold", answers).case.id
    beat, loop, ahead = Heartbeat(), QEventLoop(), walk.shell.ahead
    gc.freeze()  # as the program does after loading
    beat.start()
    ahead.done.connect(loop.quit)
    loop.exec()
    first["slice"].append(beat.stop())
    for name, go in (
        ("guide", walk.shell.go.guide), ("intake", lambda: walk.shell.go.intake(case_id)),
    ):
        began = perf_counter()
        go()
        QApplication.processEvents()
        first[name].append((perf_counter() - began) * 1000)
    gc.unfreeze()


def test_window_stays_awake(benchmark: Any, walk: Journey) -> None:
    """T7: p99 at most 50 ms, never above 100, for one who opens five pages a second."""
    cases = furnish(walk.world)
    first = _silences(walk, cases)
    gaps: list[float] = []
    benchmark.pedantic(lambda: gaps.extend(_silences(walk, cases)), rounds=3)
    p99 = sorted(gaps)[int(len(gaps) * 0.99)]
    benchmark.extra_info.update(
        longest_ms=round(max(gaps)), p99_ms=round(p99), first_ms=round(max(first)),
    )
    assert p99 <= 50
    assert max(gaps) <= 100
    assert max(first) <= 100


def _silences(walk: Journey, cases: dict[str, str]) -> list[float]:
    """Milliseconds between the beats of the window's thread while every page is opened."""
    beat, loop = Heartbeat(), QEventLoop()
    gc.freeze()  # as the program does after loading
    beat.start()
    for _ in every_screen(walk, cases):
        QTimer.singleShot(200, loop.quit)
        loop.exec()
    beat.stop()
    gc.unfreeze()
    return beat.gaps_ms


_AT_REST = (
    "import os, sys\n"
    "from PySide6.QtCore import QTimer\n"
    "from desktop_app import main\n"
    "from desktop_app.ui import window\n"
    "ready, signed = window.Window._on_ready, window.Window._on_signed_in\n"
    "def on_ready(self, entrance):\n"
    "    ready(self, entrance); self.sign_in.asked.emit('clerk', '')\n"
    "def on_signed_in(self, counter):\n"
    "    signed(self, counter); QTimer.singleShot(1000, tell)\n"
    "def tell():\n"
    "    print(open('/proc/self/status').read(), flush=True); os._exit(0)\n"
    "window.Window._on_ready, window.Window._on_signed_in = on_ready, on_signed_in\n"
    "main.run(['--training', '--data', sys.argv[1]])\n"
)


def test_memory_at_rest(benchmark: Any, tmp_path: Path) -> None:
    """At most 300 MB for the real program on its first screen after signing in."""
    profile = paths.training_profile()
    make_folder(tmp_path / "data", profile, load_profile(profile, training=True))

    def once() -> str:
        return subprocess.run(
            [sys.executable, "-c", _AT_REST, tmp_path / "data"], cwd=ROOT, capture_output=True,
            text=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        ).stdout

    status = benchmark.pedantic(once, rounds=1)
    resident = int(next(x for x in status.splitlines() if x.startswith("VmRSS")).split()[1])
    benchmark.extra_info["mb"] = resident // 1024
    assert resident // 1024 <= 300
