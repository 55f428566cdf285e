"""Small turnings of frozen sheets into the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FieldDef, FieldKind
from desktop_app.services.ports import CardData
from desktop_app.ui.widgets.words import grouped_phone


def card_answers(card: CardData) -> Mapping[str, str]:
    """What an identity card answers, as words to be parsed like typed ones."""
    return {
        "applicant.citizen_id": card.citizen_id,
        "applicant.name": card.name,
        "applicant.sex": card.sex,
        "applicant.ethnicity": card.ethnicity,
        "applicant.birth_date": card.birth_date.isoformat(),
        "applicant.hukou_address": card.address,
    }


def days_words(days_left: int) -> str:
    """Working days to the due day, or since it."""
    if days_left < 0:
        return f"已超期 {-days_left} 个工作日"
    return f"还有 {days_left} 个工作日" if days_left else "当日办结"


def fact_labels(facts: Sequence[str]) -> str:
    """Facts by their nouns."""
    return "、".join(FACTS[fact].label if fact in FACTS else fact for fact in facts)


def as_read(field: FieldDef, words: str) -> str:
    """The words of an answer as they are read aloud: a telephone number in groups."""
    return grouped_phone(words) if field.kind is FieldKind.PHONE else words
