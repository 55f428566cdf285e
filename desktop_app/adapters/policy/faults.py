"""What is wrong with a policy package: every fault at once, each with file, line, id, reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.errors import CounterError


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the file (relative), its line from 1, the id of the entry, and the reason."""

    file: str
    line: int
    id: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.line} 行"
        return f"{where} {self.id}：{self.reason}" if self.id else f"{where}：{self.reason}"


class PolicyFaults(CounterError):
    """The package cannot be used; ``faults`` are all of them, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        first = f"：{self.faults[0]}" if self.faults else ""
        super().__init__(f"政策包有 {len(self.faults)} 处错误{first}", "按行号改正后重新装入")
