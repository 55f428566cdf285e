"""The chain shows every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.journal import Entry, canonical, first_break, follow, seal

START = datetime(2017, 6, 1, 1, 0, tzinfo=UTC)


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        entries.append(
            follow(
                entries[-1] if entries else None,
                at=START + timedelta(seconds=number),
                who="zhang",
                action="answer",
                subject=f"case-{number}",
                detail={"fields": ["residence.address"], "n": number},
            )
        )
    return entries


def test_a_chain_as_written_holds() -> None:
    assert first_break(chain(20)) is None
    assert first_break([]) is None


@given(
    st.integers(0, 9),
    st.sampled_from(["seq", "at", "who", "action", "subject", "detail", "previous", "digest"]),
)
def test_any_change_is_found_at_its_entry(index: int, member: str) -> None:
    entries = chain(10)
    old = getattr(entries[index], member)
    changed: object = {"n": 99} if member == "detail" else 77 if member == "seq" else f"{old}x"
    entries[index] = replace(entries[index], **{member: changed})
    found = first_break(entries)
    assert found is not None
    assert found.seq in (index + 1, index + 2)


@given(st.integers(0, 8))
def test_a_change_with_a_new_digest_breaks_the_next_link(index: int) -> None:
    entries = chain(10)
    entries[index] = seal(replace(entries[index], subject="case-other"))
    found = first_break(entries)
    assert found is not None
    assert found.seq == index + 2


@given(st.integers(0, 8))
def test_a_missing_entry_is_named(index: int) -> None:
    entries = chain(10)
    del entries[index]
    found = first_break(entries)
    assert found is not None
    assert found.seq == index + 1


def test_a_later_part_is_checked_against_the_entry_before_it() -> None:
    entries = chain(10)
    assert first_break(entries[4:], after=entries[3]) is None
    assert first_break(entries[4:], after=entries[2]) is not None


def test_the_bytes_are_canonical() -> None:
    entry = chain(1)[0]
    other = replace(entry, detail={"n": 0, "fields": ["residence.address"]})
    assert canonical(entry) == canonical(other)
    assert b" " not in canonical(entry)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        follow(None, at=datetime(2017, 6, 1), who="a", action="b", subject="c", detail={})
