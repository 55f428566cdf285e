"""The station and its workstation (派出所、窗口), as its profile tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class School:
    """A school whose freshers this station registers."""

    code: str
    name: str


@dataclass(frozen=True)
class PrintOffset:
    """How far a form is moved on this workstation's printer: millimetres and per cent."""

    right_mm: float = 0.0
    down_mm: float = 0.0
    scale: float = 100.0


@dataclass(frozen=True)
class Station:
    """One workstation of one station.

    ``zone`` is the policy zone of the station's own area; ``one_person`` lets the accepting clerk
    decide too, which the journal says each time; ``training`` marks every screen and paper 演练;
    ``card_reader`` is the serial port of the identity-card reader, empty where there is none.
    """

    code: str
    name: str
    region: str
    zone: str
    workstation: str
    counter: str
    card_reader: str = ""
    printer: str = ""
    offsets: Mapping[str, PrintOffset] = field(default_factory=dict)
    export_folder: str = ""
    backup_folder: str = ""
    schools: tuple[School, ...] = ()
    one_person: bool = False
    training: bool = False
