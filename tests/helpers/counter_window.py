"""The counter of a signed-in person for tests: real services, a made-up card, kept paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from desktop_app.backstage import counter_of
from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.errors import Unavailable
from desktop_app.domain.staff import Operator
from desktop_app.services.access import Session
from desktop_app.services.ports import CardData
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.shell import CounterShell
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import Look
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.window import SMALLEST, USUAL
from tests.helpers.world import PASSWORD, SUPERVISOR, World


def made_up_card(name: str = "陈示例", region: str = "210283", serial: int = 1) -> CardData:
    """A card of nobody, with a right check digit."""
    born = date(1978, 3, 15)
    return CardData(
        name=name, sex="男", ethnicity="汉族", birth_date=born,
        address="辽宁省大连市庄河市示范镇示范村12号",
        citizen_id=synthetic(region, born, serial).text,
        issuer="庄河市公安局", valid_from="20120508", valid_until="20320508",
    )


@dataclass
class FakeReader:
    """A reader with a card on it, or none."""

    card: CardData | None = None

    def read(self) -> CardData:
        """See CardReader."""
        if self.card is None:
            raise Unavailable("没读到证件", "把证放平再按 F4，或直接手录")
        return self.card


@dataclass
class FakePrinter:
    """Keeps what it prints; ``gone`` makes it fail as a printer without paper does."""

    sent: list[bytes] = field(default_factory=list)
    gone: bool = False

    def names(self) -> tuple[str, ...]:
        """See Printer."""
        return ("演练打印机",)

    def send(
        self, pdf: bytes, *, printer: str, copies: int = 1,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """See Printer."""
        if self.gone:
            raise Unavailable("打印机“演练打印机”没有应答", "查电源和连线后按 Ctrl+P，文书已保存")
        if progress is not None:
            progress(1, 1)
        self.sent.append(pdf)


def counter_for(
    world: World, by: Operator = SUPERVISOR, *, reader: FakeReader | None = None,
    printer: FakePrinter | None = None,
) -> Counter:
    """The services of a person at that station."""
    return counter_of(
        Session(by, world.store, world.station), world.book, world.renderer, world.clock,
        check=lambda text: text == PASSWORD, text_of=lambda citation: None,
        reader=reader or FakeReader(), printer=printer or FakePrinter(),
    )


def open_shell(counter: Counter, ask: Ask, jobs: Jobs, look: Look) -> CounterShell:
    """The counter as a window of its own, not shown yet."""
    shell = CounterShell(counter, ask, jobs, look, KeyMap(), lambda: None)
    shell.setObjectName("window")
    shell.setMinimumSize(SMALLEST)
    shell.resize(USUAL)
    return shell
