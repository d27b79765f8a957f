"""Resources over the API: each told of the place its source speaks of, with its evidence."""

import pytest

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import all_active
from tests.portal.api.test_territories import read

pytestmark = pytest.mark.django_db


def test_all_of_them_with_their_evidence() -> None:
    page = read("resources?size=500")
    assert page["count"] == len(page["results"]) == len(all_active()) == 277
    for line in page["results"]:
        assert line["level"] in {"region", "province", "commune"}
        assert line["confidence"] in {"sourced", "reported", "to_verify"}
        assert line["source_url"] or line["confidence"] != "sourced" or line["source_note"]
        assert isinstance(line["products"], list)


def test_saffron_is_where_its_sources_say() -> None:
    found = read("resources?product=saffron")
    assert found["count"] >= 1
    assert all("saffron" in line["products"] for line in found["results"])
    assert "09.541" in {line["territory"][:6] for line in found["results"]}


def test_what_is_said_of_a_province_is_no_communes() -> None:
    of_province = read("resources?province=09.541&scope=here&size=500")["results"]
    assert of_province
    assert {line["territory"] for line in of_province} == {"09.541"}
    here = read("resources?commune=09.541.01.13&scope=here&size=500")["results"]
    assert {line["territory"] for line in here} <= {"09.541.01.13"}
    above = read("resources?commune=09.541.01.13&scope=above&size=500")["results"]
    assert {line["territory"] for line in above} == {"09", "09.541"}
    whole = read("resources?region=09&size=500")["count"]
    assert whole == sum(
        read(f"resources?region=09&scope={scope}")["count"] for scope in ("here", "inside", "above")
    )


def test_one_and_pages_and_what_is_not_there() -> None:
    first, second = (read(f"resources?size=1&page={page}")["results"][0] for page in (1, 2))
    assert first["reference"] != second["reference"]
    assert read(f"resources/{first['reference']}") == {**first, "licence": "CC BY 4.0"}
    assert read("resources/R9999", 404)["code"] == "unknown_resource"
    assert read("resources?product=Saffron", 422)["errors"][0]["parameter"] == "product"
    assert read("resources?region=02&commune=09.541.01.13", 404)["code"] == "contradiction"
    assert read("resources?page=1000")["results"] == []


def test_a_retired_one_leaves_at_once() -> None:
    reference = read("resources?size=1")["results"][0]["reference"]
    Resource.objects.filter(reference=reference).update(state="retired")
    outdate("resources")
    assert read("resources?size=1")["count"] == 276
    assert read(f"resources/{reference}", 404)["code"] == "unknown_resource"
