"""Many papers as one file: filled one after another, kept with what they were filled with.

One copy number stands on every page with page x of y, so that a stack can be checked and a stopped
printer resumed at any page. Pages that come out twice say 补打 and why.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from desktop_app.domain.batch import Batch
from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import InputError
from desktop_app.domain.forms import FilledForm, FilledPage, FormDefinition, fill
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import Station
from desktop_app.services.bulk import let_go
from desktop_app.services.casework import new_id
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, FormRenderer, Marks, Store, UnitOfWork
from desktop_app.services.roster_batches import BatchWork
from desktop_app.services.sheets import PaperSheet
from desktop_app.services.words import local, need_reason

Values = dict[str, object]
#: A form and what it is filled with.
Sheet = tuple[str, Values]
Part = Callable[[bytes, int, int], bytes]
Tell = Callable[[int], None]
_COVER = "batch_cover"
_TOLD_EVERY = 200
_TRIES = 2


@dataclass(frozen=True)
class Stack:
    """What is printed of a batch in one go, and what the journal tells about it besides.

    ``cases`` are those that it settles.
    """

    batch: Batch
    title: str
    cover: Values
    sheets: list[Sheet]
    cases: frozenset[str] = frozenset()
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Draft:
    """A paper that is rendered and not kept yet; ``values`` is what its pages were filled with."""

    paper: Paper
    pdf: bytes
    values: bytes
    cases: frozenset[str]
    about: Mapping[str, object]


#: Reads what is to be printed; asked again when somebody wrote in the meantime.
Gather = Callable[[UnitOfWork], Stack]
#: What changes with the printing, in the same transaction; what the journal tells of it.
Settle = Callable[[UnitOfWork, frozenset[str]], Mapping[str, object]]


def _nothing_else(_: UnitOfWork, __: frozenset[str]) -> Mapping[str, object]:
    """Printing alone."""
    return {}


class BatchPrinting(BatchWork):
    """The base of the services that print for many; ``part`` cuts pages out of a kept file."""

    def __init__(
        self, store: Store, book: PolicyBook, renderer: FormRenderer, station: Station,
        clock: Clock, by: Operator, part: Part,
    ) -> None:
        super().__init__(store, book, station, clock, by)
        self.renderer = renderer
        self._part = part

    @needs(Permission.PRINT)
    def papers(self, batch_id: str) -> tuple[Paper, ...]:
        """Every paper of a batch, oldest first."""
        with self.store.read() as uow:
            return uow.papers.of_case(batch_id)

    @needs(Permission.PRINT)
    def stored(self, paper_id: str) -> PaperSheet:
        """The very bytes that were printed; the look is journalled."""
        with self.store.write() as uow:
            paper, pdf = uow.papers.get(paper_id), uow.papers.pdf(paper_id)
            self._note_paper(uow, "paper.view", paper, {})
            uow.commit()
        return PaperSheet(paper, pdf)

    @needs(Permission.PRINT)
    def part(self, paper_id: str, first: int, last: int) -> PaperSheet:
        """Pages that never came out of the printer: the same bytes, number and page numbers.

        Pages count from 1. Raises Unavailable for pages that are not there.
        """
        with self.store.write() as uow:
            paper = uow.papers.get(paper_id)
            pdf = self._part(uow.papers.pdf(paper_id), first, last)
            self._note_paper(uow, "paper.resume", paper, {"first": first, "last": last})
            uow.commit()
        return PaperSheet(paper, pdf)

    @needs(Permission.PRINT)
    def resend(self, paper_id: str, first: int, last: int, reason: str) -> PaperSheet:
        """Pages that came out and are printed again (补打), with the values of the first print.

        Copy number and page numbers stay; the pages say 补打 and why, and are kept as well.
        """
        why = need_reason(reason, "补打")
        with self.store.write() as uow:
            paper = uow.papers.get(paper_id)
            if not 1 <= first <= last <= paper.pages:
                raise InputError(f"没有第 {first} 至 {last} 页，共 {paper.pages} 页", "核对页码")
            sheets, day = _unpacked(uow.batches.values(paper_id))
            filled = self._range(sheets, day, first, last)
            marks = replace(
                self._marks(paper.copy_number), policy_digest=paper.policy_digest, reprint=why,
                first_page=first, of_pages=paper.pages,
            )
            pdf = self.renderer.render(filled, marks=marks)
            again = replace(
                paper, id=new_id(), sha256=hashlib.sha256(pdf).hexdigest(),
                pages=last - first + 1, by=self.by.login, at=self.clock.now(),
                reprint_of=paper.id, reason=why,
            )
            uow.papers.add(again, pdf)
            self._note_paper(uow, "paper.reprint", again, {
                "reprint_of": paper.id, "first": first, "last": last,
                "reason": self._digest(uow, {"reason": why}),
            })
            uow.commit()
        return PaperSheet(again, pdf)

    def _range(
        self, sheets: Sequence[tuple[str, int, Values]], day: date, first: int, last: int
    ) -> list[FilledForm]:
        found = []
        at = 1
        for form, pages, values in sheets:
            begin, end = max(first, at), min(last, at + pages - 1)
            if begin <= end:
                filled = fill(self.renderer.edition(form, day), values)
                found.append(replace(filled, pages=filled.pages[begin - at : end - at + 1]))
            at += pages
        return found

    def _make(
        self, gather: Gather, *, settle: Settle = _nothing_else, progress: Tell | None = None
    ) -> PaperSheet:
        """Fill and render outside the store; then number, keep and journal in one short act.

        Thousands of pages take seconds, in which nobody else could write. When somebody wrote
        meanwhile, what was gathered must still be so and the copy number still be the next; else
        it is made anew, at last with the store held. Raises FormRefused with every reason at once.
        """
        for _ in range(_TRIES):
            with self.store.read() as uow:
                stack, head = gather(uow), _head(uow)
            with self.store.write() as uow:
                number = self._next_copy(uow)  # only looked at: this is not committed
            draft = self._draft(stack, number, progress)
            with self.store.write() as uow:
                if self._next_copy(uow) == number and (
                    _head(uow) == head or self._packed(gather(uow)) == draft.values
                ):
                    return self._kept(uow, draft, settle)
        with self.store.write() as uow:
            draft = self._draft(gather(uow), self._next_copy(uow), progress)
            return self._kept(uow, draft, settle)

    def _draft(self, stack: Stack, number: str, progress: Tell | None) -> _Draft:
        """The pages and what they were filled with, under the number that is expected."""
        counted, today = self._counted(stack), self.clock.today()
        total = sum(count for _, count, _ in counted)
        filled: list[FilledForm] = [
            _Later(self.renderer.edition(form, today), values, _told(progress, place))
            for place, (form, _, values) in enumerate(counted, start=1)
        ]
        pdf = self.renderer.render(filled, marks=replace(self._marks(number), of_pages=total))
        paper = Paper(
            id=new_id(), case_id=stack.batch.id, form=filled[0].form_id, title=stack.title,
            copy_number=number, sha256=hashlib.sha256(pdf).hexdigest(), pages=total,
            by=self.by.login, at=self.clock.now(), policy_digest=self.book.digest,
        )
        draft = _Draft(paper, pdf, _packed(counted, today), stack.cases, stack.about)
        let_go(filled, counted, stack.sheets)
        return draft

    def _kept(self, uow: UnitOfWork, draft: _Draft, settle: Settle) -> PaperSheet:
        paper = draft.paper
        detail = settle(uow, draft.cases)
        uow.papers.add(paper, draft.pdf)
        uow.batches.keep_values(paper.id, draft.values)
        self._note_paper(uow, "paper.issue", paper, {
            "case": paper.case_id, **draft.about, **detail,
        })
        uow.commit()
        return PaperSheet(paper, draft.pdf)

    def _packed(self, stack: Stack) -> bytes:
        return _packed(self._counted(stack), self.clock.today())

    def _counted(self, stack: Stack) -> list[tuple[str, int, Values]]:
        """Every sheet with its number of pages; the cover, if there is one, comes first."""
        today = self.clock.today()
        counted = [
            (form, page_count(self.renderer.edition(form, today), values), values)
            for form, values in stack.sheets
        ]
        if stack.cover:
            pages = 1 + sum(count for _, count, _ in counted)
            counted.insert(0, (_COVER, 1, {**stack.cover, "batch.pages": f"{pages}"}))
        return counted

    def _next_copy(self, uow: UnitOfWork) -> str:
        workstation = self.station.workstation
        number = uow.next_number(f"copy-{workstation}")
        return f"{self.station.code}-{workstation}-{number:06d}"

    def _marks(self, number: str) -> Marks:
        return Marks(number, self.book.digest, training=self.station.training)

    def _note_paper(
        self, uow: UnitOfWork, act: str, paper: Paper, detail: Mapping[str, object]
    ) -> None:
        self._note(uow, act, paper.id, {
            "batch": paper.case_id, "form": paper.form, "copy_number": paper.copy_number,
            "sha256": paper.sha256, "pages": paper.pages, "overprint": paper.overprint,
            "policy": paper.policy_digest, **detail,
        })

    def _cover(
        self, batch: Batch, title: str, people: Sequence[str], contents: Sequence[str]
    ) -> Values:
        return {
            "batch.title": title, "batch.school": batch.school_name,
            "batch.file": batch.file or batch.school_name,
            "batch.taken_on": local(batch.at).date(), "batch.printed_on": self.clock.today(),
            "batch.operator": self.by.name, "batch.people": f"{len(people)}",
            "batch.first": people[0], "batch.last": people[-1], "batch.contents": list(contents),
        }


class _Later(FilledForm):
    """A form that is filled when it is drawn: thirty thousand filled pages would need 300 MB."""

    def __init__(self, form: FormDefinition, values: Values, tell: Callable[[], None]) -> None:
        object.__setattr__(self, "form", form)
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "_tell", tell)

    @property
    def pages(self) -> tuple[FilledPage, ...]:
        """Filled anew each time it is asked for. Raises FormRefused."""
        self._tell()
        return fill(self.form, self._values).pages

    _values: Values
    _tell: Callable[[], None]


def _head(uow: UnitOfWork) -> str:
    """The head of the journal: every act on cases and register moves it."""
    last = uow.journal.last()
    return last.digest if last is not None else ""


def page_count(form: FormDefinition, values: Values) -> int:
    """How many pages a form will have, without filling it: lists may take further pages."""
    total = 0
    for page in form.pages:
        lists = [(values.get(repeat.over), repeat.rows) for repeat in page.repeats]
        total += max(
            (-(-len(rows) // size) for rows, size in lists if isinstance(rows, list | tuple)),
            default=1,
        ) or 1
    return total


def _told(progress: Tell | None, place: int) -> Callable[[], None]:
    if progress is None or place % _TOLD_EVERY:
        return _silent
    return lambda: progress(place)


def _silent() -> None:
    """Nobody wants to know."""


def station_values(station: Station) -> Values:
    """The station's own values, as every paper prints them."""
    return {"station.name": station.name, "station.authority": station.name,
            "station.code": station.code}


def _packed(sheets: Sequence[tuple[str, int, Values]], day: date) -> bytes:
    """The sheets as compressed JSON; what several forms share is kept once."""
    places: dict[int, int] = {}
    records: list[Values] = []
    kept = []
    for form, pages, values in sheets:
        if id(values) not in places:
            places[id(values)] = len(records)
            records.append(values)
        kept.append((form, pages, places[id(values)]))
    squeeze = zlib.compressobj(3)
    parts = [squeeze.compress(_json({"day": day, "sheets": kept}))]
    parts += [squeeze.compress(_json(record)) for record in records]
    return b"".join((*parts, squeeze.flush()))


def _unpacked(packed: bytes) -> tuple[list[tuple[str, int, Values]], date]:
    head, *lines = zlib.decompress(packed).splitlines()
    about = json.loads(head)
    needed = [json.loads(line) for line in lines]
    sheets = [(form, pages, needed[place]) for form, pages, place in about["sheets"]]
    return sheets, date.fromisoformat(about["day"])


def _json(value: object) -> bytes:
    return json.dumps(value, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
