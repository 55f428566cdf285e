"""Fill a training database: people in bulk, cases through the very services of the counter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice

from desktop_app.adapters.storage.bulk import add_families, last_household_number
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.admin.made_up_cases import Applications
from desktop_app.admin.synthetic import Family, People
from desktop_app.domain.case import OPEN, Status
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Role
from desktop_app.domain.station import Station
from desktop_app.services.certificates import Certificates
from desktop_app.services.desk import Desk
from desktop_app.services.ports import Clock, FormRenderer
from desktop_app.services.register import Register
from desktop_app.services.review import Review
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import STATION_TIME

SUPERVISOR = Operator("supervisor", "演练所长", Role.SUPERVISOR)
CLERK = Operator("clerk", "演练受理员", Role.CLERK)
INSTALLER = Operator("installer", "演练信息员", Role.INSTALLER)
STAFF = (SUPERVISOR, CLERK, INSTALLER)

_S = Status
_ZERO, _STUDENT, _VETERAN, _OPEN_WAY = (
    "zero_threshold", "student_collective", "veteran", "new_district_open",
)
PLANS: tuple[tuple[Status, str], ...] = (
    (_S.DRAFT, _ZERO), (_S.SUPPLEMENT, _ZERO), (_S.ACCEPTED, _ZERO), (_S.REVIEWED, _OPEN_WAY),
    (_S.APPROVED, _ZERO), (_S.REGISTERED, _ZERO), (_S.ISSUED, _ZERO), (_S.ARCHIVED, _ZERO),
    (_S.NOT_ACCEPTED, _ZERO), (_S.NOT_APPROVED, _OPEN_WAY), (_S.WITHDRAWN, _ZERO),
    (_S.ACCEPTED, _VETERAN), (_S.ISSUED, _STUDENT), (_S.ACCEPTED, _OPEN_WAY),
    (_S.DRAFT, "points"), (_S.REGISTERED, _VETERAN), (_S.WITHDRAWN, "policy_approval"),
    (_S.APPROVED, _STUDENT), (_S.ARCHIVED, _OPEN_WAY), (_S.SUPPLEMENT, _VETERAN),
)
"""Where each made-up case is left, in turn: the first eleven show every status once."""

_DAYS_BACK = 15
_LUNCH_TO_NOW = timedelta(hours=2)
_FAMILIES_AT_ONCE = 10_000
_REGISTRATION = "registration"
_REASON = "演练用的理由"


@dataclass
class TrainingClock:
    """A clock that walks from act to act and never past the real time."""

    real: Clock
    moment: datetime

    def now(self) -> datetime:
        """The next moment: some seconds after the one before."""
        self.moment = min(self.moment + timedelta(seconds=7), self.real.now())
        return self.moment

    def today(self) -> date:
        """The station's day at that moment."""
        return self.moment.astimezone(STATION_TIME).date()

    def reach(self, moment: datetime) -> None:
        """Go on to a later moment; an earlier one changes nothing."""
        self.moment = max(self.moment, min(moment, self.real.now()))


