"""Work on ten thousand of a kind at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector of reference cycles rest while very many objects are made.

    It would walk all of them again and again and find nothing, for a third of the whole time;
    objects without cycles are freed as ever.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
