"""R41: every act of every service, for every role; an act without a rule fails here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest

import desktop_app.services
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.staff import PERMITTED, Operator, Permission, Role
from desktop_app.services.permits import RULE
from desktop_app.services.search import Finder
from tests.helpers.world import World

EVERYBODY = None
NO_RULE = "no rule"
RULES: dict[str, dict[str, Permission | None]] = {
    "Desk": dict.fromkeys(
        ("guide", "judge", "check", "derived", "wrong_door", "workbench", "sheet", "history",
         "keep_typing", "typing", "open", "answer", "switch", "see", "consent", "override",
         "submit", "supplement", "resume", "refuse", "withdraw", "discard", "correct", "archive"),
        Permission.HANDLE_CASES,
    ),
    "Review": dict.fromkeys(
        ("queue", "sheet", "review", "approve", "reject", "send_back"), Permission.DECIDE
    ),
    "Register": {
        "preview": Permission.REGISTER,
        "heirs": Permission.REGISTER,
        "enter": Permission.REGISTER,
        "person": Permission.SEARCH,
        "correct": Permission.DECIDE,
        "set_head": Permission.DECIDE,
    },
    "Certificates": dict.fromkeys(
        ("choices", "record", "preview", "issue", "reprint", "of_case", "stored", "void"),
        Permission.PRINT,
    ),
    "Rosters": {
        **dict.fromkeys(
            ("schools", "look", "check", "adopt", "adopt_all", "correct", "take", "undo",
             "batches", "batch", "batch_of", "rows", "reconcile", "reconcile_check"),
            Permission.HANDLE_CASES,
        ),
        "decide": Permission.DECIDE,
        "enter": Permission.REGISTER,
    },
    "RosterPapers": dict.fromkeys(
        ("papers", "stored", "part", "resend", "print_all", "reconciliation",
         "write_reconciliation"),
        Permission.PRINT,
    ),
    "Graduation": {
        **dict.fromkeys(
            ("groups", "select", "destinations", "move_out", "departures", "balance",
             "take_back"),
            Permission.REGISTER,
        ),
        **dict.fromkeys(("papers", "stored", "part", "resend", "print_certificates"),
                        Permission.PRINT),
    },
    "Finder": {"find": Permission.SEARCH},
    "Keeping": {
        "last_backup": EVERYBODY,
        "note_backup": Permission.MAINTAIN, "check": Permission.MAINTAIN,
        "note_text": Permission.MAINTAIN,
    },
    "Preferences": dict.fromkeys(
        ("text_size", "set_text_size", "density", "set_density", "idle_minutes",
         "set_idle_minutes", "printer", "set_printer", "keys", "set_keys"),
        EVERYBODY,
    ),
}
"""Which permission each act asks for. A new act is a decision: write it down here."""


def services() -> Iterator[type[Any]]:
    """Every class of the services that acts for an operator and is not only a base of another."""
    found = set()
    for module in pkgutil.iter_modules(desktop_app.services.__path__):
        loaded = importlib.import_module(f"desktop_app.services.{module.name}")
        for _, cls in inspect.getmembers(loaded, inspect.isclass):
            own = cls.__module__.startswith("desktop_app.services")
            guarded = any(hasattr(member, RULE) for member in vars(cls).values())
            inherits = any(
                hasattr(m, RULE) for base in cls.__mro__[1:] for m in vars(base).values()
            )
            if own and (guarded or inherits):
                found.add(cls)
    bases = {base for cls in found for base in cls.__mro__[1:]}
    yield from sorted(found - bases, key=lambda cls: cls.__name__)


def acts(cls: type[Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, member in inspect.getmembers(cls, callable):
        if not name.startswith("_"):
            yield name, member


def test_every_act_of_a_service_has_the_rule_that_is_written_down() -> None:
    known = {
        cls.__name__: {name: getattr(act, RULE, NO_RULE) for name, act in acts(cls)}
        for cls in services()
    }
    for service, rules in RULES.items():
        assert known[service] == rules
    for service, found in known.items():
        assert NO_RULE not in found.values(), service


CALLS = [
    pytest.param(cls, name, role, id=f"{cls.__name__}.{name}-{role.value}")
    for cls in services()
    for name, _ in acts(cls)
    for role in Role
]


def without_start(cls: type[Any], by: Operator) -> Any:
    """The service as if it were at work, with nothing behind it: touching anything would show."""
    service = object.__new__(cls)
    service.by = by
    for name in ("store", "book", "station", "clock", "sheets", "renderer"):
        setattr(service, name, Mock(side_effect=AssertionError("touched")))
    return service


@pytest.mark.parametrize(("cls", "name", "role"), CALLS)
def test_no_role_does_what_it_may_not(cls: type[Any], name: str, role: Role) -> None:
    permission = getattr(getattr(cls, name), RULE)
    service = without_start(cls, Operator("x", "演练", role))
    if permission is None or permission in PERMITTED[role]:
        return
    with pytest.raises(NotAllowed) as told:
        getattr(service, name)()
    assert role.label in told.value.message
    assert told.value.remedy.startswith("交")


@pytest.mark.parametrize(
    ("cls", "name"), sorted({(c.values[0], c.values[1]) for c in CALLS}, key=str)
)
def test_a_stopped_account_does_nothing_at_all(cls: type[Any], name: str) -> None:
    stopped = without_start(cls, Operator("x", "演练", Role.SUPERVISOR, active=False))
    with pytest.raises(NotAllowed):
        getattr(stopped, name)()


def test_an_act_without_a_rule_would_be_seen() -> None:
    class Loose(Finder):
        def peek(self) -> None:
            """An act that nobody guarded."""

    assert [name for name, act in acts(Loose) if getattr(act, RULE, NO_RULE) == NO_RULE] == [
        "peek"
    ]


def test_a_permitted_role_gets_through(world: World) -> None:
    assert world.desk().workbench().drafts == ()
