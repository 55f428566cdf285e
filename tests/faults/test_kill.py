"""The program killed at any moment (R2): what was shown is there, and work goes on."""

from __future__ import annotations

from pathlib import Path

from tests.faults.conftest import staffed_store
from tests.helpers.powercut.clerk import Clerk
from tests.helpers.powercut.inspection import lost, promises_broken
from tests.helpers.powercut.kills import lives
from tests.helpers.tiers import times


def test_killed_a_hundred_times_nothing_is_lost(tmp_path: Path) -> None:
    store = staffed_store(tmp_path)
    Clerk(store, lambda: None).settle(0)
    deaths = []
    for death in lives(tmp_path, store, times(100, 2_000), seed=2):
        deaths.append(death)
        # damage and halves do not heal, so that now and then is enough to look for them
        look = promises_broken if len(deaths) % 20 == 0 else lost
        assert look(store, death.acknowledged) == "", (len(deaths), death)
    store.close()
    # work went on in between; on a busy machine many a life is too short for a whole act
    assert deaths[-1].acknowledged >= len(deaths) / 4
    assert sum(death.mid_transaction for death in deaths) >= len(deaths) / 2
