"""What the services need of the world, as protocols; the adapters keep them.

The store is described here, the machine in ``machine_ports``; this is the door to both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from desktop_app.domain.case import Case, Status
from desktop_app.domain.certificate import Paper
from desktop_app.domain.journal import Entry
from desktop_app.domain.people import Household, Membership, Person
from desktop_app.domain.staff import Operator
from desktop_app.services.batch_ports import Batches
from desktop_app.services.machine_ports import (
    CardData,
    CardReader,
    FormRenderer,
    Marks,
    Printer,
    RosterFile,
    RosterLook,
    RosterReader,
)

__all__ = [
    "Batches", "CardData", "CardReader", "CaseRow", "Cases", "Clock", "FormRenderer", "Journal",
    "Marks", "Papers", "People", "PersonRow", "Printer", "RosterFile", "RosterLook",
    "RosterReader", "Search", "Settings", "Staff", "Store", "Typing", "Typings", "UnitOfWork",
    "Unlocked", "Vault",
]


class Clock(Protocol):
    """The time of day, asked for rather than reached for."""

    def now(self) -> datetime:
        """The present moment in UTC, with its zone."""
        ...

    def today(self) -> date:
        """The calendar day at the station."""
        ...


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it; ``name`` is masked unless the list is a search result."""

    id: str
    number: str
    name: str
    citizen_id: str
    procedure: str
    status: Status
    priority: bool
    accepted_by: str
    touched_at: datetime
    due: date | None


@dataclass(frozen=True)
class PersonRow:
    """A registered person as the search lists them."""

    id: str
    citizen_id: str
    name: str
    sex: str
    birth_date: date
    address: str
    household_number: str


@dataclass(frozen=True)
class Typing:
    """Words being typed and not yet taken, so that a crash loses none of them."""

    case_id: str
    raw: Mapping[str, str]
    focus: str
    cursor: int
    at: datetime


class Cases(Protocol):
    """The cases in the store."""

    def add(self, case: Case) -> None:
        """Keep a new case."""
        ...

    def get(self, case_id: str) -> Case:
        """The case; raises Missing."""
        ...

    def save(self, case: Case) -> Case:
        """Keep a changed case and return it with its next version; Conflict if it moved on."""
        ...

    def by_number(self, number: str) -> Case | None:
        """The case of that number."""
        ...

    def by_resume_code(self, code: str) -> Case | None:
        """The case whose one-time notice carries that code."""
        ...

    def open_for(self, citizen_id: str) -> tuple[CaseRow, ...]:
        """Cases of that applicant that still wait for somebody."""
        ...

    def in_status(
        self, statuses: Collection[Status], *, limit: int = 200, offset: int = 0
    ) -> tuple[CaseRow, ...]:
        """Cases in any of these states: veterans first, then the longest waiting."""
        ...

    def count_in(self, statuses: Collection[Status]) -> int:
        """How many cases stand in any of these states."""
        ...

    def due_by(self, day: date, *, limit: int = 200) -> tuple[CaseRow, ...]:
        """Open cases whose last day is that day or before it, the most overdue first."""
        ...

    def touched_since(self, moment: datetime, *, limit: int = 50) -> tuple[CaseRow, ...]:
        """The latest cases touched since a moment, newest first."""
        ...

    def count_since(self, moment: datetime) -> Mapping[Status, int]:
        """How many cases touched since a moment stand in each state."""
        ...


class Typings(Protocol):
    """Unfinished typing, one record a case."""

    def put(self, typing: Typing) -> None:
        """Keep it in place of what was kept before."""
        ...

    def get(self, case_id: str) -> Typing | None:
        """What was being typed."""
        ...

    def drop(self, case_id: str) -> None:
        """Forget it."""
        ...


class People(Protocol):
    """Persons, households and stays."""

    def add_person(self, person: Person) -> None:
        """Register a person; Conflict when the number is taken."""
        ...

    def save_person(self, person: Person) -> Person:
        """Keep changed items; Conflict when the record moved on."""
        ...

    def person(self, person_id: str) -> Person:
        """The person; raises Missing."""
        ...

    def by_citizen_id(self, citizen_id: str) -> Person | None:
        """The person of that number."""
        ...

    def similar(self, name: str, birth_date: date) -> tuple[PersonRow, ...]:
        """Others of the same name and birth date."""
        ...

    def add_household(self, household: Household) -> None:
        """Open a household."""
        ...

    def save_household(self, household: Household) -> Household:
        """Keep a changed household; Conflict when it moved on."""
        ...

    def household(self, household_id: str) -> Household:
        """The household; raises Missing."""
        ...

    def household_by_number(self, number: str) -> Household | None:
        """The open household of that number (户号) at this station."""
        ...

    def members_on(self, household_id: str, day: date) -> tuple[tuple[Membership, Person], ...]:
        """Who belongs to the household on that day, head first."""
        ...

    def count_on(self, household_id: str, day: date) -> int:
        """How many belong to the household on that day."""
        ...

    def add_stay(self, stay: Membership) -> None:
        """Begin a stay."""
        ...

    def save_stay(self, stay: Membership) -> None:
        """Keep a stay that ended or changed its relation."""
        ...

    def stays_of(self, person_id: str) -> tuple[Membership, ...]:
        """Every stay of a person, oldest first."""
        ...


