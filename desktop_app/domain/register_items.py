"""What asks for each field of the register (登记项目的依据), so that a notice can cite it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.legal import Citation


@dataclass(frozen=True)
class RegisterItem:
    """One field that has to be filled in, and what asks for it.

    ``cites`` are the clauses of the field itself; ``decides`` names facts that follow from it, so
    that rules which read those facts ask for it too. ``why`` is one line for the notice,
    ``source`` where this was taken from.
    """

    field: str
    cites: tuple[Citation, ...]
    decides: tuple[str, ...]
    why: str
    source: str
