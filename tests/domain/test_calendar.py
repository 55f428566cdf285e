"""Working days by weekends and yearly notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.calendar import WorkingCalendar, YearPlan

PLAN = YearPlan(
    2017, "国办发明电〔2016〕17号", "通知",
    free=frozenset({date(2017, 10, day) for day in (2, 3, 4, 5, 6)}),
    worked=frozenset({date(2017, 9, 30)}),
)
CALENDAR = WorkingCalendar({2017: PLAN})
DAYS = st.dates(date(2016, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(("day", "works"), [
    (date(2017, 9, 29), True),
    (date(2017, 9, 30), True),    # a Saturday that is worked
    (date(2017, 10, 1), False),
    (date(2017, 10, 2), False),   # a Monday that is free
    (date(2017, 10, 9), True),
    (date(2018, 10, 1), True),    # no notice known: Monday to Friday
    (date(2018, 9, 30), False),
])
def test_working_days(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_a_year_without_a_notice_is_not_covered() -> None:
    assert CALENDAR.covers(date(2017, 1, 1))
    assert not CALENDAR.covers(date(2018, 1, 1))


@pytest.mark.parametrize(("start", "count", "end"), [
    (date(2017, 9, 29), 0, date(2017, 9, 29)),
    (date(2017, 9, 29), 1, date(2017, 9, 30)),
    (date(2017, 9, 29), 2, date(2017, 10, 9)),
    (date(2017, 10, 1), 0, date(2017, 10, 1)),  # on the spot: the very day
])
def test_counting_forward(start: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, count) == end


def test_a_negative_count_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2017, 1, 1), -1)


@given(DAYS, st.integers(1, 60))
def test_the_day_counted_to_is_a_working_day_and_counts_back(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == count
    assert CALENDAR.working_days_between(end, start) == -count


@given(DAYS)
def test_no_time_lies_between_a_day_and_itself(day: date) -> None:
    assert CALENDAR.working_days_between(day, day) == 0
    assert CALENDAR.working_days_between(day, day + timedelta(days=1)) in (0, 1)
