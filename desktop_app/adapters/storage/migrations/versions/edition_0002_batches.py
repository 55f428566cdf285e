"""The second edition: batches of students, their rows, and what their papers were filled with.

Frozen: later editions change the tables, never this file.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "batches",
        *_text("id", "kind", "school", "school_name", "file", "file_sha256", "sheet"),
        sa.Column("sent", sa.Integer(), nullable=False),
        *_text("by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        *_text("reason"),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_school", "batches", ["school"])
    op.create_index("ix_batches_file_sha256", "batches", ["file_sha256"])
    op.create_table(
        "batch_rows",
        *_text("batch_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_text("lane", "name", "citizen_id", "student_number", "college", "major", "class_name",
               "case_id", "person_id", "reason", "destination", "certificate", "returned"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name="fk_batch_rows_batch_id_batches"
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_batch_rows"),
    )
    op.create_index("ix_batch_rows_case_id", "batch_rows", ["case_id"])
    op.create_index("ix_batch_rows_person_id", "batch_rows", ["person_id"])
    op.create_table(
        "paper_values",
        *_text("paper_id"),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name="fk_paper_values_paper_id_papers"
        ),
        sa.PrimaryKeyConstraint("paper_id", name="pk_paper_values"),
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
