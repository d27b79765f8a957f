"""What the map weighs over the wire, compressed as it is sent. One kB is 1,000 bytes."""

import gzip
import re
from pathlib import Path

import pytest

from bpc.portal.atlas.country import country

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).resolve().parents[4] / "src" / "bpc" / "portal" / "web" / "static"
DRAWING = re.compile(r'<svg class="choropleth.*?</svg>', re.S)


def weigh(client, address):
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    return len(response.content), gzip.decompress(response.content).decode()


def drawing_weight(html):
    return len(gzip.compress(DRAWING.search(html).group(0).encode(), 9))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_first_view_weighs_less_than_100_kb_in_all(client, language):
    weight, html = weigh(client, f"/{language}/carte")
    files = set(re.findall(r'(?:href|src)="/static/([^"?#]+)"', html))
    for name in files:
        content = (STATIC / name).read_bytes()
        weight += len(content) if name.endswith((".png", ".woff2")) else len(gzip.compress(content, 6))
    # the two weights of Latin letters, and Arabic letters where the page or its second names need them
    for font in ("latin-400", "latin-700", "arabic-400"):
        weight += (STATIC / "web" / "fonts" / f"{font}.woff2").stat().st_size
    assert weight <= 100_000


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_1503_communes_on_one_drawing(client, language):
    weight, html = weigh(client, f"/{language}/carte?niveau=communes")
    assert drawing_weight(html) <= 46_000
    assert weight <= 62_000


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_communes_of_any_province_weigh_at_most_31_kb(client, language):
    heaviest = max(
        (weigh(client, f"/{language}/carte?dans={code}")[0], code) for code in country().by_level["province"]
    )
    assert heaviest[0] <= 31_000, heaviest


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_outlines_of_the_interactive_map(client, language):
    assert weigh(client, f"/{language}/carte/contours.json")[0] <= 48_000
    for code in country().by_level["region"]:
        assert weigh(client, f"/{language}/carte/contours/{code}.json")[0] <= 63_000


def test_the_script_of_the_map_is_small():
    assert (STATIC / "web" / "js" / "map.js").stat().st_size <= 6_500
