"""Graduation (毕业迁出): a class or a year leaves together, each with a 户口迁移证; it balances.

A 户口迁移证 is valid for thirty days (1994 notice on the certificates; source = "待核").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from desktop_app.domain.batch import Batch, BatchKind, BatchRow
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.people import Household, Membership, Person
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import Station
from desktop_app.services import answers as words
from desktop_app.services.batch_printing import (
    BatchPrinting,
    Part,
    Sheet,
    Stack,
    Tell,
    Values,
    station_values,
)
from desktop_app.services.bulk import without_collecting
from desktop_app.services.case_sheets import require_done
from desktop_app.services.casework import new_id
from desktop_app.services.destinations import Known, read_destinations
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, FormRenderer, RosterReader, Store, UnitOfWork
from desktop_app.services.register_values import migration_remark
from desktop_app.services.schools import own_school
from desktop_app.services.sheets import PaperSheet, Touched
from desktop_app.services.words import listing, local, need_reason

#: 大中专毕业, as a reason to move out (change_reason table).
REASON = "0425"
VALID = timedelta(days=30)
_LEAVING = "leaving"
_FORM = "migration_certificate"
_KINDS = {"1": "（城镇）", "2": "（乡村）"}
_PROVINCE = "辽"
_HOLDER = "持证人"


@dataclass(frozen=True)
class Group:
    """Students of a school who entered in one year, of one college and class."""

    year: int
    college: str
    class_name: str
    count: int


@dataclass(frozen=True)
class Leaver:
    """A student who is to leave; ``destination`` is empty until it is known."""

    person_id: str
    name: str
    citizen_id: str
    student_number: str
    year: int
    college: str
    class_name: str
    destination: str = ""


@dataclass(frozen=True)
class Departure:
    """A departure and how it balances: selected = left + returned."""

    batch: Batch
    rows: tuple[BatchRow, ...]
    touched: Touched = field(default_factory=Touched)

    @property
    def selected(self) -> int:
        """How many were moved out."""
        return len(self.rows)

    @property
    def returned(self) -> int:
        """How many did not leave after all."""
        return sum(bool(row.returned) for row in self.rows)

    @property
    def left(self) -> int:
        """How many have left."""
        return self.selected - self.returned


class Graduation(BatchPrinting):
    """Moving students out of their school's collective household."""

    def __init__(
        self, store: Store, book: PolicyBook, renderer: FormRenderer, station: Station,
        clock: Clock, by: Operator, part: Part, reader: RosterReader,
    ) -> None:
        super().__init__(store, book, renderer, station, clock, by, part)
        self._reader = reader

    @needs(Permission.REGISTER)
    def groups(self, school: str) -> tuple[Group, ...]:
        """Years, colleges and classes that have present members, with their counts."""
        counts = Counter((who.year, who.college, who.class_name) for who in self.select(school))
        return tuple(Group(*key, count) for key, count in sorted(counts.items()))

    @needs(Permission.REGISTER)
    def select(
        self, school: str, *, year: int = 0, college: str = "", class_name: str = ""
    ) -> tuple[Leaver, ...]:
        """Present members of the school's household; what is left empty does not choose."""
        with self.store.read() as uow:
            household = self._household(uow, school)
            if household is None:
                return ()
            years = {batch.id: batch.year for batch in uow.batches.all()}
            found = [
                Leaver(
                    stay.person_id, row.name, row.citizen_id, row.student_number,
                    years.get(row.batch_id, stay.since.year), row.college, row.class_name,
                )
                for row, stay in uow.batches.members(household.id, self.clock.today())
            ]
        return tuple(
            who for who in found
            if year in (0, who.year) and college in ("", who.college)
            and class_name in ("", who.class_name)
        )

    def _household(self, uow: UnitOfWork, school: str) -> Household | None:
        served = own_school(self.station, self.book, school, self.clock.today())
        number = uow.settings.get(f"collective.{served.code}")
        return uow.people.household_by_number(number) if number else None

    @needs(Permission.REGISTER)
    def destinations(
        self, leavers: Sequence[Leaver], path: Path
    ) -> tuple[tuple[Leaver, ...], tuple[str, ...]]:
        """Where each goes, from a file with 姓名, 公民身份号码 or 学号, and 迁往地址.

        Also tells, in words, the rows that name nobody here and who is not in the file. Raises
        InputError for a file that is refused.
        """
        students = Counter(who.student_number for who in leavers if who.student_number)
        goes, told = read_destinations(self._reader, path, Known(
            by_number={who.citizen_id: who.person_id for who in leavers},
            by_student={who.student_number: who.person_id for who in leavers
                        if students[who.student_number] == 1},
            names={who.person_id: who.name for who in leavers},
        ))
        missing = [who for who in leavers if who.person_id not in goes]
        told += [f"文件里没有{who.name}的迁往地址" for who in missing]
        after = tuple(
            replace(who, destination=goes.get(who.person_id, who.destination))
            for who in leavers
        )
        return after, tuple(told)

    @needs(Permission.REGISTER)
    def move_out(
        self, school: str, leavers: Sequence[Leaver], *, urban_rural: str = ""
    ) -> Departure:
        """End the stay of each and allot each a 户口迁移证, in one act.

        ``urban_rural`` is the 城乡分类代码 of the school's grounds, asked for once when the
        household does not have it. Raises InputError for a destination that is missing (field
        ``destination``) or that code (field ``urban_rural``), NotAllowed for who is gone already.
        """
        lacking = [who.name for who in leavers if not who.destination.strip()]
        if lacking:
            raise InputError(f"没有迁往地址：{listing(lacking)}", "逐人填写，或导入迁往地址",
                             field="destination")
        require_done("" if leavers else "没有选人", "先按年级、院系或班级选择")
        served = own_school(self.station, self.book, school, self.clock.today())
        today, now = self.clock.today(), self.clock.now()
        with without_collecting(), self.store.write() as uow:
            household = self._household(uow, school)
            require_done("" if household else "这所学校还没有集体户")
            assert household is not None
            self._require_kind(uow, household, urban_rural)
            stays = self._stays(uow, household, leavers)
            batch = Batch(
                id=new_id(), kind=BatchKind.DEPARTURE, school=served.code,
                school_name=served.name, file="", file_sha256="", sheet="", sent=len(leavers),
                by=self.by.login, at=now, year=today.year,
            )
            first = uow.batches.reserve(f"migration-{today.year}", len(leavers))
            rows = [
                BatchRow(
                    batch.id, place, place + 1, _LEAVING, who.name, who.citizen_id,
                    who.student_number, who.college, "", who.class_name,
                    person_id=who.person_id, destination=who.destination.strip(),
                    certificate=f"{_PROVINCE}{first + place:08d}",
                )
                for place, who in enumerate(leavers)
            ]
            uow.batches.save_stays([
                stays[row.person_id].ended(today, REASON, row.destination) for row in rows
            ])
            uow.batches.add(batch, rows)
            uow.journal.append_many(at=now, who=self.by.login, acts=self._acts(
                uow, batch, household, rows
            ))
            uow.commit()
        return Departure(batch, tuple(rows), _touched(rows))

    def _require_kind(self, uow: UnitOfWork, household: Household, urban_rural: str) -> None:
        """The suffix （城镇） or （乡村） on the certificate comes from this code."""
        if household.urban_rural[:1] in _KINDS:
            return
        if urban_rural[:1] not in _KINDS:
            raise InputError("集体户没有城乡分类代码", "选学校所在地的城乡分类",
                             field="urban_rural")
        uow.people.save_household(replace(household, urban_rural=urban_rural))

    def _stays(
        self, uow: UnitOfWork, household: Household, leavers: Sequence[Leaver]
    ) -> dict[str, Membership]:
        stays = uow.batches.open_stays([who.person_id for who in leavers])
        here = {person for person, stay in stays.items() if stay.household_id == household.id}
        gone = [who.name for who in leavers if who.person_id not in here]
        if gone:
            raise NotAllowed(f"已不在本集体户：{listing(gone)}", "重新选择再办")
        return stays

    def _acts(
        self, uow: UnitOfWork, batch: Batch, household: Household, rows: Sequence[BatchRow]
    ) -> Iterator[tuple[str, str, Mapping[str, object]]]:
        told = {"workstation": self.station.workstation, "batch": batch.id}
        yield "departure.move_out", batch.id, {
            **told, "school": batch.school, "people": len(rows), "household": household.id,
            "first": rows[0].certificate, "last": rows[-1].certificate,
        }
        for row in rows:
            yield "person.move_out", row.person_id, {
                **told, "household": household.id, "reason": REASON,
                "certificate": row.certificate,
                "destination": self._digest(uow, {"destination": row.destination}),
            }

    @needs(Permission.REGISTER)
    def departures(self, school: str = "") -> tuple[Batch, ...]:
        """Departures of a school (or of all), newest first."""
        with self.store.read() as uow:
            return tuple(b for b in uow.batches.all(school) if b.kind is BatchKind.DEPARTURE)

    @needs(Permission.REGISTER)
    def balance(self, batch_id: str) -> Departure:
        """A departure as it stands. Raises Missing."""
        with self.store.read() as uow:
            return Departure(uow.batches.get(batch_id), uow.batches.rows(batch_id))

    @needs(Permission.REGISTER)
    def take_back(
        self, batch_id: str, person_ids: Iterable[str], reason: str
    ) -> Departure:
        """Those who did not leave: their stay goes on, their certificate is void.

        Raises InputError for who is not in the departure, NotAllowed for who came back before or
        is registered elsewhere at this station.
        """
        why = need_reason(reason, "撤回迁出")
        wanted = set(person_ids)
        with without_collecting(), self.store.write() as uow:
            batch, rows = uow.batches.get(batch_id), uow.batches.rows(batch_id)
            back = [row for row in rows if row.person_id in wanted]
            if len(back) != len(wanted) or not back:
                raise InputError("有人不在这一批迁出里", "从名单中选")
            again = [row.name for row in back if row.returned]
            require_done(f"已经撤回过：{listing(again)}" if again else "")
            uow.batches.save_stays(self._reopened(uow, batch, back))
            changed = {row.position: replace(row, returned=why) for row in back}
            uow.batches.save_rows(list(changed.values()))
            told = {"workstation": self.station.workstation, "batch": batch_id,
                    "reason": self._digest(uow, {"reason": why})}
            uow.journal.append_many(at=self.clock.now(), who=self.by.login, acts=[
                ("departure.take_back", batch_id, {**told, "people": len(back)}),
                *(("person.return", row.person_id, {**told, "void": row.certificate})
                  for row in back),
            ])
            uow.commit()
        after = tuple(changed.get(row.position, row) for row in rows)
        return Departure(batch, after, _touched(back))

    def _reopened(
        self, uow: UnitOfWork, batch: Batch, back: Sequence[BatchRow]
    ) -> list[Membership]:
        elsewhere = uow.batches.open_stays([row.person_id for row in back])
        if elsewhere:
            names = [row.name for row in back if row.person_id in elsewhere]
            raise NotAllowed(f"已在本所另一户登记：{listing(names)}", "先核对登记簿")
        day = local(batch.at).date()
        reopened = []
        for row in back:
            stays = [
                stay for stay in uow.people.stays_of(row.person_id)
                if stay.until == day and stay.ended_reason == REASON
            ]
            require_done("" if stays else f"{row.name}的迁出登记已改动", "核对登记簿")
            reopened.append(replace(stays[-1], until=None, ended_reason="", destination=""))
        return reopened

    @needs(Permission.PRINT)
    def print_certificates(
        self, batch_id: str, *, progress: Tell | None = None
    ) -> PaperSheet:
        """A 户口迁移证 for each who leaves (一人一证), as one file with a cover, in their order.

        Raises FormRefused with everything that cannot be printed.
        """
        with without_collecting():
            return self._make(
                lambda uow: self._certificates(uow, batch_id), progress=progress
            )

    def _certificates(self, uow: UnitOfWork, batch_id: str) -> Stack:
        batch = uow.batches.get(batch_id)
        rows = [row for row in uow.batches.rows(batch_id) if not row.returned]
        require_done("" if rows else "没有要打印的户口迁移证")
        household = self._household(uow, batch.school)
        assert household is not None  # it had members when they were moved out
        persons = uow.batches.persons([row.citizen_id for row in rows])
        sheets: list[Sheet] = [
            (_FORM, self._certificate(batch, row, persons[row.citizen_id], household))
            for row in rows
        ]
        title = f"{batch.school_name}{batch.year}届毕业迁出"
        contents = [f"户口迁移证：第 2 至 {len(rows) + 1} 页，"
                    f"编号 {rows[0].certificate} 至 {rows[-1].certificate}"]
        cover = self._cover(batch, title, [row.name for row in rows], contents)
        return Stack(batch, title, cover, sheets, about={"people": len(rows)})

    def _certificate(
        self, batch: Batch, row: BatchRow, person: Person, household: Household
    ) -> Values:
        issued = local(batch.at).date()
        suffix = _KINDS.get(household.urban_rural[:1], "")
        return {
            **station_values(self.station),
            "migration.number": row.certificate, "migration.print_year": f"{batch.year}",
            "migration.reason": words.code_words(self.book, "change_reason", REASON),
            "migration.origin": f"{household.address}{suffix}",
            "migration.origin_kind": household.kind.label,
            "migration.destination": row.destination,
            "migration.issued_on": issued, "migration.valid_until": valid_until(batch),
            "migration.registrar": self.by.name,
            "migration.note": migration_remark(person, self.book),
            "migrants": [self._migrant(person)],
        }

    def _migrant(self, person: Person) -> Values:
        details = {
            tail: words.show_answer(f"applicant.{tail}", person.details[tail], self.book)
            for tail in ("former_name", "birth_place", "native_place", "education", "occupation",
                         "marriage")
            if person.details.get(tail)
        }
        return {
            "relation": _HOLDER, "name": person.name, "citizen_id": person.citizen_id,
            "sex": words.code_words(self.book, "sex", person.sex),
            "ethnicity": words.code_words(self.book, "ethnicity", person.ethnicity),
            "birth_date": person.birth_date, **details,
        }


def valid_until(batch: Batch) -> date:
    """The last day on which the certificates of a departure are good."""
    return local(batch.at).date() + VALID


def _touched(rows: Sequence[BatchRow]) -> Touched:
    return Touched(persons=frozenset(row.person_id for row in rows))

