"""Papers of a roster: one file for all, resumed at any page, and the reconciliation sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from desktop_app.adapters.pdf.raster import page_count, page_png
from desktop_app.domain.batch import Outcome
from desktop_app.domain.case import Status
from desktop_app.domain.errors import InputError, NotAllowed, Unavailable
from desktop_app.domain.forms import FilledForm
from desktop_app.services.ports import FormRenderer
from desktop_app.services.roster_papers import RosterPapers
from desktop_app.services.sheets import PaperSheet
from tests.helpers.hostile_rosters import student, students
from tests.helpers.roster_office import RosterOffice, page_texts
from tests.helpers.synthetic import LONG_NAME, RARE
from tests.helpers.world import SUPERVISOR, World

COVER_AND_HEAD = 2
PAGES_EACH = 3
"""常住人口登记表 has a front and a back, 常住人口登记卡 one page."""


@pytest.fixture
def office(world: World, tmp_path: Path) -> RosterOffice:
    return RosterOffice(world, tmp_path)


def printed(office: RosterOffice, count: int = 4) -> PaperSheet:
    return office.papers().print_all(office.registered(students(count)).batch.id)


def test_everything_is_one_file_in_the_order_of_the_roster(office: RosterOffice) -> None:
    sheet = printed(office)
    assert sheet.paper.pages == page_count(sheet.pdf) == COVER_AND_HEAD + 4 * PAGES_EACH
    texts = page_texts(sheet.pdf)
    assert "批量打印封面" in texts[0]
    assert "集体户首页" in texts[1]
    names = [f"{student(order)['姓名']}" for order in range(1, 5)]
    for place, name in enumerate(names):
        assert name in texts[2 + 2 * place]
        assert name in texts[3 + 2 * place]
        assert name in texts[10 + place]
    for number, text in enumerate(texts, start=1):
        assert sheet.paper.copy_number in text
        assert f"第{number}页共14页" in text


def test_the_cases_are_issued_and_the_journal_tells_once(office: RosterOffice) -> None:
    batch_id = office.registered(students(2)).batch.id
    acts = office.world.wrote(lambda: office.papers().print_all(batch_id))
    assert acts == ["paper.issue"]
    assert office.rosters().batch(batch_id).counts == {Status.ISSUED: 2}
    with pytest.raises(NotAllowed):
        office.papers().print_all(batch_id)


def test_who_was_corrected_since_is_printed_anew_and_nobody_else(office: RosterOffice) -> None:
    batch_id = printed(office).paper.case_id
    with office.world.store.read() as uow:
        person, _ = uow.batches.students(batch_id)[1]
    office.world.register(SUPERVISOR).correct(person.id, {"name": "试改样"}, "名册写错")
    assert office.rosters().batch(batch_id).counts == {Status.ISSUED: 3, Status.REGISTERED: 1}
    again = office.papers().print_all(batch_id)
    assert again.paper.pages == COVER_AND_HEAD + PAGES_EACH
    assert "试改样" in "".join(page_texts(again.pdf))
    assert office.rosters().batch(batch_id).counts == {Status.ISSUED: 4}


def test_a_jam_is_resumed_with_the_very_pages(office: RosterOffice) -> None:
    sheet = printed(office)
    rest = office.papers().part(sheet.paper.id, 5, 14)
    assert page_count(rest.pdf) == 10
    for page in range(10):
        assert page_png(rest.pdf, page, 40) == page_png(sheet.pdf, page + 4, 40)
    with pytest.raises(Unavailable):
        office.papers().part(sheet.paper.id, 5, 15)


def test_pages_printed_again_keep_their_numbers_and_say_so(office: RosterOffice) -> None:
    sheet = printed(office)
    again = office.papers().resend(sheet.paper.id, 4, 11, "压皱")
    assert (again.paper.copy_number, again.paper.reprint_of) == (
        sheet.paper.copy_number, sheet.paper.id
    )
    first, second = page_texts(sheet.pdf)[3:11], page_texts(again.pdf)
    assert len(second) == 8
    for number, (before, after) in enumerate(zip(first, second, strict=True), start=4):
        assert "补打" in after
        assert "补打" not in before
        assert f"第{number}页共14页" in after
    with pytest.raises(InputError):
        office.papers().resend(sheet.paper.id, 4, 15, "压皱")
    with pytest.raises(InputError):
        office.papers().resend(sheet.paper.id, 4, 5, " ")


def test_kept_bytes_are_the_bytes_that_were_printed(office: RosterOffice) -> None:
    sheet = printed(office, 1)
    assert office.papers().stored(sheet.paper.id).pdf == sheet.pdf
    assert [paper.id for paper in office.papers().papers(sheet.paper.case_id)] == [sheet.paper.id]


def test_rare_and_long_names_stand_on_every_paper(office: RosterOffice) -> None:
    names = [f"试{char}样" for char in RARE] + [LONG_NAME[:25]]
    rows = [student(order, 姓名=name) for order, name in enumerate(names, start=1)]
    batch_id = office.registered(rows).batch.id
    texts = page_texts(office.papers().print_all(batch_id).pdf)
    told = "".join(page_texts(office.papers().reconciliation(batch_id).pdf))
    joined = ["".join(text.split()) for text in texts]
    for place, name in enumerate(names):
        assert name in joined[2 + 2 * place]
        assert name in joined[2 + 2 * len(names) + place]
        assert name in "".join(told.split())


MIXED = [
    student(1), student(2, 自愿落户="否"), student(3, 公民身份号码=""),
    student(4, 姓名="试\u202e样\U0003fffd"), student(5, 姓名="=1+1"),
]


def test_the_reconciliation_has_places_for_both_seals_and_balances(
    office: RosterOffice,
) -> None:
    batch_id = office.registered(MIXED).batch.id
    sheet = office.papers().reconciliation(batch_id)
    (text,) = page_texts(sheet.pdf)
    assert "学校（章）" in text
    assert f"{office.world.station.name}（章）" in text
    told = office.rosters().reconcile(batch_id)
    assert told.balanced
    for outcome in Outcome:
        assert outcome.label in text


def test_the_workbook_is_words_only(office: RosterOffice) -> None:
    batch_id = office.registered(MIXED).batch.id
    path = office.folder / "核对单.xlsx"
    acts = office.world.wrote(lambda: office.papers().write_reconciliation(batch_id, path))
    assert acts == ["roster.export"]
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        cells = package.read("xl/worksheets/sheet1.xml").decode()
        words = package.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in cells
    assert "=1+1" in words
    assert f"{student(1)['公民身份号码']}" in words


def test_a_folder_that_is_not_there_is_told_and_nothing_is_journalled(
    office: RosterOffice,
) -> None:
    batch_id = office.registered(students(1)).batch.id
    nowhere = office.folder / "没有" / "核对单.xlsx"
    assert office.world.wrote_nothing(
        lambda: office.papers().write_reconciliation(batch_id, nowhere), Unavailable
    )


# ---- rendering takes seconds, and others go on working meanwhile


class Meanwhile:
    """A renderer during whose work something else happens."""

    def __init__(self, inside: FormRenderer, *acts: Callable[[], object]) -> None:
        self._inside = inside
        self._acts = list(acts)
        self.rendered = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._inside, name)

    def render(self, filled: Sequence[FilledForm], **how: Any) -> bytes:
        """Render, after the next act if there is one."""
        self.rendered += 1
        if self._acts:
            self._acts.pop(0)()
        return self._inside.render(filled, **how)


def beside(office: RosterOffice, *acts: Callable[[], object]) -> tuple[RosterPapers, Meanwhile]:
    """Papers during whose rendering the acts happen, one at each time."""
    slow = Meanwhile(office.world.renderer, *acts)
    world = replace(office.world, renderer=cast(Any, slow))
    return RosterOffice(world, office.folder).papers(), slow


def copies(office: RosterOffice, sheet: PaperSheet) -> set[str]:
    """The copy numbers that stand on its pages."""
    return {found for text in page_texts(sheet.pdf)
            for found in re.findall(r"份号([\d-]+)第", text)}


def test_others_write_while_it_is_rendered_and_it_is_rendered_once(office: RosterOffice) -> None:
    batch_id = office.registered(students(2)).batch.id
    other = office.registered([student(7)], "乙.csv").batch.id
    papers, slow = beside(office, lambda: office.taken([student(8)], "丙.csv"))
    sheet = papers.print_all(batch_id)
    assert slow.rendered == 1
    assert office.rosters().batch(batch_id).counts == {Status.ISSUED: 2}
    assert office.rosters().batch(other).counts == {Status.REGISTERED: 1}
    assert copies(office, sheet) == {sheet.paper.copy_number}


def test_a_number_given_away_meanwhile_is_not_used_twice(office: RosterOffice) -> None:
    batch_id = office.registered(students(2)).batch.id
    other = office.registered([student(7)], "乙.csv").batch.id
    given: list[PaperSheet] = []
    papers, slow = beside(office, lambda: given.append(office.papers().reconciliation(other)))
    sheet = papers.print_all(batch_id)
    assert slow.rendered == 2
    assert copies(office, sheet) == {sheet.paper.copy_number}
    first, second = (int(one.paper.copy_number[-6:]) for one in (given[0], sheet))
    assert second == first + 1


def test_printed_twice_at_once_is_printed_once(office: RosterOffice) -> None:
    batch_id = office.registered(students(2)).batch.id
    made: list[PaperSheet] = []
    papers, _ = beside(office, lambda: made.append(office.papers().print_all(batch_id)))
    with pytest.raises(NotAllowed):
        papers.print_all(batch_id)
    assert [paper.id for paper in office.papers().papers(batch_id)] == [made[0].paper.id]


def test_a_batch_that_changed_meanwhile_is_printed_as_it_is_now(office: RosterOffice) -> None:
    batch_id = office.registered(students(2)).batch.id

    def rename() -> None:
        with office.world.store.write() as uow:
            person = next(person for person, _ in uow.batches.students(batch_id))
            uow.people.save_person(replace(person, name="演改名"))
            uow.journal.append(
                at=office.world.clock.now(), who="li", action="person.correct",
                subject=person.id, detail={},
            )
            uow.commit()
    papers, slow = beside(office, rename)
    sheet = papers.print_all(batch_id)
    assert slow.rendered == 2
    assert any("演改名" in text for text in page_texts(sheet.pdf))


def test_whoever_is_always_too_late_holds_the_store_at_last(office: RosterOffice) -> None:
    batch_id = office.registered(students(1)).batch.id
    other = office.registered([student(7)], "乙.csv").batch.id
    again = [lambda: office.papers().reconciliation(other)] * 2
    papers, slow = beside(office, *again)
    sheet = papers.print_all(batch_id)
    assert slow.rendered == 3
    assert copies(office, sheet) == {sheet.paper.copy_number}
