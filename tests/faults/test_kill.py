"""The program killed at any moment (R2): what was shown is there, and work goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import staffed_store
from tests.helpers.powercut.clerk import Clerk
from tests.helpers.powercut.inspection import promises_broken
from tests.helpers.powercut.kills import lives
from tests.helpers.tiers import times


@pytest.mark.parametrize("seed", range(times(1, 20)))
def test_killed_a_hundred_times_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    store = staffed_store(tmp_path)
    Clerk(store, lambda: None).settle(0)
    deaths = []
    before = 0
    for death in lives(tmp_path, store, 100, seed=seed):
        deaths.append(death)
        assert promises_broken(store, death.acknowledged) == "", (len(deaths), death)
        # every life that was given the time went on with the work of those before it
        assert death.acknowledged > before if death.at_work else death.acknowledged >= before
        before = death.acknowledged
    store.close()
    assert sum(death.mid_transaction for death in deaths) >= len(deaths) / 2
