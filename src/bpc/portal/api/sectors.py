"""Sectors of cooperative activity."""

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema

from bpc.portal.reference.models import Sector

router = Router()


class SectorLine(Schema):
    """A sector by its code and its names."""

    code: str
    name_fr: str
    name_ar: str


class SectorList(Schema):
    """All sectors, in the order they are shown."""

    count: int
    results: list[SectorLine]


@router.get(
    "/sectors",
    response={200: SectorList},
    summary=_("Les secteurs d’activité"),
    description=_("La liste fermée avec laquelle les idées sont classées."),
    openapi_extra={"x-example": "/api/v1/sectors"},
)
def list_sectors(request: HttpRequest) -> SectorList:
    """All of them."""
    sectors = Sector.objects.all()
    rows = [SectorLine(code=row.code, name_fr=row.name_fr, name_ar=row.name_ar) for row in sectors]
    return SectorList(count=len(rows), results=rows)
