"""Contents of resources, true enough to be written, that differ by one thing."""

from typing import Any

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.resources.actions import add_resource
from bpc.portal.resources.contents import Content
from bpc.portal.resources.models import Resource
from tests.portal.world import HERE, make_user

NOW = timezone.now()


def written(territory: str = HERE, **fields: Any) -> Content:
    """Dried figs of a commune of Taroudannt, told by its people."""
    values: dict[str, Any] = {
        "sector": "agriculture",
        "products": ("fig",),
        "name_fr": "Figues séchées",
        "name_ar": "التين المجفف",
        "season_start": 8,
        "season_end": 10,
        "confidence": "reported",
        "source_note": "Réunion du souk, 12 mars",
    }
    return Content(territory=territory, **{**values, **fields})


def delegate(region: str = HERE[:2]) -> User:
    """Who keeps the rows of a region."""
    return make_user(Role.DELEGATE, region=region)


def added(actor: User, territory: str = HERE, **fields: Any) -> Resource:
    """A resource a delegation wrote."""
    return add_resource(content=written(territory, **fields), actor=actor, at=NOW)


def of_facts(reference: str = "R223") -> Resource:
    """A resource of the file of facts: the saffron of Taliouine."""
    return Resource.objects.get(reference=reference)
