"""Marked names and numbers, and the hunt for them in files in every dress they could wear."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from desktop_app.domain.citizen_id import synthetic

NAME = "试金丝雀样"
NUMBER = synthetic("210283", date(1978, 3, 15), 777).text
ADDRESS = "样板市金丝雀街七百七十七号"
CANARIES = (NAME, NUMBER, ADDRESS)


def dresses(text: str) -> tuple[bytes, ...]:
    """The text as UTF-8, UTF-16, GB 18030, escaped as in JSON, and base64 at each offset."""
    plain = text.encode("utf-8")
    shifted = [base64.b64encode(bytes(shift) + plain)[4:-4] for shift in range(3)]
    return (
        plain,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode("gb18030"),
        text.encode("unicode_escape"),
        *shifted,
    )


def hunt(folders: Iterable[Path], texts: Iterable[str] = CANARIES) -> dict[str, int]:
    """How often any dress of any text is found, by file."""
    wanted = {dress for text in texts for dress in dresses(text)}
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                hits = sum(data.count(dress) for dress in wanted)
                if hits:
                    found[str(path)] = hits
    return found
