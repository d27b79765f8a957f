"""For whom, in words: who may ask, where, for what, on which conditions; what only a person can check."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.funding_source_parts import Text
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.atlas.country import name_in
from bpc.portal.foundation.wording import enumerated, listed
from bpc.portal.foundation.writing import written_duration, written_percent
from bpc.portal.funding.question_words import BENEFICIARIES
from bpc.portal.reference.places import Reference, reference
from bpc.portal.web.atlas.sheet_links import Link, place_link
from bpc.portal.web.funding.condition_words import told_test
from bpc.portal.web.funding.marks import Line, Terms, mark_of
from bpc.portal.web.funding.words import ROUTES, STAGES

_COOPERATIVES = frozenset({"existing_cooperative", "new_cooperative"})
_MOST_ON_CARD = 2


@dataclass(frozen=True)
class Audience:
    """Everything the part « for whom » of a sheet says; empty where the source says nothing."""

    who: list[Line]
    unconfirmed: str
    places: list[Link]
    places_mark: Line | None
    sectors: str
    excluded_sectors: str
    stages: str
    conditions: list[Line]
    any_of: list[list[str]]
    preferences: list[str]
    checks: list[Line]
    routes: list[tuple[str, str]]


def audience_of(source: FundingSource) -> Audience:
    """Of the call itself: whom a local call names is not what its frame names."""
    known = reference()
    codes = (*source.places.communes, *source.places.provinces, *source.places.regions)
    return Audience(
        who=[
            Line(str(BENEFICIARIES[one]), mark_of(source, "beneficiaries"))
            for one in source.beneficiaries
            if one not in source.unconfirmed_beneficiaries
        ],
        unconfirmed=enumerated(str(BENEFICIARIES[one]) for one in source.unconfirmed_beneficiaries),
        places=[place_link(known.places[code]) for code in codes if code in known.places],
        places_mark=Line("", mark_of(source, "places")) if codes else None,
        sectors=enumerated(known.sectors[code].name for code in source.sectors if code in known.sectors),
        excluded_sectors=listed(texts(source.excluded_sectors)),
        stages=enumerated(str(STAGES[one]) for one in source.stages),
        conditions=[
            Line(told_test(test), mark_of(source, f"conditions.{at}"))
            for at, test in enumerate(source.conditions)
        ],
        any_of=[[told_test(test) for test in group] for group in source.any_of],
        preferences=[told_test(test) for test in source.preferences],
        checks=[Line(text, mark_of(source, f"checks.{at}")) for at, text in enumerate(texts(source.checks))],
        routes=[(str(ROUTES[one.through]), in_page(one.how)) for one in source.routes],
    )


def cumulation_lines(terms: Terms, names: dict[str, str]) -> list[str]:
    """What may not be had together; `names` of the sources it speaks of, by id."""
    one = terms.source.cumulation
    lines = []
    if one.public_share_max_pct is not None:
        share = written_percent(one.public_share_max_pct, 0 if one.public_share_max_pct % 1 == 0 else 1)
        lines.append(_("Tout l’argent public réuni ne dépasse pas %(share)s du coût.") % {"share": share})
    for slug in one.excludes:
        lines.append(_("Pas en même temps que : %(name)s.") % {"name": names.get(slug, slug)})
    for slug in one.past_aid_excludes:
        name = _("ce même financement") if slug == "self" else names.get(slug, slug)
        if one.past_aid_wait_years is None:
            lines.append(_("Pas si l’on a déjà reçu : %(name)s.") % {"name": name})
        else:
            length = written_duration(one.past_aid_wait_years * 12)
            lines.append(
                _("Il faut attendre %(length)s après avoir reçu : %(name)s.")
                % {"length": length, "name": name}
            )
    if not one.same_item:
        lines.append(_("Le même achat peut être aidé deux fois."))
    elif lines:
        lines.append(_("Le même achat n’est jamais payé deux fois."))
    if one.note is not None:
        lines.append(in_page(one.note))
    return lines


def short_audience(source: FundingSource) -> str:
    """For a card: who may ask, in a few words."""
    asked = set(source.beneficiaries)
    named = []
    if asked & _COOPERATIVES == {"new_cooperative"}:
        named.append(_("coopératives de moins de deux ans"))
    elif asked & _COOPERATIVES:
        named.append(_("coopératives"))
    elif asked & {"women_cooperative"}:
        named.append(_("coopératives de femmes"))
    elif asked & {"youth_cooperative"}:
        named.append(_("coopératives de jeunes"))
    others = {
        "cooperative_in_creation": _("coopératives en création"),
        "union": _("unions"),
        "gie": _("GIE"),
        "association": _("associations"),
        "individual_holder": _("personnes seules"),
        "company": _("sociétés"),
    }
    named += [words for code, words in others.items() if code in asked]
    shown = enumerated(named[:_MOST_ON_CARD])
    return _("%(names)s et d’autres") % {"names": shown} if len(named) > _MOST_ON_CARD else shown


def short_places(source: FundingSource, known: Reference) -> str:
    """For a card: where, in a few words; the whole country when nothing is said. `known`: read once for a page."""
    language = get_language() or "fr"
    codes = source.places.communes or source.places.provinces or source.places.regions
    names = [name_in(known.places[code], language) for code in codes if code in known.places]
    if not names:
        return _("tout le Maroc")
    left = len(names) - _MOST_ON_CARD
    if left <= 1:
        return enumerated(names)
    return _("%(names)s et %(count)s autres lieux") % {
        "names": enumerated(names[:_MOST_ON_CARD]),
        "count": left,
    }


def source_link(slug: str, name: str) -> Link:
    """The sheet of a source."""
    return Link(name, reverse("web:funding_source", args=[slug]))


def texts(parts: tuple[Text, ...]) -> list[str]:
    """Sentences in the language of the page."""
    return [in_page(one) for one in parts]


def in_page(text: Text) -> str:
    """A sentence in the language of the page."""
    return text.words.in_language(get_language() or "fr")
