"""A JSON file given on the command line: UTF-8, of a bearable size, no key twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from desktop_app.domain.errors import InputError, Unavailable


def read_json(path: Path, *, largest: int, unlike: str, shape: str) -> object:
    """What the file holds.

    ``largest`` is in bytes; ``unlike`` says what a larger file is not, ``shape`` what to write.
    Raises Unavailable for a file that cannot be read, InputError for any other fault.
    """
    try:
        if path.stat().st_size > largest:
            raise InputError(f"{path.name} 太大，{unlike}", shape)
        raw = path.read_bytes()
    except OSError:
        raise Unavailable(f"读不了 {path}", "检查文件是否存在、是否有权限") from None
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_twins)
    except (ValueError, RecursionError):
        raise InputError(f"{path.name} 不是 UTF-8 的 JSON", shape) from None


def _no_twins(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """A repeated key would let one answer hide another."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"{key} 写了两次", "每个键只写一次", field=key)
        found[key] = value
    return found
