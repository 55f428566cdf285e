"""Printing through the system: true to size, stoppable, and honest about a missing printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.adapters.pdf.raster import page_count
from desktop_app.backstage import pages
from desktop_app.domain.errors import Unavailable
from desktop_app.ui.jobs import Cancelled
from desktop_app.ui.printing import DPI, QtPrinter
from tests.helpers.pdf_pages import page_size
from tests.helpers.people import answers_for
from tests.helpers.world import World, open_world


def paper(world: World, form: str) -> bytes:
    """The bytes of a paper of a made-up case."""
    case_id, _ = world.registered("zero_threshold", answers_for("zero_threshold", 2))
    return world.certificates().issue(case_id, form).pdf


@pytest.mark.parametrize("form", ["person_register", "book_member"])
def test_pages_leave_at_their_own_size(form: str, tmp_path: Path, qtbot: QtBot) -> None:
    world = open_world(tmp_path)
    pdf = paper(world, form)
    out = tmp_path / "out.pdf"
    told: list[tuple[int, int]] = []
    QtPrinter(pages, to_file=str(out)).send(
        pdf, printer="", progress=lambda done, total: told.append((done, total))
    )
    printed = out.read_bytes()
    assert page_count(printed) == page_count(pdf)
    for page in range(page_count(pdf)):
        assert page_size(printed, page) == pytest.approx(page_size(pdf, page), abs=0.3)
    assert told[0] == (0, page_count(pdf))
    assert told[-1] == (page_count(pdf), page_count(pdf))
    world.store.close()


def test_without_a_printer_the_paper_stays_and_says_what_to_do(qtbot: QtBot) -> None:
    printer = QtPrinter(lambda pdf, dpi: iter(()))
    assert printer.names() == ()
    with pytest.raises(Unavailable) as refused:
        printer.send(b"", printer="HP")
    assert "没有打印机" in refused.value.message
    assert "Ctrl+P" in refused.value.remedy


def test_a_page_that_cannot_be_drawn_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    printer = QtPrinter(lambda pdf, dpi: iter((b"no picture",)), to_file=str(tmp_path / "o.pdf"))
    with pytest.raises(Unavailable, match="画不出来"):
        printer.send(b"", printer="")


def test_printing_stops_between_pages(tmp_path: Path, qtbot: QtBot) -> None:
    world = open_world(tmp_path)
    pdf = paper(world, "person_register")
    asked: list[int] = []

    def stop_at_second(done: int, total: int) -> None:
        asked.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        QtPrinter(pages, to_file=str(tmp_path / "o.pdf")).send(
            pdf, printer="", progress=stop_at_second
        )
    assert asked == [0, 1]
    assert DPI >= 300
    world.store.close()
