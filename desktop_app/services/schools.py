"""Schools and their stations: is this the right door, and if not, which one is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.errors import InputError
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.station import School, Station

WRONG_SCHOOL = "wrong_school"
_UNKNOWN_DOOR = "学校属地派出所"


def own_school(station: Station, book: PolicyBook, code_or_name: str, on: date) -> School:
    """The school of that code or name, if this station serves it.

    Raises InputError with field ``wrong_school``, saying where to take it.
    """
    for school in station.schools:
        if code_or_name in (school.code, school.name):
            return school
    raise _wrong(book, code_or_name, on)


def right_door(book: PolicyBook, code_or_name: str, on: date) -> str:
    """The name of the station that serves a school, or in general words when it is not known."""
    known = book.school(code_or_name, on)
    return known.station_name if known is not None else _UNKNOWN_DOOR


def require_title(
    school: School, book: PolicyBook, titles: Sequence[str], on: date
) -> None:
    """Raise InputError when the words above the headings name another school, and not ours."""
    words = "".join("".join(titles).split())
    if school.name in words:
        return
    for other in book.schools:
        if other.in_force.covers(on) and other.name != school.name and other.name in words:
            raise _wrong(book, other.name, on)


def _wrong(book: PolicyBook, code_or_name: str, on: date) -> InputError:
    known = book.school(code_or_name, on)
    name = known.name if known is not None else f"代码 {code_or_name} 的学校"
    return InputError(
        f"{name}不归本所办理", f"名册送{right_door(book, code_or_name, on)}", field=WRONG_SCHOOL
    )
