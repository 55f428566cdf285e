"""Birth dates as schools write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import InputError
from desktop_app.domain.roster_dates import OLDEST, implausible, read_birth_date

BORN = date(1998, 9, 1)
WHOLE = ["1998-9-1", "1998.9.1", "1998/09/01", "19980901", "1998年9月1日", "1998年09月01号",
         "1998、9、1", "1998 09 01", "1998·9·1", "1998_09_01", "１９９８０９０１", "19980901.0",
         "1998-09-01 00:00:00", "1998/9/1 8:30", "1998-09-01T00:00:00Z", "36039", "34577"]
SHORT = ["98.9.1", "98-09-01", "9/1/1998", "1/9/1998", "01-Sep-98", "980901"]
PART = ["1998-09", "1998.9", "199809", "1998年9月", "1998"]


@pytest.mark.parametrize("text", [*WHOLE, *SHORT, *PART])
def test_every_way_to_write_a_day_agrees_with_the_number(text: str) -> None:
    assert read_birth_date(text, BORN).fits(BORN)


@pytest.mark.parametrize("text", [*WHOLE, *PART])
def test_another_day_is_told(text: str) -> None:
    other = date(1997, 3, 9)
    written = read_birth_date(text, other)
    assert not written.fits(other)
    assert "199" in written.words() or "19" in written.words()


@pytest.mark.parametrize("text", [*SHORT, "生日", "98", "9-1", "1998-9-1-2", "1998-13", ""])
def test_a_short_form_that_does_not_fit_is_not_guessed_at(text: str) -> None:
    with pytest.raises(InputError):
        read_birth_date(text, date(1985, 3, 9))
    with pytest.raises(InputError):
        read_birth_date(text, None)


@pytest.mark.parametrize("text", ["1998-02-30", "19981301", "1998.0.1", "0000-01-01"])
def test_no_such_day(text: str) -> None:
    with pytest.raises(InputError, match="没有这一天"):
        read_birth_date(text, None)


def test_who_can_stand_at_the_counter() -> None:
    today = date(2017, 9, 1)
    assert implausible(today, today) == ""
    assert "晚于今天" in implausible(today + timedelta(days=1), today)
    assert implausible(date(1887, 9, 1), today) == ""
    assert f"{OLDEST} 年" in implausible(date(1886, 9, 1), today)


@given(st.text(max_size=24))
def test_no_words_break_it(text: str) -> None:
    for expected in (None, BORN):
        try:
            assert read_birth_date(text, expected).words()
        except InputError as refused:
            assert refused.message
