"""One model of the bank as people find it, and contents that differ from it by one thing."""

import copy
from typing import Any

from django.utils import timezone

from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VersionState

NOW = timezone.now()
SLUG = "huile-argan"


def blueprint(slug: str = SLUG) -> Blueprint:
    """A model as the files give it."""
    return Blueprint.objects.get(slug=slug)


def published_version(slug: str = SLUG) -> BlueprintVersion:
    """Its version that everybody reads."""
    return BlueprintVersion.objects.get(blueprint__slug=slug, state=VersionState.PUBLISHED)


def changed(content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A copy of the content with some fields of the whole model replaced."""
    return {**copy.deepcopy(content), **fields}


def dearer(content: dict[str, Any], factor: float = 2.0) -> dict[str, Any]:
    """A copy whose first product sells at a multiple of its price."""
    copied = copy.deepcopy(content)
    price = copied["products"][0]["price_mad"]
    for name in ("low", "mode", "high"):
        price[name] *= factor
    return copied
