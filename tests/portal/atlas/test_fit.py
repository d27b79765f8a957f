"""Fits with their reasons, for any commune in both languages: facts told with figures, the unknown never as zero."""

import random
import re

import pytest
from django.utils import translation

from bpc.datasets.project_models import read_models
from bpc.portal.atlas import fit_phrases
from bpc.portal.atlas.fit import (
    PARTS,
    Fit,
    Weights,
    all_scores,
    fit_of,
    fits_of_place,
    matrix,
    models_with_fit,
    places_for_model,
    places_for_product,
)
from bpc.portal.atlas.fit_inputs import fit_inputs
from bpc.portal.atlas.fit_layers import FAMILY, read
from bpc.portal.atlas.fit_words import reason_text, score_text, tell
from bpc.portal.reference.census import census
from bpc.portal.reference.models import Sector
from tests.portal.atlas.fit_world import confirm, register
from tests.portal.plans.plain_words import plain

pytestmark = pytest.mark.django_db

KALAAT, TAZNAKHT, CASABLANCA, SAFI = "08.577.01.05", "08.401.01.09", "06.141.01.0", "07.431.01.03"
FAR = "02.411.05.11"  # a rural commune that no rose was ever told of
#: Communes whose figures the census does not publish.
BLANK = "12.066.01.03"


def test_every_model_of_the_files_has_a_fit() -> None:
    assert models_with_fit() == tuple(sorted(read_models()))
    assert matrix().score.shape == (1503, 34)


def test_the_best_come_first_and_weights_move_them() -> None:
    found = fits_of_place(KALAAT, limit=5)
    scores = [fit.score or 0 for fit in found]
    assert scores == sorted(scores, reverse=True)
    assert "eau-de-rose" in {fit.model for fit in fits_of_place(KALAAT, limit=8)}
    services = Weights(resource=0, labour=1, access=1, market=1, saturation=0, need=0)
    assert [fit.model for fit in fits_of_place(KALAAT, services, limit=5)] != [fit.model for fit in found]


def test_only_some_models_or_places_when_asked() -> None:
    asked = fits_of_place(KALAAT, models=("safran", "tapis", "no-such-model"))
    assert sorted(fit.model for fit in asked) == ["safran", "tapis"]
    inside = places_for_model("eau-de-rose", within="08.577", limit=None)
    assert {fit.place[:6] for fit in inside} == {"08.577"}
    assert len(inside) == sum(code.startswith("08.577.") for code in fit_inputs().figures.codes)
    assert [fit.place for fit in places_for_model("eau-de-rose", within=KALAAT)] == [KALAAT]


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        fits_of_place("08.577")
    with pytest.raises(KeyError):
        places_for_model("no-such-model")
    with pytest.raises(ValueError, match="weights"):
        fits_of_place(KALAAT, Weights(0, 0, 0, 0, 0, 0))
    with pytest.raises(ValueError, match="not in"):
        places_for_product("no-such-product")


def test_roses_at_kalaat_told_with_figures_years_and_sources() -> None:
    told = tell(fit_of(KALAAT, "eau-de-rose"))
    by_name = {part.name: part for part in told.parts}
    (rose,) = by_name["resource"].facts
    assert plain(rose.text) == "Rose de Kelâat M’Gouna-Dadès, AOP : le nom du produit cite la commune."
    assert rose.sources[0].url.startswith("https://")
    assert by_name["resource"].score == "100"
    water = next(fact.text for fact in by_name["access"].facts if "eau courante" in fact.text)
    assert water == (
        "94,1\u202f% des ménages ont l’eau courante, contre 82,9\u202f% dans le pays (recensement 2024)."
    )
    assert by_name["saturation"].facts[0].text.startswith("Registre non chargé.")
    assert told.objections == ()


def test_saffron_in_a_port_is_objected_to_not_zeroed() -> None:
    fit = fit_of(SAFI, "safran")
    assert fit.cap == 25
    assert 0 < (fit.score or 0) <= 25
    told = tell(fit)
    assert plain(told.objections[0]) == (
        "La commune est au bord de la mer : ce produit ne s’y cultive pas. La note ne dépasse pas 25."
    )
    assert any("à vérifier sur place" in one for one in told.objections)
    assert plain(next(part for part in told.parts if part.name == "resource").facts[0].text) == (
        "Safran : aucune source n’en parle ici. Cela ne veut pas dire qu’il n’y en a pas."
    )


def test_a_model_that_needs_no_resource_says_so() -> None:
    fit = fit_of(CASABLANCA, "creche-prescolaire")
    part = fit.parts[PARTS.index("resource")]
    assert (part.score, part.known, part.would_change) == (50.0, 1.0, ())
    told = tell(fit).parts[PARTS.index("resource")]
    assert (told.score, plain(told.facts[0].text)) == (
        "50",
        "Ne s’appuie sur aucune ressource du lieu : pareil partout.",
    )


def test_a_part_that_does_not_concern_the_model_says_so() -> None:
    told = tell(fit_of(KALAAT, "pompage-solaire")).parts[PARTS.index("market")]
    assert (told.score, told.value) == ("", None)
    assert plain(told.facts[0].text) == "Ce modèle sert ses membres : il ne dépend pas des clients autour."


def test_what_would_change_is_what_comes_when_it_changes() -> None:
    before = fit_of(FAR, "eau-de-rose")
    assert before.cap == 40
    (change,) = before.parts[0].would_change
    assert change.code == "confirm_resource"
    confirm("rose", FAR)
    after = fit_of(FAR, "eau-de-rose")
    assert after.cap == 100
    assert after.parts[0].reasons[0].level == "here"
    # a delegation's word is worth a little less than a quality sign
    assert (before.score or 0) + 10 < (after.score or 0) <= change.score


