"""How old the last backup is, in words that keep up with the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.errors import CounterError
from desktop_app.services.keeping import BACKUP_HOLDS
from desktop_app.ui.viewmodels.counter import Counter

_EVERY_MS = 60_000
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class BackupAge(QObject):
    """``changed`` carries the words and whether they are a warning; again every minute.

    A training folder holds nothing to lose: without a backup nothing is said there.
    """

    changed = Signal(str, bool)

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and every minute."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more, before the data goes."""
        self._timer.stop()

    def look(self) -> None:
        """Say how old it is now."""
        try:
            last = self._counter.keeping.last_backup()
        except CounterError:
            return  # the act in hand will meet the same trouble, and says it
        if last is None and self._counter.station.training:
            self.changed.emit("", False)
            return
        now = self._counter.clock.now()
        self.changed.emit(age_words(last, now), last is None or now - last > BACKUP_HOLDS)


def age_words(last: datetime | None, now: datetime) -> str:
    """备份 8 分钟前, 备份 3 小时前, 备份 2 天前, 还没有备份."""
    if last is None:
        return "还没有备份"
    age = now - last
    for unit, words in ((_DAY, "天"), (_HOUR, "小时"), (_MINUTE, "分钟")):
        if age >= unit:
            return f"备份 {age // unit} {words}前"
    return "刚刚备份"
