"""What a roster file may be at most; shown to the user when a file is refused."""

from __future__ import annotations

#: How an installed program is told to be the child that reads a roster.
READ_ROSTER = "--read-roster"
MIB = 1024 * 1024
FILE_BYTES = 20 * MIB
EXPANDED_BYTES = 100 * MIB
RATIO = 100
#: Small members compress extremely well by nature; the ratio counts only above this size.
RATIO_FROM_BYTES = MIB
MEMBERS = 2_000
COLUMNS = 200
ROWS = 20_000
#: Rows of dirt (empty, styled) that a sheet may have besides; more are not looked at.
SHEET_ROWS = 100_000
CELL_CHARACTERS = 2_000
HEADING_ROWS = 20
MEMORY_BYTES = 512 * MIB
CPU_SECONDS = 20
WALL_SECONDS = 40.0
SUFFIXES = frozenset({".xlsx", ".xls", ".csv"})


class Refused(Exception):
    """A file that is not read: ``reason`` and ``remedy`` in the words of the counter."""

    def __init__(self, reason: str, remedy: str, code: str = "not_a_roster") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.code = code
