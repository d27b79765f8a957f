"""What several lists are asked by: a place, a sector, a mark to go on from."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query

from bpc.portal.api.problems import RefusedError
from bpc.portal.api.shapes import place_or_refuse
from bpc.portal.reference.gazetteer import gazetteer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = r"^\d{1,16}-\d{1,15}$"
_REGION, _PROVINCE, _COMMUNE = r"^\d{2}$", r"^\d{2}\.\d{3}$", r"^\d{2}\.\d{3}\.\d{2}\.\d{1,2}$"
_SECTOR = r"^[a-z_]{1,20}$"

Region = Annotated[str | None, Query(pattern=_REGION, description=_("Code de la région"))]
Province = Annotated[str | None, Query(pattern=_PROVINCE, description=_("Code de la province ou préfecture"))]
Commune = Annotated[str | None, Query(pattern=_COMMUNE, description=_("Code de la commune"))]
SectorCode = Annotated[str | None, Query(pattern=_SECTOR, description=_("Code du secteur d’activité"))]
After = Annotated[str | None, Query(pattern=_MARK, description=_("Repère reçu dans « next »"))]
Mark = tuple[datetime, int]


def narrowest(*codes: str | None) -> str:
    """The last of the places given, from the widest; each must hold the next. Empty when none is given."""
    places = [place_or_refuse(code).code for code in codes if code]
    for wide, narrow in pairwise(places):
        if not gazetteer().within(wide, narrow):
            detail = gettext("Le territoire %(narrow)s n’est pas dans %(wide)s.")
            raise RefusedError(404, "contradiction", detail % {"narrow": narrow, "wide": wide})
    return places[-1] if places else ""


def read_mark(mark: str | None) -> Mark | None:
    """Where the slice before ended."""
    if mark is None:
        return None
    at, key = mark.split("-")  # the pattern bounds both: no date beyond 2286, no key beyond 64 bits
    return _EPOCH + timedelta(microseconds=int(at)), int(key)


def write_mark(mark: Mark | None) -> str | None:
    """How the following slice is asked for."""
    if mark is None:
        return None
    return f"{(mark[0] - _EPOCH) // timedelta(microseconds=1)}-{mark[1]}"
