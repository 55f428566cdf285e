"""Working days: weekends, and the yearly notices that move them (国务院办公厅放假安排)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True)
class YearPlan:
    """One year's notice: weekdays that are free, and weekend days that are worked."""

    year: int
    notice: str
    source: str
    free: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True)
class WorkingCalendar:
    """The notices known, by year. A year without one counts Monday to Friday: see ``covers``."""

    years: Mapping[int, YearPlan]

    def covers(self, day: date) -> bool:
        """Whether that year's notice is known; else a count through it is provisional (待核)."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether the counter's working days include that day."""
        plan = self.years.get(day.year)
        weekend = day.weekday() >= _SATURDAY
        if plan is None:
            return not weekend
        return day in plan.worked or not (weekend or day in plan.free)

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself for 0 (on the spot)."""
        if count < 0:
            raise ValueError(f"工作日数不能为负：{count}")
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when overdue."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))
