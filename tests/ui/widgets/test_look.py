"""Every component in every text size: nothing cut, large enough, named, seen without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop_app.ui.theme import TOKENS, Density, Look, Scale, contrast
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.focus import OUTSIDE, FocusKeeper
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.tick_box import TickBox
from tests.helpers.keys import focused, press
from tests.helpers.sample_fields import EDITORS, form
from tests.helpers.samples import SAMPLES, banners, buttons, verdicts

Show = Callable[..., QWidget]
#: The client area of 1366 x 768 at 100, 125 and 150 %.
SCREENS = ((1366, 690), (1092, 552), (910, 460))
#: Panels that are as wide as their column on a page; the rest take the window.
NARROW = {"materials": 420, "rail": 240}
#: What never scrolls on a page.
FIXED = {"action_bar", "status_bar", "rail", "table", "empty_table", "empty", "preview", "lock",
         "keys", "training", "dialog", "reason_dialog", "reauth", "progress"}
_LEAST = {Scale.STANDARD: 32, Scale.LARGE: 44, Scale.EXTRA: 44}


@pytest.fixture(params=list(Scale), ids=lambda scale: scale.name.lower())
def scale(request: pytest.FixtureRequest, look: Look) -> Iterator[Scale]:
    size = request.param
    assert isinstance(size, Scale)
    look.apply(size)
    yield size
    look.apply(Scale.STANDARD)


def _shown(show: Show, name: str, size: tuple[int, int] = (1366, 690)) -> QWidget:
    sample = SAMPLES[name]()
    sample.setWindowFlags(Qt.WindowType.Widget)
    held = sample if name in FIXED else Scroller(sample)
    return show(held, size=(NARROW.get(name, size[0]), size[1]))


def _in_sight(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [part for part in window.findChildren(kind) if part.isVisible()]


def _words_fit(label: PlainLabel) -> bool:
    metrics, room = label.fontMetrics(), label.contentsRect()
    if not label.wordWrap():
        widest = max(metrics.horizontalAdvance(line) for line in label.text().split("\n"))
        return widest <= room.width() + 1
    flags = int(Qt.TextFlag.TextWordWrap)
    need = metrics.boundingRect(QRect(0, 0, room.width(), 9999), flags, label.text())
    return need.height() <= room.height() + 2 and need.width() <= room.width() + 2


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SAMPLES)
def test_no_words_are_cut(show: Show, scale: Scale, name: str, size: tuple[int, int]) -> None:
    """T13: three sizes of text on three sizes of screen."""
    window = _shown(show, name, size)
    for label in _in_sight(window, PlainLabel):
        assert isinstance(label, PlainLabel)
        assert _words_fit(label), (label.text(), label.size(), label.property("role"))
    for button in _in_sight(window, QPushButton):
        assert button.width() >= button.minimumSizeHint().width() - 1, button.accessibleName()
        assert button.height() >= button.fontMetrics().height()
    for box in _in_sight(window, TickBox):
        assert box.height() >= box.heightForWidth(box.width()) - 1, box.accessibleName()


@pytest.mark.parametrize("name", SAMPLES)
def test_hints_in_fields_are_not_cut(show: Show, scale: Scale, name: str) -> None:
    window = _shown(show, name)
    for line in _in_sight(window, QLineEdit):
        assert isinstance(line, QLineEdit)
        room = line.width() - 24
        assert line.fontMetrics().horizontalAdvance(line.placeholderText()) <= room


@pytest.mark.parametrize("name", SAMPLES)
def test_targets_are_large_enough(show: Show, scale: Scale, name: str) -> None:
    """T16."""
    window = _shown(show, name)
    for kind in (QAbstractButton, QLineEdit):
        for part in _in_sight(window, kind):
            least = _LEAST[scale]
            assert part.width() >= 32, part.accessibleName()
            assert part.height() >= least, (part.accessibleName(), part.size())


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_reachable_has_a_name(show: Show, look: Look, name: str) -> None:
    """T17: by Qt's own accessibility interface, without mnemonic remains."""
    window = _shown(show, name)
    for part in window.findChildren(QWidget):
        if not part.isVisible() or part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if part.focusProxy() is not None or isinstance(part, QScrollArea):
            continue
        words = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        assert words, (type(part).__name__, part.objectName())
        assert "(&" not in words
        assert "&" not in words


@pytest.mark.parametrize("kind", EDITORS)
def test_a_field_is_called_by_its_label(show: Show, kind: str) -> None:
    editor = EDITORS[kind]()
    show(editor)
    words = QAccessible.queryAccessibleInterface(editor.line).text(QAccessible.Text.Name)
    assert words.startswith(editor.label)


