"""A clerk who is cut off while typing: ``python -m tests.helpers.typing_clerk FOLDER WORDS``.

Says ``typed`` once the words are kept, and then waits to be killed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.helpers.people import answers_for
from tests.helpers.window_journey import journey
from tests.helpers.world import open_world


def main(folder: Path, words: str) -> None:
    """Type into the address and never leave the field."""
    app = QApplication([])
    world = open_world(folder)
    answers = answers_for("zero_threshold", 1)
    del answers["residence.address"]
    with journey(folder, world=world) as walk:
        walk.shell.go.intake(world.desk().open("zero_threshold", answers).case.id)
        walk.write(words)
        walk.press("Left", "Left")
        kept: list[object] = []
        walk.shell.rooms.intake_model.saved.connect(kept.append)
        while not kept:
            app.processEvents()
        print("typed", flush=True)
        app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
