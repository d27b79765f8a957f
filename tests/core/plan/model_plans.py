"""The ready-made models of data/models as plans, bare or with their financing, under the law of these tests."""

from typing import Any

import yaml

from bpc.core.plan.document import parse_plan
from bpc.core.plan.schema import Plan
from bpc.datasets.model_plans import operating_document, plan_document
from bpc.datasets.project_models import list_files
from tests.core.plan.law import LAW

FILES = {path.stem: path for path in list_files()}


def model_plan(slug: str, *, funded: bool = False) -> Plan:
    """The plan of a model; with its shares, grant, loan and campaign line when `funded`."""
    model: dict[str, Any] = yaml.load(FILES[slug].read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return parse_plan(plan_document(model, LAW) if funded else operating_document(model))
