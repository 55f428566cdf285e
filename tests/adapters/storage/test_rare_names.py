"""Long and rare names are kept, found and given back as they are (R37)."""

from __future__ import annotations

import random

import pytest

from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import keep, person

#: CJK extensions A to I, as far as Unicode 15.1 assigns them.
EXTENSIONS = (
    (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x30000, 0x3134A), (0x31350, 0x323AF),
    (0x2EBF0, 0x2EE5D),
)
LENGTHS = (25, 40, 50)


def test_two_thousand_rare_characters_are_kept_and_found(store: SqlStore) -> None:
    pool = [chr(code) for first, last in EXTENSIONS for code in range(first, last + 1)]
    chars = random.Random(33).sample(pool, 2000)
    names = ["".join(chars[at : at + 40]) for at in range(0, 2000, 40)]
    keep(store, *(person(order, name=name) for order, name in enumerate(names)))
    with store.read() as unit:
        for order, name in enumerate(names):
            assert unit.people.person(f"person-{order}").name == name
            for typed in (name, name[:2], name[:25]):
                assert [row.name for row in unit.search.persons(typed)] == [name]


@pytest.mark.parametrize("length", LENGTHS)
def test_long_names_with_dots_are_kept_and_found_by_any_dot(
    store: SqlStore, length: int
) -> None:
    name = ("阿卜杜拉·买买提·" * 8)[: length - 1] + "江"
    keep(store, person(1, name=name), person(2))
    with store.read() as unit:
        assert unit.people.person("person-1").name == name
        for dot in "·•‧・":
            assert [row.name for row in unit.search.persons(name.replace("·", dot))] == [name]
