"""Reads funding/funds.csv: who gives, lends or helps, for whom and where, as published pages said."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import integer, read_rows

Status = Literal["open", "recurring", "unknown", "closed"]
#: What a person may do about a fund, the surest first; a closed one is history.
STATUSES: tuple[Status, ...] = ("open", "recurring", "unknown", "closed")
KINDS = (
    "grant", "loan", "guarantee", "prize", "equity", "crowdfunding", "tax", "in-kind", "training-voucher",
)  # fmt: skip
#: `to_verify`: known in general, no page was read.
CONFIDENCES = ("high", "medium", "low", "to_verify")
#: Only a stated maximum may be shown as a ceiling.
AMOUNT_BASES = (
    "stated", "computed", "observed_average", "observed_maximum", "older_scheme", "other_country_page",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fund:
    """A scheme that a cooperative, its members or a group may ask.

    `regions` and `provinces` are codes, both empty for the whole country; a province narrows its region. `sectors` are
    ours, empty for all. Amounts are MAD for one file, None when not known. `deadline` is a day, "permanent" or empty;
    for a recurring fund it is that of the last known edition. `inferred` names the columns that are our reading, not
    the source's words. `source_date` is the day (or month, or year) of the page; `source_url` is empty without one.
    """

    id: str
    name_fr: str
    name_ar: str
    provider_fr: str
    provider_ar: str
    kind: str
    regions: tuple[str, ...]
    provinces: tuple[str, ...]
    sectors: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    min_amount_mad: int | None
    max_amount_mad: int | None
    amount_basis: str
    status: Status
    deadline: str
    inferred: frozenset[str]
    source_date: str
    checked_on: date
    source_url: str
    confidence: str

    @property
    def ceiling_mad(self) -> int | None:
        """The most that one file may be given, where the source states it."""
        return self.max_amount_mad if self.amount_basis == "stated" else None

    def reach(self, code: str) -> int | None:
        """How near the fund is to a place: 0 for its province alone, 1 its region, 2 the country; None elsewhere.

        A fund of one province is near its region as a whole too, since somebody there may ask it.
        """
        if not self.regions:
            return 2
        if code[:2] not in self.regions:
            return None
        if not self.provinces:
            return 1
        return 0 if len(code) <= 2 or code[:6] in self.provinces else None


@lru_cache(maxsize=4)
def read_funds(data: Path = DATA) -> tuple[Fund, ...]:
    """Funds in the order of the file. Raises FileNotFoundError without it."""
    return tuple(_fund(row) for row in read_rows(data / "funding" / "funds.csv"))


def _fund(row: dict[str, str]) -> Fund:
    return Fund(
        id=row["id"],
        name_fr=row["name_fr"],
        name_ar=row["name_ar"],
        provider_fr=row["provider_fr"],
        provider_ar=row["provider_ar"],
        kind=row["kind"],
        regions=tuple(row["regions"].split()),
        provinces=tuple(row["provinces"].split()),
        sectors=tuple(row["sectors"].split()),
        beneficiaries=tuple(row["beneficiaries"].split()),
        min_amount_mad=integer(row["min_amount_mad"]),
        max_amount_mad=integer(row["max_amount_mad"]),
        amount_basis=row["amount_basis"],
        status=row["status"],  # type: ignore[arg-type]  # checked by bpc.datasets.validate
        deadline=row["deadline"],
        inferred=frozenset(row["inferred"].split()),
        source_date=row["source_date"],
        checked_on=date.fromisoformat(row["checked_on"]),
        source_url=row["source_url"],
        confidence=row["confidence"],
    )


def funds_open_in(code: str, sector: str | None = None, *, data: Path = DATA) -> list[Fund]:
    """Funds not known to be closed that a place (code of a region, a province or a commune) may ask.

    The nearest first, then open before recurring before unknown, then the surest; `sector` keeps those meant for it or
    for all.

    >>> [fund.id for fund in funds_open_in("09.541.05.12")][:2]
    ['indh-taroudant-2026', 'initiative-souss-massa']
    """
    found = [
        (reach, STATUSES.index(fund.status), CONFIDENCES.index(fund.confidence), position, fund)
        for position, fund in enumerate(read_funds(data))
        if fund.status != "closed"
        and (reach := fund.reach(code)) is not None
        and (sector is None or not fund.sectors or sector in fund.sectors)
    ]
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]
