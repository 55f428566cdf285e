"""A file written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from desktop_app.domain.errors import Unavailable


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, sync, then rename. Raises Unavailable; nothing is left behind."""
    made = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".luohu-", delete=False) as file:
            made = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, path)
    except OSError as failure:
        if made:
            Path(made).unlink(missing_ok=True)
        remedy = "检查文件夹权限和磁盘空间，或换一个位置"
        raise Unavailable(f"写不了 {path.name}", remedy) from failure
