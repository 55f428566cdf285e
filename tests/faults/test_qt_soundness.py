"""The window toolkit does not undo the interpreter (R14).

PySide6 6.12.0 gives back a reference to ``None`` it never took, once per void call: on Python
before 3.12 the count runs out after some five thousand calls and the process dies. The pin in
``pyproject.toml`` avoids it; this test would notice another release that does the same.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.helpers.sources import ROOT
from tests.helpers.tiers import times

SOUND = ("6.9.3", "6.9.3")
"""PySide6 and shiboken6 as measured; they only work as a pair."""

CALLS = times(100_000, 1_000_000)
DRIFT_ALLOWED = 50

PROBE = f"""
import json, sys
import PySide6, shiboken6
from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

class Source(QObject):
    said = Signal(object)

app = QApplication([])
label, edit, box, timer, source = QLabel(), QLineEdit(), QWidget(), QTimer(), Source()
item, model = QStandardItem("a"), QStandardItemModel(1, 1)
source.said.connect(lambda word: None)
void = [
    lambda i: label.setText("a"), lambda i: label.setEnabled(bool(i & 1)),
    lambda i: edit.setText("b"), lambda i: edit.clear(), lambda i: edit.blockSignals(True),
    lambda i: box.setProperty("role", "x"), lambda i: box.setGeometry(QRect(0, 0, 9, 9)),
    lambda i: box.update(), lambda i: timer.setInterval(i % 1000 + 1),
    lambda i: source.said.emit(i), lambda i: item.setText("c"),
    lambda i: model.setRowCount(i % 5),
]
def work(calls):
    for i in range(calls):
        void[i % len(void)](i)
work(1000)
before = sys.getrefcount(None)
work({CALLS})
drift = sys.getrefcount(None) - before
print(json.dumps({{"pair": [PySide6.__version__, shiboken6.__version__], "drift": drift}}))
"""


def test_void_calls_leave_none_alone() -> None:
    """In a process of its own: a fault here would take the whole suite with it."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert tuple(seen["pair"]) == SOUND
    assert abs(seen["drift"]) <= DRIFT_ALLOWED
