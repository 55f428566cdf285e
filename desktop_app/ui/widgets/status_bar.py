"""The bar on top: which station, which counter, who, the draft, the backup, the mode."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.draft_badge import DraftBadge
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, restyle
from desktop_app.ui.widgets.tones import tone_of


@dataclass(frozen=True)
class StatusView:
    """What the bar says. ``backup`` is words such as 备份 8 分钟前 with its level."""

    station: str
    counter: str = ""
    user: str = ""
    backup: str = ""
    backup_level: Level = Level.OK
    training: bool = False


class StatusBar(QFrame):
    """Name of the station at the left, state at the right, the lock at the far right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "statusbar")
        self._station = PlainLabel(role="strong", parent=self)
        self._counter = PlainLabel(role="label", parent=self)
        self._user_icon = IconMark("user", TOKENS.text2, parent=self)
        self._user = PlainLabel(role="label", parent=self)
        self.draft = DraftBadge(self)
        self._backup_icon = IconMark(parent=self)
        self._backup = PlainLabel(role="label", parent=self)
        self._mode = PlainLabel(role="training", parent=self)
        self.lock = KeyButton("锁屏", "F12", kind=Kind.QUIET, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(7)
        row.addWidget(IconMark("shield", TOKENS.primary, factor=1.5, parent=self))
        row.addWidget(self._station)
        row.addSpacing(14)
        row.addWidget(self._counter)
        row.addSpacing(10)
        row.addWidget(self._user_icon)
        row.addWidget(self._user)
        row.addStretch(1)
        row.addWidget(self._mode, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addWidget(self.draft)
        row.addSpacing(8)
        row.addWidget(self._backup_icon)
        row.addWidget(self._backup)
        row.addSpacing(8)
        row.addWidget(self.lock)
        self.show_view(StatusView(""))

    def show_view(self, view: StatusView) -> None:
        """Show all of it; empty words take no room."""
        self._station.setText(view.station)
        self._counter.setText(view.counter)
        self._user.setText(view.user)
        self._backup.setText(view.backup)
        self._mode.setText("演练 · 不作数" if view.training else "")
        restyle(self, training=view.training)
        tone = tone_of(view.backup_level)
        self._backup_icon.show_icon(tone.icon, tone.ink)
        for widget, on in (
            (self._counter, bool(view.counter)), (self._user, bool(view.user)),
            (self._user_icon, bool(view.user)), (self._backup, bool(view.backup)),
            (self._backup_icon, bool(view.backup)), (self._mode, view.training),
            (self.lock, bool(view.user)),
        ):
            widget.setVisible(on)