def test_a_resource_more_lowers_no_score() -> None:
    before = {slug: all_scores(slug) for slug in ("eau-de-rose", "dattes", "pompage-solaire")}
    confirm("rose", FAR)
    for slug, scores in before.items():
        after = all_scores(slug)
        assert all(after[code] >= score for code, score in scores.items()), slug
    touching = fit_of(neighbour(FAR), "eau-de-rose").parts[0].reasons[0]
    assert (touching.level, touching.commune) == ("beside", FAR)


def test_cooperatives_placed_in_a_province_only_are_told_and_weigh_on_its_communes() -> None:
    crafts = Sector.objects.get(code="crafts")
    register("A", crafts, CASABLANCA)
    before = fit_of(TAZNAKHT, "tapis").parts[4]
    for number in range(40):
        register(f"B{number}", crafts, TAZNAKHT[:6])
    after = fit_of(TAZNAKHT, "tapis").parts[4]
    assert (after.score or 0) < (before.score or 0)
    assert plain(reason_text(after.reasons[0])) == (
        "Aucune coopérative de ce secteur n’est inscrite dans la commune, d’après le registre. "
        "40 autres sont inscrites dans la province, sans que leur commune soit connue."
    )
    # no cooperative of the sector anywhere: nothing to compare with, and no zero
    unknown = fit_of(TAZNAKHT, "safran").parts[4]
    assert (unknown.score, unknown.known) == (None, 0.0)
    assert plain(reason_text(unknown.reasons[0])) == (
        "Le registre chargé ne dit rien de ce secteur : on ne sait pas s’il reste de la place."
    )


def neighbour(code: str) -> str:
    """A commune of the same province that touches this one."""
    figures = fit_inputs().figures
    pairs = figures.touching
    beside = [figures.codes[at] for at in pairs[pairs[:, 0] == figures.number[code], 1]]
    return next(one for one in beside if one[:6] == code[:6])


def test_a_register_replaces_the_weak_sign() -> None:
    assert fit_of(KALAAT, "tapis").parts[4].known == 0.5
    crafts = Sector.objects.get(code="crafts")
    for number in range(3):
        register(f"T{number}", crafts, KALAAT)
    part = fit_of(KALAAT, "tapis").parts[4]
    assert (part.known, part.reasons[0].code, part.reasons[0].value) == (1.0, "registered", 3.0)
    assert plain(reason_text(part.reasons[0])) == (
        "3 coopératives de ce secteur sont inscrites dans la commune, d’après le registre."
    )
    assert (part.score or 0) < 50 < (fit_of(CASABLANCA, "tapis").parts[4].score or 0)
    none = fit_of(CASABLANCA, "tapis").parts[4].reasons[0]
    assert reason_text(none).startswith("Aucune coopérative de ce secteur")


SOME = random.Random(4).sample(range(1503), 60)  # any communes will do


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_any_fit_is_told_in_both_languages(language: str) -> None:
    codes = [fit_inputs().figures.codes[at] for at in SOME] + [BLANK]
    with translation.override(language):
        for code in codes:
            for fit in fits_of_place(code):
                told = tell(fit)
                assert len(told.parts) == 6
                texts = [fact.text for part in told.parts for fact in part.facts]
                texts += [change for part in told.parts for change in part.changes]
                for text in (*texts, *told.objections, told.coverage, told.spread):
                    assert "%(" not in text
                    assert "nan" not in text.lower().split()
                    assert "None" not in text
                assert all(text.strip() for text in texts)
                unknown_is_never_zero(fit)


def unknown_is_never_zero(fit: Fit) -> None:
    for part, told in zip(fit.parts, tell(fit).parts, strict=True):
        if part.score is None:
            assert told.score in ("", score_text(None))
            assert not re.fullmatch(r"0.*", told.score)
            assert not part.would_change or part.applies


def test_a_commune_the_census_does_not_tell_has_little_known() -> None:
    fit = fit_of(BLANK, "creche-prescolaire")
    assert fit.coverage < 75
    texts = [fact.text for part in tell(fit).parts for fact in part.facts]
    assert any(text.startswith("Inconnu ici") for text in texts)


def test_every_measure_has_its_sentences() -> None:
    from_census = set(fit_phrases.MEASURES) - {"visitors", "souks"}
    assert from_census <= set(fit_phrases.FACTS)
    assert set(fit_phrases.REMEDIES) <= set(fit_phrases.MEASURES)
    assert set(fit_phrases.PARTS) == set(PARTS)


def test_reasons_name_sources_that_exist() -> None:
    known = {source for entry in census().indicators.values() for source in entry.sources}
    for fit in fits_of_place(TAZNAKHT):
        for part in fit.parts:
            for reason in part.reasons:
                assert all(one in known or one.startswith("http") for one in reason.sources)
                if reason.year:
                    assert any(str(reason.year) in one for one in reason.sources), reason.code


def test_the_map_shows_scores_and_the_best_commune_of_wider_places() -> None:
    assert len(FAMILY.layers) == 34
    position = census().position
    communes = read("fit.eau-de-rose", "commune")
    assert communes[position[KALAAT]] == fit_of(KALAAT, "eau-de-rose").score
    provinces = read("fit.eau-de-rose", "province")
    within = [score for code, score in all_scores("eau-de-rose").items() if code.startswith("08.577.")]
    assert provinces[position["08.577"]] == max(within)
    assert read("fit.eau-de-rose", "country")[position["MA"]] == max(all_scores("eau-de-rose").values())


def test_ranking_asks_the_database_whether_facts_changed_and_no_more(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    fits_of_place(KALAAT)
    with django_assert_num_queries(2):
        fits_of_place(TAZNAKHT)
