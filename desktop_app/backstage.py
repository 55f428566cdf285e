"""Everything behind the sign-in page, put together: adapters under services under view models.

Imported in a worker thread after the first paint. What only a later act needs is imported by it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.domain.legal import Citation
    from desktop_app.domain.policy_book import PolicyBook
    from desktop_app.domain.staff import Operator
    from desktop_app.domain.station import Station
    from desktop_app.services.access import Session
    from desktop_app.services.ports import CardReader, Clock, FormRenderer, Printer, Store
    from desktop_app.ui.viewmodels.counter import Counter, Students


class Backstage:
    """Everything that is loaded behind the sign-in page; see ``viewmodels.sign_in.Entrance``.

    Made in a worker thread. In training it makes the training folder when there is none.
    """

    def __init__(self, folder: Path, resources: Path, *, training: bool) -> None:
        """Raises CounterError when policy, forms or the data folder cannot be used."""
        from desktop_app.adapters.pdf.book import load_forms
        from desktop_app.adapters.pdf.renderer import PdfRenderer
        from desktop_app.adapters.policy import load_policy
        from desktop_app.adapters.storage import store
        from desktop_app.adapters.storage.vault import FileVault
        from desktop_app.adapters.workstation import paths
        from desktop_app.adapters.workstation.clock import SystemClock
        from desktop_app.admin.training import ensure_training
        from desktop_app.ui.pages import shell

        self._folder, self._resources, self._training = folder, resources, training
        # loaded here so that the first sign-in waits for nothing but the password
        self._loaded = (store, shell)
        if training:
            ensure_training(folder)
        self._clock = SystemClock()
        self._book = load_policy(resources, paths.forms_dir())
        self._renderer = PdfRenderer(resources / "fonts", load_forms(paths.forms_dir()))
        self._vault = FileVault(folder, self._clock)
        # What is loaded now stays to the end: a walk of the collector through all of it would
        # hold the window for a tenth of a second while somebody types.
        gc.freeze()

    @property
    def has_data(self) -> bool:
        """Whether the folder holds a station's data, or a part of it."""
        from desktop_app.adapters.storage.vault import holds_data

        return holds_data(self._folder)

    @property
    def unfinished(self) -> bool:
        """Whether somebody began to set the folder up and was cut off."""
        from desktop_app.admin.setting_up import is_unfinished

        return is_unfinished(self._folder)

    @property
    def station_words(self) -> str:
        """Station and window."""
        station = self._station()
        return f"{station.name} · {station.counter}号窗口"

    def logins(self) -> tuple[str, ...]:
        """Who may sign in."""
        return self._vault.logins()

    def create(self, profile: Path, name: str, password: str) -> None:
        """Set the folder up. Raises CounterError."""
        from desktop_app.adapters.workstation.profile import load_profile
        from desktop_app.admin.setting_up import make_data
        from desktop_app.domain.staff import Operator, Role

        regions = {row.value for row in self._book.table("region")}
        station = load_profile(profile, regions=regions)
        first = Operator("supervisor", name, Role.SUPERVISOR)
        make_data(self._folder, profile, station, first, password)

    def sign_in(self, login: str, password: str) -> Counter:
        """Open a session. Raises CounterError."""
        from desktop_app.adapters.devices.card_reader import reader_on
        from desktop_app.services.access import Access
        from desktop_app.ui.printing import QtPrinter

        access = Access(self._vault, self._station(), self._clock)
        session = access.sign_in(login, password)
        return counter_of(
            session, self._book, self._renderer, self._clock,
            check=lambda text: access.check(login, text), text_of=self._text_of(),
            reader=reader_on(session.station.card_reader), printer=QtPrinter(pages),
        )

    def _station(self) -> Station:
        from desktop_app.adapters.workstation.profile import station_of

        return station_of(self._folder, training=self._vault.training)

    def _text_of(self) -> Callable[[Citation], str | None]:
        from desktop_app.adapters.policy.document_text import ClauseText

        return ClauseText(self._folder, self._book.documents).clause


def pages(pdf: bytes, dpi: int) -> Iterator[bytes]:
    """The pages of a PDF as PNG bytes."""
    from desktop_app.adapters.pdf.raster import page_count, page_png

    for page in range(page_count(pdf)):
        yield page_png(pdf, page, dpi)


class FreshPassword:
    """A password that was checked a moment ago, in a worker: good for one act.

    The check takes long on purpose; the act itself, in the window's thread, must not.
    """

    def __init__(self, check: Callable[[str], bool], *, needed: bool) -> None:
        self._check, self._needed = check, needed
        self._fresh: str | None = None

    def check(self, password: str) -> bool:
        """Check it the long way and remember it for the next act."""
        right = not self._needed or self._check(password)
        self._fresh = password if right else None
        return right

    def take(self, password: str) -> bool:
        """Whether it is the one checked last; it is used up."""
        import hmac  # brings OpenSSL with it, which the first paint does not need

        fresh, self._fresh = self._fresh, None
        if not self._needed:
            return True
        return fresh is not None and hmac.compare_digest(fresh.encode(), password.encode())


def students_of(
    given: tuple[Store, PolicyBook, Station, Clock, Operator], renderer: FormRenderer,
    verify: Callable[[str], bool],
) -> Students:
    """The services of freshers' day and graduation, put together."""
    from desktop_app.adapters.pdf.part import pages_of
    from desktop_app.adapters.roster.reader import ChildRosterReader
    from desktop_app.adapters.roster.reconciliation import XlsxReconciliation
    from desktop_app.adapters.roster.table import write_rows
    from desktop_app.services.graduation import Graduation
    from desktop_app.services.roster import Rosters
    from desktop_app.services.roster_papers import RosterPapers
    from desktop_app.ui.viewmodels.counter import Students

    store, book, station, clock, by = given
    printing = (store, book, renderer, station, clock, by, pages_of)
    reader = ChildRosterReader()
    return Students(
        rosters=Rosters(*given, reader, renderer.missing_glyphs, verify),
        papers=RosterPapers(*printing, XlsxReconciliation()),
        graduation=Graduation(*printing, reader), write_rows=write_rows, cut=pages_of,
    )


def counter_of(
    session: Session, book: PolicyBook, renderer: FormRenderer, clock: Clock, *,
    check: Callable[[str], bool], text_of: Callable[[Citation], str | None],
    reader: CardReader, printer: Printer,
) -> Counter:
    """The services of one session, put together."""
    from desktop_app.services.certificates import Certificates
    from desktop_app.services.clauses import Clauses
    from desktop_app.services.desk import Desk
    from desktop_app.services.keeping import Keeping
    from desktop_app.services.register import Register
    from desktop_app.services.review import Review
    from desktop_app.services.search import Finder
    from desktop_app.services.settings import Preferences
    from desktop_app.ui.viewmodels.counter import Counter

    store, station, by = session.store, session.station, session.operator
    given = (store, book, station, clock, by)
    with store.read() as uow:
        names = {operator.login: operator.name for operator in uow.staff.all()}
    password = FreshPassword(check, needed=not station.training)
    return Counter(
        operator=by, station=station, clock=clock, book=book,
        desk=Desk(*given, renderer), review=Review(*given, password.take, renderer.missing_glyphs),
        register=Register(*given),
        certificates=Certificates(store, book, renderer, station, clock, by),
        students=students_of(given, renderer, password.take),
        finder=Finder(store, clock, by), clauses=Clauses(book, text_of),
        preferences=Preferences(store, by), keeping=Keeping(store, clock, by),
        reader=reader, printer=printer, pages=pages,
        check_password=password.check, close=store.close, names=names,
        password_needed=not station.training,
    )
