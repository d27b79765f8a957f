"""A fit in words, in the language of the page: the reasons, what would change the score, what speaks against."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext

from bpc.datasets.products import Product, read_products
from bpc.datasets.sources import Source, read_sources
from bpc.portal.atlas import fit_phrases as phrases
from bpc.portal.atlas.fit import Fit, FitPart
from bpc.portal.atlas.fit_inputs import fit_inputs
from bpc.portal.atlas.fit_reasons import Change, Objection, Reason
from bpc.portal.atlas.units import figure_text, figure_with_unit, number_text
from bpc.portal.reference.places import places_by_code
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.resources.queries import ResourceFact

#: Told with their unit in words; percents say so themselves, the others stand in the sentence.
_WITH_UNIT = frozenset({"km"})


@dataclass(frozen=True)
class ToldSource:
    """Where a fact is from: a title, an address when there is one."""

    title: str
    url: str


@dataclass(frozen=True)
class ToldFact:
    """One reason: its sentence, its sources, and its evidence (official, deduced, sourced, to_verify, unknown…)."""

    text: str
    sources: tuple[ToldSource, ...]
    confidence: str


@dataclass(frozen=True)
class ToldPart:
    """A part as it is shown. `score` is « 72 » or « inconnu »; empty when the part does not concern the model."""

    name: str
    label: str
    score: str
    value: float | None
    weight: str
    facts: tuple[ToldFact, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ToldFit:
    """A whole fit as it is shown; `spread` says between which scores the truth lies, empty when all is known."""

    score: str
    spread: str
    coverage: str
    parts: tuple[ToldPart, ...]
    objections: tuple[str, ...]


def tell(fit: Fit) -> ToldFit:
    """The fit in words."""
    return ToldFit(
        score=score_text(fit.score),
        spread=_spread(fit),
        coverage=gettext("%(share)s de la note repose sur des faits connus.") % {
            "share": figure_text(round(fit.coverage), "percent").replace(",0", "")
        },
        parts=tuple(_part(part) for part in fit.parts),
        objections=tuple(objection_text(one) for one in fit.objections),
    )  # fmt: skip


def score_text(score: float | None) -> str:
    """A score as shown: a whole number, never a zero for what is unknown."""
    return gettext("inconnu") if score is None else number_text(round(score))


def part_label(name: str) -> str:
    """The name of a part. Raises KeyError for a part that does not exist."""
    return str(phrases.PARTS[name])


def _spread(fit: Fit) -> str:
    if fit.score is None or fit.low is None or fit.high is None or round(fit.high) == round(fit.low):
        return ""
    return gettext("Entre %(low)s et %(high)s selon ce qui reste à connaître.") % {
        "low": number_text(round(fit.low)), "high": number_text(round(fit.high)),
    }  # fmt: skip


def _part(part: FitPart) -> ToldPart:
    if not part.applies:
        fact = ToldFact(str(phrases.NOT_CONCERNED[part.name]), (), "estimated")
        return ToldPart(part.name, part_label(part.name), "", None, "", (fact,), ())
    return ToldPart(
        name=part.name,
        label=part_label(part.name),
        score=score_text(part.score),
        value=part.score,
        weight=figure_text(part.weight, "percent").replace(",0", ""),
        facts=tuple(ToldFact(reason_text(one), sources_of(one), one.confidence) for one in part.reasons),
        changes=tuple(change_text(one) for one in part.would_change),
    )


def reason_text(reason: Reason) -> str:
    """The sentence of one fact, with its figures, its year and where it holds."""
    if reason.code == "resource" or (reason.code == "visitors" and reason.level != "silent"):
        return _ground_text(reason)
    if reason.code == "no_resource":
        return str(phrases.NO_RESOURCE)
    if reason.code == "visitors":
        return str(phrases.VISITORS_UNKNOWN)
    if reason.code == "room_unknown":
        return str(phrases.ROOM_UNKNOWN)
    if reason.code == "registered":
        return _registered_text(int(reason.value or 0), int(reason.nearby or 0))
    if reason.value is None:
        if reason.code == "road":
            return str(phrases.ROAD_IN_TOWN)
        return str(phrases.UNKNOWN) % {"what": phrases.MEASURES[reason.code]}
    if reason.code == "souks":
        return _souks_text(round(reason.value), reason.year)
    if reason.code == "town" and round(reason.value) == 0:
        return str(phrases.NO_TOWN) % {"year": reason.year}
    return str(phrases.FACTS[reason.code]) % {
        "value": _figure(reason.value, reason.unit),
        "nation": gettext("inconnu") if reason.nation is None else _figure(reason.nation, reason.unit),
        "wanted": "" if reason.wanted is None else number_text(reason.wanted),
        "year": reason.year,
    }


def _figure(value: float, unit: str) -> str:
    return figure_with_unit(value, unit) if unit in _WITH_UNIT else figure_text(value, unit)


def _souks_text(count: int, year: int | None) -> str:
    if not count:
        return str(phrases.NO_SOUK) % {"year": year}
    sentence = ngettext(
        "%(count)s souk hebdomadaire se tient dans la commune ou celles qui la touchent (recensement %(year)s).",
        "%(count)s souks hebdomadaires se tiennent dans la commune et celles qui la touchent (recensement %(year)s).",
        count,
    )
    return sentence % {"count": number_text(count), "year": year}


def _registered_text(count: int, nearby: int) -> str:
    told = _counted_text(count)
    if not nearby:
        return told
    sentence = ngettext(
        "%(count)s autre est inscrite dans la province, sans que sa commune soit connue.",
        "%(count)s autres sont inscrites dans la province, sans que leur commune soit connue.",
        nearby,
    )
    return f"{told} {sentence % {'count': number_text(nearby)}}"


def _counted_text(count: int) -> str:
    if not count:
        return str(phrases.NO_COOPERATIVE)
    sentence = ngettext(
        "%(count)s coopérative de ce secteur est inscrite dans la commune, d’après le registre.",
        "%(count)s coopératives de ce secteur sont inscrites dans la commune, d’après le registre.",
        count,
    )
    return sentence % {"count": number_text(count)}


def _ground_text(reason: Reason) -> str:
    fact = fit_inputs().facts.get(reason.resource)
    level = "located" if reason.level == "named" and _is_located(reason) else reason.level
    return str(phrases.GROUNDS[level]) % {
        "name": _resource_name(fact) if fact else "",
        "product": product_name(reason.product),
        "holder": _place_name(reason.holder),
        "commune": _place_name(reason.commune or reason.holder),
    }


def _is_located(reason: Reason) -> bool:
    """Whether the name speaks of a place of the commune (a village, a lagoon) rather than of the commune."""
    named = fit_inputs().places_of.get(reason.resource, ())
    return any(place.commune == reason.commune and place.why == "located" for place in named)


def _sign_name(code: str) -> str:
    """A quality sign as people say it: by its letters in French, in full in Arabic, which has none for it."""
    sign = quality_signs().get(code)
    return sign.name_ar if sign is not None and get_language() == "ar" else code


def _resource_name(fact: ResourceFact) -> str:
    """« Rose de Kelâat M’Gouna-Dadès, AOP », and what its source is worth when nothing was published."""
    name = (fact.name_ar if get_language() == "ar" else fact.name_fr).replace("'", "’")
    label = _sign_name(fact.label)
    labelled = gettext("%(name)s, %(label)s") % {"name": name, "label": label} if label else name
    worth = phrases.CONFIDENCES.get(fact.confidence)
    return f"{labelled} {worth}" if worth else labelled


def change_text(change: Change) -> str:
    """What would change the score, and to what."""
    score = score_text(change.score)
    if change.code == "confirm_resource":
        return str(phrases.CONFIRMED) % {"score": score}
    return str(phrases.REMEDIED) % {"remedy": phrases.REMEDIES[change.measure], "score": score}


def objection_text(objection: Objection) -> str:
    """What speaks against the model in this commune."""
    if objection.is_unknown:
        return str(phrases.TO_CHECK[objection.code])
    if objection.cap is not None:
        return str(phrases.CAPPED) % {
            "why": phrases.UNMET[objection.code], "cap": number_text(objection.cap),
        }  # fmt: skip
    assert objection.reason is not None  # what is no condition is a fact
    fact = reason_text(objection.reason)
    return fact if objection.code == "silent" else str(phrases.SCARCE) % {"fact": fact}


def sources_of(reason: Reason) -> tuple[ToldSource, ...]:
    """Where a fact is from, each with the address to read it at."""
    return tuple(_source(one) for one in reason.sources)


def _source(source: str) -> ToldSource:
    if source.startswith(("http://", "https://")):
        return ToldSource(urlsplit(source).netloc.removeprefix("www."), source)
    known = _sources()[source]
    return ToldSource(known.title_ar if get_language() == "ar" else known.title_fr, known.url)


@lru_cache(maxsize=1)
def _sources() -> dict[str, Source]:
    return {source.id: source for source in read_sources(settings.DATA)}


@lru_cache(maxsize=1)
def _products() -> dict[str, Product]:
    return {product.code: product for product in read_products(settings.DATA)}


def product_name(code: str) -> str:
    """The name of a product; empty for none."""
    found: Any = _products().get(code)
    return "" if found is None else str(found.name_ar if get_language() == "ar" else found.name_fr)


def _place_name(code: str) -> str:
    place = places_by_code().get(code)
    if place is None:
        return ""
    return place.name_ar if get_language() == "ar" else place.name_fr
