"""The parent's side: start the limited child, take its lines, end it when it takes too long."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Event, Timer
from typing import Any

from desktop_app.adapters.roster import limits
from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.domain.roster import RosterRow
from desktop_app.domain.roster_asides import Aside
from desktop_app.services.ports import RosterFile, RosterLook

_DIED = "表格超出读取的限度，已停止读取"
_DIED_REMEDY = "只留名册一张表，另存为 .xlsx 再导入"


def child_command() -> tuple[str, ...]:
    """How this installation starts its own child: an installed program has no Python beside it."""
    if getattr(sys, "frozen", False):
        return (sys.executable, limits.READ_ROSTER)
    return (sys.executable, "-I", "-c",
            "import sys; sys.path[:0] = [sys.argv.pop(1)];"
            "from desktop_app.adapters.roster.child import run; run()",
            str(Path(__file__).resolve().parents[3]))


class ChildRosterReader:
    """Reads rosters in a child process; keeps ``services.ports.RosterReader``."""

    def __init__(
        self, command: Sequence[str] | None = None, wall_seconds: float = limits.WALL_SECONDS
    ) -> None:
        self._command = tuple(command) if command is not None else child_command()
        self._wall_seconds = wall_seconds

    def read(
        self,
        path: Path,
        options: Mapping[str, object],
        *,
        progress: Callable[[int], None] | None = None,
        cancelled: Event | None = None,
    ) -> RosterFile:
        """The file's rows. Raises InputError saying why it is refused, in seconds at most."""
        return self._collect(path, options, progress, cancelled).result()

    def look(self, path: Path, options: Mapping[str, object]) -> RosterLook:
        """The beginning of a file, to choose an encoding or columns by. Raises InputError."""
        return self._collect(path, {**options, "look": True}, None, None).beginning()

    def _collect(
        self,
        path: Path,
        options: Mapping[str, object],
        progress: Callable[[int], None] | None,
        cancelled: Event | None,
    ) -> _Messages:
        if not path.is_file():
            raise InputError(f"没有这个文件：{path.name}", "核对文件夹和文件名")
        with tempfile.TemporaryDirectory(prefix="luohu-") as folder:
            return self._listen(path.resolve(), options, folder, progress, cancelled)

    def _listen(
        self,
        path: Path,
        options: Mapping[str, object],
        folder: str,
        progress: Callable[[int], None] | None,
        cancelled: Event | None,
    ) -> _Messages:
        child = self._start(path, options, folder)
        overdue = Timer(self._wall_seconds, child.kill)
        overdue.start()
        messages = _Messages(path.name)
        try:
            assert child.stdout is not None
            for line in child.stdout:
                if cancelled is not None and cancelled.is_set():
                    raise InputError("已取消读取", "没有写入任何数据")
                messages.take(line)
                if progress is not None:
                    progress(len(messages.rows))
        finally:
            overdue.cancel()
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        return messages

    def _start(
        self, path: Path, options: Mapping[str, object], folder: str
    ) -> subprocess.Popen[bytes]:
        quiet = {key: value for key, value in os.environ.items() if key in _KEPT}
        try:
            return subprocess.Popen(
                [*self._command, str(path), json.dumps(dict(options))],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={**quiet, "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=hasattr(signal, "SIGKILL"),
            )
        except OSError as failure:
            raise Unavailable("启动不了读表程序", "重新启动本程序再试") from failure


_NONE: frozenset[str] = frozenset()
_KEPT = frozenset({"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONHOME"})


class _Messages:
    """What the child said so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._head: dict[str, Any] | None = None
        self._look: dict[str, Any] | None = None
        self._columns: tuple[str, ...] = ()
        self._count: int | None = None
        self._asides: tuple[Aside, ...] = ()
        self._others: tuple[str, ...] = ()
        self.rows: list[RosterRow] = []

    def take(self, line: bytes) -> None:
        """One line of the child. Raises InputError when it says the file is refused."""
        message = json.loads(line)
        if "refused" in message:
            raise InputError(message["refused"], message["remedy"], field=message["code"])
        if "rows" in message:
            columns = self._columns
            self.rows.extend(
                RosterRow(
                    number,
                    {column: text for column, text in zip(columns, cells, strict=True) if text},
                    frozenset(columns[place] for place in rounded) if rounded else _NONE,
                )
                for number, cells, rounded in message["rows"]
            )
        elif "look" in message:
            self._look = message["look"]
        elif "count" in message:
            self._count = message["count"]
            self._asides = tuple(Aside(*aside) for aside in message["asides"])
        elif "others" in message:
            self._others = tuple(message["others"])
        else:
            self._head = message
            self._columns = tuple(message["columns"])

    def result(self) -> RosterFile:
        """The whole file; InputError when the child ended before it had said everything."""
        if self._head is None or self._count is None:
            raise InputError(_DIED, _DIED_REMEDY, field="not_a_roster")
        head = self._head
        return RosterFile(
            name=self._name,
            sheet=head["sheet"],
            heading_row=head["heading_row"],
            headings=tuple(head["headings"]),
            columns=head["columns"],
            titles=tuple(head["titles"]),
            rows=tuple(self.rows),
            sha256=head["sha256"],
            hidden=tuple(head["hidden"]),
            others=self._others,
            asides=self._asides,
        )

    def beginning(self) -> RosterLook:
        """What was seen of the file; InputError when the child ended before it had looked."""
        if self._look is None:
            raise InputError(_DIED, _DIED_REMEDY, field="not_a_roster")
        found = self._look
        return RosterLook(
            sheets=tuple(found.get("sheets", ())),
            hidden=tuple(found.get("hidden", ())),
            sheet=found.get("sheet", ""),
            rows=_frozen(found.get("rows", ())),
            encodings={
                name: _frozen(rows) for name, rows in found.get("encodings", {}).items()
            },
        )


def _frozen(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
