"""The content of a version: from a model of `data/` to JSON and back, with its hash."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from bpc.datasets.project_models import ProjectModel, Vocabulary, parse_model, read_vocabulary

Content = dict[str, Any]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The codes a model may use; they change with the files of the site, so read once by the process."""
    return read_vocabulary(settings.DATA)


def write_content(model: ProjectModel, **changes: Any) -> Content:
    """The model in the exchange schema, some of its fields changed. Empty optional fields are left out."""
    written: Content = model.model_dump(mode="json", exclude_none=True)
    # a life of None says "never wears out", which is not the same as saying nothing
    for item, asset in zip(written["capex"], model.capex, strict=True):
        item["life_years"] = asset.life_years
    return {**written, **changes}


def check_content(content: Mapping[str, Any]) -> ProjectModel:
    """The model this content describes. Raises InvalidModel with every problem."""
    return parse_model(content, vocabulary(), str(content.get("slug", "model")))


def read_content(content: Mapping[str, Any]) -> ProjectModel:
    """The model of a content that was checked when it was stored."""
    return ProjectModel.model_validate(content)


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of what the content says, whatever its version number and date: same hash, same model."""
    said = {name: value for name, value in content.items() if name not in {"version", "updated"}}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
