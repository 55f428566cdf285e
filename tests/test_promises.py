"""The table of promises is true as far as a machine can tell."""

from __future__ import annotations

import re

import pytest

from tests.helpers.sources import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "promises.md").read_text("utf-8").splitlines()
    if re.match(r"\| [TR]\d", line)
]
PROMISED = {
    *("T1 T4 T5 T6 T7 T8 T9 T11 T12 T13 T14 T15 T16 T17 T18 T19 T20 T21 T22 T23".split()),
    *("T25 T26 T27 T32 R1 R2 R3 R4 R5 R6 R11 R12 R13 R14 R17 R18 R19 R20 R21 R36".split()),
    *("R37 R47 R48 R49 R52 R53".split()),
}


def test_every_promise_has_its_row() -> None:
    ids = [row[0] for row in ROWS]
    assert set(ids) >= PROMISED
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_names_tests_that_there_are(row: list[str]) -> None:
    files = re.findall(r"`(tests/[^`]+)`", row[2])
    assert files
    for file in files:
        assert "def test_" in (ROOT / file).read_text("utf-8") or file == "tests/conftest.py"
    timed = [file for file in files if file.startswith("tests/benchmarks/")]
    assert bool(timed) == ("B" in row[3])


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_one_of_its_tests_speaks_of_it(row: list[str]) -> None:
    files = re.findall(r"`(tests/[^`]+)`", row[2])
    words = "".join((ROOT / file).read_text("utf-8") for file in files)
    words += (ROOT / "tests" / "helpers" / "house_rules.py").read_text("utf-8")
    assert re.search(rf"\b{row[0]}\b", words)
