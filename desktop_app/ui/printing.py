"""The printers of the machine: the kept bytes of a paper, page by page, true to size.

The PDF is turned into pictures by a rasteriser that the composition root hands in, because the
system's own PDF filters differ from station to station and may replace typefaces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop_app.domain.errors import Unavailable

DPI = 300
_MM = 25.4
Rasteriser = Callable[[bytes, int], Iterator[bytes]]
Progress = Callable[[int, int], None]


class QtPrinter:
    """Sends pages to a printer of the system. Used from a worker: painting blocks."""

    def __init__(self, pages: Rasteriser, *, to_file: str = "") -> None:
        """``to_file`` prints into a PDF file instead, for a station without a printer."""
        self._pages = pages
        self._to_file = to_file

    def names(self) -> tuple[str, ...]:
        """The printers that can be chosen, the system's own choice first."""
        names = list(QPrinterInfo.availablePrinterNames())
        default = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(names, key=lambda name: name != default))

    def send(
        self, pdf: bytes, *, printer: str, copies: int = 1, progress: Progress | None = None
    ) -> None:
        """Print and return when the system took it over. Raises Unavailable with the remedy."""
        images = [self._image(png) for png in self._pages(pdf, DPI)]
        device = self._device(printer)
        device.setCopyCount(copies)
        painter = QPainter()
        try:
            for index, image in enumerate(images):
                if progress is not None:
                    progress(index, len(images))
                self._page(device, painter, image, first=index == 0)
        except BaseException:
            device.abort()
            raise
        finally:
            if painter.isActive():
                painter.end()
        if progress is not None:
            progress(len(images), len(images))
        if device.printerState() == QPrinter.PrinterState.Error:
            raise _gone(printer)

    def _image(self, png: bytes) -> QImage:
        image = QImage.fromData(png)
        if image.isNull():
            raise Unavailable("文书的页面画不出来", "文书已保存，按 Ctrl+P 再打一次")
        return image

    def _device(self, printer: str) -> QPrinter:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._to_file:
            device.setOutputFileName(self._to_file)
        else:
            names = self.names()
            if not names:
                raise Unavailable("本机没有打印机", "接好打印机后按 Ctrl+P，文书已保存")
            if printer and printer not in names:
                raise _gone(printer)
            device.setPrinterName(printer or names[0])
        device.setResolution(DPI)
        device.setFullPage(True)
        return device

    def _page(
        self, device: QPrinter, painter: QPainter, image: QImage, *, first: bool
    ) -> None:
        size = QSizeF(image.width() * _MM / DPI, image.height() * _MM / DPI)
        portrait = size.width() <= size.height()
        sheet = QPageSize(size if portrait else size.transposed(), QPageSize.Unit.Millimeter)
        turned = QPageLayout.Orientation.Portrait if portrait else QPageLayout.Orientation.Landscape
        device.setPageLayout(QPageLayout(sheet, turned, QMarginsF(0, 0, 0, 0)))
        started = painter.begin(device) if first else device.newPage()
        if not started:
            raise _gone(device.printerName())
        painter.drawImage(QRect(0, 0, image.width(), image.height()), image)


def _gone(printer: str) -> Unavailable:
    return Unavailable(
        f"打印机“{printer}”没有应答", "查电源和连线后按 Ctrl+P，文书已保存"
    )
