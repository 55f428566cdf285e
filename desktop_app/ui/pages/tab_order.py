"""Tab goes where the eye goes: by the layouts, not by the order in which controls were made.

Qt's own chain is left as it is: to change it while pages come and go can bring Qt down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


def next_control(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """The control that is read after, or before, the one with the focus, in a circle.

    None when the focus is on nothing in sight that Tab would reach.
    """
    order = list(_controls(root))
    if now is None or now not in order:
        return None
    return order[(order.index(now) + (1 if forward else -1)) % len(order)]


def _controls(place: QWidget) -> Iterator[QWidget]:
    """What Tab reaches in a widget, itself first."""
    if not place.isVisible() or not place.isEnabled():
        return
    if place.focusPolicy() & Qt.FocusPolicy.TabFocus and place.focusProxy() is None:
        yield place
    layout = place.layout()
    if isinstance(place, QScrollArea):
        yield from _controls(place.widget())
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    """What Tab reaches in a layout: a grid by its rows, all others as they were filled."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        rows = {place: _row_and_column(layout, place) for place in places}
        places.sort(key=rows.__getitem__)
    for place in places:
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from _controls(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def _row_and_column(grid: QGridLayout, place: int) -> tuple[int, int]:
    found = cast(tuple[int, int, int, int], grid.getItemPosition(place))  # the stubs say object
    return found[:2]
