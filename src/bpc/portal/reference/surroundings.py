"""What lies beside a territory, and who serves it: small files, held in the process."""

from functools import lru_cache

from django.conf import settings

from bpc.datasets.delegations import Delegation, read_delegations
from bpc.datasets.resources import QualitySign, read_quality_signs
from bpc.portal.reference.gazetteer import gazetteer


def neighbours_of(code: str) -> tuple[str, ...]:
    """Codes of the territories of the same level that share a boundary, the longest one first."""
    return tuple(pair.neighbour for pair in gazetteer().neighbours.get(code, ()))


@lru_cache(maxsize=1)
def quality_signs() -> dict[str, QualitySign]:
    """The signs of origin or quality by their code, as resources name them."""
    return {sign.code: sign for sign in read_quality_signs(settings.DATA)}


@lru_cache(maxsize=1)
def _delegations() -> tuple[Delegation, ...]:
    return read_delegations(settings.DATA)


def delegations_for(code: str) -> list[Delegation]:
    """Delegations of the ODCO that serve the place: those whose source names its province come first."""
    found = [one for one in _delegations() if one.serves(code)]
    return sorted(found, key=lambda one: (code[:6] not in one.provinces, one.commune))
