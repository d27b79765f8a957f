"""What the command appraises: a model of the bank by its name, or a file holding a plan or a model."""

import json
from pathlib import Path
from typing import Any

import yaml

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.datasets.plan_options import PlanOptions, document_with
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import MODELS_FOLDER, read_model, read_vocabulary

#: A plan is a few kilobytes; more is not one.
LARGEST_FILE = 2_000_000


def appraise_source(source: str, options: PlanOptions) -> Appraisal:
    """The appraisal of a model or file. Raises InvalidPlan, or FileNotFoundError when it is neither."""
    return appraise(parse_plan(document_with(_content(source), options)), plan_rules())


def _content(source: str) -> dict[str, Any]:
    known = MODELS_FOLDER / f"{source}.yaml"
    if "/" not in source and known.is_file():
        return read_model(known, read_vocabulary()).model_dump(mode="json")
    return _read(Path(source))


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
