"""Whether a file was opened by anybody, as the kernel tells it (inotify)."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from types import TracebackType

_IN_OPEN = 0x20
_NONBLOCK = 0o4000


class Watch:
    """Watches one file inside a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._queue = -1

    def __enter__(self) -> Watch:
        self._queue = self._libc.inotify_init1(_NONBLOCK)
        watched = self._libc.inotify_add_watch(self._queue, os.fsencode(self._path), _IN_OPEN)
        assert self._queue >= 0 and watched >= 0, os.strerror(ctypes.get_errno())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._queue)

    def opened(self) -> bool:
        """Whether it was opened since the last question."""
        try:
            return bool(os.read(self._queue, 4096))
        except BlockingIOError:
            return False
