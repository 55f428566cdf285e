"""A clerk whose disk fills at the k-th write of an act, for every k; to be run under the recorder.

Run as a module: ``full_disk FOLDER``. Prints one JSON object; the same program does every act, as
it is never started anew.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

from desktop_app.domain.errors import Unavailable
from tests.helpers.people import answers_for
from tests.helpers.powercut.clerk import DATABASE, EveryGlyph, open_as_given
from tests.helpers.powercut.inspection import promises_broken
from tests.helpers.world import World

_MOST_WRITES = 300


class FullDisk:
    """Does acts on a disk that fills at a given write, then again with room."""

    def __init__(self, folder: Path) -> None:
        self._fill: Callable[[int], None] = ctypes.CDLL(None).powercut_fill_disk
        self._store = open_as_given(folder / DATABASE, {})
        self._world = World(self._store, renderer=EveryGlyph())
        self._people = count(1)
        self.said: set[str] = set()
        self.broken: set[str] = set()
        self.refused = 0
        self.done: Counter[str] = Counter()

    def try_every_write(self, name: str) -> None:
        """The act with the disk full from its first write on, from its second on, … to its last."""
        for write in range(1, _MOST_WRITES):
            if not self._met_a_full_disk(name, write):
                return
        raise AssertionError("the act never came to its end")

    def _met_a_full_disk(self, name: str, write: int) -> bool:
        act = self._act(name)
        self._fill(write)
        try:
            act()
            met = False
        except Unavailable as refusal:
            self.said.add(str(refusal))
            met = True
        finally:
            self._fill(0)
        if met:
            self.refused += 1
            act()  # there is room again: the very same act, without a restart
        self.done[name] += 1
        self.broken.add(promises_broken(self._store, 0))
        return met

    def _act(self, name: str) -> Callable[[], object]:
        desk, answers = self._world.desk(), answers_for("zero_threshold", next(self._people))
        if name == "case.open":
            return partial(desk.open, "zero_threshold", answers)
        return partial(desk.submit, self._world.ready("zero_threshold", answers).case.id)

    def in_journal(self) -> Counter[str]:
        """How often the journal has each act."""
        with self._store.read() as unit:
            return Counter(entry.action for entry in unit.journal.entries())


def main(folder: Path) -> None:
    """Open cases, then submit cases."""
    disk = FullDisk(folder)
    disk.try_every_write("case.open")
    disk.try_every_write("case.submit")
    kept = disk.in_journal()
    ready = disk.done["case.submit"]  # each submitted case was opened, with room, before
    print(
        json.dumps(
            {
                "said": sorted(disk.said),
                "broken": sorted(disk.broken - {""}),
                "refused": disk.refused,
                "opened": [disk.done["case.open"] + ready, kept["case.open"]],
                "submitted": [ready, kept["case.submit"]],
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
