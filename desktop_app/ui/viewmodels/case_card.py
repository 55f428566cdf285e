"""An identity card laid on the reader, beside what a case already says."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import field
from desktop_app.services.desk import Desk
from desktop_app.services.ports import CardData
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.viewmodels.words import card_answers

NUMBER = "applicant.citizen_id"


def from_card(desk: Desk, card: CardData, sheet: CaseSheet) -> tuple[dict[str, str], list[str]]:
    """What the card adds to a case, and the fields where it says otherwise.

    Raises InputError for the card of another person: nothing of it is taken.
    """
    told = _fitting(desk, card_answers(card), sheet)
    held = sheet.case.answers
    other = [k for k, v in told.items() if held.get(k) and held[k] != v]
    if NUMBER in other:
        raise InputError("证件与已填的身份号码不同", "核对是否同一人，换人按 F2", field=NUMBER)
    return {k: v for k, v in told.items() if not held.get(k)}, other


def differs(fields: list[str]) -> InputError:
    """Words for fields where the card says otherwise."""
    labels = "、".join(field(field_id).label for field_id in fields)
    return InputError(f"证件与已填的不一致：{labels}", "对照证件核对后再改")


def _fitting(desk: Desk, words: Mapping[str, str], sheet: CaseSheet) -> dict[str, str]:
    asked = set(sheet.procedure.fields)
    found = {}
    for field_id, text in words.items():
        canonical, problem = desk.check(field_id, text)
        if field_id in asked and (problem is None or not problem.blocks):
            found[field_id] = canonical
    return found
