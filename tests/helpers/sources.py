"""The program's own source as syntax trees, and the questions the architecture asks of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desktop_app"


@dataclass(frozen=True)
class Source:
    """One module: its path inside the package (``domain/case.py``) and its tree."""

    path: str
    tree: ast.Module

    def under(self, *folders: str) -> bool:
        """Say whether the module lies in one of these folders of the package."""
        return any(self.path.startswith(f"{folder}/") for folder in folders)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of everything imported, ``from a import b`` as ``a.b``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield node.lineno, f"{node.module}.{alias.name}"

    def calls(self) -> Iterator[tuple[int, str, ast.Call]]:
        """Yield line, name and node of every call; ``a.b()`` is ``a.b``, ``f().b()`` is ``.b``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, dotted(node.func), node


def dotted(node: ast.expr) -> str:
    """Return the dotted name of an expression as far as it has one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def parse(path: str, text: str) -> Source:
    """Read one module from its text."""
    return Source(path, ast.parse(text, path))


@cache
def program() -> tuple[Source, ...]:
    """Read every module of the program, once."""
    return tuple(
        parse(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    )
