"""A later edition of the tables and a database of an older one, for tests of upgrading."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.adapters.storage.migration import HEAD, SCRIPTS
from desktop_app.adapters.storage.store import create_store
from tests.adapters.storage.things import KEY, NOON, case, household, person, stay

LATER = f"{int(HEAD) + 1:04d}"
_LATER_EDITION = f"""
import sqlalchemy as sa
from alembic import op

revision = {LATER!r}
down_revision = {HEAD!r}
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("households", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE households SET note = address")
    with op.batch_alter_table("persons") as batch:
        batch.add_column(sa.Column("seen", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE persons SET seen = 1")
    op.create_index("ix_persons_seen", "persons", ["seen"])
"""


def later_scripts(folder: Path) -> Path:
    """The migrations with one edition more: a column, rewritten rows, an index."""
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    later_edition(scripts).write_text(_LATER_EDITION, "utf-8")
    return scripts


def later_edition(scripts: Path) -> Path:
    """The file of that edition."""
    return scripts / "versions" / f"edition_{LATER}_later.py"


def fixture(path: Path, persons: int = 3) -> None:
    """An encrypted database of the present edition, with something in what upgrades touch."""
    store = create_store(path, KEY)
    with store.write() as unit:
        for order in range(1, persons + 1):
            unit.people.add_household(household(order))
            unit.people.add_person(person(order))
            unit.people.add_stay(stay(order, order))
            unit.cases.add(case(order))
            unit.journal.append(
                at=NOON, who="clerk", action="open", subject=f"case-{order}", detail={}
            )
        unit.commit()
    store.close()
