"""Points of the interactive map: few enough for a slow line, each at the place it was said of."""

import gzip
import json
import random

import pytest
from django.urls import reverse

from bpc.portal.atlas.country import country
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.observations import tallies
from bpc.portal.observations.models import Observation
from bpc.portal.register.models import CooperativeTally
from bpc.portal.web.atlas.map_spots import MOST
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db
LIMIT = 60_000


def ask(client, layer, language="fr"):
    response = client.get(f"/{language}/carte/points/{layer}.geojson", headers={"Accept-Encoding": "gzip"})
    body = (
        gzip.decompress(response.content) if response.get("Content-Encoding") == "gzip" else response.content
    )
    return json.loads(body), len(response.content)


def told(document):
    return sorted(feature["properties"]["title"] for feature in document["features"])


def test_open_needs_are_told_one_by_one_where_they_were_said(client):
    own = make_observation(HERE, lon=-8.87654, lat=30.47123)
    province = make_observation(HERE[:6])
    answered = make_observation(ELSEWHERE, state="answered")
    for state in ("submitted", "closed", "archived"):
        make_observation(HERE, state=state)
    make_observation(HERE, kind="opportunity", category_id="O01")
    document, _ = ask(client, "needs")
    assert told(document) == sorted([own.title, province.title, answered.title])
    by_title = {feature["properties"]["title"]: feature for feature in document["features"]}
    assert by_title[own.title]["geometry"]["coordinates"] == [-8.877, 30.471]  # to about 100 m
    assert by_title[province.title]["properties"]["place"] == HERE[:6]
    assert by_title[own.title]["properties"]["reference"] == own.reference
    assert len(ask(client, "opportunities")[0]["features"]) == 1


def fill(number):
    """Needs in as many communes, with long titles that no compression shortens much."""
    random.seed(4)
    codes = country().by_level["commune"]
    one = make_observation(HERE)
    rows = []
    for index in range(number):
        code = codes[index % len(codes)]
        title = "".join(random.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", k=110))
        rows.append(
            Observation(
                reference=f"X{index:07d}", kind="need", state="published", category_id="N08", title=title, text="t",
                language="ar", territory_id=code, commune_id=code, province_id=code[:6], region_id=code[:2],
                speaker="citizen", published_at=one.published_at,
            )
        )  # fmt: skip
    Observation.objects.bulk_create(rows, batch_size=500)
    tallies.rebuild()


@pytest.mark.parametrize("number", [MOST - 1, 20 * MOST])
def test_points_weigh_less_than_60_kb_however_many_there_are(client, number, django_assert_max_num_queries):
    fill(number)
    with django_assert_max_num_queries(6):
        document, weight = ask(client, "needs", "ar")
    assert weight < LIMIT
    counted = sum(feature["properties"].get("count", 1) for feature in document["features"])
    assert counted == number + 1
    assert len(document["features"]) <= 1503 + 75


def test_cooperatives_are_summed_per_place_and_stay_light_in_every_commune(client):
    assert ask(client, "cooperatives")[0] == {"type": "FeatureCollection", "known": False, "features": []}
    make_cooperative(HERE)
    make_cooperative(HERE[:6])
    count_and_index()
    document, _ = ask(client, "cooperatives", "ar")
    assert {one["properties"]["place"]: one["properties"]["count"] for one in document["features"]} == {
        HERE: 1,
        HERE[:6]: 1,
    }
    CooperativeTally.objects.all().delete()
    CooperativeTally.objects.bulk_create(
        CooperativeTally(territory_id=code, count=43 * (code != "MA"))
        for code in [*country().by_level["commune"], "MA"]
    )
    outdate("register")
    document, weight = ask(client, "cooperatives", "fr")
    assert len(document["features"]) == 1503
    assert weight < LIMIT


def test_another_layer_is_not_found(client):
    assert client.get("/fr/carte/points/maisons.geojson").status_code == 404


def test_the_page_lists_its_layers_and_cooperatives_only_with_a_register(client):
    address = reverse("web:interactive_map")
    html = client.get(address).content.decode()
    for layer in ("ideas", "needs", "opportunities"):
        assert f'id="show-{layer}"' in html
    assert "show-cooperatives" not in html
    assert 'data-points="/fr/carte/points/needs.geojson"' in html
    make_cooperative(HERE)
    count_and_index()
    assert "show-cooperatives" in client.get(f"{address}?v=2").content.decode()
