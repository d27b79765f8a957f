"""What tests of the fit change, and how it is made known."""

from itertools import count

from bpc.portal.foundation.models import Generation
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.register.models import Cooperative
from bpc.portal.register.tallies import rebuild
from bpc.portal.resources.models import Resource, ResourceProduct

_NUMBERS = count(10_000)


def renew(name: str) -> None:
    """Mark a content as changed, by a number no other test of the process used: a test's changes are rolled back, but
    what the process holds by that number is not."""
    Generation.objects.update_or_create(name=name, defaults={"number": next(_NUMBERS)})


def confirm(product: str, code: str) -> None:
    """A delegation says that a commune has a product."""
    place = Territory.objects.get(code=code)
    row = Resource.objects.create(
        reference="D1", territory=place, commune=place, province_id=code[:6], region_id=code[:2],
        sector=Sector.objects.get(code="aromatic"), name_fr="Rose", name_ar="ورد",
        confidence="reported", origin="delegation",
    )  # fmt: skip
    ResourceProduct.objects.create(resource=row, product=product)
    renew("resources")


def register(number: str, sector: Sector, code: str) -> None:
    """One cooperative of the register, placed in a commune or in a province."""
    Cooperative.objects.create(
        number=number, name_fr="Tissage", sort_name=number, sector=sector, territory_id=code,
        commune_id=code if len(code) > 6 else None, province_id=code[:6], region_id=code[:2],
    )  # fmt: skip
    rebuild()
    renew("register")