class Seeder:
    """Makes up people and cases; the same seed makes the same ones."""

    def __init__(
        self, store: SqlStore, book: PolicyBook, renderer: FormRenderer, station: Station,
        clock: Clock, seed: int,
    ) -> None:
        self._store = store
        self._book = book
        self._station = station
        self._real = clock
        self._people = People(seed, clock.today())
        self._clock = TrainingClock(clock, self._last_moment())
        given = (store, book, station, self._clock)
        self._desk = Desk(*given, CLERK, renderer)
        self._review = Review(*given, SUPERVISOR, lambda _: True)
        self._register = Register(*given, CLERK)
        self._certificates = Certificates(store, book, renderer, station, self._clock, CLERK)

    def _last_moment(self) -> datetime:
        with self._store.read() as unit:
            last = unit.journal.last()
        earliest = self._real.now() - timedelta(days=2 * _DAYS_BACK)
        return max(earliest, datetime.fromisoformat(last.at)) if last else earliest

    def add_staff(self) -> None:
        """The accounts that made-up cases are written under, where they are lacking."""
        with self._store.write() as unit:
            for operator in STAFF:
                if unit.staff.get(operator.login) is None:
                    unit.staff.put(operator)
            unit.commit()

    def add_people(self, persons: int, tell: Callable[[int], None] = lambda _: None) -> int:
        """Register exactly that many more persons in households; ``tell`` hears how many so far."""
        today = self._real.today()
        places = [p for p in self._book.sub_districts(today) if p.region == self._station.region]
        families = self._people.families(
            places or self._book.sub_districts(today), self._station.code,
            first_number=last_household_number(self._store) + 1,
        )
        done = 0
        while done < persons:
            left = persons - done
            batch = _at_most(left, list(islice(families, min(left, _FAMILIES_AT_ONCE))))
            done += add_families(self._store, [(f.household, f.members) for f in batch])
            tell(done)
        return done

    def add_cases(self, cases: int, tell: Callable[[int], None] = lambda _: None) -> int:
        """Take that many cases, each left where its plan says; finished ones lie further back."""
        known = {procedure.id for procedure in self._book.procedures_on(self._real.today())}
        possible = [plan for plan in PLANS if plan[1] in known and self._is_possible(plan[1])]
        plans = sorted(islice(cycle(possible), cases), key=lambda plan: plan[0] in OPEN)
        moments = self._moments(sum(plan[0] not in OPEN for plan in plans), len(plans))
        maker = Applications(self._people, self._book, self._station, self._real.today())
        for order, ((status, procedure), moment) in enumerate(
            zip(plans, moments, strict=True), start=1
        ):
            self._clock.reach(moment)
            self._take(status, procedure, self._somebody_new(maker, procedure, order))
            tell(order)
        return len(plans)

    def _somebody_new(self, maker: Applications, procedure: str, order: int) -> dict[str, str]:
        """Answers of an applicant who is neither registered nor waiting here already."""
        while True:
            answers = maker.answers(procedure, order)
            number = answers["applicant.citizen_id"]
            with self._store.read() as unit:
                if unit.people.by_citizen_id(number) is None and not unit.cases.open_for(number):
                    return answers

    def _is_possible(self, procedure: str) -> bool:
        return procedure != _STUDENT or bool(self._station.schools)

    def _moments(self, finished: int, cases: int) -> list[datetime]:
        """Finished cases over the working days before today, the others over the last hours."""
        now = self._real.now()
        today = now.astimezone(STATION_TIME).date()
        days = [today - timedelta(days=back) for back in range(_DAYS_BACK, 0, -1)]
        working = [day for day in days if self._book.calendar.is_working_day(day)] or days
        moments = []
        for index in range(finished):
            place = index * len(working) / finished
            opening = datetime.combine(working[int(place)], time(9), STATION_TIME).astimezone(UTC)
            moments.append(opening + timedelta(hours=7) * (place % 1))
        waiting = cases - finished
        start = now - _LUNCH_TO_NOW
        return moments + [start + _LUNCH_TO_NOW * (n / waiting) for n in range(waiting)]

    def _take(self, status: Status, procedure: str, answers: dict[str, str]) -> None:
        """Open a case and carry it to the status."""
        if status is _S.DRAFT:
            answers.pop("residence.address", None)
        case_id = self._desk.open(procedure, answers).case.id
        if status is _S.SUPPLEMENT:
            self._desk.see(case_id, ())
            self._desk.supplement(case_id)
        elif status is _S.NOT_ACCEPTED:
            self._desk.refuse(case_id, _REASON)
        elif status is _S.WITHDRAWN:
            self._desk.withdraw(case_id, _REASON)
        elif status is not _S.DRAFT:
            self._carry_on(status, self._submitted(case_id))

    def _submitted(self, case_id: str) -> CaseSheet:
        self._desk.see(case_id)
        sheet = self._desk.consent(
            case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人"
        )
        for problem in sheet.problems:
            if not problem.blocks:
                self._desk.override(case_id, problem.code, _REASON)
        return self._desk.submit(case_id)

    def _carry_on(self, status: Status, sheet: CaseSheet) -> None:
        case_id = sheet.case.id
        if status is _S.ACCEPTED:
            return
        if status is _S.NOT_APPROVED:
            self._review.reject(case_id, _REASON, "")
            return
        if sheet.procedure.chain != "on_the_spot":
            self._review.review(case_id)
        if status is _S.REVIEWED:
            return
        self._review.approve(case_id, "")
        if status is not _S.APPROVED:
            self._finish(status, sheet)

    def _finish(self, status: Status, sheet: CaseSheet) -> None:
        self._register.enter(sheet.case.id)
        if status is _S.REGISTERED:
            return
        for form in sheet.procedure.papers_at(_REGISTRATION):
            self._certificates.issue(sheet.case.id, form)
        if status is _S.ARCHIVED:
            self._desk.archive(sheet.case.id)


def _at_most(persons: int, families: Sequence[Family]) -> list[Family]:
    """The first households, the last one cut short, so that they hold that many persons."""
    kept: list[Family] = []
    left = persons
    for family in families:
        if left <= 0:
            break
        kept.append(Family(family.household, family.members[:left]))
        left -= len(family.members)
    return kept


def require_training(training: bool) -> None:
    """Raise NotAllowed for a database of real people."""
    if not training:
        raise NotAllowed("这是正式数据，不能造人造件", "用 --training 另建一个演练数据文件夹")
