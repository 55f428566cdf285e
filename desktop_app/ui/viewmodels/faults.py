"""Everything to mend on a case before it can go on, in the order of its form."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.fields import field
from desktop_app.domain.rules import CONSENT
from desktop_app.services.desk import Desk
from desktop_app.services.sheets import CaseSheet, Problem


def faults_of(desk: Desk, sheet: CaseSheet, raw: Mapping[str, str]) -> tuple[Problem, ...]:
    """Words that were refused, blanks, then what the services found; one for each field."""
    found: list[Problem] = []
    for field_id, text in raw.items():
        _, problem = desk.check(field_id, text)
        if problem is not None and problem.blocks:
            found.append(problem)
    told = {problem.field for problem in found}
    for field_id in sheet.missing_fields:
        if field_id not in told and field_id != CONSENT:
            found.append(Problem(
                "missing_value", f"填写{field(field_id).label}", "", field=field_id
            ))
            told.add(field_id)
    found.extend(p for p in sheet.problems if p.field not in told or not p.field)
    order = {field_id: place for place, field_id in enumerate(sheet.procedure.fields)}
    return tuple(sorted(found, key=lambda p: order.get(p.field, len(order))))
