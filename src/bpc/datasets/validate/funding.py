"""Checks funding/funds.csv: codes that exist, words in both languages, dates, addresses."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bpc.datasets.funding import AMOUNT_BASES, CONFIDENCES, KINDS, STATUSES, Fund, read_funds
from bpc.datasets.sectors import read_sectors
from bpc.datasets.tables import read_rows
from bpc.datasets.territories import read_territories
from bpc.datasets.validate.words import missing_names, repeated

URL = re.compile(r"https?://[^\s]+")
DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
BENEFICIARIES = frozenset(
    {
        "existing_cooperative", "new_cooperative", "women_cooperative", "youth_cooperative", "union",
        "cooperative_in_creation", "individual_holder", "association",
    }
)  # fmt: skip


def check_funds(data: Path) -> Iterator[str]:
    """Names in both languages, closed lists respected, places and sectors that exist, amounts in order."""
    for row in read_rows(data / "funding" / "funds.csv"):
        yield from missing_names(f"funds.csv {row['id']}", row, "name", "provider")
    funds = read_funds(data)
    yield from repeated("funds.csv", (fund.id for fund in funds))
    level_of = {place.code: place.level for place in read_territories(data)}
    sectors = {sector.code for sector in read_sectors(data)}
    for fund in funds:
        where = f"funds.csv {fund.id}"
        yield from (f"{where}: {problem}" for problem in _problems(fund, level_of, sectors))


def _problems(fund: Fund, level_of: Mapping[str, str], sectors: set[str]) -> Iterator[str]:
    for value, allowed in (
        (fund.kind, KINDS), (fund.status, STATUSES), (fund.confidence, CONFIDENCES),
        (fund.amount_basis, ("", *AMOUNT_BASES)),
    ):  # fmt: skip
        if value not in allowed:
            yield f"{value!r} is not in {allowed}"
    if unknown := {*fund.sectors} - sectors:
        yield f"sectors {sorted(unknown)}"
    if unknown := {*fund.beneficiaries} - BENEFICIARIES:
        yield f"beneficiaries {sorted(unknown)}"
    if any(level_of.get(code) != "region" for code in fund.regions):
        yield f"regions {fund.regions}"
    if any(level_of.get(code) != "province" or code[:2] not in fund.regions for code in fund.provinces):
        yield f"provinces {fund.provinces}"
    amounts = (fund.min_amount_mad, fund.max_amount_mad)
    if any(amount is not None and amount <= 0 for amount in amounts):
        yield f"amounts {amounts}: an unknown amount stays empty"
    if None not in amounts and amounts[0] > amounts[1]:  # type: ignore[operator]  # neither is None
        yield f"amounts {amounts}"
    if (fund.max_amount_mad is None) != (not fund.amount_basis):
        yield "a maximum says what it rests on"
    if fund.deadline not in ("", "permanent") and not DAY.fullmatch(fund.deadline):
        yield f"deadline {fund.deadline!r}"
    if fund.source_date and not DAY.fullmatch(fund.source_date):
        yield f"source_date {fund.source_date!r}"
    if bool(URL.fullmatch(fund.source_url)) == (fund.confidence == "to_verify"):
        yield f"address {fund.source_url!r} with confidence {fund.confidence}"
