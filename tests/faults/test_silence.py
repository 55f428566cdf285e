"""No exception carries a name or a number (R21), wherever in an act it strikes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import create_store, open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import KEY, case, household, person, stay
from tests.helpers.canaries import ADDRESS, CANARIES, NAME, NUMBER, dresses
from tests.helpers.powercut.clerk import DATABASE

ANSWERS = {"applicant.name": NAME, "applicant.citizen_id": NUMBER, "residence.address": ADDRESS}
INJECTED = 200


def _an_act(store: SqlStore) -> None:
    """Write and find a person and a case; kept by nobody."""
    with store.write() as unit:
        unit.people.add_household(household(1, address=ADDRESS))
        unit.people.add_person(person(1, name=NAME, citizen_id=NUMBER))
        unit.people.add_stay(stay(1))
        unit.cases.add(case(1, answers=ANSWERS))
        unit.cases.save(unit.cases.get("case-1"))
        unit.search.persons(NAME)
        unit.search.cases(NUMBER)
        unit.people.similar(NAME, person(1).birth_date)


class Stopper:
    """Stops SQLite after so many of its own instructions, counted over a whole act."""

    def __init__(self, engine: Engine) -> None:
        self.counted = 0
        self.last = sys.maxsize
        event.listen(engine, "connect", self._watch)

    def _watch(self, connection: Any, _record: object) -> None:
        connection.set_progress_handler(self._count, 1)

    def _count(self) -> int:
        self.counted += 1
        return int(self.counted >= self.last)

    def run(self, act: Callable[[], None], last: int) -> str:
        """Do the act up to that instruction; what was said then."""
        self.counted, self.last = 0, last
        try:
            act()
        except Exception as error:
            return "".join(traceback.format_exception(error)) + repr(error)
        finally:
            self.last = sys.maxsize
        return ""


def test_wherever_the_database_gives_up_nobody_is_named(tmp_path: Path) -> None:
    create_store(tmp_path / DATABASE, KEY).close()
    store = SqlStore(open_engine(tmp_path / DATABASE, KEY), tmp_path, KEY)
    stopper = Stopper(store.engine)
    act = partial(_an_act, store)
    act()  # connections are made and statements written
    assert stopper.run(act, sys.maxsize) == ""
    whole = stopper.counted
    struck = [stopper.run(act, 1 + whole * turn // INJECTED) for turn in range(INJECTED)]
    store.close()
    assert all("interrupted" in said for said in struck)
    assert sum("INSERT INTO persons" in said for said in struck) > 0  # where there is a name
    for said in struck:
        _names_nobody(said)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda unit: unit.cases.add(case(1, answers=ANSWERS)),
        lambda unit: unit.people.add_person(person(1, name=NAME, citizen_id=NUMBER)),
        lambda unit: unit.people.add_person(person(2, name=NAME, citizen_id=NUMBER)),
        lambda unit: unit.people.add_person(person(3, name=object())),
        lambda unit: unit.cases.add(case(4, answers={**ANSWERS, "x": object()})),
        lambda unit: unit.people.add_stay(stay(99, origin=ADDRESS)),
        lambda unit: unit.people.save_person(person(1, name=NAME, citizen_id=NUMBER, version=9)),
        lambda unit: unit.cases.save(case(1, answers=ANSWERS, version=9)),
        lambda unit: unit.cases.get(NUMBER),
        lambda unit: unit.people.person(NUMBER),
    ],
)
def test_a_mistake_names_nobody(tmp_path: Path, mistake: Callable[[object], None]) -> None:
    create_store(tmp_path / DATABASE, KEY).close()
    store = open_store(tmp_path / DATABASE, KEY)
    with store.write() as unit:
        unit.people.add_person(person(1, name=NAME, citizen_id=NUMBER))
        unit.cases.add(case(1, answers=ANSWERS))
        unit.commit()
    with pytest.raises(Exception, match=r".") as mishap, store.write() as unit:
        mistake(unit)
    store.close()
    _names_nobody("".join(traceback.format_exception(mishap.value)) + repr(mishap.value))


def _names_nobody(said: str) -> None:
    found = [text for text in CANARIES if text in said or dresses(text)[4].decode() in said]
    assert not found, "a canary sings in an exception"
