"""是 or 否 by 1 or 2, s or f."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.messages import Check, no_check
from desktop_app.ui.widgets.pick_edit import PickEdit

YES_NO = (
    Choice("true", "是", "s", "shi"),
    Choice("false", "否", "f", "fou"),
)


class YesNo(PickEdit):
    """A truth; ``text()`` is ``true``, ``false`` or empty while nobody has said."""

    def __init__(
        self, field_id: str, label: str, *, check: Check = no_check, optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            field_id, label, YES_NO, check=check, optional=optional, parent=parent
        )

    def value(self) -> bool | None:
        """The answer, or None while there is none."""
        return {"true": True, "false": False}.get(self.text())
