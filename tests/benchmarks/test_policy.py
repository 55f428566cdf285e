"""Listing the policy costs less than half a second of processor time, all start-up included."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.adapters.policy import load_policy
from desktop_app.domain.facts import FactValue
from desktop_app.services.guide import Guide

ROOT = Path(__file__).parents[2]
ALLOWED_CPU_SECONDS = 0.5
ALLOWED_VERDICT_SECONDS = 0.1


def cpu_of(command: list[str]) -> float:
    """Processor seconds of a child process, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_policy_list(benchmark: BenchmarkFixture) -> None:
    command = [sys.executable, "-m", "desktop_app.admin", "policy", "list"]
    seconds = benchmark.pedantic(cpu_of, args=(command,), rounds=3)
    bare = cpu_of([sys.executable, "-c", "pass"])
    benchmark.extra_info["cpu_seconds"] = round(seconds, 3)
    benchmark.extra_info["times_bare_python"] = round(seconds / bare, 1)
    assert seconds < ALLOWED_CPU_SECONDS


@pytest.mark.parametrize("facts", [{}, {"residence.zone": "main_urban"}], ids=["nothing", "zone"])
def test_all_ways_are_judged_between_two_keys(
    benchmark: BenchmarkFixture, facts: dict[str, FactValue]
) -> None:
    guide = Guide(load_policy(ROOT / "resources"))
    benchmark(guide.assess_all, facts, date(2017, 6, 1))
    assert benchmark.stats.stats.max < ALLOWED_VERDICT_SECONDS
