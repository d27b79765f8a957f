"""Which model fits where, over the API: the best first, with reasons and objections, in both languages."""

from typing import Any

import pytest

from bpc.portal.atlas.fit import Weights, all_scores, fit_of, models_with_fit
from tests.portal.api.test_territories import read
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db
TALIOUINE = "09.541.11.17"


def _model(word: str) -> str:
    """The slug of a model with a fit that has this word in it."""
    return next(slug for slug in models_with_fit() if word in slug)


def test_the_models_of_a_commune_the_best_first() -> None:
    page = read(f"fit?commune={HERE}&limit=200")
    assert page["count"] == len(page["results"]) == len(models_with_fit()) >= 20
    assert (page["confidence"], page["method"]) == ("estimated", "/fr/methodes#fit")
    assert {line["commune"] for line in page["results"]} == {HERE}
    scores = [line["score"] for line in page["results"] if line["score"] is not None]
    assert scores == sorted(scores, reverse=True)
    for line in page["results"]:
        assert line["score"] == all_scores(line["model"]).get(HERE)
        assert [part["name"] for part in line["parts"]] == [
            "resource",
            "labour",
            "access",
            "market",
            "saturation",
            "need",
        ]
        assert sum(part["weight"] for part in line["parts"]) == pytest.approx(100, abs=0.5)
        for part in line["parts"]:
            assert all(reason["text"] and reason["confidence"] for reason in part["reasons"])
            assert part["reasons"] or not part["applies"]
        assert all(one["text"] for one in line["objections"])


def test_the_communes_of_a_model_the_best_first() -> None:
    saffron = _model("safran")
    page = read(f"fit?model={saffron}&limit=5")
    assert page["count"] == 1503
    known = all_scores(saffron)
    assert [line["score"] for line in page["results"]] == sorted(known.values(), reverse=True)[:5]
    best = page["results"][0]
    assert best["parts"][0]["reasons"][0]["product"] == "saffron"
    inside = read(f"fit?model={saffron}&region=02&limit=3")
    assert all(line["commune"].startswith("02.") for line in inside["results"])
    assert inside["count"] == sum(code.startswith("02.") for code in known)


def test_one_model_in_one_commune_in_both_languages() -> None:
    slug = models_with_fit()[0]
    french, arabic = (
        read(f"fit?commune={HERE}&model={slug}&lang={lang}")["results"] for lang in ("fr", "ar")
    )
    assert len(french) == len(arabic) == 1
    fit = fit_of(HERE, slug)
    assert (french[0]["score"], french[0]["low"], french[0]["high"]) == (fit.score, fit.low, fit.high)
    assert [one["code"] for one in french[0]["objections"]] == [one.code for one in fit.objections]
    assert _without_texts(french) == _without_texts(arabic)


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_texts(below) for key, below in value.items() if key != "text"}
    return [_without_texts(below) for below in value] if isinstance(value, list) else value


def test_weights_are_heeded_and_told() -> None:
    slug = models_with_fit()[0]
    asked = "resource=0&labour=0&access=1&market=0&saturation=0&need=0"
    page = read(f"fit?model={slug}&limit=3&{asked}")
    assert page["weights"] == {
        "resource": 0,
        "labour": 0,
        "access": 1,
        "market": 0,
        "saturation": 0,
        "need": 0,
    }
    best = sorted(all_scores(slug, Weights(0, 0, 1, 0, 0, 0)).values(), reverse=True)[:3]
    assert [line["score"] for line in page["results"]] == best
    assert [part["weight"] for part in page["results"][0]["parts"]] == [0, 0, 100, 0, 0, 0]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 422, "invalid_parameter"),
        ("commune=09", 422, "invalid_parameter"),
        ("commune=09.541.01.99", 404, "unknown_territory"),
        ("model=rien", 404, "unknown_model"),
        ("model=RIEN", 422, "invalid_parameter"),
        (f"commune={HERE}&limit=201", 422, "invalid_parameter"),
        (f"commune={HERE}&need=-1", 422, "invalid_parameter"),
        (f"commune={HERE}&need=nan", 422, "invalid_parameter"),
        (f"commune={HERE}&lang=de", 422, "invalid_parameter"),
        (f"commune={HERE}&resource=0&labour=0&access=0&market=0&saturation=0&need=0", 422, "invalid_weights"),
    ],
)
def test_what_cannot_be_asked(query: str, status: int, code: str) -> None:
    assert read(f"fit?{query}", status)["code"] == code


def test_other_weights_are_metered() -> None:
    for number in range(11, 71):
        read(f"fit?commune={HERE}&limit=1&need={number}")
    assert read(f"fit?commune={HERE}&limit=1&need=71", 429)["code"] == "too_many"
    read(f"fit?commune={HERE}&limit=1")  # the usual weights cost no calculation
