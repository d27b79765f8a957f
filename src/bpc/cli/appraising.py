"""What the command appraises: a model of the bank by its name, or a file holding a plan or a model."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import MODELS_FOLDER, read_model, read_vocabulary

#: A plan is a few kilobytes; more is not one.
LARGEST_FILE = 2_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """What the command changes in a plan before it is calculated."""

    years: int | None = None
    discount: float | None = None
    start: str | None = None
    no_tax: bool = False
    constant_prices: bool = False
    no_grant: bool = False

    @classmethod
    def from_arguments(cls, asked: argparse.Namespace) -> "Options":
        """The options as parsed."""
        return cls(
            asked.years, asked.discount, asked.start, asked.no_tax, asked.constant_prices, asked.no_grant
        )

    def changes(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of a document to replace."""
        changed: dict[str, Any] = {}
        if self.years is not None:
            changed["years"] = self.years
        if self.discount is not None:
            changed["discount_rate"] = self.discount
        if self.start is not None:
            changed |= {"start": self.start, "dated": True}
        if self.no_tax:
            tax = document.get("tax")
            changed["tax"] = {**(tax if isinstance(tax, Mapping) else {}), "enabled": False}
        if self.constant_prices:
            changed |= {"prices": "constant", "inflation": {}}
        return changed


def appraise_source(source: str, options: Options) -> Appraisal:
    """The appraisal of a model or file. Raises InvalidPlan, or FileNotFoundError when it is neither."""
    document = _document(source, options)
    if options.no_grant:
        document = {**document, "grants": []}
    return appraise(parse_plan(document), plan_rules())


def _document(source: str, options: Options) -> dict[str, Any]:
    known = MODELS_FOLDER / f"{source}.yaml"
    if "/" not in source and known.is_file():
        model = read_model(known, read_vocabulary()).model_dump(mode="json")
        return plan_document(
            model, plan_rules(), **options.changes({"tax": {"activity": model["tax_activity"]}})
        )
    content = _read(Path(source))
    if "capex" in content or "working_capital_days" in content:
        activity = {"tax": {"activity": content.get("tax_activity", "processing")}}
        return plan_document(content, plan_rules(), **options.changes(activity))
    return {**content, **options.changes(content)}


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FileNotFoundError(f"ni un modèle de la banque, ni un fichier : {path}")
    if path.stat().st_size > LARGEST_FILE:
        raise InvalidPlan([Problem("E_too_large", params={"bytes": LARGEST_FILE})])
    text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise InvalidPlan([Problem("E_not_json")]) from error
    if not isinstance(content, dict):
        raise InvalidPlan([Problem("E_not_json")])
    return content