class Journal(Protocol):
    """The append-only chained journal."""

    def append(
        self, *, at: datetime, who: str, action: str, subject: str, detail: Mapping[str, object]
    ) -> Entry:
        """Add the next entry."""
        ...

    def append_many(
        self, *, at: datetime, who: str, acts: Iterable[tuple[str, str, Mapping[str, object]]]
    ) -> None:
        """Add an entry for each act (action, subject, detail), in order."""
        ...

    def last(self) -> Entry | None:
        """The head of the chain."""
        ...

    def entries(self, *, from_seq: int = 1) -> Iterator[Entry]:
        """The entries from a sequence number on, in order."""
        ...

    def about(self, subject: str) -> tuple[Entry, ...]:
        """Every entry about a case, paper or account."""
        ...

    def keyed_digest(self, text: str) -> str:
        """A digest of personal data that only this store can repeat (HMAC-SHA-256, hex)."""
        ...


class Papers(Protocol):
    """Papers that were printed, with their bytes."""

    def add(self, paper: Paper, pdf: bytes) -> None:
        """Keep a paper and its exact bytes."""
        ...

    def save(self, paper: Paper) -> None:
        """Keep a voided paper."""
        ...

    def get(self, paper_id: str) -> Paper:
        """The paper; raises Missing."""
        ...

    def pdf(self, paper_id: str) -> bytes:
        """The exact bytes that were printed."""
        ...

    def of_case(self, case_id: str) -> tuple[Paper, ...]:
        """Every paper of a case, oldest first."""
        ...


class Staff(Protocol):
    """Accounts, without their secrets (those are in the key file)."""

    def all(self) -> tuple[Operator, ...]:
        """Everybody, by login."""
        ...

    def get(self, login: str) -> Operator | None:
        """The account of that login."""
        ...

    def put(self, operator: Operator) -> None:
        """Add or change an account."""
        ...


class Settings(Protocol):
    """Small values kept with the data, such as the text size of an operator."""

    def get(self, key: str) -> str | None:
        """The value, or None."""
        ...

    def put(self, key: str, value: str) -> None:
        """Keep a value."""
        ...


class Search(Protocol):
    """Indexed look-ups over persons and cases."""

    def persons(self, text: str, *, limit: int = 20) -> tuple[PersonRow, ...]:
        """By citizen number or its beginning, last four, name prefix, or pinyin initials."""
        ...

    def cases(self, text: str, *, limit: int = 20) -> tuple[CaseRow, ...]:
        """By case number or its tail, the applicant's number, name prefix or initials."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without ``commit`` takes everything back."""

    cases: Cases
    typings: Typings
    people: People
    journal: Journal
    papers: Papers
    staff: Staff
    settings: Settings
    search: Search
    batches: Batches

    def next_number(self, series: str) -> int:
        """The next whole number of a series, from 1; taken back with the transaction."""
        ...

    def commit(self) -> None:
        """Make it durable; raises Unavailable when the disk does not take it."""
        ...


class Store(Protocol):
    """The open data of a station."""

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a writing transaction, alone."""
        ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a reading transaction; ``commit`` is not needed and writing is refused."""
        ...

    def free_bytes(self) -> int:
        """Room left on the disk that holds the data."""
        ...

    def close(self) -> None:
        """Let the data go."""
        ...


@dataclass(frozen=True)
class Unlocked:
    """What a right password gives: who it is, and the open store."""

    operator: Operator
    store: Store


class Vault(Protocol):
    """The data folder while it is locked: the wrapped keys and the way in."""

    def logins(self) -> tuple[str, ...]:
        """Who has a key here."""
        ...

    def unlock(self, login: str, password: str) -> Unlocked:
        """Open the store. Raises Unavailable for a wrong password, saying how many tries are left
        or until when the account waits, and for a damaged, plain or newer database."""
        ...

    def check(self, login: str, password: str) -> bool:
        """Whether this is still the person's password, for an act that asks again."""
        ...

    def enrol(self, login: str, password: str, *, by_login: str, by_password: str) -> None:
        """Give another person a key, under the authority of one who has it."""
        ...

    def change_password(self, login: str, old: str, new: str) -> None:
        """Wrap the person's key anew."""
        ...
