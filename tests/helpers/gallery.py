"""Every component as pictures: ``python -m tests.helpers.gallery OUT [SIZE]``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.ui import fonts
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.widgets.focus import FocusKeeper
from tests.helpers.samples import SAMPLES

_WIDTHS = {"rail": 240, "verdicts": 1300, "notice": 720, "materials": 420, "preview": 560,
           "badges": 1360, "status_bar": 1366, "action_bar": 1366}


def paint(app: QApplication, look: Look, out: Path, scale: Scale) -> None:
    """Write one picture for each sample in one text size."""
    look.apply(scale)
    keeper = FocusKeeper(app)
    for name, make in SAMPLES.items():
        host = QWidget()
        host.setObjectName("window")
        column = QVBoxLayout(host)
        sample = make()
        sample.setWindowFlags(Qt.WindowType.Widget)
        column.addWidget(sample)
        width = _WIDTHS.get(name, 1100)
        host.resize(width, 100)
        host.show()
        app.processEvents()
        host.resize(width, max(host.heightForWidth(width), host.minimumSizeHint().height(), 60))
        host.activateWindow()
        if not host.focusWidget():
            host.focusNextChild()
        app.processEvents()
        host.grab().save(str(out / f"{name}-{scale.value}.png"))
        host.close()
        host.deleteLater()
    keeper.stop()


def main() -> None:
    """Paint all samples in all sizes, or the size named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    resources = Path(__file__).parents[2] / "resources"
    fonts.load_first(resources / "fonts")
    fonts.load_rest(resources / "fonts")
    look = Look(app, resources / "styles")
    wanted = [Scale(int(sys.argv[2]))] if len(sys.argv) > 2 else list(Scale)
    for scale in wanted:
        paint(app, look, out, scale)


if __name__ == "__main__":
    main()
