"""« Où faire cela ? »: a map equal to its table, ranked communes with reasons, a file of all of them."""

import csv
import html
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.atlas.fit import Weights, all_scores, models_with_fit, places_for_model
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.reference.places import places_by_code
from bpc.portal.web.prospects.scores import CommuneScore, commune_scores, province_scores

pytestmark = pytest.mark.django_db
PAGE = "/fr/modeles/safran/ou"


def page_of(client: Client, url: str) -> str:
    """The page as people read it, with plain spaces."""
    response = client.get(url)
    assert response.status_code == 200
    return html.unescape(response.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def drawn(page: str) -> dict[str, str]:
    """What each shape of the map says: name → score."""
    return dict(re.findall(r"<title>([^<]*?) : (\d+|inconnu)</title>", page))


def listed(page: str) -> dict[str, str]:
    """What the table says: name → score."""
    rows = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a></th><td class="num">([^<]*)</td>', page)
    return dict(rows)


def test_the_country_by_provinces_each_by_its_best_commune(client: Client) -> None:
    page = page_of(client, PAGE)
    assert len(drawn(page)) == 75
    assert drawn(page) == listed(page)
    best = max(score for code, score in all_scores("safran").items() if code.startswith("09.541."))
    assert drawn(page)["Taroudannt"] == f"{round(best)}"
    assert 'href="/fr/modeles/safran/ou?dans=09"' in page


def test_a_region_by_communes(client: Client) -> None:
    page = page_of(client, f"{PAGE}?dans=09")
    assert drawn(page) == listed(page)
    best = places_for_model("safran", within="09", limit=1)[0]
    assert listed(page)[places_by_code()[best.place].name_fr] == f"{round(best.score or 0)}"
    assert "Revenir à tout le pays" in page
    assert '<option value="09" selected>' in page


def test_the_ranked_communes_tell_their_reasons(client: Client) -> None:
    page = page_of(client, PAGE)
    best = places_for_model("safran", limit=10)
    found = re.findall(r"commune=([0-9.]+)&modele=safran#modele-safran", page)
    assert found == [fit.place for fit in best]
    assert "Safran" in page


def test_the_map_follows_the_weights(client: Client) -> None:
    usual, moved = page_of(client, PAGE), page_of(client, f"{PAGE}?ressource=0&clients=100")
    assert drawn(usual) != drawn(moved)
    top = places_for_model("safran", Weights(0, 10, 15, 100, 5, 10), limit=1)[0]
    assert f"commune={top.place}&modele=safran&ressource=0&clients=100" in moved


@pytest.mark.parametrize("query", ["?dans=zz", "?dans=09.541", "?dans=%3Cb%3E"])
def test_a_place_that_is_no_region_shows_the_country(client: Client, query: str) -> None:
    assert len(drawn(page_of(client, f"{PAGE}{query}"))) == 75


def test_the_file_holds_every_commune_best_first(client: Client) -> None:
    response = client.get("/fr/modeles/safran/ou.csv?dans=09")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Disposition"] == 'attachment; filename="ou-safran-09.csv"'
    assert {row["commune"][:2] for row in rows} == {"09"}
    known = [float(row["score"]) for row in rows if row["score"]]
    assert known == sorted(known, reverse=True)
    assert list(rows[0])[-6:] == ["resource", "labour", "access", "market", "saturation", "need"]
    first = places_for_model("safran", within="09", limit=1)[0]
    assert (rows[0]["commune"], float(rows[0]["score"])) == (first.place, first.score)


def test_a_sector_by_its_best_model(client: Client) -> None:
    page = page_of(client, "/fr/secteurs/aromatic/ou")
    assert drawn(page) == listed(page)
    assert len(drawn(page)) == 75
    scores = commune_scores(
        [slug for slug in models_with_fit() if catalogue()[slug].model.sector == "aromatic"], Weights()
    )
    best = max(one.score for one in scores.values() if one.code.startswith("08.577."))
    assert drawn(page)["Tinghir"] == f"{round(best)}"
    assert client.get("/fr/secteurs/magie/ou").status_code == 404
    assert client.get("/fr/modeles/magie/ou").status_code == 404


def test_a_model_without_needs_is_told_unknown_not_nowhere(client: Client) -> None:
    without = next((slug for slug in catalogue() if slug not in models_with_fit()), None)
    if without is None:
        pytest.skip("every model says what it demands")
    page = page_of(client, f"/fr/modeles/{without}/ou")
    assert "Pas encore évalué" in page
    assert drawn(page) == {}


def test_a_province_shows_its_best_commune_and_how_many_suit() -> None:
    scores = {
        code: CommuneScore(code, score, "m")
        for code, score in (("09.541.01.01", 70.0), ("09.541.01.03", 80.0), ("09.541.01.05", 20.0))
    }
    found = province_scores(scores)["09.541"]
    assert (found.best.code, found.suiting, found.known) == ("09.541.01.03", 2, 3)


def test_the_pages_cost_few_queries_and_weigh_little(client: Client) -> None:
    for address in (PAGE, f"{PAGE}?dans=07", "/fr/secteurs/aromatic/ou", "/fr/secteurs/aromatic/ou?dans=03"):
        client.get(address)
        joint = "&" if "?" in address else "?"
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"{address}{joint}besoin=45")
        assert len(seen) == 2
        again = client.get(f"{address}{joint}besoin=45", headers={"Accept-Encoding": "gzip"})
        assert len(again.content) < 100_000, len(answer.content)
