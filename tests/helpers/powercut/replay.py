"""What a disk holds when the power goes after any recorded call.

The model of the disk: a file has the bytes the program sees and the bytes that survive; a sync of
the file carries the first over to the second. Names live in the folder's own log, which survives
in order: syncing the folder carries all of it, syncing a file carries it up to the making of that
file (as ext4 and NTFS journal their metadata). Three ways to end:

* ``kill``: the program dies, the system goes on: everything it wrote is there;
* ``cut``: the power goes: only what was synced is there;
* ``torn``: the power goes while the disk was writing by itself: of the unsynced writes any 512-byte
  sectors, of the names any beginning of the log.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
ACKNOWLEDGED = "acknowledged"
_HEAD = struct.Struct("<cIQII")


@dataclass(frozen=True)
class Call:
    """One recorded call."""

    kind: str
    serial: int
    offset: int
    first: bytes
    second: str

    @property
    def path(self) -> str:
        """The first text as a path."""
        return self.first.decode("utf-8")


@dataclass(frozen=True)
class Image:
    """What the disk holds, by file name, and how many acts had been acknowledged by then.

    ``print`` is the same for images that are the same to the last byte and promise the same.
    """

    way: str
    after: int
    acknowledged: int
    files: Mapping[str, bytes]
    print: int


@dataclass
class _Change:
    """A write, or a new length when ``data`` is None."""

    offset: int
    data: bytes | None

    def apply(self, content: bytearray) -> None:
        if self.data is None:
            _resize(content, self.offset)
            return
        if len(content) < self.offset:
            _resize(content, self.offset)
        content[self.offset : self.offset + len(self.data)] = self.data

    def sectors(self) -> Iterator[_Change]:
        """The parts that a disk writes in one go, or not at all."""
        if self.data is None:
            yield self
            return
        start = self.offset
        while start < self.offset + len(self.data):
            end = min((start // SECTOR + 1) * SECTOR, self.offset + len(self.data))
            yield _Change(start, self.data[start - self.offset : end - self.offset])
            start = end


@dataclass
class _File:
    """What the program sees, what survives, and what lies between them."""

    seen: bytearray
    kept: bytearray
    pending: list[_Change] = field(default_factory=list)

    def change(self, change: _Change) -> None:
        change.apply(self.seen)
        self.pending.append(change)

    def sync(self) -> None:
        for change in self.pending:
            change.apply(self.kept)
        self.pending.clear()

    def torn(self, chance: random.Random) -> bytes:
        content = bytearray(self.kept)
        for change in self.pending:
            for sector in change.sectors():
                if chance.random() < 0.5:
                    sector.apply(content)
        return bytes(content)


@dataclass(frozen=True)
class _Naming:
    """One entry of the folder's log: a name begins, ends, or moves."""

    kind: str
    path: str
    file: _File | None = None
    target: str = ""

    def apply(self, names: dict[str, _File]) -> None:
        if self.file is not None:
            names[self.path] = self.file
        elif self.kind == "R":
            names[self.target] = names.pop(self.path)
        else:
            names.pop(self.path, None)


class Disk:
    """The files below one folder, as the program sees them and as they would survive."""

    def __init__(self, root: Path, before: Mapping[str, bytes]) -> None:
        self._root = root
        self._names: dict[str, _File] = {}
        self._kept_names: dict[str, _File] = {}
        self._log: list[_Naming] = []
        self._open: dict[int, _File | None] = {}
        self._acks: set[int] = set()
        self.acknowledged = 0
        for name, data in before.items():
            file = _File(bytearray(data), bytearray(data))
            self._names[str(root / name)] = self._kept_names[str(root / name)] = file

    def take(self, call: Call) -> None:
        """Follow one call."""
        if call.kind in "OD":
            self._opened(call)
        elif call.kind == "U":
            self._named(_Naming("U", call.path))
        elif call.kind == "R":
            self._named(_Naming("R", call.path, target=call.second))
        elif call.serial in self._acks:
            if call.kind == "W":
                self.acknowledged = int(call.first.split()[-1])
        else:
            self._changed(call)

    def _opened(self, call: Call) -> None:
        if call.kind == "D":
            self._open[call.serial] = None
            return
        if Path(call.path).name == ACKNOWLEDGED:
            self._acks.add(call.serial)
            return
        if call.path not in self._names:
            self._named(_Naming("O", call.path, _File(bytearray(), bytearray())))
        self._open[call.serial] = self._names[call.path]

    def _named(self, naming: _Naming) -> None:
        naming.apply(self._names)
        self._log.append(naming)

    def _changed(self, call: Call) -> None:
        file = self._open[call.serial]
        if call.kind == "S":
            self._synced(file)
        elif file is not None:
            file.change(_Change(call.offset, call.first if call.kind == "W" else None))

    def _synced(self, file: _File | None) -> None:
        carried = len(self._log)  # a folder
        if file is not None:
            file.sync()
            made = [at for at, naming in enumerate(self._log, 1) if naming.file is file]
            carried = made[-1] if made else 0
        for naming in self._log[:carried]:
            naming.apply(self._kept_names)
        del self._log[:carried]

    def killed(self) -> dict[str, bytes]:
        """Everything the program wrote."""
        return self._files({path: bytes(file.seen) for path, file in self._names.items()})

    def cut(self) -> dict[str, bytes]:
        """Only what was synced."""
        return self._files({path: bytes(file.kept) for path, file in self._kept_names.items()})

    def torn(self, chance: random.Random) -> dict[str, bytes]:
        """What was synced, and at random some of the rest."""
        names = dict(self._kept_names)
        for naming in self._log[: chance.randint(0, len(self._log))]:
            naming.apply(names)
        return self._files({path: file.torn(chance) for path, file in names.items()})

    def _files(self, by_path: Mapping[str, bytes]) -> dict[str, bytes]:
        return {str(Path(path).relative_to(self._root)): data for path, data in by_path.items()}


def read_log(path: Path) -> Iterator[Call]:
    """The recorded calls, in order; a record cut short by a kill ends them."""
    data = path.read_bytes()
    at = 0
    while at + _HEAD.size <= len(data):
        kind, serial, offset, first, second = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if at + first + second > len(data):
            return
        middle = at + first
        yield Call(
            kind.decode("ascii"),
            serial,
            offset,
            data[at:middle],
            data[middle : middle + second].decode("utf-8"),
        )
        at = middle + second


def images(
    root: Path, before: Mapping[str, bytes], log: Path, *, tears: int, seed: int
) -> Iterator[Image]:
    """The images after every call: one killed, one cut, ``tears`` torn ones."""
    disk = Disk(root, before)
    chance = random.Random(seed)
    for after, call in enumerate(read_log(log), 1):
        disk.take(call)
        drawn = [("kill", disk.killed()), ("cut", disk.cut())]
        drawn += [("torn", disk.torn(chance)) for _ in range(tears)]
        for way, files in drawn:
            same = hash((disk.acknowledged, tuple(sorted(files.items()))))
            yield Image(way, after, disk.acknowledged, files, same)


def _resize(content: bytearray, length: int) -> None:
    if length < len(content):
        del content[length:]
    else:
        content.extend(bytes(length - len(content)))
