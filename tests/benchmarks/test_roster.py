"""Freshers' day at full size: ten thousand rows read, checked, taken, registered and printed.

Ratios are of one run on one machine; ``benchmark.extra_info`` holds them with the seconds.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.domain.forms import fill
from desktop_app.services.ports import Marks
from tests.helpers.hostile_rosters import HEADINGS, students, table, write_xlsx
from tests.helpers.plain_reportlab import PlainProgram
from tests.helpers.previews import FONTS
from tests.helpers.roster_office import RosterOffice
from tests.helpers.world import DAY, PASSWORD, SCHOOL, SUPERVISOR, form_renderer, open_world

ROWS = 10_000
GRADUATES = 2_000
READ_RATIO = 2.5
TAKE_SECONDS = 15.0
PAGES_RATIO = 2.0
MEMORY_MIB = 500


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(tmp_path_factory.mktemp("roster") / "名册.xlsx", table(students(ROWS)))


def seconds(act: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def processor(act: Callable[[], object]) -> float:
    """Seconds of processor time, children included; other work on the machine adds little."""
    before = _used()
    act()
    return _used() - before


def _used() -> float:
    whom = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, whom))


def highest_mib() -> int:
    """The highest memory of this process since it began; getrusage would tell the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def once(benchmark: BenchmarkFixture, act: Callable[[], object]) -> float:
    """Run and time it a single time; the seconds it took."""
    cast(Any, benchmark).pedantic(act, rounds=1)
    return float(cast(Any, benchmark).stats.stats.max)


def calamine_and_insert(roster: Path, folder: Path) -> None:
    """What nothing can be faster than: the same reader, and one bulk insert of the same rows."""
    rows = CalamineWorkbook.from_path(str(roster)).get_sheet_by_index(0).to_python()[1:]
    engine = open_engine(folder / "plain.db", bytes(32), create=True)
    names = ", ".join(f"c{n}" for n in range(len(HEADINGS)))
    marks = ", ".join(f":c{n}" for n in range(len(HEADINGS)))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE roster ({names})"))
        connection.execute(
            text(f"INSERT INTO roster VALUES ({marks})"),
            [{f"c{n}": value for n, value in enumerate(row)} for row in rows],
        )
    engine.dispose()


def test_read_and_checked_against_calamine_and_one_insert(
    roster: Path, tmp_path: Path, benchmark: BenchmarkFixture
) -> None:
    world = open_world(tmp_path)
    rosters = RosterOffice(world, tmp_path).rosters()
    rosters.check(roster, SCHOOL.code)
    base, ours, clock = [], [], []
    for run in range(3):
        (tmp_path / f"{run}").mkdir()
        base.append(processor(lambda run=run: calamine_and_insert(  # type: ignore[misc]
            roster, tmp_path / f"{run}"
        )))
        ours.append(processor(lambda: clock.append(
            seconds(lambda: rosters.check(roster, SCHOOL.code))
        )))
    once(benchmark, lambda: rosters.check(roster, SCHOOL.code))
    benchmark.extra_info["plain_seconds"] = round(min(base), 2)
    benchmark.extra_info["seconds"] = round(min(ours), 2)
    benchmark.extra_info["clock_seconds"] = round(min(clock), 2)
    benchmark.extra_info["ratio"] = round(min(ours) / min(base), 2)
    world.store.close()
    assert min(ours) / min(base) <= READ_RATIO


def test_taken_decided_and_registered(
    roster: Path, tmp_path: Path, benchmark: BenchmarkFixture
) -> None:
    world = open_world(tmp_path)
    office = RosterOffice(world, tmp_path)
    checked = office.rosters().check(roster, SCHOOL.code)
    steps: dict[str, float] = {}

    def day() -> None:
        start = time.perf_counter()
        batch_id = office.rosters().take(checked).batch.id
        steps["take"] = time.perf_counter() - start
        office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
        steps["decide"] = time.perf_counter() - start - steps["take"]
        office.rosters().enter(batch_id)

    total = once(benchmark, day)
    benchmark.extra_info |= {name: round(value, 2) for name, value in steps.items()}
    benchmark.extra_info["all"] = round(total, 2)
    world.store.close()
    assert total < TAKE_SECONDS


