"""The keys that work on every page of a session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui.pages.page import Page
from desktop_app.ui.pages.places import PAPERS, places_for
from desktop_app.ui.pages.walks import Walks
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_stack import PageStack
from desktop_app.ui.widgets.rail_nav import RailNav


class WindowKeys(QObject):
    """Walks, turns and sizes what is in sight, whichever page that is."""

    def __init__(
        self, counter: Counter, look: Look, go: Walks, stack: PageStack, rail: RailNav,
    ) -> None:
        super().__init__(stack)
        self._places = places_for(counter.operator)
        self._look, self._go, self._stack, self._rail = look, go, stack, rail

    def bind(self, keys: KeyMap, owner: QWidget, others: dict[str, Callable[[], None]]) -> None:
        """Let the keys of a map act in the window of ``owner``; ``others`` are acts of its own."""
        go = self._go
        acts: dict[str, Callable[[], None]] = {
            "help": go.policy, "new_case": go.guide, "query": go.search,
            "refresh": self._refresh, "next_pane": self._next_pane, "larger": self._larger,
            "smaller": self._smaller, "text_size": self._next_size, "reprint": self._reprint,
            "back": self._back, **others,
        }
        for place in self._places:
            acts.setdefault(place.key, self._goer(place.id))
        for act, slot in acts.items():
            keys.bind(act, owner, slot)

    def _goer(self, place: str) -> Callable[[], None]:
        def go() -> None:
            self._go.to(place)
        return go

    def _page(self) -> Page:
        return self._go.rooms.page(self._stack.current())

    def _back(self) -> None:
        page = self._page()
        if "back" in page.bar.ids():
            page.bar.trigger("back")
        else:
            self._go.back()

    def _refresh(self) -> None:
        self._page().entered()

    def _next_pane(self) -> None:
        """F6: rail, body, bar, in a circle."""
        page = self._page()
        now = page.window().focusWidget()
        if now is not None and self._rail.isAncestorOf(now):
            page.focus_first()
        elif now is not None and page.bar.isAncestorOf(now):
            place = next(
                (b for b in self._rail.buttons()
                 if b.focusPolicy() is Qt.FocusPolicy.StrongFocus), None,
            )
            if place is not None:
                place.setFocus()
        elif page.bar.ids():
            page.bar.button(page.bar.ids()[0]).setFocus()

    def _larger(self) -> None:
        self._size_by(1)

    def _smaller(self) -> None:
        self._size_by(-1)

    def _next_size(self) -> None:
        self._size_by(1 if self._look.scale is not Scale.EXTRA else -2)

    def _size_by(self, step: int) -> None:
        scales = list(Scale)
        place = min(max(scales.index(self._look.scale) + step, 0), len(scales) - 1)
        self._go.rooms.settings_model.set_text_size(scales[place].value)

    def _reprint(self) -> None:
        page = self._stack.current()
        if page == PAPERS:
            self._go.rooms.papers.print_current()
        elif "batch_print" in self._page().bar.ids():
            self._page().bar.trigger("batch_print")
        else:
            case_id = self._go.rooms.case_in_hand(page)
            if case_id:
                self._go.papers(case_id)
            else:
                self._go.tell(Level.HINT, "先打开一件，再补打")
