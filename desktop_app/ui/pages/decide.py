"""Asking for the password and the reason before a decision; shared by 办结 and 审批."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.case import Action
from desktop_app.domain.errors import CounterError
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.decision import DecisionModel
from desktop_app.ui.widgets.reauth_dialog import ReAuthDialog

ASKS_PASSWORD = (Action.APPROVE, Action.REJECT)
ASKS_REASON = (Action.REJECT, Action.SEND_BACK)


class Decider(QObject):
    """Runs a decision from the key to the record."""

    def __init__(
        self, model: DecisionModel, ask: Ask, jobs: Jobs, over: QWidget,
        done: Callable[[Action], None],
    ) -> None:
        """``over`` is the page, ``done`` is called after each decision that was recorded."""
        super().__init__(over)
        self._model, self._ask, self._jobs = model, ask, jobs
        self._over, self._done = over, done

    def decide(self, action: Action) -> None:
        """Ask what the decision needs and record it."""
        if self._model.sheet is None:
            return
        reason = ""
        if action in ASKS_REASON:
            name = self._model.sheet.procedure.title
            reason = self._ask.reason(action.label, f"{name}。写明理由，申请人和日志都看得到") or ""
            if not reason:
                return
        password = ""
        if action in ASKS_PASSWORD and self._model.asks_password:
            taken = ask_password(self._model.counter, self._jobs, action.label, self._over)
            if taken is None:
                return
            password = taken
        if self._model.decide(action, password=password, reason=reason):
            self._done(action)


def ask_password(counter: Counter, jobs: Jobs, purpose: str, over: QWidget) -> str | None:
    """The password, checked in a worker so that the window stays alive; None to leave."""
    dialog = ReAuthDialog(counter.operator.name, purpose, over)
    found: list[str] = []

    def submitted(password: str) -> None:
        def work(_: Progress) -> bool:
            return counter.check_password(password)

        def done(right: bool) -> None:
            if right:
                found.append(password)
                dialog.accept()
            else:
                dialog.refuse("口令不对，再录一次")

        def failed(error: Exception) -> None:
            words = str(error) if isinstance(error, CounterError) else "口令没能核对，再录一次"
            dialog.refuse(words)
        jobs.run(work, done=done, failed=failed)
    dialog.submitted.connect(submitted)
    dialog.exec()
    dialog.deleteLater()
    return found[0] if found else None
