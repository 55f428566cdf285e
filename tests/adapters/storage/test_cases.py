"""Cases come back as they were kept, guarded against two windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.case import (
    OPEN,
    Action,
    Case,
    Consent,
    Decision,
    MaterialSeen,
    Override,
    Status,
    SupplementNotice,
)
from desktop_app.domain.errors import Conflict, Missing
from desktop_app.services.ports import Typing
from tests.adapters.storage.things import NOON, case, keep
from tests.helpers import synthetic

moments = st.datetimes(datetime(2017, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
words = st.text(st.characters(codec="utf-8"), max_size=30)
fresh = st.builds(lambda: uuid4().hex)  # what must be unique: the examples share one store
cases = st.builds(
    Case,
    id=fresh,
    procedure=words,
    status=st.sampled_from(Status),
    law_day=st.dates(date(2017, 1, 1), date(2090, 1, 1)),
    opened_by=words,
    opened_at=moments,
    workstation=words,
    answers=st.dictionaries(words, words, max_size=4),
    seen=st.dictionaries(words, st.builds(MaterialSeen, words, words, words, moments), max_size=3),
    consent=st.none()
    | st.builds(Consent, st.booleans(), st.booleans(), st.booleans(), words, words, moments),
    overrides=st.lists(st.builds(Override, words, words, words, moments), max_size=3).map(tuple),
    supplement=st.none()
    | st.builds(
        SupplementNotice, st.builds(lambda: uuid4().hex), st.lists(words).map(tuple), words, moments
    ),
    decisions=st.lists(
        st.builds(
            Decision, st.sampled_from(Action), words, moments, words, st.lists(words).map(tuple)
        ),
        max_size=3,
    ).map(tuple),
    number=st.just("") | fresh,
    policy_digest=words,
    accepted_by=words,
    accepted_at=st.none() | moments,
    due=st.none() | st.dates(date(2017, 1, 1), date(2090, 1, 1)),
    person_id=words,
    priority=st.booleans(),
    touched_at=moments,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=cases)
def test_a_case_comes_back_equal(store: SqlStore, kept: Case) -> None:
    with store.write() as unit:
        unit.cases.add(kept)
        assert unit.cases.get(kept.id) == kept
        saved = unit.cases.save(kept)
        unit.commit()
    with store.read() as unit:
        assert unit.cases.get(kept.id) == saved == replace(kept, version=kept.version + 1)


def test_a_case_never_touched_counts_as_touched_when_opened(store: SqlStore) -> None:
    keep(store, case(touched_at=None))
    with store.read() as unit:
        assert unit.cases.get("case-1").touched_at == case().opened_at


def test_a_stale_version_conflicts_and_changes_nothing(store: SqlStore) -> None:
    keep(store, case())
    with store.write() as unit:
        unit.cases.save(replace(case(), accepted_by="first"))
        unit.commit()
    with pytest.raises(Conflict, match="另一窗口"), store.write() as unit:
        unit.cases.save(replace(case(), accepted_by="second"))
    with store.read() as unit:
        assert unit.cases.get("case-1").accepted_by == "first"


def test_leaving_without_commit_takes_everything_back(store: SqlStore) -> None:
    with store.write() as unit:
        unit.cases.add(case())
        assert unit.next_number("DL") == 1
    with store.write() as unit:
        assert unit.next_number("DL") == 1
        assert unit.next_number("DL") == 2
        assert unit.next_number("other") == 1
        with pytest.raises(Missing):
            unit.cases.get("case-1")


def test_an_error_in_the_block_takes_everything_back(store: SqlStore) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        unit.cases.add(case())
        raise ZeroDivisionError
    with store.read() as unit, pytest.raises(Missing):
        unit.cases.get("case-1")


def test_a_reading_transaction_does_not_write(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="does not write"), store.read() as unit:
        unit.settings.put("text_size", "18")
    with store.write() as unit:
        unit.settings.put("text_size", "18")
        unit.commit()
    with store.read() as unit:
        assert unit.settings.get("text_size") == "18"


def test_found_by_number_and_by_resume_code_but_never_by_an_empty_one(store: SqlStore) -> None:
    notice = SupplementNotice("R7K2", ("居住证",), "clerk", NOON)
    keep(store, case(1, number="DL-1-261120-0001"), case(2, supplement=notice), case(3))
    with store.read() as unit:
        assert unit.cases.by_number("DL-1-261120-0001") == unit.cases.get("case-1")
        assert unit.cases.by_resume_code("R7K2") == unit.cases.get("case-2")
        assert unit.cases.by_number("") is None
        assert unit.cases.by_resume_code("") is None


def test_the_queue_has_veterans_first_then_the_longest_waiting(store: SqlStore) -> None:
    accepted = Status.ACCEPTED
    keep(
        store,
        case(1, status=accepted, accepted_at=NOON + timedelta(hours=2)),
        case(2, status=accepted, accepted_at=NOON + timedelta(hours=1)),
        case(3, status=accepted, accepted_at=NOON + timedelta(hours=3), priority=True),
        case(4, status=Status.ISSUED),
    )
    with store.read() as unit:
        queue = unit.cases.in_status({accepted})
        assert [row.id for row in queue] == ["case-3", "case-2", "case-1"]
        assert [row.id for row in unit.cases.in_status({accepted}, limit=1, offset=1)] == ["case-2"]
        assert unit.cases.in_status(()) == ()


def test_what_is_due_is_found_behind_any_number_of_cases(store: SqlStore) -> None:
    day = NOON.date()
    keep(
        store,
        *(case(n, status=Status.ACCEPTED, due=day + timedelta(days=9)) for n in range(1, 251)),
        case(301, status=Status.ACCEPTED, due=day, accepted_at=NOON + timedelta(hours=9)),
        case(302, due=day - timedelta(days=1), accepted_at=NOON + timedelta(hours=9)),
        case(303, status=Status.ISSUED, due=day),
        case(304, status=Status.ACCEPTED),
    )
    with store.read() as unit:
        assert [row.id for row in unit.cases.due_by(day)] == ["case-302", "case-301"]
        assert unit.cases.count_in({Status.ACCEPTED}) == 252
        assert unit.cases.count_in(()) == 0


def test_lists_mask_the_applicant(store: SqlStore) -> None:
    keep(store, case())
    with store.read() as unit:
        for row in (
            *unit.cases.in_status(OPEN),
            *unit.cases.touched_since(NOON),
            *unit.cases.open_for(synthetic.number(1).text),
        ):
            assert row.name == "试*"
            assert row.citizen_id == "210283********" + synthetic.number(1).text[-4:]


def test_only_open_cases_of_the_applicant_and_none_for_an_empty_number(store: SqlStore) -> None:
    number = synthetic.number(1).text
    ended = case(2, status=Status.WITHDRAWN, answers={"applicant.citizen_id": number})
    keep(store, case(1), ended, case(3, answers={}))
    with store.read() as unit:
        assert [row.id for row in unit.cases.open_for(number)] == ["case-1"]
        assert unit.cases.open_for("") == ()


def test_touched_since_and_counts(store: SqlStore) -> None:
    keep(store, case(1), case(2, status=Status.ISSUED), case(3))
    since = NOON + timedelta(minutes=2)
    with store.read() as unit:
        assert [row.id for row in unit.cases.touched_since(since)] == ["case-3", "case-2"]
        assert unit.cases.count_since(since) == {Status.ISSUED: 1, Status.DRAFT: 1}


def test_typing_is_kept_in_place_of_the_last_and_dropped(store: SqlStore) -> None:
    first = Typing("case-1", {"applicant.name": "试"}, "applicant.name", 1, NOON)
    second = Typing("case-1", {"applicant.name": "试样"}, "applicant.name", 2, NOON)
    with store.write() as unit:
        unit.typings.put(first)
        unit.typings.put(second)
        unit.commit()
    with store.write() as unit:
        assert unit.typings.get("case-1") == second
        unit.typings.drop("case-1")
        assert unit.typings.get("case-1") is None
        unit.commit()
    with store.read() as unit:
        assert unit.typings.get("case-1") is None


def test_a_moment_without_its_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(Exception, match="carry their zone"), store.write() as unit:
        unit.cases.add(case(opened_at=datetime(2026, 11, 20)))
