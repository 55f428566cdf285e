"""Preferences of the person who signed in: text size, density, keys, how soon it locks."""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop_app.domain.errors import InputError
from desktop_app.domain.staff import Operator
from desktop_app.services.permits import needs
from desktop_app.services.ports import Store

#: Text sizes in pixels: 标准, 大字, 特大.
TEXT_SIZES = (16, 18, 20)
DENSITIES = ("normal", "compact")
IDLE_MINUTES = (1, 15)
_DEFAULT_IDLE = 5


class Preferences:
    """Small choices kept with the data, one set for each login.

    They change how the program looks to one person, nothing of any case: they are not journalled.
    """

    def __init__(self, store: Store, by: Operator) -> None:
        self.store = store
        self.by = by

    @needs(None)
    def text_size(self) -> int:
        """The size of text in pixels; 16 until something else was chosen."""
        return int(self._get("text_size") or TEXT_SIZES[0])

    @needs(None)
    def set_text_size(self, pixels: int) -> None:
        """Choose the size of text. Raises InputError for a size that is not offered."""
        if pixels not in TEXT_SIZES:
            raise InputError(f"没有 {pixels} 这一档字号", "可选 16、18、20", field="text_size")
        self._put("text_size", f"{pixels}")

    @needs(None)
    def density(self) -> str:
        """``normal`` or ``compact`` (紧凑, for small screens)."""
        return self._get("density") or DENSITIES[0]

    @needs(None)
    def set_density(self, density: str) -> None:
        """Choose the density. Raises InputError for one that is not offered."""
        if density not in DENSITIES:
            raise InputError("没有这一档行距", "可选标准、紧凑", field="density")
        self._put("density", density)

    @needs(None)
    def idle_minutes(self) -> int:
        """After how many idle minutes the screen locks; 5 until something else was chosen."""
        return int(self._get("idle_minutes") or _DEFAULT_IDLE)

    @needs(None)
    def set_idle_minutes(self, minutes: int) -> None:
        """Choose when the screen locks, 1 to 15 minutes. Raises InputError otherwise."""
        shortest, longest = IDLE_MINUTES
        if not shortest <= minutes <= longest:
            raise InputError(
                f"锁屏时间应为 {shortest} 到 {longest} 分钟", "改后再存", field="idle_minutes"
            )
        self._put("idle_minutes", f"{minutes}")

    @needs(None)
    def printer(self) -> str:
        """The printer this person chose; empty for the one of the station's profile."""
        return self._get("printer") or ""

    @needs(None)
    def set_printer(self, name: str) -> None:
        """Choose a printer by the system's name for it; empty for the profile's."""
        self._put("printer", name)

    @needs(None)
    def keys(self) -> Mapping[str, str]:
        """Keys this person chose, by act; empty for the standard table and for what is unreadable.

        What an act is and which keys there are only the window knows.
        """
        try:
            kept = json.loads(self._get("keys") or "{}")
        except ValueError:
            return {}
        whole = isinstance(kept, dict) and all(isinstance(key, str) for key in kept.values())
        return kept if whole else {}

    @needs(None)
    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Choose other keys; an empty mapping is the standard table."""
        self._put("keys", json.dumps(dict(keys), sort_keys=True))

    def _key(self, name: str) -> str:
        return f"preference.{self.by.login}.{name}"

    def _get(self, name: str) -> str | None:
        with self.store.read() as uow:
            return uow.settings.get(self._key(name))

    def _put(self, name: str, value: str) -> None:
        with self.store.write() as uow:
            if uow.settings.get(self._key(name)) == value:
                return
            uow.settings.put(self._key(name), value)
            uow.commit()
