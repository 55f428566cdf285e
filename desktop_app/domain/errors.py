"""The one family of errors whose words a clerk may read."""

from __future__ import annotations


class CounterError(Exception):
    """Something a person has to know: what is wrong, and what to do next.

    ``message`` says what is wrong and where, ``remedy`` what to do next, both in Chinese and
    free of personal data; ``field`` is the id of the field at fault, when there is one.
    """

    def __init__(self, message: str, remedy: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.field = field

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}" if self.remedy else self.message


class InputError(CounterError):
    """What was typed cannot be taken; the typed words stay in the field."""


class NotAllowed(CounterError):
    """The person or the state of the case does not permit this act."""


class Conflict(CounterError):
    """Somebody else changed the record in the meantime, or it already exists."""


class Missing(CounterError):
    """A record that was asked for does not exist."""


class Unavailable(CounterError):
    """The machine cannot do it now: disk full, folder read-only, printer gone, key wrong."""


class Damaged(Unavailable):
    """The data itself does not hold: a damaged, plain or unfinished file."""
