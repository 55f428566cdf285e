"""A clerk at work, to be recorded: real services on a real store, each act acknowledged.

Run as a module: ``clerk FOLDER FIRST TIMES [PRAGMA=VALUE ...]``. After each service call returned,
the length of the journal is appended to the file ``acknowledged``: so much was promised.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.services.ports import Store
from tests.adapters.storage.things import KEY
from tests.helpers.people import answers_for
from tests.helpers.powercut.replay import ACKNOWLEDGED
from tests.helpers.world import PASSWORD, SUPERVISOR, World

DATABASE = "luohu.db"
_A_DAY = 999
"""So many numbers a birthday has."""
REASON = "演练用的理由"


class EveryGlyph(PdfRenderer):
    """Fonts that can draw everything: nothing is drawn while it is recorded."""

    def __init__(self) -> None:
        """No font is read."""

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """None."""
        return ()


class Clerk:
    """Settles synthetic people; ``done`` is called after each act that returned."""

    def __init__(self, store: Store, done: Callable[[], None]) -> None:
        self._world = World(store, renderer=EveryGlyph())
        self._done = done

    def settle(self, order: int) -> None:
        """One person from the first question into the register, with corrections."""
        desk = self._world.desk()
        birth = date(1960, 1, 1) + timedelta(days=order // _A_DAY)
        answers = answers_for("zero_threshold", order % _A_DAY + 1, birth=birth)
        address = answers.pop("residence.address")
        case_id = desk.open("zero_threshold", answers).case.id
        self._done()
        desk.keep_typing(case_id, {"residence.address": address[:6]}, "residence.address", 6)
        self._done()
        desk.answer(case_id, {"residence.address": address})
        self._done()
        desk.see(case_id)
        self._done()
        desk.consent(case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
        self._done()
        desk.submit(case_id)
        self._done()
        desk.correct(case_id, {"applicant.phone": "13000000001"}, REASON)
        self._done()
        self._world.review().approve(case_id, PASSWORD)
        self._done()
        entered = self._world.register().enter(case_id)
        self._done()
        self._world.register(SUPERVISOR).correct(
            entered.person.id, {"applicant.ethnicity": "02"}, REASON
        )
        self._done()


class Acknowledgements:
    """Writes down what was promised: the journal's length after each act."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._store = store
        self._file = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self) -> None:
        """The act before this returned."""
        with self._store.read() as unit:
            last = unit.journal.last()
        os.write(self._file, f"{last.seq if last else 0}\n".encode())


def open_as_given(database: Path, pragmas: dict[str, str]) -> SqlStore:
    """The store, with other settings than the program's when the control wants them."""
    return SqlStore(open_engine(database, KEY, pragmas=pragmas), database, KEY)


def main(folder: Path, first: int, times: int, pragmas: dict[str, str]) -> None:
    """Settle so many people."""
    store = open_as_given(folder / DATABASE, pragmas)
    clerk = Clerk(store, Acknowledgements(folder, store).write)
    for order in range(first, first + times):
        clerk.settle(order)
    store.close()


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]),
        int(sys.argv[3]),
        dict(argument.split("=", 1) for argument in sys.argv[4:]),
    )
