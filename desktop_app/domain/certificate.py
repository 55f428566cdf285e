"""Papers that left the counter (证件与文书): what was printed, kept byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Paper:
    """One printed paper.

    ``copy_number`` names station, workstation and sequence; ``sha256`` digests the exact bytes
    kept; a reprint (补打) names the paper it repeats and why, and sends the same bytes with its
    own mark. ``policy_digest`` is the edition of the law it was made under.
    """

    id: str
    case_id: str
    form: str
    title: str
    copy_number: str
    sha256: str
    pages: int
    by: str
    at: datetime
    policy_digest: str
    overprint: bool = False
    reprint_of: str = ""
    reason: str = ""
    voided: str = ""
