"""What every test stands on: no screen, no home of a real person, no noise.

This file is imported before any test module, so that the environment below holds before Qt
or the program is first imported.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.tiers import LONG

_HERE = Path(__file__).parent
_WHOLE_NUMBER = re.compile(r"\d{17}[\dXx]")
_PRIVATE = Path(tempfile.mkdtemp(prefix="luohu-tests-"))


def _withdraw_from_the_machine() -> None:
    """Point everything that names a person's folder or a screen at a private, empty place."""
    atexit.register(shutil.rmtree, _PRIVATE, ignore_errors=True)
    for name, folder in {
        "HOME": "home",
        "XDG_DATA_HOME": "home/.local/share",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_STATE_HOME": "home/.local/state",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        path = _PRIVATE / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(path)
    for name in [n for n in os.environ if n.startswith("LUOHU_") and n != "LUOHU_LONG"]:
        del os.environ[name]
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_IM_MODULE", "QT_SCALE_FACTOR"):
        os.environ.pop(name, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


_withdraw_from_the_machine()

settings.register_profile(
    "counter",
    deadline=None,  # two shared cores: a slow moment is not a fault
    derandomize="CI" in os.environ,  # a submission must not depend on luck
    max_examples=1000 if LONG else 100,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("counter")


@pytest.fixture(scope="session", autouse=True)
def no_log_tells_of_a_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """After all tests of this process, no log of any of them has a name or a number (R21)."""
    yield
    for place in (tmp_path_factory.getbasetemp(), _PRIVATE):
        for log in place.rglob("*.log*"):
            if log.is_file():
                text = log.read_text("utf-8")
                assert text.isascii() and not _WHOLE_NUMBER.search(text), log


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tier to ``make faults`` and the benchmarks to ``make bench``."""
    bench_wanted = config.getoption("benchmark_only", False) or any(
        "benchmarks" in argument for argument in config.args
    )
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        if item.path.is_relative_to(_HERE / "faults"):
            item.add_marker("faults")
        is_bench = item.path.is_relative_to(_HERE / "benchmarks")
        wanted = (bench_wanted or not is_bench) and (LONG or "long" not in item.keywords)
        (kept if wanted else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
