"""Resources as pages show them: names in the language of the page, what is said of which place, how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import name_in
from bpc.portal.foundation.writing import month_names
from bpc.portal.reference.places import Reference, reference
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.resources.contents import products
from bpc.portal.resources.states import Confidence


@dataclass(frozen=True)
class Told:
    """A resource as shown. `where` is exactly the place the source speaks of, `evidence` the chip of its confidence."""

    reference: str
    name: str
    where: str
    sector: str
    icon: str
    products: str
    label: str
    season: str
    evidence: str
    source_url: str
    url: str

    @property
    def about(self) -> str:
        """Where, which sector, when, in one line."""
        return " · ".join(filter(None, (self.where, self.sector, self.season)))


#: confidence → chip; what the people of a place say is told in words of its own
CHIPS = {Confidence.SOURCED: "sourced", Confidence.TO_VERIFY: "to_verify", Confidence.REPORTED: ""}


def told_resource(one: Any, known: Reference | None = None) -> Told:
    """A row with its products fetched, or a value row of the queries, in the language of the page. No query."""
    language, known = get_language() or "fr", known or reference()
    territory = getattr(one, "territory_id", None) or one.territory
    sector = known.sectors.get(getattr(one, "sector_id", None) or one.sector)
    place = known.places.get(territory)
    codes = one.products if hasattr(one, "products") else [row.product for row in one.product_rows.all()]
    return Told(
        reference=one.reference,
        name=capfirst(getattr(one, f"name_{language}", "") or one.name_fr),
        where=f"{scope_words(place.level, place.kind)} · {name_in(place, language)}" if place else "",
        sector=sector.name if sector else "",
        icon=sector.icon if sector else "other",
        products=product_names(codes, language),
        label=label_name(one.label),
        season=season_words(one.season_start, one.season_end),
        evidence=CHIPS.get(Confidence(one.confidence), ""),
        source_url=one.source_url,
        url=reverse("web:resource", args=[one.reference]),
    )


def told_resources(facts: Iterable[Any], known: Reference | None = None) -> list[Told]:
    """Each of them, the reference asked for once."""
    known = known or reference()
    return [told_resource(one, known) for one in facts]


def scope_words(level: str, kind: str = "") -> str:
    """What the source speaks of: a region, a province, a prefecture, a commune."""
    if level == "province":
        return _("Préfecture") if kind == "prefecture" else _("Province")
    return {"region": _("Région"), "commune": _("Commune")}.get(level, "")


def scope_warning(level: str) -> str:
    """What may not be concluded from where the source speaks of; empty for a commune."""
    return {
        "region": _(
            "La source parle de toute la région : rien n’est affirmé de chaque province ni de chaque commune."
        ),
        "province": _("La source parle de toute la province : rien n’est affirmé de chaque commune."),
    }.get(level, "")


def product_names(codes: Iterable[str], language: str) -> str:
    """The names of products, separated by commas."""
    known = products()
    names = [
        str(getattr(known[code], f"name_{language}", "") or known[code].name_fr)
        for code in codes
        if code in known
    ]
    return ("، " if language == "ar" else ", ").join(names)


def label_name(code: str) -> str:
    """The name of a quality sign; empty without any."""
    sign = quality_signs().get(code)
    return str(getattr(sign, f"name_{get_language()}", "") or sign.name_fr) if sign else ""


def season_words(first: int | None, last: int | None) -> str:
    """« août à octobre », « mai »; empty when nobody knows."""
    if first is None or last is None:
        return ""
    months = month_names()
    if first == last:
        return months[first - 1]
    return _("%(first)s à %(last)s") % {"first": months[first - 1], "last": months[last - 1]}
