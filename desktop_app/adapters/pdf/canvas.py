"""ReportLab's canvas, set up for papers.

The same drawing gives the same bytes; no face is named that is not embedded; nothing in the file
states a time, for the renderer knows none.
"""

from __future__ import annotations

import zlib
from types import BuiltinFunctionType
from typing import Any

from reportlab.lib import rl_accel
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop_app.domain.errors import Unavailable

_VERSION = (1, 7)


def require_accelerator() -> None:
    """Raise Unavailable when ReportLab runs without its compiled part.

    It would draw all the same, but slowly, and round numbers in another way: the same paper would
    no longer be the same bytes on every machine.
    """
    if not isinstance(rl_accel.fp_str, BuiltinFunctionType):
        raise Unavailable("打印组件 rl_accel 没有装上", "重新安装程序")


class QuickFlate:
    """A stream filter of ReportLab: zlib at its quickest, half a millisecond less for a page."""

    pdfname = "FlateDecode"

    @staticmethod
    def encode(content: str | bytes) -> bytes:
        """The compressed stream."""
        return zlib.compress(content.encode("ascii") if isinstance(content, str) else content, 1)


def packed_stream(packed: bytes, **entries: object) -> Any:
    """A stream object whose content is compressed already."""
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode", **entries}), packed)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # ReportLab publishes no types
    """Title and producer; ReportLab would add its fixed day of 2000 and "anonymous"."""

    def format(self, document: Any) -> bytes:
        entries = {"Title": self.title, "Producer": self.producer}
        strings = {key: pdfdoc.PDFString(text) for key, text in entries.items()}
        words: bytes = pdfdoc.PDFDictionary(strings).format(document)
        return words


class PaperCanvas(Canvas):  # type: ignore[misc]  # ReportLab publishes no types
    """A canvas for pages of any size; ``getpdfdata`` gives the file."""

    def __init__(self, title: str = "") -> None:
        # Streams take the document's filter only when the canvas does not compress them itself.
        super().__init__(None, pageCompression=0, invariant=1, pdfVersion=_VERSION, lang="zh-CN")
        self.document = self._doc
        self.document.defaultStreamFilters = [QuickFlate]
        self.document.info = _Info()
        self._shared: dict[tuple[str, ...], object] = {}
        self.setTitle(title)
        self.setProducer("落户柜台")
        # Viewers must not shrink the page to fit: a millimetre on screen is one on paper.
        self.setViewerPreference("PrintScaling", "None")

    def _make_preamble(self) -> None:
        """Nothing: ReportLab would begin each page in a Helvetica that is not embedded."""
        self._preamble = ""

    @property
    def fonts(self) -> dict[str, object]:
        """The fonts of all pages by resource name, to be filled before the file is asked for."""
        found: dict[str, object] = self.document.idToObject[pdfdoc.BasicFonts].dict
        return found

    def operators(self) -> str:
        """What was drawn on the current page."""
        return "\n".join(self._code)

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """Close the page, pack it, and let it share its resources with pages of the same layers.

        ReportLab would keep all words until the end and write resources for each page: 250 MB for
        thirty thousand pages.
        """
        super().showPage()
        page = self.document.Pages.pages[-1]
        page.Contents = packed_stream(QuickFlate.encode(page.stream))
        page.stream = None
        layers = tuple(page.XObjects.dict) if page.XObjects else ()
        if layers not in self._shared:
            resources = pdfdoc.PDFResourceDictionary()
            resources.basicFonts()
            resources.basicProcs()
            if layers:
                resources.XObject = page.XObjects
            name = f"resources{len(self._shared)}"
            self._shared[layers] = self.document.Reference(resources, name)
        page.XObjects, page.Resources = None, self._shared[layers]

    def let_go(self) -> None:
        """Free the finished pages one by one.

        Thirty thousand of them freed in one go would hold every thread of the program, the
        window's too, for a tenth of a second.
        """
        pages, objects = self.document.Pages.pages, self.document.idToObject
        while pages:
            pages.pop()
        while objects:
            objects.popitem()
