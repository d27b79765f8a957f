"""The resources on a sheet: what is said of the place itself, of what holds it, of what it holds; never mixed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import Country, name_in
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, Reference, reference
from bpc.portal.resources.queries import ResourceFact, resources_around
from bpc.portal.web.resources.told import Told, told_resources

_SHOWN = 8


@dataclass(frozen=True)
class ResourceGroup:
    """Resources under one heading, `own` where said of the place itself; `note`: what may not be concluded of them."""

    title: str
    note: str
    own: bool
    listed: list[Told]
    more: list[Told]


def resource_groups(place: Place, country: Country) -> list[ResourceGroup]:
    """The place's own first, then those of what holds it, said as such, then those of what it holds."""
    language, known, around = get_language() or "", reference(), resources_around(place.code)
    if not place.parent:
        return []  # the country would list them all
    groups = [_group(_own_title(place), "", around.here, known, own=True)]
    for wider in sorted({fact.territory for fact in around.above}, reverse=True):
        holder = country.places[wider]
        groups.append(
            _group(
                _("Connues pour %(place)s") % {"place": f"{_whole(holder)} {name_in(holder, language)}"},
                _("La source ne dit pas dans quelles communes.")
                if place.level == Territory.Level.COMMUNE
                else "",
                [fact for fact in around.above if fact.territory == wider],
                known,
            )
        )
    inner = _("Dans ses communes") if place.level == Territory.Level.PROVINCE else _("Dans ses provinces")
    groups.append(_group(inner, "", around.inside, known))
    return [group for group in groups if group.listed]


def resources_url(place: Place) -> str:
    """The list of resources narrowed to the place, or to the province of a commune."""
    address = reverse("web:resources")
    if not place.parent:
        return address
    chosen = {"region": place.code[:2]}
    if place.level != Territory.Level.REGION:
        chosen["province"] = place.code[:6]
    return f"{address}?{urlencode(chosen)}"


def _own_title(place: Place) -> str:
    return {
        Territory.Level.COMMUNE: _("Dans cette commune"),
        Territory.Level.PROVINCE: _("Dans toute la province"),
        Territory.Level.REGION: _("Dans toute la région"),
    }[Territory.Level(place.level)]


def _whole(place: Place) -> str:
    if place.level == Territory.Level.REGION:
        return _("toute la région")
    return _("toute la préfecture") if place.kind == "prefecture" else _("toute la province")


def _group(
    title: str, note: str, facts: Iterable[ResourceFact], known: Reference, *, own: bool = False
) -> ResourceGroup:
    told = told_resources(facts, known)
    return ResourceGroup(title, note, own, told[:_SHOWN], told[_SHOWN:])
