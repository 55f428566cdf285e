"""Pages as pictures, from the very bytes that are printed: for the preview and the printer."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desktop_app.domain.errors import Unavailable

# PDFium may be entered by one thread at a time in the whole process; previews and prints share it.
_PDFIUM = threading.Lock()


def page_count(pdf: bytes) -> int:
    """How many pages the file has. Raises Unavailable when it is no PDF."""
    with opened(pdf) as document:
        return len(document)


def page_png(pdf: bytes, page: int, dpi: float = 150) -> bytes:
    """One page (from 0) as a greyscale PNG picture at so many dots per inch.

    Raises Unavailable when the file is no PDF or has no such page.
    """
    with opened(pdf) as document:
        if not 0 <= page < len(document):
            raise Unavailable(f"文件没有第 {page + 1} 页", "关闭预览后重新打开")
        sheet = document[page]
        bitmap = sheet.render(scale=dpi / 72, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        pixels = bytes(bitmap.buffer)
        bitmap.close()
        sheet.close()
    rows = b"".join(b"\0" + pixels[y * stride : y * stride + width] for y in range(height))
    return _png(width, height, rows)


def _png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG file (ISO/IEC 15948) of 8-bit grey rows, each led by its filter byte."""
    header = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document, while nobody else is in PDFium. Raises Unavailable when it is no PDF."""
    import pypdfium2  # loads a library of 7 MB that only previews and prints need

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise Unavailable("保存的文件不是完整的 PDF", "从备份恢复后再看") from None
        try:
            yield document
        finally:
            document.close()
