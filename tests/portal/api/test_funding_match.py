"""A profile in, a verdict a source out: shapes, words, hostile input."""

import json
from typing import Any

import pytest
from django.test import Client

from bpc.portal.api.calculations import LARGEST_BODY
from bpc.portal.funding.queries import all_sources

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/funding/match"
WOMEN = {"legal_form": "cooperative", "region": "09", "members": 20, "women": 20, "sector": "argan"}


def post(body: Any, status: int = 200, **headers: str) -> Any:
    """What the API answers."""
    sent = body if isinstance(body, str | bytes) else json.dumps(body)
    response = Client().post(ADDRESS, sent, content_type="application/json", headers=headers)
    assert response.status_code == status, response.content[:500]
    return response.json()


def by_id(answer: Any) -> dict[str, Any]:
    """Its verdicts by source."""
    return {one["id"]: one for one in answer["verdicts"]}


def test_one_verdict_a_source_whatever_is_known() -> None:
    nothing = post({})
    assert len(nothing["verdicts"]) == len(all_sources()) >= 100
    assert set(by_id(nothing)) == set(all_sources())
    assert sum(nothing["counts"].values()) == len(all_sources())
    assert nothing["counts"]["to_complete"] > nothing["counts"]["eligible"]
    assert nothing["next_question"]["field"] in nothing["next_question"]["fields"]
    assert nothing["next_question"]["question"].endswith("?")


def test_every_excluded_verdict_names_its_condition_and_its_fact() -> None:
    for one in post(WOMEN)["verdicts"]:
        unmet = [reason for reason in one["reasons"] if reason["result"] == "unmet"]
        assert (one["verdict"] == "excluded") == bool(unmet), one["id"]
        assert all(reason["text"] and reason["rule"] for reason in unmet), one["id"]
        if one["verdict"] == "to_complete":
            assert one["missing"], one["id"]


def test_a_child_call_replaces_its_frame_in_its_province_only() -> None:
    frame = "indh-p3-ess"
    here = by_id(post({**WOMEN, "province": "تارودانت"}))[frame]
    assert here["verdict"] == "excluded"
    assert "local_call" in {one["rule"] for one in here["reasons"] if one["result"] == "unmet"}
    elsewhere = by_id(post({**WOMEN, "province": "Tata"}))[frame]
    assert elsewhere["verdict"] != "excluded"


def test_words_follow_the_language_and_shares_are_fractions() -> None:
    arabic = by_id(post({**WOMEN, "women": None, "women_share": 0.2}, **{"Accept-Language": "ar"}))
    names = [one["name"] for one in arabic.values()]
    assert sum("\u0600" <= one[0] <= "\u06ff" for one in names) > 90
    assert post({"women_share": 20}, 422)["errors"][0]["parameter"] == "women_share"


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("{", [""]),
        ("[]", [""]),
        ("[" * 100_000, [""]),
        (b"\xff\xfe", [""]),
        ('{"members": NaN}', ["members"]),
        ('{"members": 1e999}', ["members"]),
        ({"nom": "x", "members": "vingt"}, ["nom", "members"]),
        ({"members": 3, "women": 4}, ["women"]),
        ({"commune": "../../etc"}, ["commune"]),
        ({"registered_on": "2024-13"}, ["registered_on"]),
        ({"held": [{}]}, ["held"]),
    ],
)
def test_hostile_profiles_are_refused_with_their_paths(body: Any, paths: list[str]) -> None:
    refused = post(body, 422)
    assert refused["code"] == "invalid_profile"
    assert [one["parameter"] for one in refused["errors"]] == paths


def test_too_large_is_told_before_it_is_read() -> None:
    assert post(b" " * (LARGEST_BODY + 1), 413)["code"] == "too_large"
    assert Client().get(ADDRESS).status_code == 405
