"""What the process forbids itself: memory images on disk, files others can read."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_PRIVATE_UMASK = 0o077


def forbid_memory_images() -> None:
    """No core file, and no reading of this process by others of the same user (Linux).

    A memory image holds names, numbers and the key. Windows Error Reporting is switched off by
    the installer instead.
    """
    if sys.platform == "win32":
        return
    import resource  # does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def keep_files_private() -> None:
    """New files and folders of this process are for its user alone."""
    os.umask(_PRIVATE_UMASK)
