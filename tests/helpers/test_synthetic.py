"""The synthetic people are well-formed, distinct, and of use."""

from __future__ import annotations

from desktop_app.domain import citizen_id
from tests.helpers.synthetic import LONG_NAME, name, number


def test_numbers_are_well_formed_and_distinct() -> None:
    made = {number(order).text for order in range(2500)}
    assert len(made) == 2500
    assert all(citizen_id.parse(text).text == text for text in made)


def test_names_are_distinct() -> None:
    assert len({name(order) for order in range(1000)}) == 1000


def test_long_name_is_long_and_lawful() -> None:
    assert 40 <= len(LONG_NAME) <= 50
