"""Every screen of a session one after another, and questions one asks of a screen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollBar, QWidget

from desktop_app.ui.widgets.buttons import KeyButton
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey


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
    for button in visible(window, KeyButton):
        if button.sizeHint().width() > button.width() + 1:
            cut.append(f"button {button.accessibleName()}")
    return cut


def scroll_bars(page: QWidget) -> list[str]:
    """Scroll bars in sight that can move."""
    return [
        type(bar.parent().parent()).__name__
        for bar in visible(page, QScrollBar)
        if isinstance(bar, QScrollBar) and bar.maximum() > bar.minimum()
    ]


def is_in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether some of a widget is on the screen, not scrolled or cut away."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty() and window.rect().contains(
        widget.mapTo(window, QPoint(1, 1))
    )
