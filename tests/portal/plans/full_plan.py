"""Two plans as documents: one that uses everything the engine knows, and a plain one like a model's."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def full_plan() -> dict[str, Any]:
    """An old cooperative that opens in April, closes in June, pays VAT and tax, has losses, and every kind of loan."""
    document: dict[str, Any] = json.loads((HERE / "full_plan.json").read_text("utf-8"))
    return document


def plain_plan() -> dict[str, Any]:
    """A workshop that presses oil: no financing, no tax; ten years at constant prices."""
    document: dict[str, Any] = json.loads((HERE / "plain_plan.json").read_text("utf-8"))
    return document
