"""Bring a database of any older edition to the present one, wholly or not at all."""

from __future__ import annotations

import io
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from desktop_app.adapters.storage.sqlite_engine import broken_references, references_off
from desktop_app.adapters.storage.sqlite_errors import told
from desktop_app.domain.errors import Unavailable

#: The edition this program writes; a test holds it equal to the last file of ``versions``.
HEAD = "0002"
SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The edition of a database; None for one without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def require_known(revision: str | None, *, scripts: Path = SCRIPTS) -> None:
    """Raise Unavailable for a database that a newer program wrote."""
    known = {path.stem.split("_")[1] for path in (scripts / "versions").glob("edition_*.py")}
    if revision is not None and revision not in known:
        raise Unavailable(
            f"数据库是新版程序建的（版本 {revision}），本程序最高到 {max(known)}",
            "安装新版落户柜台后再打开，数据没有改动",
        )


def migrate(engine: Engine, *, scripts: Path = SCRIPTS) -> None:
    """Run every missing edition in one transaction; a kill at any statement leaves the old one.

    Raises Unavailable when the disk does not take it or a row would lose what it refers to.
    """
    # Imported here: it costs 80 ms and is needed only when the tables change.
    from alembic import command
    from alembic.config import Config

    config = Config(stdout=io.StringIO(), output_buffer=io.StringIO())
    config.set_main_option("script_location", str(scripts.absolute()).replace("%", "%%"))
    # A table rebuilt in batch mode is gone for a moment, so references are checked at the end.
    with told(), engine.connect() as connection, references_off(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if broken_references(connection):
            raise Unavailable("升级后的数据对不上，已退回旧版数据", "交信息员联系维护单位")
