"""A station with a real encrypted store for every test of a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A station of 庄河 on the first of June 2017, nobody registered yet."""
    opened = open_world(tmp_path)
    yield opened
    opened.store.close()
