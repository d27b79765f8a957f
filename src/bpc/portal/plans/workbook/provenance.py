"""Where a workbook comes from: what is printed on its first sheet."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Provenance:
    """The engine that calculated it, the fingerprint of the assumptions, the day, and whose plan it is."""

    engine_version: str
    input_hash: str
    made_on: date
    place: str = ""
    organisation: str = ""
    #: Ids of sources with what they are, for the list at the end of the first sheet.
    sources: tuple[tuple[str, str], ...] = ()
