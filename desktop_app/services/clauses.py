"""The clauses behind every rule (政策依据): our headings, and the text the station imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.domain.errors import Missing
from desktop_app.domain.legal import Citation
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.services.sheets import ClauseSheet

#: The text of a clause as the station imported it, or None while it has not.
TextOf = Callable[[Citation], str | None]


class Clauses:
    """Opens a clause by its reference ``document#clause``."""

    def __init__(self, book: PolicyBook, text_of: TextOf) -> None:
        self._book = book
        self._text_of = text_of

    def sheet(self, ref: str) -> ClauseSheet:
        """The clause of that reference. Raises Missing for one that no document has."""
        try:
            citation = Citation.parse(ref)
        except ValueError:
            raise Missing(f"不是条款编号：{ref}", "从条款清单中选") from None
        document = self._book.document(citation.document)
        clause = document.clause(citation.clause)
        return ClauseSheet(
            ref=ref,
            label=self._book.label(citation),
            heading=clause.heading if clause is not None else document.title,
            text=self._text_of(citation),
            rules=tuple(dict.fromkeys(self._rules(citation))),
            issued=document.issued,
        )

    def _rules(self, citation: Citation) -> Iterator[str]:
        for procedure in self._book.procedures:
            for rule in procedure.rules:
                if citation in rule.cites:
                    yield f"{procedure.title}：{rule.says}"

    def all(self) -> tuple[ClauseSheet, ...]:
        """Every clause of every document, in the order of the policy."""
        return tuple(
            self.sheet(Citation(document.id, clause.number).ref)
            for document in self._book.documents.values()
            for clause in document.clauses
        )
