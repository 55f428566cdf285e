"""Wrong passwords are counted on disk, so that neither a restart nor the clock helps a guesser."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop_app.adapters.disk import replace_bytes
from desktop_app.domain.errors import Unavailable

WINDOW = timedelta(minutes=15)
PER_LOGIN = 5
PER_MACHINE = 20
#: Station time: China keeps one zone and no summer time.
_STATION_ZONE = timezone(timedelta(hours=8))


class Attempts:
    """Wrong tries of the last fifteen minutes, by login and for the whole machine.

    Logins are kept as digests: a password typed into the login field must not land on the disk.
    """

    def __init__(self, path: Path, data_id: str) -> None:
        self._path = path
        self._data_id = data_id

    def require_room(self, login: str, now: datetime) -> None:
        """Raise Unavailable, saying until when, once too many tries were wrong."""
        tries = self._recent(now)
        mine = [moment for moment, who in tries if who == self._mark(login)]
        if len(mine) >= PER_LOGIN:
            raise _locked(PER_LOGIN, mine[-PER_LOGIN] + WINDOW)
        if len(tries) >= PER_MACHINE:
            raise _locked(PER_MACHINE, tries[-PER_MACHINE][0] + WINDOW)

    def count(self, login: str, now: datetime) -> Unavailable:
        """Count a wrong try, durably, and return what to tell the person."""
        tries = [*self._recent(now), (now, self._mark(login))]
        self._keep(tries)
        mine = [moment for moment, who in tries if who == self._mark(login)]
        left = PER_LOGIN - len(mine)
        if left <= 0:
            return _locked(PER_LOGIN, mine[-PER_LOGIN] + WINDOW)
        return Unavailable(f"用户名或口令不对，还可试 {left} 次", "核对后再输一次")

    def forget(self, login: str, now: datetime) -> None:
        """The right password was given, or a supervisor gave a new one."""
        tries = self._recent(now)
        kept = [(moment, who) for moment, who in tries if who != self._mark(login)]
        if len(kept) != len(tries):
            self._keep(kept)

    def _mark(self, login: str) -> str:
        text = f"{self._data_id}/{login.strip().casefold()}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def _recent(self, now: datetime) -> list[tuple[datetime, str]]:
        """The tries of the window, oldest first.

        Tries from the future, after the clock went back, count as of now, so that the wait is
        neither shorter nor endless. A damaged file is an empty one: whoever can write it can put
        an old one back as well.
        """
        try:
            kept = json.loads(self._path.read_bytes())
            tries = sorted((_moment(at), str(who)) for at, who in kept)
        except (OSError, ValueError, TypeError, RecursionError):
            return []
        if any(moment > now for moment, _ in tries):
            tries = [(min(moment, now), who) for moment, who in tries]
            self._keep(tries)
        return [entry for entry in tries if now - entry[0] < WINDOW]

    def _keep(self, tries: list[tuple[datetime, str]]) -> None:
        text = json.dumps([(moment.isoformat(), who) for moment, who in tries])
        try:
            replace_bytes(self._path, text.encode("ascii"))
        except OSError as error:
            raise Unavailable(
                "数据文件夹不能写入，不能登录", "交信息员检查文件夹权限和磁盘"
            ) from error


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("moments carry their zone")
    return moment


def _locked(tries: int, until: datetime) -> Unavailable:
    clock = (until + timedelta(seconds=59)).astimezone(_STATION_ZONE)
    return Unavailable(f"口令错误 {tries} 次", f"{clock:%H:%M} 后可再试，或由所领导重设口令")
