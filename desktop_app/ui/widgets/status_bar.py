"""The bar on top: which station, which counter, who, the draft, the backup, the mode."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.draft_badge import DraftBadge
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, restyle, set_name, set_tip
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
        self._wanted: dict[QWidget, bool] = {}
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
        self._mode.setText("演练 · 不作数" if view.training else "")
        restyle(self, training=view.training)
        for widget, on in (
            (self._counter, bool(view.counter)), (self._user, bool(view.user)),
            (self._user_icon, bool(view.user)), (self._mode, view.training),
            (self.lock, bool(view.user)),
        ):
            widget.setVisible(on)
            self._wanted[widget] = on
        self.show_backup(view.backup, view.backup_level)

    def show_backup(self, words: str, level: Level) -> None:
        """How old the last backup is; no words take no room."""
        self._backup.setText(words)
        set_tip(self._backup_icon, words)
        set_name(self._backup_icon, words)
        tone = tone_of(level)
        self._backup_icon.show_icon(tone.icon, tone.ink)
        for widget in (self._backup, self._backup_icon):
            widget.setVisible(bool(words))
            self._wanted[widget] = bool(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for what must always be said: station, mode, draft and lock."""
        whole = super().minimumSizeHint()
        spare = sum(part.sizeHint().width() for part in self._spare() if not part.isHidden())
        return QSize(max(whole.width() - spare, 0), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less when there is less room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger words may need more room than there is."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _spare(self) -> tuple[QWidget, ...]:
        """What goes first when it gets narrow; the icon of the backup stays."""
        return self._counter, self._backup, self._user, self._user_icon

    def event(self, event: QEvent) -> bool:
        """Longer words of a part, as of the draft, may leave less room for the others."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wanted = [part for part in self._spare() if self._wanted.get(part)]
        room = {part: part.sizeHint().width() + layout.spacing() for part in wanted}
        needed = layout.minimumSize().width()
        needed -= sum(room[part] for part in wanted if not part.isHidden())
        shown = list(wanted)
        while shown and needed + sum(room[part] for part in shown) > self.width():
            shown.pop(0)
        for part in wanted:
            if part.isHidden() is (part in shown):
                part.setVisible(part in shown)
