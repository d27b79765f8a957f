"""The 34 models as groups would ask to finance them: a place that suits each, a plain profile, today's sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bpc.core.matching.verdict import match_all
from bpc.datasets.funding_sources import FundingSource, read_funding_sources
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models
from bpc.portal.funding.terms import effective
from bpc.portal.journeys.propose_financing import Study, Wishes, study_document

TODAY = date(2026, 11, 22)
TAROUDANNT = "09.541"
EVERYTHING = Wishes()
#: Where each kind of project is at home; Taroudannt for the others.
PLACES: Mapping[str, str] = {
    "algues": "06.181", "dattes": "08.201", "eau-de-rose": "08.577", "huitres-dakhla": "12.391",
    "lait-chamelle": "10.261", "peche-artisanale-services": "12.391", "gite-rural": "07.041",
    "guides-trek": "05.081", "pompage-solaire": "08.363", "fromage-chevre": "01.151", "tapis": "08.401",
    "cactus-figue-barbarie": "10.473",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A model's plan and the answers of the group that adopts it."""

    slug: str
    document: Mapping[str, Any]
    answers: Mapping[str, Any]

    def study(self, wishes: Wishes = EVERYTHING) -> Study:
        """What may finance it today."""
        sources = terms()
        judged = match_all([source.scheme() for source in sources.values()], self.answers, TODAY)
        verdicts = {verdict.id: verdict.verdict for verdict in judged}
        return study_document(self.document, self.answers, sources, verdicts, today=TODAY, wishes=wishes)


def cases() -> Iterator[Case]:
    """All 34, by slug."""
    for slug, model in read_models().items():
        document = plan_document(model.model_dump(mode="json"), plan_rules())
        yield Case(slug, document, _answers(slug, model.sector, document))


@cache
def terms() -> dict[str, FundingSource]:
    """Every source with the terms that hold: what a local call leaves out is its frame's."""
    known = read_funding_sources()
    return {slug: effective(one, known.get(one.parent or "")).source for slug, one in known.items()}


def _answers(slug: str, sector: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """A cooperative of two and a half years, seven in ten women or young, papers in order."""
    place = PLACES.get(slug, TAROUDANNT)
    cost = sum(_mode(asset["amount"]) for asset in document["assets"])
    return {
        "legal_form": "cooperative", "registered_on": date(2024, 3, 1), "stage": "launch", "province": place,
        "region": place[:2], "rural": True, "sector": sector, "members": document["members"]["count"],
        "women_share": 0.6, "youth_share": 0.3, "women_or_youth_share": 0.7, "founder_age_years": 32,
        "annual_turnover_mad": 500_000, "project_cost_mad": cost, "keeps_accounts": True,
        "law_112_12_compliant": True, "tax_up_to_date": True, "cnss_up_to_date": True,
        "project_type": "processing_unit", "activity_mode": "processing", "industrial_activity": False,
        "land_area_ha": 5, "coastal": sector == "fishing",
    }  # fmt: skip


def _mode(amount: Any) -> float:
    return float(amount["mode"] if isinstance(amount, Mapping) else amount)
