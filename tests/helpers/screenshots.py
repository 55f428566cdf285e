"""Every screen and state as a picture: ``python -m tests.helpers.screenshots DIR``.

All persons are made up. The main screens come at the three text sizes, the others at the
standard one; names say screen, state and size.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.errors import Unavailable
from desktop_app.services.settings import TEXT_SIZES
from desktop_app.ui import fonts
from desktop_app.ui.pages.fault import FaultPage
from desktop_app.ui.pages.set_up import SetUpPage
from desktop_app.ui.pages.shell import CounterShell
from desktop_app.ui.pages.sign_in import SignInPage
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.widgets.focus import FocusKeeper
from tests.helpers import roster_screens
from tests.helpers.counter_window import (
    FakePrinter,
    FakeReader,
    counter_for,
    made_up_card,
    open_shell,
)
from tests.helpers.people import answers_for
from tests.helpers.ui_fakes import FakeAsk, FakeJobs
from tests.helpers.world import STATION, World, open_world

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1366, 690)
SMALLER = {"125": (1092, 552), "150": (910, 460)}
Shot = Callable[["Studio"], None]


class Studio:
    """A station with some history, its window, and a folder for the pictures."""

    def __init__(self, app: QApplication, look: Look, out: Path, world: World) -> None:
        self.app, self.look, self.out, self.world = app, look, out, world
        self.reader, self.printer = FakeReader(made_up_card(serial=9)), FakePrinter()
        self.counter = counter_for(world, reader=self.reader, printer=self.printer)
        self.ask = FakeAsk()
        self.shell: CounterShell | None = None

    def open(self, pixels: int = 16, size: tuple[int, int] = SIZE) -> CounterShell:
        """A fresh window."""
        self.counter.preferences.set_text_size(pixels)
        shell = open_shell(self.counter, self.ask, FakeJobs(), self.look)
        shell.resize(*size)
        shell.show()
        shell.activateWindow()
        shell.start()
        self.app.processEvents()
        self.shell = shell
        return shell

    def close(self) -> None:
        """Put the window away; the data stays open for the next."""
        if self.shell is not None:
            self.shell.guard.idle.stop()
            self.shell.hide()
            self.shell.deleteLater()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            self.shell = None
            self.app.processEvents()

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Keep what is on show."""
        shown = widget or self.shell
        assert shown is not None
        for _ in range(3):
            self.app.processEvents()
        shown.grab().save(str(self.out / f"{name}.png"))


def furnish(world: World) -> dict[str, str]:
    """Some cases in every state; ids by a word."""
    desk = world.desk()
    found = {
        "draft": desk.open("zero_threshold", _partial(1)).case.id,
        "full": world.ready("zero_threshold", answers_for("zero_threshold", 2)).case.id,
        "accepted": world.accepted("zero_threshold", answers_for("zero_threshold", 3)).case.id,
        "veteran": world.accepted("veteran", answers_for("veteran", 4)).case.id,
    }
    found["registered"], _ = world.registered(
        "zero_threshold", answers_for("zero_threshold", 5)
    )
    certificates = world.certificates()
    for form in ("person_register", "settlement_certificate"):
        certificates.issue(found["registered"], form)
    waiting = desk.open("new_district_open", _partial(6, "new_district_open")).case.id
    desk.supplement(waiting)
    found["supplement"] = waiting
    refused = desk.open("points", answers_for("points", 7)).case.id
    desk.refuse(refused, "演练：材料不属实")
    found["refused"] = refused
    desk.keep_typing(found["draft"], {"residence.address": "大连市庄河市演练"},
                     "residence.address", 7)
    return found


def _partial(order: int, procedure: str = "zero_threshold") -> dict[str, str]:
    answers = answers_for(procedure, order)
    for field in ("residence.address", "applicant.ethnicity"):
        answers.pop(field, None)
    return answers


def _main_screens(studio: Studio, cases: dict[str, str], tag: str) -> None:
    shell = studio.shell
    assert shell is not None
    studio.save(f"workbench-{tag}")
    shell.go.guide()
    studio.save(f"guide-empty-{tag}")
    shell.rooms.cards.ask()
    for field_id, text in (
        ("applicant.hukou_kind", "rural"), ("applicant.left_active_service", "false"),
        ("residence.sub_district", "210283001"), ("residence.lawful_stable", "true"),
    ):
        shell.rooms.guide_model.put(field_id, text)
    shell.rooms.guide.focus_first()
    studio.save(f"guide-{tag}")
    shell.go.intake(cases["draft"])
    studio.save(f"intake-{tag}")
    shell.go.intake(cases["full"])
    studio.save(f"intake-full-{tag}")
    shell.go.check()
    studio.save(f"check-{tag}")
    shell.go.done(cases["accepted"])
    studio.save(f"done-{tag}")


