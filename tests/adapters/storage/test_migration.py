"""Upgrading: from every edition, whole or not at all, and never a newer database (R11)."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text

from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.migration import HEAD, SCRIPTS, revision_of
from desktop_app.adapters.storage.rows import Row
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import BACKUPS, open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.case import Status
from desktop_app.domain.errors import Unavailable
from tests.adapters.storage.editions import (
    LATER,
    editions,
    first_fixture,
    fixture,
    later_edition,
    later_scripts,
    scripts_up_to,
)
from tests.adapters.storage.things import DAY, KEY, NOON, household, person


def test_the_head_is_the_last_edition() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def test_the_editions_make_the_very_tables_of_the_rows(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _types_differ})
        assert compare_metadata(context, Row.metadata) == []


def _types_differ(*types: object) -> bool:
    in_table, in_rows = types[3], types[4]
    return str(in_table).split("(")[0] != str(in_rows).split("(")[0]


def test_an_older_database_is_copied_then_upgraded(database: Path, tmp_path: Path) -> None:
    fixture(database)
    scripts = later_scripts(tmp_path)
    opened = open_store(database, KEY, scripts=scripts, head=LATER)
    assert _state(opened) == (LATER, 3, "样板路 1 号")
    opened.close()
    laid_by = database.parent / BACKUPS / f"before-{LATER}-from-{HEAD}.db"
    old = open_store(laid_by, KEY)
    assert _state(old) == (HEAD, 3, None)
    with old.read() as unit:
        assert unit.people.household("household-1") == household(1)
    old.close()


@pytest.mark.parametrize("edition", editions())
def test_every_edition_opens_today(database: Path, tmp_path: Path, edition: str) -> None:
    first_fixture(database, tmp_path)
    if edition > "0001":
        scripts = scripts_up_to(tmp_path, edition)
        open_store(database, KEY, scripts=scripts, head=edition).close()
    opened = open_store(database, KEY)
    assert check(opened).sound
    with opened.write() as unit:
        kept = unit.people.person("person-1")
        assert (kept.details, kept.version) == ({"blood": "1"}, 2)
        assert unit.people.members_on("household-1", DAY)[0][1] == kept
        assert [row.id for row in unit.search.persons("sjy")] == ["person-1"]
        assert [row.id for row in unit.search.cases("0001")] == ["case-1"]
        case = unit.cases.get("case-1")
        assert (case.status, case.accepted_at) == (Status.REGISTERED, NOON)
        unit.cases.save(case)
        assert unit.next_number("household") == 2
        unit.journal.append(at=NOON, who="clerk", action="x", subject="case-1", detail={})
        unit.commit()
    assert check(opened).entries == 2
    opened.close()


def test_opened_again_it_is_not_upgraded_again(database: Path, tmp_path: Path) -> None:
    fixture(database)
    scripts = later_scripts(tmp_path)
    open_store(database, KEY, scripts=scripts, head=LATER).close()
    for path in (database.parent / BACKUPS).iterdir():
        path.unlink()
    open_store(database, KEY, scripts=scripts, head=LATER).close()
    assert not list((database.parent / BACKUPS).iterdir())


def test_a_newer_database_is_refused_and_unchanged(database: Path, tmp_path: Path) -> None:
    fixture(database)
    open_store(database, KEY, scripts=later_scripts(tmp_path), head=LATER).close()
    before = database.read_bytes()
    with pytest.raises(Unavailable, match="新版程序") as refusal:
        open_store(database, KEY)
    assert LATER in refusal.value.message
    assert "安装新版" in refusal.value.remedy
    assert database.read_bytes() == before


def test_a_database_without_tables_is_refused(database: Path) -> None:
    database.parent.mkdir()
    engine = open_engine(database, KEY, create=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE strange (id)"))
    engine.dispose()
    with pytest.raises(Unavailable, match="没有登记数据"):
        open_store(database, KEY)


def test_killed_at_every_statement_it_is_old_or_new(database: Path, tmp_path: Path) -> None:
    fixture(database)
    scripts = later_scripts(tmp_path)
    original = database.read_bytes()
    ends: list[str] = []
    for statement in range(1, 500):
        database.write_bytes(original)
        for rest in database.parent.glob("*-journal"):
            rest.unlink()
        finished = _in_child(partial(_upgrade_dying_at, database, scripts, statement))
        engine = open_engine(database, KEY)
        with engine.connect() as connection:
            ends.append(str(revision_of(connection)))
        engine.dispose()
        again = open_store(database, KEY, scripts=scripts, head=LATER)
        assert _state(again) == (LATER, 3, "样板路 1 号")
        assert check(again).sound
        with again.read() as unit:
            assert unit.people.person("person-3") == person(3)
        again.close()
        if finished:
            break
    assert set(ends) == {HEAD, LATER}
    assert len(ends) > 30  # statements of the copy, of its check and of the upgrade


def test_an_upgrade_that_fails_leaves_the_old_edition(database: Path, tmp_path: Path) -> None:
    fixture(database)
    scripts = later_scripts(tmp_path)
    edition = later_edition(scripts)
    edition.write_text(
        edition.read_text("utf-8") + '    op.execute("DELETE FROM persons")\n', "utf-8"
    )
    with pytest.raises(Unavailable, match="已退回"):  # stays would refer to nobody
        open_store(database, KEY, scripts=scripts, head=LATER)
    opened = open_store(database, KEY)
    assert _state(opened) == (HEAD, 3, None)
    opened.close()


def _state(store: SqlStore) -> tuple[str | None, int, str | None]:
    with store.engine.connect() as connection:
        revision = revision_of(connection)
        persons = connection.execute(text("SELECT count(*) FROM persons")).scalar_one()
        note = None
        if revision == LATER:
            note = connection.execute(
                text("SELECT note FROM households WHERE id = 'household-1'")
            ).scalar_one()
    return revision, persons, note


def _upgrade_dying_at(database: Path, scripts: Path, statement: int) -> None:
    left = statement

    def die(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(9)

    event.listen(Engine, "before_cursor_execute", die)  # every engine of the child
    open_store(database, KEY, scripts=scripts, head=LATER).close()


def _in_child(work: Callable[[], None]) -> bool:
    """Run it in a forked process; whether it came to its end."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 0
