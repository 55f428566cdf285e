"""The same tables on PostgreSQL later: what only SQLite knows stays in the ``sqlite`` modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop_app.adapters import storage
from desktop_app.adapters.storage import rows

FOLDER = Path(str(storage.__file__)).parent
MODULES = [path for path in FOLDER.glob("*.py") if not path.name.startswith("sqlite")]
ONLY_SQLITE = re.compile(r"PRAGMA|VACUUM|ATTACH|sqlite_master|INSERT OR|sqlcipher3|exec_driver_sql")


@pytest.mark.parametrize("table", rows.Row.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_on_postgresql(table: Table) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # as its authors left it
    made = str(CreateTable(table).compile(dialect=dialect))
    assert f"CREATE TABLE {table.name}" in made
    for index in table.indexes:
        partial = index.dialect_options["sqlite"]["where"] is not None
        words = str(CreateIndex(index).compile(dialect=dialect))
        assert ("WHERE" in words) is partial  # the condition is told to both


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_module_speaks_sqlite(module: Path) -> None:
    code = "\n".join(line.split("#")[0] for line in module.read_text("utf-8").splitlines())
    without_words = re.sub(r'"""(.|\n)*?"""', "", code)
    assert not ONLY_SQLITE.findall(without_words)
