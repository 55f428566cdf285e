"""Small turnings of frozen sheets into the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.facts import FACTS
from desktop_app.domain.legal import Citation
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.services.ports import CardData


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


def cites(book: PolicyBook, citations: Sequence[Citation]) -> str:
    """Citations as a clerk reads them: 大政办发〔2017〕61号 二(三)、三(十); each document once."""
    clauses: dict[str, list[str]] = {}
    for citation in citations:
        name, _, clause = book.label(citation).rpartition(" ")
        clauses.setdefault(name, []).append(clause)
    return "；".join(f"{name} {'、'.join(found)}".strip() for name, found in clauses.items())


def fact_labels(facts: Sequence[str]) -> str:
    """Facts by their nouns."""
    return "、".join(FACTS[fact].label if fact in FACTS else fact for fact in facts)


def grouped_id(number: str) -> str:
    """A citizen number in groups of six, eight and four."""
    return f"{number[:6]} {number[6:14]} {number[14:]}" if len(number) == 18 else number
