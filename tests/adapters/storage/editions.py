"""A later edition of the tables and a database of an older one, for tests of upgrading."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.adapters.storage.migration import HEAD, SCRIPTS, migrate
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import create_store
from desktop_app.domain.journal import follow
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


def editions() -> list[str]:
    """Every edition there is, oldest first."""
    return sorted(path.stem.split("_")[1] for path in (SCRIPTS / "versions").glob("edition_*.py"))


def scripts_up_to(folder: Path, edition: str) -> Path:
    """The migrations as they were when that edition was the last."""
    scripts = folder / f"migrations-{edition}"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (scripts / "versions").glob("edition_*.py"):
        if path.stem.split("_")[1] > edition:
            path.unlink()
    return scripts


def first_fixture(path: Path, folder: Path) -> None:
    """An encrypted database as the first edition wrote it. Frozen like that edition itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(path, KEY, create=True)
    migrate(engine, scripts=scripts_up_to(folder, "0001"))
    with engine.begin() as connection:
        for table, row in _FIRST_ROWS:
            columns, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values())
            )
    engine.dispose()


_AT = "2026-11-20 04:00:00.000000"
_FIRST_ENTRY = follow(
    None, at=NOON, who="clerk", action="case.open", subject="case-1", detail={"procedure": "x"}
)
_FIRST_ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "persons",
        {
            "id": "person-1",
            "citizen_id": "210283197803150015",
            "name": "试甲样",
            "sex": "1",
            "ethnicity": "01",
            "birth_date": "1978-03-15",
            "details": '{"blood":"1"}',
            "version": 2,
            "last_four": "0015",
        },
    ),
    ("person_initials", {"initials": "sjy", "person_id": "person-1"}),
    (
        "households",
        {
            "id": "household-1",
            "number": "000000001",
            "kind": "family",
            "sub_district": "210283001",
            "address": "样板路 1 号",
            "urban_rural": "111",
            "station": "210283901",
            "opened": "2026-11-20",
            "closed": None,
            "collective_kind": "",
            "version": 0,
        },
    ),
    (
        "stays",
        {
            "id": "stay-1",
            "person_id": "person-1",
            "household_id": "household-1",
            "relation": "02",
            "since": "2026-11-20",
            "until": None,
            "reason": "",
            "scope": "",
            "origin": "",
            "origin_code": "",
            "urbanisation_reason": "",
            "whole_family": 0,
            "case_id": "case-1",
            "ended_reason": "",
            "destination": "",
        },
    ),
    (
        "cases",
        {
            "id": "case-1",
            "number": "DL-1-261120-0001",
            "procedure": "zero_threshold",
            "status": "registered",
            "law_day": "2026-11-20",
            "opened_by": "clerk",
            "opened_at": _AT,
            "workstation": "W1",
            "answers": '{"applicant.name":"试甲样"}',
            "seen": "{}",
            "consent": None,
            "overrides": "[]",
            "supplement": None,
            "resume_code": None,
            "decisions": "[]",
            "policy_digest": "",
            "accepted_by": "clerk",
            "accepted_at": _AT,
            "due": None,
            "person_id": "person-1",
            "priority": 0,
            "touched_at": _AT,
            "version": 7,
            "waiting_since": _AT,
            "applicant_name": "试甲样",
            "applicant_number": "",
            "applicant_last_four": "",
            "tail": "1000-021162-1-LD",
        },
    ),
    ("case_initials", {"initials": "sjy", "case_id": "case-1"}),
    (
        "journal",
        {
            "seq": 1,
            "at": _FIRST_ENTRY.at,
            "who": "clerk",
            "action": "case.open",
            "subject": "case-1",
            "detail": '{"procedure":"x"}',
            "previous": _FIRST_ENTRY.previous,
            "digest": _FIRST_ENTRY.digest,
        },
    ),
    ("series", {"name": "household", "last": 1}),
    ("settings", {"key": "station", "value": "210283901"}),
    ("staff", {"login": "clerk", "name": "演练", "role": "clerk", "active": 1}),
)
