"""Some pages of a kept paper, as they are: for a printer that stopped in the middle."""

from __future__ import annotations

import io

from desktop_app.adapters.pdf.raster import opened
from desktop_app.domain.errors import Unavailable


def pages_of(pdf: bytes, first: int, last: int) -> bytes:
    """The pages from ``first`` to ``last`` (from 1, both included) as a file of their own.

    Raises Unavailable for pages that are not there.
    """
    import pypdfium2  # loads a library of 7 MB that only previews and prints need

    with opened(pdf) as document:
        if not 1 <= first <= last <= len(document):
            raise Unavailable(f"没有第 {first} 至 {last} 页，共 {len(document)} 页", "核对页码")
        part = pypdfium2.PdfDocument.new()
        try:
            part.import_pages(document, list(range(first - 1, last)))
            stream = io.BytesIO()
            part.save(stream)
        finally:
            part.close()
    return stream.getvalue()
