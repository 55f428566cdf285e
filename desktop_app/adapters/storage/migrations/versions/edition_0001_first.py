"""The first edition: cases, people, journal, papers, staff, settings, numbers, search.

Frozen: later editions change the tables, never this file.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the triggers that guard them."""
    _cases()
    _people()
    _journal()
    _papers()
    _office()
    _guards()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _refers(table: str, column: str, other: str, other_column: str = "id") -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.{other_column}"], name=f"fk_{table}_{column}_{other}"
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _cases() -> None:
    op.create_table(
        "cases",
        *_text("id"),
        sa.Column("number", sa.String()),
        *_text("procedure", "status"),
        sa.Column("law_day", sa.Date(), nullable=False),
        *_text("opened_by"),
        _moment("opened_at"),
        *_text("workstation"),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("consent", sa.JSON()),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("supplement", sa.JSON()),
        sa.Column("resume_code", sa.String()),
        sa.Column("decisions", sa.JSON(), nullable=False),
        *_text("policy_digest", "accepted_by"),
        _moment("accepted_at", optional=True),
        sa.Column("due", sa.Date()),
        *_text("person_id"),
        sa.Column("priority", sa.Boolean(), nullable=False),
        _moment("touched_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("waiting_since"),
        *_text("applicant_name", "applicant_number", "applicant_last_four"),
        sa.Column("tail", sa.String()),
        _key("cases", "id"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
        sa.UniqueConstraint("resume_code", name="uq_cases_resume_code"),
    )
    for column in ("applicant_name", "applicant_number", "applicant_last_four", "tail"):
        _index("cases", column)
    _index("cases", "person_id")
    _index("cases", "touched_at")
    _index("cases", "status", "priority", "waiting_since")
    op.create_table(
        "case_initials",
        *_text("initials", "case_id"),
        _refers("case_initials", "case_id", "cases"),
        _key("case_initials", "initials", "case_id"),
        sqlite_with_rowid=False,
    )
    _index("case_initials", "case_id")
    op.create_table(
        "typings",
        *_text("case_id"),
        sa.Column("raw", sa.JSON(), nullable=False),
        *_text("focus"),
        sa.Column("cursor", sa.Integer(), nullable=False),
        _moment("at"),
        _key("typings", "case_id"),
    )


def _people() -> None:
    op.create_table(
        "persons",
        *_text("id", "citizen_id", "name", "sex", "ethnicity"),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_text("last_four"),
        _key("persons", "id"),
        sa.UniqueConstraint("citizen_id", name="uq_persons_citizen_id"),
    )
    _index("persons", "name")
    _index("persons", "last_four")
    op.create_table(
        "person_initials",
        *_text("initials", "person_id"),
        _refers("person_initials", "person_id", "persons"),
        _key("person_initials", "initials", "person_id"),
        sqlite_with_rowid=False,
    )
    _index("person_initials", "person_id")
    op.create_table(
        "households",
        *_text("id", "number", "kind", "sub_district", "address", "urban_rural", "station"),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("closed", sa.Date()),
        *_text("collective_kind"),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("households", "id"),
    )
    _unique_while("closed", "households", "number", "station")
    op.create_table(
        "stays",
        *_text("id", "person_id", "household_id", "relation"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        *_text("reason", "scope", "origin", "origin_code", "urbanisation_reason"),
        sa.Column("whole_family", sa.Boolean(), nullable=False),
        *_text("case_id", "ended_reason", "destination"),
        _refers("stays", "household_id", "households"),
        _refers("stays", "person_id", "persons"),
        _key("stays", "id"),
    )
    for column in ("case_id", "household_id", "person_id"):
        _index("stays", column)
    _unique_while("until", "stays", "person_id")


def _unique_while(open_column: str, table: str, *columns: str) -> None:
    """Unique among the rows that have not ended."""
    still_open = sa.column(open_column).is_(None)
    op.create_index(
        f"uq_{table}_open",
        table,
        list(columns),
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_text("at", "who", "action", "subject", "detail", "previous", "digest"),
        _key("journal", "seq"),
    )
    _index("journal", "subject")


def _papers() -> None:
    op.create_table(
        "papers",
        *_text("id", "case_id", "form", "title", "copy_number", "sha256"),
        sa.Column("pages", sa.Integer(), nullable=False),
        *_text("by"),
        _moment("at"),
        *_text("policy_digest"),
        sa.Column("overprint", sa.Boolean(), nullable=False),
        *_text("reprint_of", "reason", "voided"),
        _key("papers", "id"),
    )
    _index("papers", "case_id")
    _index("papers", "copy_number")
    op.create_table(
        "paper_bytes",
        *_text("paper_id"),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        _refers("paper_bytes", "paper_id", "papers"),
        _key("paper_bytes", "paper_id"),
    )


def _office() -> None:
    op.create_table(
        "staff",
        *_text("login", "name", "role"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _key("staff", "login"),
    )
    op.create_table("settings", *_text("key", "value"), _key("settings", "key"))
    op.create_table(
        "series",
        *_text("name"),
        sa.Column("last", sa.Integer(), nullable=False),
        _key("series", "name"),
    )


def _guards() -> None:
    """The journal takes the next number only; journal and printed bytes are never changed."""
    if op.get_bind().dialect.name != "sqlite":
        raise NotImplementedError("the guards of the journal are written for SQLite so far")
    for table in ("journal", "paper_bytes"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER journal_next BEFORE INSERT ON journal "
        "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) "
        "BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END"
    )
