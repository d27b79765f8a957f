"""The address of a comparison: at most four territories, in the order they were added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from bpc.portal.atlas.country import NATION, Country
from bpc.portal.reference.places import Place

MOST = 4
_LONGEST = 200  # signs of an address worth reading


@dataclass(frozen=True)
class Compared:
    """The territories set side by side; `notices` tells what of the address was left out, and why."""

    places: tuple[Place, ...]
    notices: list[str] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(place.code for place in self.places)

    @property
    def is_full(self) -> bool:
        """Whether no other can be added."""
        return len(self.places) >= MOST

    @property
    def mixes_levels(self) -> bool:
        """Whether a larger territory stands beside one that could lie in it."""
        return len({place.level for place in self.places}) > 1

    def address(self) -> str:
        """The query part of the address of this comparison."""
        return address_of(self.codes)

    def with_one(self, code: str) -> str:
        """The same with another territory last."""
        return address_of((*self.codes, code))

    def without(self, code: str) -> str:
        """The same without one of them."""
        return address_of(one for one in self.codes if one != code)


def address_of(codes: Iterable[str]) -> str:
    """The query part of the address that compares these codes; empty for none.

    >>> address_of(["09.541", "02"]), address_of([])
    ('?lieux=09.541,02', '')
    """
    joined = ",".join(codes)
    return f"?{urlencode({'lieux': joined}, safe=',')}" if joined else ""


def read_compared(given: Mapping[str, str], country: Country) -> Compared:
    """What an address asks for; what cannot be compared is left out with a word. Never raises."""
    asked = [code.strip() for code in given.get("lieux", "")[:_LONGEST].split(",") if code.strip()]
    notices = []
    found: dict[str, Place] = {}
    for code in dict.fromkeys(asked):
        place = country.places.get(code)
        if place is None:
            notices.append(_("Aucun territoire ne porte le code « %(code)s ».") % {"code": code[:20]})
        elif place.code == NATION:
            notices.append(_("Les chiffres du pays sont déjà dans la dernière colonne."))
        else:
            found[code] = place
    if len(found) > MOST:
        notices.append(_("On compare quatre territoires au plus : les suivants ne sont pas montrés."))
    return Compared(tuple(found.values())[:MOST], notices)
