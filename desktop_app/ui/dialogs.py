"""Questions that stop the work: few, plain, and safe by default.

Pages take ``Ask`` by constructor; tests answer it from a script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.widgets.ask_dialog import AskDialog


@dataclass(frozen=True)
class Option:
    """One answer: an id, words on the button, and the letter that gives it."""

    id: str
    label: str
    letter: str = ""
    dangerous: bool = False


@dataclass(frozen=True)
class FileKind:
    """What a file dialog offers: 名册 with endings ``xlsx``, ``csv``."""

    label: str
    endings: tuple[str, ...]


RECORD = "记录原因"


class Ask(Protocol):
    """How a page asks a person."""

    def confirm(
        self, title: str, text: str, *, yes: str, letter: str = "Y", no: str = "返回"
    ) -> bool:
        """Whether to do something that cannot be undone; only the letter says yes."""

    def choose(self, title: str, text: str, options: Sequence[Option]) -> str | None:
        """The id of the answer given, None for leaving things as they are."""

    def reason(self, title: str, text: str, *, done: str = RECORD) -> str | None:
        """Words for a question, never empty; None for leaving things as they are.

        ``done`` stands on the button that takes them.
        """

    def warn(self, title: str, text: str, remedy: str = "") -> None:
        """Say something that has to be read before going on."""

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """A file to read."""

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """A file to write."""

    def folder(self, title: str) -> Path | None:
        """A folder."""


class QtAsk:
    """Ask by dialogs over the window."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def confirm(
        self, title: str, text: str, *, yes: str, letter: str = "Y", no: str = "返回"
    ) -> bool:
        """See Ask.confirm."""
        options = [Option("yes", yes, letter, dangerous=True)]
        return self._run(AskDialog(title, text, _rows(options), no, self._parent)) == "yes"

    def choose(self, title: str, text: str, options: Sequence[Option]) -> str | None:
        """See Ask.choose."""
        return self._run(AskDialog(title, text, _rows(options), "返回", self._parent))

    def reason(self, title: str, text: str, *, done: str = RECORD) -> str | None:
        """See Ask.reason."""
        label = "原因" if done == RECORD else title
        dialog = AskDialog(title, text, _rows([Option("ok", done, "Ctrl+Enter")]), "返回",
                           self._parent, reason_label=label)
        return dialog.reason() if self._run(dialog) == "ok" else None

    def warn(self, title: str, text: str, remedy: str = "") -> None:
        """See Ask.warn."""
        words = f"{text}\n{remedy}" if remedy else text
        self._run(AskDialog(title, words, (), "知道了", self._parent))

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """See Ask.open_file."""
        name, _ = QFileDialog.getOpenFileName(self._parent, title, "", _filters(kinds))
        return Path(name) if name else None

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """See Ask.save_file."""
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, name, _filters(kinds))
        return Path(chosen) if chosen else None

    def folder(self, title: str) -> Path | None:
        """See Ask.folder."""
        name = QFileDialog.getExistingDirectory(self._parent, title)
        return Path(name) if name else None

    @staticmethod
    def _run(dialog: AskDialog) -> str | None:
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer()


def _rows(options: Sequence[Option]) -> tuple[tuple[str, str, str, bool], ...]:
    return tuple((o.id, o.label, o.letter, o.dangerous) for o in options)


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(
        f"{kind.label} ({' '.join(f'*.{ending}' for ending in kind.endings)})" for kind in kinds
    )
