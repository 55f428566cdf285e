"""Every screen of a session one after another, and questions one asks of a screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import ceil

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from desktop_app.domain.errors import Unavailable
from desktop_app.ui.pages.fault import FaultPage
from desktop_app.ui.pages.set_up import SetUpPage
from desktop_app.ui.pages.sign_in import SignInPage
from desktop_app.ui.theme import Scale
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.tick_box import TickBox
from tests.helpers.screenshots import FAULTS, SIZE, furnish
from tests.helpers.ui_fakes import FakeAsk
from tests.helpers.window_journey import Journey

_MARGINS = 24
_FIGURES = re.compile(r"[\d\- X]{6,}")


def every_screen(walk: Journey, cases: dict[str, str] | None = None) -> Iterator[str]:
    """Bring each screen into sight in turn and give its name."""
    found = cases or furnish(walk.world)
    shell = walk.shell
    steps = (
        ("workbench", shell.go.workbench), ("guide", shell.go.guide),
        ("intake", lambda: shell.go.intake(found["draft"])),
        ("intake-full", lambda: shell.go.intake(found["full"])),
        ("check", shell.go.check), ("outcome", shell.go.result),
        ("intake-again", lambda: shell.go.intake(found["draft"])), ("notice", shell.go.notice),
        ("done", lambda: shell.go.done(found["accepted"])),
        ("done-registered", lambda: shell.go.done(found["registered"])),
        ("papers", lambda: shell.go.papers(found["registered"], "person_register")),
        ("search", shell.go.search),
        ("case", lambda: shell.go.case(found["registered"])),
        ("case-refused", lambda: shell.go.case(found["refused"])),
        ("approval", shell.go.approvals), ("policy", lambda: shell.go.policy("")),
        ("settings", lambda: shell.go.to("settings")),
    )
    for name, go in steps:
        go()
        if name == "search":
            walk.shell.rooms.search.line.line.insert("210283")
            walk.press("Return")
        for _ in range(3):
            QApplication.processEvents()
        yield name


def every_state(walk: Journey, cases: dict[str, str] | None = None) -> Iterator[str]:
    """Every screen, then the states some of them have: answered, at fault, guided, covered."""
    found = cases or furnish(walk.world)
    yield from every_screen(walk, found)
    shell = walk.shell
    walk.lay_card(9)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("guide-answered", lambda: _answer_the_guide(walk)),
        ("intake-errors", lambda: _fault(walk, found["draft"])),
        ("intake-guided", shell.rooms.intake.toggle_guided),
        ("intake-roomy", shell.rooms.intake.toggle_guided),
        ("papers-list", lambda: shell.go.papers(found["accepted"])),
        ("policy-clause", lambda: shell.go.policy("dazhengbanfa-2017-61#2.3")),
        ("keys", shell.work.keys_asked.emit),
    )
    for name, go in steps:
        go()
        for _ in range(3):
            QApplication.processEvents()
        yield name
    shell.key_sheet.close_sheet()
    shell.lock()
    QApplication.processEvents()
    yield "locked"


def _answer_the_guide(walk: Journey) -> None:
    walk.shell.go.guide()
    walk.shell.rooms.cards.ask()
    for field_id, text in (
        ("applicant.hukou_kind", "rural"), ("applicant.left_active_service", "false"),
        ("residence.sub_district", "210283001"), ("residence.lawful_stable", "true"),
    ):
        walk.shell.rooms.guide_model.put(field_id, text)
    walk.shell.rooms.guide.focus_first()


def _fault(walk: Journey, case_id: str) -> None:
    walk.shell.go.intake(case_id)
    walk.shell.rooms.intake.bar.trigger("review")


def every_threshold() -> Iterator[tuple[str, QWidget]]:
    """The screens before anybody has signed in, each shown in a window of its own."""
    signing = SignInPage(training=False)
    signing.show_station("庄河市公安局演练派出所 · 1号窗口")
    refused = SignInPage(training=False)
    refused.refuse(Unavailable("口令错误，还可试 4 次", "核对大小写后再录"))
    pages: list[tuple[str, SignInPage | SetUpPage | FaultPage]] = [
        ("sign-in", signing), ("sign-in-refused", refused),
        ("set-up", SetUpPage(lambda profile, name, password: None, FakeAsk())),
    ]
    pages += [
        (f"fault-{name}", FaultPage(error, lambda: None, lambda: None))
        for name, error in FAULTS.items()
    ]
    for name, page in pages:
        page.setObjectName("window")
        page.resize(*SIZE)
        page.show()
        page.activateWindow()
        page.first_focus()
        for _ in range(3):
            QApplication.processEvents()
        yield name, page
        page.hide()
        page.deleteLater()


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    """The widgets of a kind that can be seen now."""
    return [w for w in window.findChildren(kind) if w.isVisible()]


def words_in_sight(window: QWidget) -> list[str]:
    """Every word on the screen."""
    found = [label.text() for label in visible(window, QLabel)]  # type: ignore[attr-defined]
    found += [b.words() for b in visible(window, KeyButton)]  # type: ignore[attr-defined]
    for line in visible(window, QLineEdit):
        found += [line.text(), line.placeholderText()]  # type: ignore[attr-defined]
    return [text for text in found if text]


def cut_words(window: QWidget) -> list[str]:
    """Labels on one line and buttons that are narrower than their words."""
    cut = []
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        widest = max(
            (label.fontMetrics().horizontalAdvance(x) for x in label.text().split("\n")),
            default=0,
        )
        if label.text() and not label.wordWrap() and widest > label.width() + 1:
            cut.append(f"{label.text()} {widest}>{label.width()}")
        if label.text() and label.wordWrap():
            needed = label.heightForWidth(label.width())
            if needed > label.height() + 2:
                cut.append(f"{label.text()[:20]} {needed}>{label.height()} high")
            if (broad := _broadest_line(label)) > label.contentsRect().width() + 1:
                cut.append(f"{label.text()[:20]} {broad}>{label.width()} unbroken")
    cut += [
        f"{label.text()} beside its place" for label in visible(window, QLabel)
        if label.text() and not label.wordWrap()
        and 0 < label.visibleRegion().boundingRect().width() < min(
            label.width(), label.fontMetrics().horizontalAdvance(label.text().split("\n")[0])
        )
    ]
    cut += [
        f"{line.text()} in its field" for line in visible(window, QLineEdit)
        if _FIGURES.fullmatch(line.text())
        and line.fontMetrics().horizontalAdvance(line.text()) > line.contentsRect().width() - 12
    ]
    for button in visible(window, KeyButton):
        if button.sizeHint().width() > button.width() + 1:
            cut.append(f"button {button.accessibleName()}")
    for box in visible(window, TickBox):
        if box.heightForWidth(box.width()) > box.height() + 1:
            cut.append(f"tick {box.accessibleName()}")
    return cut + [words for head in visible(window, QHeaderView) for words in _cut_headings(head)]


def _broadest_line(label: QLabel) -> int:
    """Width of the broadest line of a wrapping label: a run that cannot be broken sticks out."""
    broadest = 0.0
    for words in label.text().split("\n"):
        layout = QTextLayout(words, label.font())
        wrapping = QTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(wrapping)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(label.contentsRect().width())
            broadest = max(broadest, line.naturalTextWidth())
        layout.endLayout()
    return ceil(broadest)


def _cut_headings(head: QWidget) -> list[str]:
    """Headings of columns that are narrower than their words."""
    assert isinstance(head, QHeaderView)
    titles = {
        column: str(head.model().headerData(column, head.orientation()) or "")
        for column in range(head.count()) if not head.isSectionHidden(column)
    }
    return [
        f"heading {title}" for column, title in titles.items()
        if head.fontMetrics().horizontalAdvance(title) > head.sectionSize(column)
    ]


def small_targets(window: QWidget, scale: Scale) -> list[str]:
    """What can be clicked and is smaller than 32 pixels, 44 in large text."""
    least = 32 if scale is Scale.STANDARD else 44
    return [
        f"{part.accessibleName()} {type(part).__name__} {part.width()}x{part.height()}"
        for kind in (QAbstractButton, QLineEdit) for part in visible(window, kind)
        if part.height() < least or part.width() < 32
    ]


def badly_named(window: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader cannot name, or with a mnemonic's rest."""
    found = []
    for part in visible(window, QWidget):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or part.focusProxy() is not None:
            continue
        if isinstance(part, QScrollArea):
            continue
        words = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        if not words or "&" in words:
            found.append(f"{type(part).__name__} {part.objectName()} {words!r}")
    return found


def scroll_bars(page: QWidget) -> list[str]:
    """Scroll bars in sight, by what they scroll."""
    return [type(bar.parent().parent()).__name__ for bar in visible(page, QScrollBar)]


def is_in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether some of a widget is on the screen, not scrolled or cut away."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty() and window.rect().contains(
        widget.mapTo(window, QPoint(1, 1))
    )


def is_whole_in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether all of a widget is on the screen, nothing over it, scrolled or cut away.

    A list longer than what it scrolls in has to fill that.
    """
    seen = widget.visibleRegion().boundingRect()
    high = widget.height()
    place = widget.parentWidget()
    while place is not None:
        if isinstance(place, QAbstractScrollArea):
            high = min(high, place.viewport().height() - _MARGINS)
        place = place.parentWidget()
    inside = window.rect().contains(widget.mapTo(window, seen.center()))
    return inside and seen.height() >= high and seen.width() == widget.width()
