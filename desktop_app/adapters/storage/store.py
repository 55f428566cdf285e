"""Open the database of a data folder: refuse what is unfit, copy, bring up to date."""

from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.disk import private_folder, sync_folder
from desktop_app.adapters.storage.keeping import backup
from desktop_app.adapters.storage.migration import (
    HEAD,
    SCRIPTS,
    migrate,
    require_known,
    revision_of,
)
from desktop_app.adapters.storage.sqlite_engine import READING, open_engine
from desktop_app.adapters.storage.sqlite_errors import told
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import Unavailable

BACKUPS = "backups"


def create_store(path: Path, key: bytes) -> SqlStore:
    """A new, empty, encrypted store. Raises Unavailable when the file is there already."""
    if path.exists():
        raise Unavailable("数据库文件已经存在", "换一个空的数据文件夹")
    private_folder(path.parent)
    engine = open_engine(path, key, create=True)
    migrate(engine)
    sync_folder(path.parent)
    return SqlStore(engine, path, key)


def open_store(path: Path, key: bytes, *, scripts: Path = SCRIPTS, head: str = HEAD) -> SqlStore:
    """The store of a file, brought to the present edition after a verified copy was laid by.

    Raises Unavailable, saying what to do, for a file that is absent, plain, damaged, of another
    key, or written by a newer program.
    """
    engine = open_engine(path, key)
    try:
        with told(), engine.connect() as connection:
            revision = revision_of(connection.execution_options(**{READING: True}))
        require_known(revision, scripts=scripts)
        store = SqlStore(engine, path, key)
        if revision is None:
            raise Unavailable("数据库里没有登记数据", "停止办理，交信息员用最近的备份恢复")
        if revision != head:
            backup(store, _own_backups(path.parent) / f"before-{head}-from-{revision}.db")
            migrate(engine, scripts=scripts)
    except BaseException:
        engine.dispose()
        raise
    return store


def _own_backups(folder: Path) -> Path:
    """The folder of the copies that the program makes by itself. Raises Unavailable."""
    try:
        private_folder(folder / BACKUPS)
    except OSError as error:
        raise Unavailable(
            f"建不了备份文件夹 {folder / BACKUPS}，没有升级", "检查权限和空间，再打开一次"
        ) from error
    return folder / BACKUPS