def test_cards_against_plain_reportlab(benchmark: BenchmarkFixture) -> None:
    renderer = form_renderer()
    form = renderer.edition("book_member", DAY)
    records = [
        {
            "person.name": row["姓名"], "person.relation": "非亲属", "person.sex": row["性别"],
            "person.ethnicity": row["民族"], "person.birth_date": row["出生日期"],
            "person.citizen_id": row["公民身份号码"], "person.registrar": "张演练",
            "person.registered_on": "2017-09-01",
            "person.moved_to_city": f"2017年09月01日因大学以上招生从{row['原户籍地址']}迁来",
            "person.moved_to_address": f"2017年09月01日因大学以上招生从{row['原户籍地址']}迁来",
        }
        for row in students(ROWS)
    ]
    plain = PlainProgram(FONTS)
    some = [fill(form, record) for record in records[:1_000]]
    pages = plain.prepare(some, "份号 210281901-01-000001　第 1 页 共 1 页")
    plain.draw(pages[:1])
    base = seconds(lambda: plain.draw(pages)) / len(some)
    marks = Marks(copy_number="210281901-01-000001")
    renderer.render(some[:1], marks=marks)

    def cards() -> None:
        renderer.render([fill(form, record) for record in records], marks=marks)

    took = seconds(cards) / ROWS
    once(benchmark, lambda: renderer.render(some, marks=marks))
    benchmark.extra_info["pages_per_second"] = round(1 / took)
    benchmark.extra_info["plain_pages_per_second"] = round(1 / base)
    benchmark.extra_info["times_faster"] = round(base / took, 2)
    assert base / took >= PAGES_RATIO


def _whole_day(roster: Path, folder: Path, tell: Connection) -> None:
    """Everything in one process that starts small; its highest memory in MiB."""
    office = RosterOffice(open_world(folder), folder)
    batch_id = office.rosters().take(office.rosters().check(roster, SCHOOL.code)).batch.id
    office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
    office.rosters().enter(batch_id)
    taken = highest_mib()
    start = time.perf_counter()
    paper = office.papers().print_all(batch_id).paper
    tell.send((taken, highest_mib(), paper.pages,
               time.perf_counter() - start))


def test_memory_of_the_whole_day(
    roster: Path, tmp_path: Path, benchmark: BenchmarkFixture
) -> None:
    spawn = multiprocessing.get_context("spawn")
    hear, tell = spawn.Pipe(duplex=False)
    worker = spawn.Process(target=_whole_day, args=(roster, tmp_path, tell))
    once(benchmark, worker.start)
    taken, highest, pages, took = hear.recv()
    worker.join()
    benchmark.extra_info |= {
        "mib_registered": taken, "mib_printed": highest, "pages": pages,
        "print_seconds": round(took, 1),
    }
    assert highest < MEMORY_MIB


def test_two_thousand_graduates(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    office = RosterOffice(open_world(tmp_path), tmp_path)
    office.registered(students(GRADUATES))
    graduation = office.graduation()
    who = [
        replace(one, destination="辽宁省沈阳市和平区演练路9号")
        for one in graduation.select(SCHOOL.code)
    ]

    def leave() -> None:
        departure = graduation.move_out(SCHOOL.code, who, urban_rural="121")
        back = [row.person_id for row in departure.rows[:10]]
        after = graduation.take_back(departure.batch.id, back, "延期毕业")
        paper = graduation.print_certificates(departure.batch.id).paper
        assert paper.pages == 1 + after.left
        assert (after.selected, after.left, after.returned) == (GRADUATES, GRADUATES - 10, 10)
        assert len(graduation.select(SCHOOL.code)) == 10

    benchmark.extra_info["seconds"] = round(once(benchmark, leave), 2)
