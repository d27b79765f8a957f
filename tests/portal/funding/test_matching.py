"""From answers to verdicts over the directory: what a commune adds, and words for every reason, change and question."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from bpc.core.matching.changes import Change
from bpc.core.matching.facts import Interval
from bpc.core.matching.truth import Truth
from bpc.core.matching.verdict import Reason
from bpc.core.matching.vocabulary import FIELDS, Operator
from bpc.portal.funding.matching import known_facts, match_profile
from bpc.portal.funding.places import facts_of_commune
from bpc.portal.funding.queries import all_sources
from bpc.portal.funding.verdict_words import change_words, fact_words, question_words, reason_words
from tests.portal.funding.funding_world import (
    CALL,
    FRAME,
    HERE,
    TODAY,
    make_document,
    put,
    put_frame_and_call,
)
from tests.portal.plans.plain_words import plain

pytestmark = pytest.mark.django_db
GROUP: dict[str, Any] = {"legal_form": "cooperative", "commune": HERE, "stage": "launch"}


def test_commune_gives_its_places_and_what_the_data_know() -> None:
    assert facts_of_commune("01.051.01.01") == {
        "commune": "01.051.01.01",
        "province": "01.051",
        "region": "01",
        "rural": False,
        "coastal": True,
    }
    taroudannt = facts_of_commune(HERE)
    assert (taroudannt["coastal"], taroudannt["earthquake_zone"]) == (False, True)
    assert "mountain_or_oasis" not in taroudannt
    assert facts_of_commune("09.541") == {}
    assert facts_of_commune("nowhere") == {}


def test_what_is_said_wins_over_the_commune() -> None:
    facts = known_facts({"commune": HERE, "rural": False, "registered_on": "2024-11-22"}, today=TODAY)
    assert (facts["rural"], facts["province"], facts["age_years"]) == (False, "09.541", 2.0)


def test_every_source_of_the_directory_gets_one_verdict() -> None:
    matches = match_profile(GROUP, today=TODAY)
    assert [match.source.id for match in matches] == list(all_sources())
    assert len(matches) >= 107
    for match in matches:
        verdict = match.verdict
        assert (verdict.verdict == "excluded") == bool(verdict.unmet)
        assert (verdict.verdict == "to_complete") == bool(verdict.missing)


def test_call_stands_for_its_frame_even_when_one_is_asked() -> None:
    put_frame_and_call()
    found = {match.source.id: match.verdict.verdict for match in match_profile(GROUP, today=TODAY)}
    assert found == {FRAME: "excluded", CALL: "eligible"}
    (frame,) = match_profile(GROUP, today=TODAY, slugs={FRAME})
    assert frame.verdict.verdict == "excluded"
    words = _plain(reason_words(frame.verdict.unmet[0]))
    assert words == f"Votre lieu a son propre appel, qui remplace celui-ci : « Aide d’essai {CALL} »."


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_reason_change_and_question_has_words(language: str) -> None:
    asked = [
        {},
        GROUP,
        {**GROUP, "members": 20, "women": 9, "youth": 4, "annual_turnover_mad": 12_000_000, "held": []},
        {"legal_form": "individual", "sector": "other", "project_cost_mad": 50_000, "founder_age_years": 60},
    ]
    with translation.override(language):
        for answers in asked:
            for match in match_profile(answers, today=TODAY):
                for reason in (*match.verdict.reasons, *match.verdict.bonuses):
                    words = reason_words(reason)
                    assert words
                    assert "%(" not in words
                for change in match.verdict.changes:
                    assert change_words(change)
                for field in match.verdict.missing:
                    assert question_words(field).question
        for field, kind in FIELDS.items():
            question = question_words(field)
            assert all(map(str, (question.label, question.question)))
            assert bool(question.choices) == (kind.nature in ("choice", "sector")), field


def _told(op: Operator, value: Any, fact: Any, truth: Truth, field: str = "annual_turnover_mad") -> str:
    return _plain(reason_words(Reason("conditions.0", field, op, value, fact, truth)))


def test_sentences_of_a_condition() -> None:
    lt = Operator.LT
    assert _told(lt, 10_000_000, 400_000, Truth.MET) == (
        "Chiffre d’affaires de l’année passée : 400 000 MAD. Il faut moins de 10 000 000 MAD : c’est bon."
    )
    assert _told(lt, 10_000_000, 12_000_000, Truth.UNMET) == (
        "Chiffre d’affaires de l’année passée : il faut moins de 10 000 000 MAD, et vous avez 12 000 000 MAD."
    )
    assert _told(lt, 10_000_000, None, Truth.UNKNOWN) == (
        "Chiffre d’affaires de l’année passée : il faut moins de 10 000 000 MAD. Réponse à donner."
    )
    assert _told(Operator.GT, 0.5, Interval(0.3, 0.55), Truth.UNKNOWN, "women_share") == (
        "Part des femmes : il faut plus de 50 %. Réponse à donner."
    )


def test_sentences_of_a_change() -> None:
    assert _plain(change_words(Change("women_share", 11 / 20, 9 / 20))) == (
        "Part des femmes : passer de 45 % à 55 %."
    )
    assert _plain(change_words(Change("age_years", 2, 1.98))) == "Attendre : Âge du groupe, 2 ans."
    assert (
        _plain(change_words(Change("province", "09.541", "01.051", False))) == "Seulement pour : Taroudannt."
    )
    assert (
        _plain(change_words(Change("founder_age_years", 35, 40, False)))
        == "Seulement si : Âge du porteur, 35 ans."
    )
    assert _plain(change_words(Change("held", ("start-tpe",), ()))).startswith("Obtenir d’abord : ")


def test_facts_are_written_and_an_age_is_not_rounded_up() -> None:
    assert fact_words("age_years", 4.98) == "4,9 ans"
    assert fact_words("registered_on", date(2024, 3, 3)) == "3 mars 2024"
    assert fact_words("members", 20) == "20"
    assert fact_words("legal_form", None) == "inconnu"
    assert _plain(fact_words("women_or_youth_share", Interval(0.2, 0.32))) == "entre 20 % et 32 %"


def test_our_reading_is_said_to_be() -> None:
    put(make_document("a", inferred=["beneficiaries"]))
    (match,) = match_profile(GROUP, today=TODAY)
    assert match.verdict.verdict == "to_confirm"
    (told,) = [_plain(reason_words(reason)) for reason in match.verdict.reasons if reason.inferred]
    assert told == (
        "Ce financement accepte peut-être votre groupe (coopérative enregistrée). "
        "C’est notre lecture : à confirmer auprès du financeur."
    )


def test_condition_of_a_file_is_the_condition_of_the_engine() -> None:
    put(make_document("a", conditions=[{"field": "women_share", "op": "gt", "value": 0.5}]))
    (match,) = match_profile({**GROUP, "members": 20, "women": 10}, today=TODAY)
    assert [(reason.field, reason.fact) for reason in match.verdict.unmet] == [("women_share", 0.5)]
    assert [(change.field, change.to) for change in match.verdict.changes] == [("women_share", 0.55)]


def test_sentences_of_a_yes_or_no_and_of_a_choice() -> None:
    eq = Operator.EQ
    assert _told(eq, True, None, Truth.UNKNOWN, "rural") == "Zone rurale : c’est demandé. Réponse à donner."
    assert (
        _told(eq, True, False, Truth.UNMET, "rural")
        == "Zone rurale : c’est demandé, et vous avez répondu non."
    )
    assert _told(eq, False, True, Truth.UNMET, "owns_home") == (
        "Propriétaire d’un logement : cela exclut, et vous avez répondu oui."
    )
    assert _told(Operator.IN, ("sa", "sas"), "gie", Truth.UNMET, "legal_form") == (
        "Forme du groupe : seulement société anonyme (SA) ou société par actions simplifiée (SAS), "
        "et vous avez répondu : groupement d’intérêt économique (GIE)."
    )


def test_label_of_a_group_is_told_with_its_share() -> None:
    put(make_document("a", beneficiaries=["women_cooperative"]))
    (match,) = match_profile({**GROUP, "members": 20, "women": 9}, today=TODAY)
    assert [_plain(reason_words(one)) for one in match.verdict.unmet] == [
        "Réservé à : coopérative de femmes. Vous êtes : coopérative enregistrée (Part des femmes 45 %)."
    ]
    (part,) = match.verdict.unmet[0].parts
    assert _plain(reason_words(part)) == ("Part des femmes : seulement 100 %, et vous avez répondu : 45 %.")


def _plain(text: str) -> str:
    """The words with ordinary spaces, whether or not the French catalogue was compiled."""
    return plain(text).replace("\u202f", " ")
