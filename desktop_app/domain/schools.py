"""Schools and the stations that register their freshers (学校属地派出所), as dated data."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.legal import InForce


@dataclass(frozen=True)
class SchoolPlace:
    """Which station serves a school, for a span of days; ``source`` says how that is known.

    ``urban_rural`` is the 城乡分类代码 of its grounds, empty when it is not known.
    """

    code: str
    name: str
    station: str
    station_name: str
    in_force: InForce
    source: str
    urban_rural: str = ""
