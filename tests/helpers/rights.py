"""Tests of closed folders as root: give up the privilege to pass by file modes.

Turning into another user would do too, but that user may not be allowed to read the checkout.
"""

from __future__ import annotations

import ctypes
import os

_VERSION_3 = 0x20080522
_PASS_BY_MODES = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)."""


def obey_file_modes() -> None:
    """Bind this process to the modes of files for good, as any user is. Linux only.

    Raises OSError when the system refuses.
    """
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: low words, high words
    if libc.capget(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for place in range(3):
        sets[place] &= ~_PASS_BY_MODES
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")
