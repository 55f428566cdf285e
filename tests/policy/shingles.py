"""Fingerprints of a text: enough to notice its words elsewhere, too little to read them.

The policy's sentences are not part of this repository. Its fingerprints are, so that a test can
notice a sentence that was copied instead of explained. Made anew from the text by

    python -m tests.policy.shingles TEXT.txt > tests/policy/dazhengbanfa-2017-61.shingles
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

#: So many Chinese characters in a row, marks and blanks left out, are a quotation.
RUN = 13
_BYTES = 5


def han(text: str) -> str:
    """The Chinese characters of a text and nothing between them."""
    return "".join(char for char in text if "\u3400" <= char <= "\u9fff")


def runs(text: str) -> Iterator[str]:
    """Every run of RUN characters."""
    plain = han(text)
    return (plain[start:start + RUN] for start in range(len(plain) - RUN + 1))


def fingerprint(run: str) -> str:
    """The first bytes of its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(run.encode()).hexdigest()[: 2 * _BYTES]


if __name__ == "__main__":
    words = Path(sys.argv[1]).read_text("utf-8")
    print("\n".join(sorted({fingerprint(run) for run in runs(words)})))