def _other_screens(studio: Studio, cases: dict[str, str]) -> None:
    shell = studio.open()
    shell.go.intake(cases["draft"])
    shell.rooms.intake.bar.trigger("review")
    studio.save("intake-errors")
    shell.rooms.intake.toggle_guided()
    studio.save("intake-guided")
    shell.go.result()
    studio.save("outcome")
    shell.go.back()
    shell.go.notice()
    studio.save("notice")
    shell.go.done(cases["registered"])
    studio.save("done-registered")
    shell.go.papers(cases["registered"], "person_register")
    studio.save("papers")
    shell.go.search()
    shell.rooms.search.line.line.insert("演练")
    shell.rooms.search.line.line.selectAll()
    shell.rooms.search.line.line.insert("2102")
    shell.rooms.search.line.line.insert("83")
    shell.rooms.search._on_accepted()
    studio.save("search")
    shell.go.case(cases["registered"])
    studio.save("case")
    shell.go.approvals()
    studio.save("approval")
    shell.go.policy("dazhengbanfa-2017-61#2.3")
    studio.save("policy")
    shell.go.to("settings")
    studio.save("settings")
    shell.work.keys_asked.emit()
    studio.save("keys")
    shell.key_sheet.close_sheet()
    shell.lock()
    studio.save("locked")
    studio.close()


def _roster_screens(studio: Studio, pixels: int, size: tuple[int, int], tag: str) -> None:
    """Freshers' day on a station of its own: what it settles cannot be settled again."""
    with station() as world, tempfile.TemporaryDirectory() as folder:
        alone = Studio(studio.app, studio.look, studio.out, world)
        roster_screens.draw(alone.open(pixels, size), alone.save, tag, Path(folder))
        alone.close()


def _thresholds(studio: Studio) -> None:
    for name, training in (("sign-in", False), ("sign-in-training", True)):
        page = SignInPage(training=training)
        page.show_station("庄河市公安局演练派出所 · 1号窗口")
        if training:
            page.set_note("演练账号：clerk、installer、supervisor，不用口令。演练数据都是编的，不作数")
        _stand(studio, name, page, page.first_focus)
    refused = SignInPage(training=False)
    refused.login.set_text("zhang")
    _stand(studio, "sign-in-refused", refused, lambda: refused.refuse(
        Unavailable("口令错误，还可试 4 次", "核对大小写后再录")
    ))
    setup = SetUpPage(lambda profile, name, password: None, studio.ask)
    _stand(studio, "set-up", setup, setup.first_focus)
    for name, error in FAULTS.items():
        fault = FaultPage(error, lambda: None, lambda: None)
        _stand(studio, f"fault-{name}", fault, fault.first_focus)


FAULTS = {
    "full": Unavailable("磁盘剩余 120 MB，暂停新受理", "清理磁盘后按 F5，已办的件都已保存"),
    "damaged": Unavailable("数据库损坏，打不开", "停止办理，交信息员用最近的备份恢复"),
    "newer": Unavailable("数据库由更新的程序写成", "安装最新程序后再打开，数据没有改动"),
    "read-only": Unavailable("数据文件夹只能读，写不进去", "检查权限或换可写的磁盘，再按 F5"),
}


def _stand(studio: Studio, name: str, page: QWidget, after: Callable[[], None]) -> None:
    studio.look.apply(Scale.STANDARD)
    page.setObjectName("window")
    page.resize(*SIZE)
    page.show()
    page.activateWindow()
    studio.app.processEvents()
    after()
    studio.save(name, page)
    page.hide()
    page.deleteLater()


@contextmanager
def station() -> Iterator[World]:
    """A training station of one person, with a store that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        world = open_world(
            Path(folder), replace(STATION, one_person=True, training=True)
        )
        yield world
        world.store.close()


def render(out: Path, only: str = "") -> list[Path]:
    """Write every picture; the names of those written."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.load_first(ROOT / "resources" / "fonts")
    fonts.load_rest(ROOT / "resources" / "fonts")
    look = Look(app, ROOT / "resources" / "styles")
    look.apply(Scale.STANDARD)
    keeper = FocusKeeper(app)
    with station() as world:
        cases = furnish(world)
        studio = Studio(app, look, out, world)
        sizes = {f"{p}": (p, SIZE) for p in TEXT_SIZES}
        sizes |= {f"16-at-{name}": (16, size) for name, size in SMALLER.items()}
        for tag, (pixels, size) in sizes.items():
            if not only or only in tag:
                studio.open(pixels, size)
                _main_screens(studio, cases, tag)
                studio.close()
        for tag, (pixels, size) in sizes.items():
            if not only or only in (tag, f"roster-{tag}"):
                _roster_screens(studio, pixels, size, tag)
        if not only or only == "other":
            _other_screens(studio, cases)
            _thresholds(studio)
    keeper.stop()
    return sorted(out.glob("*.png"))


if __name__ == "__main__":
    written = render(Path(sys.argv[1] if len(sys.argv) > 1 else "out"),
                     sys.argv[2] if len(sys.argv) > 2 else "")
    print(f"{len(written)} 张图在 {written[0].parent if written else '--'}")
