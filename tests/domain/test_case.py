"""What may happen to a case, state by state."""

from __future__ import annotations

import pytest

from desktop_app.domain.case import (
    ALLOWED,
    OPEN,
    Action,
    Status,
    allowed_actions,
    require_action,
)
from desktop_app.domain.errors import NotAllowed


def test_every_state_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Status)


def test_finished_cases_take_no_action() -> None:
    for status in (Status.ARCHIVED, Status.NOT_ACCEPTED, Status.NOT_APPROVED, Status.WITHDRAWN):
        assert allowed_actions(status, "station") == frozenset()


def test_an_accepted_case_is_decided_at_once_only_on_the_spot() -> None:
    assert Action.APPROVE in allowed_actions(Status.ACCEPTED, "on_the_spot")
    assert Action.REVIEW not in allowed_actions(Status.ACCEPTED, "on_the_spot")
    for chain in ("station", "district"):
        assert Action.APPROVE not in allowed_actions(Status.ACCEPTED, chain)
        assert Action.REVIEW in allowed_actions(Status.ACCEPTED, chain)


def test_nothing_is_registered_before_it_is_approved() -> None:
    able = {status for status in Status if Action.REGISTER in ALLOWED[status]}
    assert able == {Status.APPROVED}


def test_answers_change_only_in_a_draft() -> None:
    assert {s for s in Status if Action.ANSWER in ALLOWED[s]} == {Status.DRAFT}


@pytest.mark.parametrize("status", sorted(OPEN, key=lambda s: s.value))
def test_every_open_case_can_be_withdrawn(status: Status) -> None:
    require_action(status, "station", Action.WITHDRAW)


def test_refusal_names_the_state_and_the_act() -> None:
    with pytest.raises(NotAllowed) as caught:
        require_action(Status.WITHDRAWN, "station", Action.APPROVE)
    assert "撤回" in caught.value.message
    assert "批准" in caught.value.message


def test_every_state_and_act_has_words() -> None:
    assert all(status.label for status in Status)
    assert all(action.label for action in Action)
