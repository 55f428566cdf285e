"""What batches need of the store: many rows in one statement, and the batches themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from desktop_app.domain.batch import Batch, BatchRow, CaseState
from desktop_app.domain.case import Case, Status
from desktop_app.domain.people import Membership, Person


class Batches(Protocol):
    """Batches of students, and the bulk writes that only they need."""

    def add(self, batch: Batch, rows: Sequence[BatchRow]) -> None:
        """Keep a new batch with every row of its file."""
        ...

    def save(self, batch: Batch) -> None:
        """Keep a batch that was taken back."""
        ...

    def save_rows(self, rows: Sequence[BatchRow]) -> None:
        """Keep rows that changed."""
        ...

    def get(self, batch_id: str) -> Batch:
        """The batch; raises Missing."""
        ...

    def all(self, school: str = "") -> tuple[Batch, ...]:
        """Batches of a school, or of every school, newest first."""
        ...

    def rows(self, batch_id: str) -> tuple[BatchRow, ...]:
        """Its rows in the order of the file."""
        ...

    def cases(self, batch_id: str) -> tuple[Case, ...]:
        """The cases of a batch in the order of the file."""
        ...

    def states(self, batch_id: str) -> dict[str, CaseState]:
        """The cases of a batch in short, by id."""
        ...

    def states_of(self, numbers: Collection[str], procedure: str) -> dict[str, CaseState]:
        """The standing cases of these citizen numbers in one way to settle, by number."""
        ...

    def counts(self, batch_id: str) -> dict[Status, int]:
        """How many cases of a batch stand in each state."""
        ...

    def printed(self, batch_id: str) -> bool:
        """Whether any paper of the batch or of one of its cases was printed and is not void."""
        ...

    def students(self, batch_id: str) -> tuple[tuple[Person, Membership], ...]:
        """Persons and stays that the cases of a batch made, in the order of the file."""
        ...

    def registered(self, numbers: Collection[str]) -> frozenset[str]:
        """Which citizen numbers have an open stay here, or a case that is not ended."""
        ...

    def taken_from(self, file_sha256: str) -> frozenset[str]:
        """The citizen numbers that were taken from that very file, unless it was taken back."""
        ...

    def persons(self, numbers: Collection[str]) -> dict[str, Person]:
        """The persons of these citizen numbers who are known here."""
        ...

    def open_stays(self, person_ids: Collection[str]) -> dict[str, Membership]:
        """The open stay of each of these persons who has one."""
        ...

    def members(self, household_id: str, on: date) -> tuple[tuple[BatchRow, Membership], ...]:
        """Present members of a household with the row of the roster that brought them.

        Who came one by one has a row with name and number only.
        """
        ...

    def add_cases(self, cases: Sequence[Case]) -> None:
        """Keep new cases."""
        ...

    def save_cases(self, cases: Sequence[Case]) -> None:
        """Keep state, decisions and person of changed cases, each under its next version.

        Answers stay as they are. Conflict when one moved on.
        """
        ...

    def add_persons(self, persons: Sequence[Person]) -> None:
        """Keep new persons."""
        ...

    def save_persons(self, persons: Sequence[Person]) -> None:
        """Keep changed persons, each under its next version; Conflict when one moved on."""
        ...

    def drop_persons(self, person_ids: Collection[str]) -> None:
        """Forget persons who never had a stay here and have no other case."""
        ...

    def add_stays(self, stays: Sequence[Membership]) -> None:
        """Begin stays."""
        ...

    def save_stays(self, stays: Sequence[Membership]) -> None:
        """Keep stays that ended or began again."""
        ...

    def reserve(self, series: str, count: int) -> int:
        """The first of so many next numbers of a series."""
        ...

    def keep_values(self, paper_id: str, packed: bytes) -> None:
        """Keep what a batch of papers was filled with, for pages printed again."""
        ...

    def values(self, paper_id: str) -> bytes:
        """What was kept; raises Missing."""
        ...
