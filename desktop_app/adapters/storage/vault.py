"""The way into a data folder: sealed keys, counted tries, then the store.

Little is imported before a password was right: the sign-in window is painted first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from desktop_app.adapters.storage import key_file, sealing
from desktop_app.adapters.storage.attempts import Attempts
from desktop_app.adapters.storage.key_file import KeyFile
from desktop_app.adapters.storage.sealing import Cost, Sealed
from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.services.ports import Clock, Unlocked

DATABASE = "luohu.db"
UNFINISHED = "luohu.db.new"
KEYS = "keys.json"
TRIES = "tries.json"
SHORTEST = 8
LONGEST = 128
_LONGEST_LOGIN = 32


class FileVault:
    """A data folder while it is locked."""

    def __init__(self, data_dir: Path, clock: Clock, *, cost: Cost | None = None) -> None:
        self._folder = data_dir
        self._clock = clock
        self._cost = cost or Cost()

    @property
    def training(self) -> bool:
        """Whether the folder was made for training (演练)."""
        return self._keys().training

    def logins(self) -> tuple[str, ...]:
        """Who has a key here."""
        return tuple(sorted(self._keys().slots))

    def unlock(self, login: str, password: str) -> Unlocked:
        """Open the store. Raises Unavailable for a wrong password, saying how many tries are left
        or until when the account waits, and for a damaged, plain or newer database."""
        # Imported here: SQLAlchemy takes 0.3 s, and the sign-in window must not wait for it.
        from desktop_app.adapters.storage.store import open_store

        key = self._database_key(self._keys(), login, password)
        finish_creation(self._folder)
        store = open_store(self._folder / DATABASE, key)
        try:
            with store.read() as unit:
                operator = unit.staff.get(login)
            if operator is None or not operator.active:
                raise Unavailable("这个账号已停用", "由所领导启用这个账号")
        except BaseException:
            store.close()
            raise
        return Unlocked(operator, store)

    def check(self, login: str, password: str) -> bool:
        """Whether this is still the person's password, for an act that asks again.

        A wrong one counts; raises Unavailable while the account waits.
        """
        keys = self._keys()
        tries, now = self._attempts(keys), self._clock.now()
        tries.require_room(login, now)
        if _try(keys, login, password, self._cost) is None:
            tries.count(login, now)
            return False
        tries.forget(login, now)
        return True

    def enrol(self, login: str, password: str, *, by_login: str, by_password: str) -> None:
        """Give another person a key, under the authority of one who has it.

        For a login that has one, this is a new password, and the account waits no longer.
        """
        keys = self._keys()
        require_login(login)
        require_password(login, password, training=keys.training)
        key = self._database_key(keys, by_login, by_password)
        self._save(keys, {**keys.slots, login: self._seal(keys, login, password, key)})
        self._attempts(keys).forget(login, self._clock.now())

    def change_password(self, login: str, old: str, new: str) -> None:
        """Wrap the person's key anew. Raises Unavailable for a wrong old password."""
        keys = self._keys()
        require_password(login, new, training=keys.training)
        key = self._database_key(keys, login, old)
        self._save(keys, {**keys.slots, login: self._seal(keys, login, new, key)})

    def database_key(self, login: str, password: str) -> bytes:
        """The raw key, for backup and restore beside the open program. Raises Unavailable."""
        return self._database_key(self._keys(), login, password)

    def _keys(self) -> KeyFile:
        return key_file.load(self._folder / KEYS)

    def _attempts(self, keys: KeyFile) -> Attempts:
        return Attempts(self._folder / TRIES, keys.data_id)

    def _database_key(self, keys: KeyFile, login: str, password: str) -> bytes:
        tries, now = self._attempts(keys), self._clock.now()
        tries.require_room(login, now)
        key = _try(keys, login, password, self._cost)
        if key is None:
            raise tries.count(login, now)
        tries.forget(login, now)
        return key

    def _seal(self, keys: KeyFile, login: str, password: str, key: bytes) -> Sealed:
        return sealing.seal(key, password, about=keys.about(login), cost=self._cost)

    def _save(self, keys: KeyFile, slots: Mapping[str, Sealed]) -> None:
        key_file.save(self._folder / KEYS, replace(keys, slots=slots))


def holds_data(folder: Path) -> bool:
    """Whether a station's data, or a part of it, lies in the folder."""
    return any((folder / name).exists() for name in (KEYS, DATABASE))


def finish_creation(folder: Path) -> None:
    """Name the database of a folder whose making was cut after its key was safe."""
    unfinished, database = folder / UNFINISHED, folder / DATABASE
    if unfinished.exists() and not database.exists():
        unfinished.replace(database)


def require_login(login: str) -> None:
    """Raise InputError for a login that could not be typed again."""
    if not login or len(login) > _LONGEST_LOGIN or not login.isprintable() or " " in login:
        raise InputError(
            f"用户名应为 1 至 {_LONGEST_LOGIN} 个字符，不含空格", "换一个用户名", field="login"
        )


def require_password(login: str, password: str, *, training: bool) -> None:
    """Raise InputError for a password too short to keep; none at all is for training only."""
    if training and not password:
        return
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"口令应为 {SHORTEST} 至 {LONGEST} 位，现为 {len(password)} 位",
            "换一个口令",
            field="password",
        )
    if password.casefold() == login.casefold():
        raise InputError("口令和用户名相同", "换一个口令", field="password")


def _try(keys: KeyFile, login: str, password: str, cost: Cost) -> bytes | None:
    sealed = keys.slots.get(login)
    if sealed is None:
        sealing.waste(password, cost)  # an unknown login takes as long as a wrong password
        return None
    return sealing.unseal(sealed, password, about=keys.about(login))
