"""What independent readers make of our PDFs: PDFium, and pdftotext where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2

PDFTOTEXT = shutil.which("pdftotext")
QPDF = shutil.which("qpdf")


def page_text(pdf: bytes, page: int = 0) -> str:
    """The text layer of a page, line breaks and spaces left out."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    text = sheet.get_textpage()
    words = text.get_text_range()
    text.close()
    sheet.close()
    document.close()
    return "".join(str(words).split())


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Width and height of a page (from 0) in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document.get_page_size(page)
    document.close()
    return width * 25.4 / 72, height * 25.4 / 72


def poppler_text(pdf: bytes, folder: Path) -> str:
    """The text of all pages by pdftotext, without white space."""
    file = folder / "text.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([str(PDFTOTEXT), "-raw", str(file), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode("utf-8").split())


def page_grey(pdf: bytes, page: int = 0, dpi: float = 72) -> tuple[int, int, bytes]:
    """A page as (width, height, grey pixels row by row)."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    bitmap = sheet.render(scale=dpi / 72, grayscale=True)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    bitmap.close()
    sheet.close()
    document.close()
    return width, height, b"".join(raw[y * stride : y * stride + width] for y in range(height))


def image_count(pdf: bytes) -> int:
    """How many pictures a file holds; raw bytes count too, so that none hides."""
    document = pypdfium2.PdfDocument(pdf)
    found = 0
    for sheet in document:
        objects = sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)
        found += sum(1 for _ in objects)
        sheet.close()
    document.close()
    return found + pdf.count(b"/Subtype /Image")
