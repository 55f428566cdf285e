"""A real encrypted store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.storage.store import create_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import KEY


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the store of this test lies."""
    return tmp_path / "data" / "luohu.db"


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    """An empty store."""
    opened = create_store(database, KEY)
    yield opened
    opened.close()
