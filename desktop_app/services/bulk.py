"""Work on ten thousand of a kind at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator, MutableSequence
from contextlib import contextmanager
from typing import Any

#: From so many new objects on, a walk through them takes longer than 5 ms.
_VERY_MANY = 20_000


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector of reference cycles rest while very many objects are made.

    It would walk all of them again and again and find nothing, for a third of the whole time;
    objects without cycles are freed as ever. Very many that are still alive afterwards are put
    where the collector does not look: its first walk through them would hold every thread, the
    window's too, for 0.1 s and more. The few cycles among them (at most 70 objects in an act for
    ten thousand students) then stay to the end.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            if gc.get_count()[0] > _VERY_MANY:
                gc.freeze()
            gc.enable()


def let_go(*lists: MutableSequence[Any]) -> None:
    """Empty lists one by one: freed in one go, their objects would hold every thread meanwhile."""
    for items in lists:
        while items:
            items.pop()
