"""A data folder opened for a command: who acts, the store, and the services on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.policy import load_policy
from desktop_app.adapters.roster.reader import ChildRosterReader
from desktop_app.adapters.storage.keeping import Report, backup, check
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import FileVault, holds_data
from desktop_app.adapters.workstation import hardening, paths
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.adapters.workstation.profile import station_of
from desktop_app.admin.answer import Call
from desktop_app.admin.seeding import SUPERVISOR
from desktop_app.admin.training import NO_PASSWORD
from desktop_app.domain.errors import Damaged, Unavailable
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Permission, require
from desktop_app.domain.station import Station
from desktop_app.services.access import Access, Session
from desktop_app.services.certificates import Certificates
from desktop_app.services.desk import Desk
from desktop_app.services.keeping import Keeping
from desktop_app.services.ports import Clock, Store
from desktop_app.services.register import Register
from desktop_app.services.review import Review
from desktop_app.services.roster import Rosters
from desktop_app.services.search import Finder

DEFAULT_LOGIN = SUPERVISOR.login


@dataclass(frozen=True)
class Office:
    """An open data folder and the services for the person who signed in."""

    call: Call
    folder: Path
    vault: FileVault
    session: Session
    password: str
    clock: Clock

    @cached_property
    def book(self) -> PolicyBook:
        """The policy of this installation."""
        return load_policy(self.call.resources, self.call.forms)

    @cached_property
    def renderer(self) -> PdfRenderer:
        """The forms of this installation."""
        return PdfRenderer(self.call.resources / "fonts", load_forms(self.call.forms))

    @property
    def desk(self) -> Desk:
        """The counter."""
        return Desk(*self._given, self.session.operator, self.renderer)

    @property
    def review(self) -> Review:
        """The supervisor's desk."""
        return Review(
            *self._given, self.session.operator, self._is_own_password,
            self.renderer.missing_glyphs,
        )

    @property
    def register(self) -> Register:
        """The register."""
        return Register(*self._given, self.session.operator)

    @property
    def certificates(self) -> Certificates:
        """The papers."""
        session = self.session
        return Certificates(
            session.store, self.book, self.renderer, session.station, self.clock, session.operator
        )

    @property
    def rosters(self) -> Rosters:
        """Freshers' rosters."""
        return Rosters(
            *self._given, self.session.operator, ChildRosterReader(),
            self.renderer.missing_glyphs, self._is_own_password,
        )

    @property
    def access(self) -> Access:
        """The accounts."""
        return Access(self.vault, self.session.station, self.clock)

    @property
    def finder(self) -> Finder:
        """The search."""
        return Finder(self.session.store, self.clock, self.session.operator)

    def check_data(self) -> Report:
        """Read the whole database; journalled as the work of whoever maintains the machine."""
        Keeping(self.session.store, self.clock, self.session.operator).check()
        return check(self.store)

    def back_up(self, target: Path) -> Report:
        """Write a verified encrypted copy, and note when, for the window to show its age.

        Raises NotAllowed for those who do not maintain.
        """
        self.require_maintainer()
        report = backup(self.store, target)
        Keeping(self.session.store, self.clock, self.session.operator).note_backup(report.entries)
        return report

    def note_text(self, document: str, digest: str, characters: int) -> None:
        """Journal that a document's own text was imported."""
        Keeping(self.session.store, self.clock, self.session.operator).note_text(
            document, digest, characters
        )

    def require_maintainer(self) -> None:
        """Raise NotAllowed for those who do not maintain the machine."""
        require(self.session.operator, Permission.MAINTAIN)

    @property
    def store(self) -> SqlStore:
        """The store as this program's own adapter, for upkeep in bulk."""
        store = self.session.store
        if not isinstance(store, SqlStore):
            raise TypeError("the vault gives the store of this program")
        return store

    def _is_own_password(self, password: str) -> bool:
        return self.vault.check(self.session.operator.login, password)

    @property
    def _given(self) -> tuple[Store, PolicyBook, Station, Clock]:
        session = self.session
        return session.store, self.book, session.station, self.clock


def data_folder(call: Call) -> Path:
    """The folder of the call. Raises Unavailable when it holds no data."""
    folder = paths.data_dir(call.data)
    if not holds_data(folder):
        raise Unavailable(
            f"{folder} 里没有落户数据", "核对 --data，或先用 init 建立数据文件夹"
        )
    return folder


@contextmanager
def opened(call: Call) -> Iterator[Office]:
    """Sign in to the call's data folder and let it go again.

    Raises Usage without a password, Unavailable for a wrong one or an unfit folder.
    """
    hardening.forbid_memory_images()
    hardening.keep_files_private()
    folder, clock = data_folder(call), SystemClock()
    vault = FileVault(folder, clock)
    try:
        station = station_of(folder, training=vault.training)
        password = NO_PASSWORD if vault.training else call.password()
        session = Access(vault, station, clock).sign_in(call.login or DEFAULT_LOGIN, password)
        try:
            yield Office(call, folder, vault, session, password, clock)
        finally:
            session.store.close()
    except Damaged as error:
        raise Damaged(f"{folder}：{error.message}", error.remedy) from error
