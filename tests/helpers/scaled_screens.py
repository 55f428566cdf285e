"""What is cut or too small on any screen, on a screen of a given scale, in every text size.

Run as a module with ``QT_SCALE_FACTOR`` in the environment: ``scaled_screens FOLDER WIDTH HEIGHT``,
the folder empty and the size in points. Prints one JSON object: faults by text size and screen.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme import Scale
from tests.helpers.roster_screens import draw
from tests.helpers.screens import cut_words, every_state, every_threshold, small_targets
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey, look
from tests.helpers.world import STATION, open_world

Faults = dict[str, list[str]]
SOME = 60
"""Rows of the roster: more than a screen holds."""


def walk_all(folder: Path, size: tuple[int, int], scales: list[Scale]) -> Faults:
    """Every screen in these text sizes; faults by size and screen, sound ones left out."""
    found: Faults = {}
    world = open_world(folder, replace(STATION, one_person=True, training=True))
    cases = furnish(world)
    for scale in scales:
        with journey(folder, world=world) as walk:
            walk.shell.rooms.settings_model.set_text_size(scale.value)
            walk.shell.resize(*size)
            for screen in every_state(walk, cases):
                for _ in range(3):  # each change of shape may lead to another one
                    QApplication.processEvents()
                assert walk.shell.size().toTuple() == size, (screen, walk.shell.size())
                faults = cut_words(walk.shell) + small_targets(walk.shell, scale)
                found[f"{screen} {scale.name}"] = faults
        look().apply(scale)
        for screen, page in every_threshold():
            found[f"{screen} {scale.name}"] = cut_words(page) + small_targets(page, scale)
    world.store.close()
    return {name: faults for name, faults in found.items() if faults}


def walk_students(folder: Path, size: tuple[int, int], scales: list[Scale]) -> Faults:
    """The screens of freshers and graduates; a day of its own for each size of text."""
    found: Faults = {}
    for scale in scales:
        place = folder / scale.name
        place.mkdir(parents=True)
        with journey(place) as walk:
            found |= _day(walk, place, size, scale)
    return {name: faults for name, faults in found.items() if faults}


def _day(walk: Journey, folder: Path, size: tuple[int, int], scale: Scale) -> Faults:
    walk.shell.rooms.settings_model.set_text_size(scale.value)
    walk.shell.resize(*size)
    found: Faults = {}

    def check(screen: str) -> None:
        for _ in range(3):
            QApplication.processEvents()
        assert walk.shell.size().toTuple() == size, (screen, walk.shell.size())
        found[screen] = cut_words(walk.shell) + small_targets(walk.shell, scale)
    draw(walk.shell, check, scale.name, folder, people=SOME)
    return found


if __name__ == "__main__":
    app = QApplication([])
    ratio = app.primaryScreen().devicePixelRatio()
    place, screen_size = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))
    faults = walk_all(place, screen_size, list(Scale))
    faults |= walk_students(place / "students", screen_size, list(Scale))
    print(json.dumps({"ratio": ratio, "faults": faults}, ensure_ascii=False))
