"""A register full of synthetic people, for measuring the search."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

from desktop_app.adapters.storage.bulk import add_families
from desktop_app.adapters.storage.store import create_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.admin.synthetic import People
from tests.adapters.storage.things import KEY
from tests.helpers.world import STATION, policy_book

TODAY = date(2026, 11, 20)
_FAMILIES_AT_ONCE = 5_000


def crowded_store(path: Path, persons: int) -> SqlStore:
    """A new store with at least so many persons in households."""
    store = create_store(path, KEY)
    families = People(1, TODAY).families(policy_book().sub_districts(TODAY), STATION.code)
    done = 0
    while done < persons:
        batch = list(islice(families, _FAMILIES_AT_ONCE))
        done += add_families(store, [(family.household, family.members) for family in batch])
    return store
