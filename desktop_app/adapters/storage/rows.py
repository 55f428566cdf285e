"""The tables. Rows never leave this package: ``mapping`` turns them into domain objects."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite drops zones, so a time without one is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; ValueError without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("moments carry their zone")
        moved = value.astimezone(UTC)
        return moved.replace(tzinfo=None) if dialect.name == "sqlite" else moved

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC, with the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Versioned:
    """What two windows may edit: a write names the version it read, or takes nothing."""

    version: Mapped[int]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """The version is counted by ``mapping``, not by the session."""
        return {"version_id_col": cls.version, "version_id_generator": False}


class CaseRecord(Versioned, Row):
    """A case. The columns from ``waiting_since`` on are worked out, for lists and search.

    ``applicant_number`` is the applicant's citizen number, ``tail`` the case number backwards, so
    that the end of a number is a prefix too.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    procedure: Mapped[str]
    status: Mapped[str]
    law_day: Mapped[date]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    workstation: Mapped[str]
    answers: Mapped[dict[str, Any]]
    seen: Mapped[dict[str, Any]]
    consent: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    overrides: Mapped[list[Any]]
    supplement: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    resume_code: Mapped[str | None] = mapped_column(unique=True)
    decisions: Mapped[list[Any]]
    policy_digest: Mapped[str]
    accepted_by: Mapped[str]
    accepted_at: Mapped[datetime | None]
    due: Mapped[date | None]
    person_id: Mapped[str] = mapped_column(index=True)
    priority: Mapped[bool]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    waiting_since: Mapped[datetime]
    applicant_name: Mapped[str] = mapped_column(index=True)
    applicant_number: Mapped[str] = mapped_column(index=True)
    applicant_last_four: Mapped[str] = mapped_column(index=True)
    tail: Mapped[str | None] = mapped_column(index=True)

    __table_args__ = (Index(None, "status", "priority", "waiting_since"),)


class CaseInitials(Row):
    """One way of abbreviating an applicant's name: the first letters of its pinyin."""

    __tablename__ = "case_initials"

    initials: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class TypingRecord(Row):
    """Words being typed and not yet taken."""

    __tablename__ = "typings"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    raw: Mapped[dict[str, Any]]
    focus: Mapped[str]
    cursor: Mapped[int]
    at: Mapped[datetime]


class PersonRecord(Versioned, Row):
    """A registered person."""

    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    sex: Mapped[str]
    ethnicity: Mapped[str]
    birth_date: Mapped[date]
    details: Mapped[dict[str, Any]]
    last_four: Mapped[str] = mapped_column(index=True)


class PersonInitials(Row):
    """One way of abbreviating a person's name: the first letters of its pinyin."""

    __tablename__ = "person_initials"

    initials: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class HouseholdRecord(Versioned, Row):
    """A household; its number is unique in its station while it is open."""

    __tablename__ = "households"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[str]
    sub_district: Mapped[str]
    address: Mapped[str]
    urban_rural: Mapped[str]
    station: Mapped[str]
    opened: Mapped[date]
    closed: Mapped[date | None] = mapped_column()
    collective_kind: Mapped[str]

    __table_args__ = (
        Index(
            "uq_households_open",
            "number",
            "station",
            unique=True,
            sqlite_where=closed.is_(None),
            postgresql_where=closed.is_(None),
        ),
    )


class StayRecord(Row):
    """A person's stay in a household; a person has one open stay at most."""

    __tablename__ = "stays"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    household_id: Mapped[str] = mapped_column(ForeignKey("households.id"), index=True)
    relation: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column()
    reason: Mapped[str]
    scope: Mapped[str]
    origin: Mapped[str]
    origin_code: Mapped[str]
    urbanisation_reason: Mapped[str]
    whole_family: Mapped[bool]
    case_id: Mapped[str] = mapped_column(index=True)
    ended_reason: Mapped[str]
    destination: Mapped[str]

    __table_args__ = (
        Index(
            "uq_stays_open",
            "person_id",
            unique=True,
            sqlite_where=until.is_(None),
            postgresql_where=until.is_(None),
        ),
    )


class JournalRecord(Row):
    """An entry of the journal; triggers refuse any change and any gap.

    ``detail`` is the canonical JSON text that the digest was made over.
    """

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    previous: Mapped[str]
    digest: Mapped[str]


class PaperRecord(Row):
    """A paper that left the counter."""

    __tablename__ = "papers"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(index=True)
    form: Mapped[str]
    title: Mapped[str]
    copy_number: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    pages: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    policy_digest: Mapped[str]
    overprint: Mapped[bool]
    reprint_of: Mapped[str]
    reason: Mapped[str]
    voided: Mapped[str]


class PaperBytes(Row):
    """The exact bytes of a paper; a trigger refuses to change them."""

    __tablename__ = "paper_bytes"

    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class StaffRecord(Row):
    """An account, without its secret."""

    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]


class SettingRecord(Row):
    """A small value kept with the data."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SeriesRecord(Row):
    """The last number given in a series."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class BatchRecord(Row):
    """Students taken, or leaving, together."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    school: Mapped[str] = mapped_column(index=True)
    school_name: Mapped[str]
    file: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(index=True)
    sheet: Mapped[str]
    sent: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    year: Mapped[int]
    undone_at: Mapped[datetime | None]
    reason: Mapped[str]


class BatchRowRecord(Row):
    """One student of a batch, taken or not."""

    __tablename__ = "batch_rows"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    lane: Mapped[str]
    name: Mapped[str]
    citizen_id: Mapped[str]
    student_number: Mapped[str]
    college: Mapped[str]
    major: Mapped[str]
    class_name: Mapped[str]
    case_id: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    destination: Mapped[str]
    certificate: Mapped[str]
    returned: Mapped[str]


class PaperValues(Row):
    """What a batch of papers was filled with, packed, so that single pages can be printed again."""

    __tablename__ = "paper_values"

    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)