def _grey(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("make", [banners, verdicts, form], ids=lambda make: make.__name__)
def test_meaning_is_told_by_words_and_shape(show: Show, look: Look, make: object) -> None:
    """T18: every level says its word to a screen reader and draws its own icon."""
    assert callable(make)
    whole = make()
    show(whole)
    spoken = {label.accessibleName().split("：")[0] for label in whole.findChildren(PlainLabel)}
    if make is not verdicts:
        assert {level.spoken for level in Level} <= spoken
    else:
        assert len({bytes(_grey(panel._icon).constBits()) for panel in whole.children()
                    if hasattr(panel, "_icon")}) == 4


def test_the_icons_of_the_levels_differ_without_colour(show: Show, look: Look) -> None:
    fields = []
    for level in Level:
        field = EDITORS["TextEdit"]()
        field.set_message(level, "同样的话")
        fields.append(field)
    show(*fields)
    assert len({bytes(_grey(field.message_line._icon).constBits()) for field in fields}) == 4


# ---- the ring (T15) and what is in sight (T12)


def _ring_pixels(window: QWidget) -> int:
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    want = QColor(TOKENS.focus).rgb()
    return memoryview(image.constBits()).cast("B").cast("I").tolist().count(want)


def test_the_ring_is_thick_and_stands_out(show: Show, focus_keeper: FocusKeeper) -> None:
    field = EDITORS["TextEdit"]()
    window = show(field, EDITORS["NameEdit"]())
    field.focus_line()
    ring = focus_keeper.ring()
    assert ring is not None
    box = QRect(field.line.mapTo(window, QPoint(0, 0)), field.line.size())
    assert ring.geometry() == box.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
    image = window.grab().toImage()
    middle = box.top() + box.height() // 2
    colours = [image.pixelColor(box.left() - OUTSIDE + step, middle).name() for step in range(5)]
    assert colours[:3] == [TOKENS.focus.lower()] * 3
    assert colours[3:5] == [TOKENS.surface.lower()] * 2
    for around in (TOKENS.bg, TOKENS.surface):
        assert contrast(TOKENS.focus, around) >= 3.0


@pytest.mark.parametrize("name", [
    "form", "buttons", "materials", "answers", "table", "summary", "rail", "preview",
    "status_bar", "reauth",
])
def test_wherever_the_focus_is_it_can_be_seen(
    show: Show, focus_keeper: FocusKeeper, name: str
) -> None:
    window = _shown(show, name)
    window.setFocus()
    seen: set[int] = set()
    for _ in range(30):
        press("Tab", window.focusWidget() or window)
        if id(focused()) in seen:
            break
        seen.add(id(focused()))
        with_focus = _ring_pixels(window)
        assert with_focus > 100, type(focused()).__name__
    assert seen


def test_the_ring_leaves_with_the_focus(show: Show, focus_keeper: FocusKeeper) -> None:
    field = EDITORS["TextEdit"]()
    show(field)
    field.focus_line()
    assert focus_keeper.ring() is not None
    field.line.clearFocus()
    assert focus_keeper.ring() is None


def test_the_ring_survives_the_end_of_its_page(show: Show, focus_keeper: FocusKeeper) -> None:
    gone, stays = EDITORS["TextEdit"](), EDITORS["NameEdit"]()
    area = Scroller(gone)
    show(area, stays)
    gone.focus_line()
    area.setParent(None)
    area.deleteLater()
    del gone
    stays.focus_line()
    assert focus_keeper.ring() is not None


@pytest.mark.parametrize("density", list(Density))
def test_the_focused_field_is_never_out_of_sight(
    show: Show, look: Look, focus_keeper: FocusKeeper, density: Density
) -> None:
    """T12: at 150 % the form scrolls under the action bar, which stays."""
    look.apply(Scale.EXTRA, density)
    bar = SAMPLES["action_bar"]()
    window = show(Scroller(form()), bar, size=(910, 460))
    editors = [part for part in window.findChildren(FieldEditor) if part.isVisible()]
    editors[0].focus_line()
    for _ in range(2 * len(editors)):
        line = focused()
        if bar.isAncestorOf(line):
            press("Tab")
            continue
        box = QRect(line.mapTo(window, QPoint(0, 0)), line.size())
        assert line.visibleRegion().boundingRect().size() == line.size(), line.objectName()
        assert not box.intersects(bar.geometry())
        assert window.rect().contains(bar.geometry())
        press("Tab")
    look.apply(Scale.STANDARD)


def test_a_form_fits_the_counter_without_scrolling(show: Show, scale: Scale) -> None:
    area = Scroller(form())
    show(area, SAMPLES["action_bar"](), size=(1366, 690))
    assert not area.verticalScrollBar().isVisible()


def test_disabled_looks_differ_from_enabled_ones(show: Show, look: Look) -> None:
    window = show(buttons())
    blocked = [b for b in window.findChildren(KeyButton) if b.reasons() and b.isVisible()]
    assert blocked
    for button in blocked:
        assert "暂不可用" in button.accessibleDescription()
        assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_only_the_tokens_are_painted(show: Show, look: Look) -> None:
    """T14 by sampling: the flat colours of a form are tokens."""
    window = show(form(), SAMPLES["action_bar"]())
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    counts: dict[int, int] = {}
    for pixel in memoryview(image.constBits()).cast("B").cast("I").tolist():
        counts[pixel] = counts.get(pixel, 0) + 1
    tokens = {QColor(value).rgb() for value in vars(TOKENS).values()}
    large = {pixel for pixel, count in counts.items() if count > 2500}
    assert {f"{pixel:08x}" for pixel in large - tokens} == set()
