"""Zones of the city (主城区, 新市区, 新区) by sub-district and day: 61号 二(一), never by code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_app.domain.legal import InForce


class Zone(Enum):
    """The three zones of 61号 二(一)."""

    MAIN_URBAN = "main_urban"
    NEW_URBAN = "new_urban"
    NEW_DISTRICT = "new_district"

    @property
    def label(self) -> str:
        """The zone as 61号 names it."""
        return _LABELS[self]


_LABELS = {
    Zone.MAIN_URBAN: "主城区",
    Zone.NEW_URBAN: "新市区",
    Zone.NEW_DISTRICT: "新区",
}


class Settlement(Enum):
    """What the statistical register calls a sub-district: 街道, 镇, 乡 or something else."""

    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    OTHER = "other"


@dataclass(frozen=True)
class Area:
    """A district, city, county or functional area (高新园区 …) with its zone for a span of days.

    ``zone`` is None where the papers do not say (待核): then the guide asks.
    """

    id: str
    name: str
    region: str
    zone: Zone | None
    in_force: InForce
    basis: str
    source: str


@dataclass(frozen=True)
class SubDistrict:
    """A 街道, 镇 or 乡 for a span of days. ``region`` is its six-digit code, ``area`` its Area.

    ``zone`` None and ``in_town`` None mean that the data does not decide: the guide asks.
    """

    id: str
    name: str
    region: str
    area: str
    settlement: Settlement
    zone: Zone | None
    in_town: bool | None
    in_force: InForce
    source: str
    initials: str
