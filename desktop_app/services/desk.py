"""The counter (受理): from the first question to a case that waits for its decision."""

from __future__ import annotations

from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services.casework import Casework
from desktop_app.services.desk_closing import Closing
from desktop_app.services.desk_guidance import Guidance
from desktop_app.services.desk_intake import Intake
from desktop_app.services.desk_views import Views
from desktop_app.services.ports import Clock, FormRenderer, Store


class Desk(Guidance, Views, Intake, Closing, Casework):
    """All that happens at the counter, for one operator.

    ``Guidance`` answers without writing, ``Views`` shows cases, ``Intake`` fills a draft,
    ``Closing`` submits it, sends it for supplement, or ends it.
    """

    def __init__(
        self, store: Store, book: PolicyBook, station: Station, clock: Clock, by: Operator,
        renderer: FormRenderer,
    ) -> None:
        super().__init__(store, book, station, clock, by, renderer.missing_glyphs)
        self.renderer = renderer
