"""Which station serves which school: dated data, read with every fault told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.adapters.policy.entry import root
from desktop_app.adapters.policy.faults import Fault
from desktop_app.adapters.policy.source import SourceFile, read_source
from desktop_app.adapters.policy.tables import read_schools
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.schools import SchoolPlace

ONE = """
[[school]]
id = "21999"
name = "大连演练大学"
station = "210281901"
station_name = "演练派出所"
since = 2017-05-09
until = 2020-01-01
source = "待核"
"""
LATER = ONE.replace("2017-05-09", "2020-01-01").replace("until = 2020-01-01\n", "").replace(
    "演练派出所", "样板派出所"
)


def read(folder: Path, text: str) -> tuple[tuple[SchoolPlace, ...], list[Fault]]:
    path = folder / "schools.toml"
    path.write_text(text, "utf-8")
    source = read_source(path, "policy/schools.toml")
    assert isinstance(source, SourceFile)
    faults: list[Fault] = []
    return read_schools(root(source, faults)), faults


def test_a_school_may_go_to_another_station_from_a_day_on(tmp_path: Path) -> None:
    schools, faults = read(tmp_path, ONE + LATER)
    assert faults == []
    assert [school.station_name for school in schools] == ["演练派出所", "样板派出所"]


def test_two_stations_on_one_day_are_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, ONE + ONE.replace("演练派出所", "样板派出所"))
    assert ["同一天" in fault.reason for fault in faults] == [True]


@pytest.mark.parametrize("missing", ["name", "station", "station_name", "source"])
def test_what_is_missing_is_told_with_its_line(missing: str, tmp_path: Path) -> None:
    lines = [line for line in ONE.splitlines() if not line.startswith(f"{missing} ")]
    _, faults = read(tmp_path, "\n".join(lines))
    assert [fault.id for fault in faults] == ["21999"]
    assert missing in faults[0].reason


def test_the_shipped_schools_are_made_up_and_say_so(book: PolicyBook) -> None:
    on = date(2017, 9, 1)
    assert book.schools
    assert all(school.source == "待核" for school in book.schools)
    assert book.school("21999", on) == book.school("大连演练大学", on)
    assert book.school("21999", date(2017, 5, 8)) is None
    assert book.school("00000", on) is None
