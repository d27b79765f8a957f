"""The funding directory as files to download: a table for spreadsheets, and every source whole with its pages."""

import json
from collections.abc import Iterator
from typing import Any

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.open_files import OpenFile, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.funding.queries import GENERATION, all_sources

COLUMNS = (
    "id", "name_fr", "name_ar", "provider_fr", "provider_ar", "kind", "status", "payment", "amount_max_mad",
    "share_max_pct", "own_contribution_min_pct", "own_in_kind_max_pct", "interest_rate_pct", "regions", "provinces",
    "sectors", "beneficiaries", "stages", "permanent", "last_opens", "last_closes", "every_months", "parent",
    "requires_any", "counter", "prior_approval", "inferred", "confidence", "verified", "version", "source_url",
)  # fmt: skip
_WRITTEN = ("name_fr", "name_ar", "provider_fr", "provider_ar", "source_url")
_SAME = (
    "id", "name_fr", "name_ar", "provider_fr", "provider_ar", "kind", "status", "payment", "parent", "prior_approval",
    "confidence", "version",
)  # fmt: skip


def _row(source: FundingSource) -> dict[str, Any]:
    last = max(source.calendar.windows, key=lambda one: one.closes or one.opens or "", default=None)
    lists = ("sectors", "beneficiaries", "stages", "requires_any", "inferred")
    return {
        **{name: getattr(source, name) for name in _SAME},
        **{name: " ".join(getattr(source, name)) for name in lists},
        "amount_max_mad": source.ceiling_mad,
        "share_max_pct": source.cost_share.max_pct,
        "own_contribution_min_pct": source.own_contribution.min_pct,
        "own_in_kind_max_pct": source.own_contribution.in_kind_max_pct,
        "interest_rate_pct": source.credit.rate_pct if source.credit else None,
        "regions": " ".join(source.places.regions),
        "provinces": " ".join(source.places.provinces),
        "permanent": source.calendar.permanent,
        "last_opens": last.opens if last else None,
        "last_closes": last.closes if last else None,
        "every_months": source.calendar.every_months,
        "counter": source.apply.counter,
        "verified": source.verified.isoformat(),
        "source_url": source.pages[0].url if source.pages else "",
    }


def _whole() -> Iterator[str]:
    """One source a line, so that two downloads can be compared."""
    yield "["
    for number, source in enumerate(all_sources().values()):
        text = json.dumps(source.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
        yield (",\n" if number else "\n") + text
    yield "\n]\n"


def _state() -> str:
    return generations(GENERATION)


def _rows() -> Iterator[dict[str, Any]]:
    return (_row(source) for source in all_sources().values())


FILES = {
    "funding.csv": OpenFile(
        "funding.csv", _state, lambda: len(all_sources()), lambda: table(COLUMNS, _rows(), _WRITTEN)
    ),
    "funding.json": OpenFile("funding.json", _state, lambda: len(all_sources()), _whole),
}
