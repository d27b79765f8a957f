"""Open data and information pages: what is promised is there, and each download is the committed file."""

import csv
import gzip
import html
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from bpc.portal.foundation.page_cache import WORTH_COMPRESSING
from bpc.portal.ideas.open_files import safe_cell
from bpc.portal.ideas.tallies import rebuild
from bpc.portal.web.site.api_reference import ask
from bpc.portal.web.site.downloads import DOWNLOADS
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import HERE, make_idea

pytestmark = pytest.mark.django_db
PAGES = ("open_data", "api_docs", "sources", "about", "privacy", "accessibility")
COMMITTED = [name for name, file in DOWNLOADS.items() if file.path]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Files of ideas are written in a folder of this test."""
    settings.VAR = tmp_path


def download(name: str, **headers: str) -> Any:
    return Client().get(f"/fr/donnees/fichiers/{name}", headers=headers)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_answer_and_every_link_of_theirs_too(name: str, language: str) -> None:
    make_idea()
    rebuild()
    with override(language):
        address = reverse(f"web:{name}")
    response = Client().get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "style=" not in page
    assert page.count("<h1") == 1
    main = page[page.index("<main") : page.index("</main>")]
    for link in sorted(set(re.findall(r'href="(/[^"#]*)"', main))):
        assert Client().get(html.unescape(link)).status_code in {200, 302}, link


@pytest.mark.parametrize("name", COMMITTED)
def test_each_download_is_the_committed_file(name: str, root: Path) -> None:
    file = DOWNLOADS[name]
    raw = (root / "data" / file.path).read_bytes()
    expected = gzip.decompress(raw) if file.path.endswith(".gz") else raw
    response = download(name)
    assert response.status_code == 200
    assert response.content.removeprefix(b"\xef\xbb\xbf") == expected
    assert int(response["Content-Length"]) == len(response.content)
    assert response["Content-Type"] == file.content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert download(name, **{"if-none-match": response["ETag"]}).status_code == 304
    packed = download(name, **{"accept-encoding": "gzip"})
    if len(response.content) < WORTH_COMPRESSING:
        assert packed.content == response.content
    else:
        assert gzip.decompress(packed.content) == response.content
        assert packed["ETag"] != response["ETag"]


def test_no_other_file_can_be_had() -> None:
    for name in ("nothing.csv", "..%2Fsecret_key", "SOURCES.md"):
        assert download(name).status_code == 404


def test_ideas_as_a_table_that_no_spreadsheet_computes() -> None:
    make_idea(title='=HYPERLINK("http://x")', need="+1", proposal="Du miel, « bon »", contact_email="a@b.ma")
    make_idea(state="submitted", title="Pas encore")
    rebuild()
    response = download("ideas.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["title"] == '\'=HYPERLINK("http://x")'
    assert (rows[0]["need"], rows[0]["proposal"]) == ("'+1", "Du miel, « bon »")
    assert (rows[0]["commune"], rows[0]["commune_fr"]) == (HERE, "Taroudannt")
    assert b"a@b.ma" not in response.content


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1"])
def test_cells_that_begin_as_formulas(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_ideas_as_points_follow_publication() -> None:
    make_idea(lon=-8.8765432, lat=30.4712345)
    rebuild()
    features = json.loads(download("ideas.geojson").content)["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [[-8.877, 30.471]]
    make_idea()
    rebuild()
    assert len(json.loads(download("ideas.geojson").content)["features"]) == 2


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_examples_of_the_documentation_are_true(language: str) -> None:
    make_idea()
    make_observation()
    make_observation(kind="opportunity", category_id="O01")
    make_cooperative()
    count_and_index()
    rebuild()
    page = Client().get(f"/{language}/donnees/api").content.decode()
    shown = re.findall(r"<code>curl \"http://testserver(.*?)\"(?: -d '(.*?)')?</code>", page)
    _status, document = ask("/api/v1/openapi.json")
    # one ideathon alone is shown without an example: no name of one is sure to exist
    assert len(shown) == len(document["paths"]) - 1 >= 27
    for address, body in shown:
        assert ask(html.unescape(address), json.loads(html.unescape(body)) if body else None)[0] == 200
    answers = re.findall(r"<pre [^>]*><code>(\{.*?)</code></pre>", page, re.DOTALL)
    assert len(answers) == len(shown)
    for answer in answers:
        json.loads(html.unescape(answer))
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()} {path}" in page
            for parameter in operation["parameters"]:
                assert f">{parameter['name']}</code>" in page


def test_documentation_without_any_idea() -> None:
    assert "l’exemple paraîtra avec la première" in Client().get("/fr/donnees/api").content.decode()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "api_docs"])
def test_pages_cost_one_query_whatever_is_published(name: str, django_assert_num_queries: Any) -> None:
    Client().get(reverse("web:about"))
    for number in (1, 10):
        for _ in range(number):
            make_idea()
        rebuild()
        caches["pages"].clear()
        with django_assert_num_queries(1):  # the generations
            Client().get(reverse(f"web:{name}"))


def test_every_source_is_shown(root: Path) -> None:
    page = html.unescape(Client().get("/fr/sources").content.decode())
    with (root / "data/sources.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["title_fr"] in page
            assert row["url"] in page
            assert row["licence_fr"] in page


def test_privacy_says_what_the_law_asks() -> None:
    page = Client().get("/fr/donnees-personnelles").content.decode()
    for words in ("09-08", "CNDP", "à obtenir avant la mise en service", "article 7", "dix jours", "ODCO"):
        assert words in page


def test_robots_and_site_map() -> None:
    idea = make_idea()
    make_idea(state="submitted")
    robots = Client().get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    lines = robots.content.decode().splitlines()
    assert "Disallow: /ogc/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    for language in ("fr", "ar"):
        for endless in ("carte?", "idees?", "idees/proposer?", "recherche"):
            assert f"Disallow: /{language}/{endless}" in lines
    parts = ElementTree.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314  # our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    addresses = [loc.text or "" for loc in parts.iter(f"{space}loc")]
    assert addresses[:2] == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-territoires.xml",
    ]
    listed: list[str] = []
    for address in addresses:
        tree = ElementTree.fromstring(Client().get(address).content)  # noqa: S314  # our own
        listed += [loc.text or "" for loc in tree.iter(f"{space}loc")]
    assert len([address for address in listed if "/territoires/" in address]) == 2 * 1591
    assert [a for a in listed if "/idees/" in a and "proposer" not in a] == [
        f"http://testserver/{language}/idees/{idea.reference}" for language in ("fr", "ar")
    ]
    assert Client().get("/sitemap-idees-x.xml").status_code == 404
