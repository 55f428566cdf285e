"""Initials of names, by every reading a clerk may have heard."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given

from desktop_app.adapters.storage.initials import initials
from tests.helpers import synthetic


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("王建国", ("wjg",)),
        ("单雄信", ("sxx", "dxx", "cxx")),
        ("曾重", ("zz", "zc", "cz", "cc")),
        ("买买提·吐尔逊", ("mmttex",)),
        ("欧阳试", ("oys",)),
        ("John 试", ("johns",)),
        ("·", ()),
        ("", ()),
    ],
)
def test_initials(name: str, ways: tuple[str, ...]) -> None:
    assert initials(name) == ways


def test_a_character_without_a_known_reading_is_passed_over() -> None:
    assert initials("试\U000323af样") == ("sy",)


@given(synthetic.names() | synthetic.hostile_texts())
def test_few_ways_and_only_letters(name: str) -> None:
    ways = initials(name)
    assert len(ways) == len(set(ways)) <= 8
    assert all(way.isascii() and way.isalnum() and way == way.lower() for way in ways)


def test_the_dictionary_is_not_imported_before_the_first_name() -> None:
    program = (
        "import sys; import desktop_app.adapters.storage.unit_of_work;"
        "sys.exit('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], env=os.environ, check=False)
    assert done.returncode == 0
