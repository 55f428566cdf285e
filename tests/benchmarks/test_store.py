"""What it costs that a commit survives a power cut: the store against the bare driver.

The bare driver writes the same number of rows with the same durability and no encryption through
the standard library's SQLite: ``times_plain`` is the price of cipher, mapping and journal chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.adapters.storage.store import create_store, open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import KEY, NOON, case, keep
from tests.helpers.stopwatch import quantile, seconds_of

COMMIT_SECONDS = 0.02
READ_SECONDS = 0.002
OPEN_SECONDS = 0.05
ROUNDS = 300


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A store with one case."""
    made = create_store(tmp_path / "luohu.db", KEY)
    keep(made, case(0))
    yield made
    made.close()


def test_an_act_of_a_clerk_is_committed(
    benchmark: BenchmarkFixture, store: SqlStore, tmp_path: Path
) -> None:
    def act(order: int) -> None:
        """A case changed, a number given, a journal entry, a commit."""
        with store.write() as unit:
            kept = unit.cases.get("case-0")
            unit.cases.save(replace(kept, policy_digest=str(order)))
            unit.next_number("DL")
            unit.journal.append(
                at=NOON, who="clerk", action="case.answer", subject="case-0", detail={"a": 1}
            )
            unit.commit()

    seconds = seconds_of(act, range(ROUNDS))
    plain = seconds_of(_plain_act(tmp_path / "plain.db"), range(ROUNDS))
    benchmark(act, ROUNDS)
    benchmark.extra_info |= {
        "p50_ms": round(quantile(seconds, 0.5) * 1000, 2),
        "p95_ms": round(quantile(seconds, 0.95) * 1000, 2),
        "times_plain": round(quantile(seconds, 0.5) / quantile(plain, 0.5), 1),
    }
    assert quantile(seconds, 0.5) <= COMMIT_SECONDS


def test_a_case_is_read(benchmark: BenchmarkFixture, store: SqlStore) -> None:
    def read(_: int) -> None:
        with store.read() as unit:
            unit.cases.get("case-0")

    seconds = seconds_of(read, range(ROUNDS))
    benchmark(read, 0)
    assert quantile(seconds, 0.5) <= READ_SECONDS


def test_the_store_opens(benchmark: BenchmarkFixture, store: SqlStore, tmp_path: Path) -> None:
    def open_and_close(_: int) -> None:
        open_store(tmp_path / "luohu.db", KEY).close()

    seconds = seconds_of(open_and_close, range(50))
    benchmark(open_and_close, 0)
    assert quantile(seconds, 0.5) <= OPEN_SECONDS


def _plain_act(path: Path) -> Callable[[int], None]:
    """Three rows written by the standard library, as durably."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = DELETE")
    plain.execute("PRAGMA synchronous = EXTRA")
    plain.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text)")

    def act(_: int) -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.executemany("INSERT INTO rows (text) VALUES (?)", [("x" * 300,)] * 3)
        plain.execute("COMMIT")

    return act
