"""What lies beside a territory, and what is known to be produced in it: small files, held in the process."""

from functools import lru_cache

from django.conf import settings

from bpc.datasets.delegations import Delegation, read_delegations
from bpc.datasets.resources import QualitySign, Resource, read_quality_signs, read_resources
from bpc.portal.reference.gazetteer import gazetteer


def neighbours_of(code: str) -> tuple[str, ...]:
    """Codes of the territories of the same level that share a boundary, the longest one first."""
    return tuple(pair.neighbour for pair in gazetteer().neighbours.get(code, ()))


@lru_cache(maxsize=1)
def _resources() -> tuple[Resource, ...]:
    return read_resources(settings.DATA)


@lru_cache(maxsize=1)
def quality_signs() -> dict[str, QualitySign]:
    """The signs of origin or quality by their code, as resources name them."""
    return {sign.code: sign for sign in read_quality_signs(settings.DATA)}


def resources_around(code: str) -> list[Resource]:
    """Resources told of this territory, of what it holds, or of what holds it; its own first.

    Sources speak of regions and provinces only: what is known of a province is not claimed of its communes.
    """
    found = [
        entry
        for entry in _resources()
        if entry.territory.startswith(code) or code.startswith(entry.territory)
    ]
    return sorted(found, key=lambda entry: (entry.territory != code, -len(entry.territory), entry.territory))


@lru_cache(maxsize=1)
def _delegations() -> tuple[Delegation, ...]:
    return read_delegations(settings.DATA)


def delegations_for(code: str) -> list[Delegation]:
    """Delegations of the ODCO that serve the place: those whose source names its province come first."""
    found = [one for one in _delegations() if one.serves(code)]
    return sorted(found, key=lambda one: (code[:6] not in one.provinces, one.commune))
