"""The definition of the interface is valid OpenAPI 3.0, tells the truth, and no input breaks what it tells."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from bpc.portal.ogc.catalogue import COLLECTIONS
from tests.portal.ogc.ogc_world import ROOT, fill, get, link_of, walk

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
schema = schemathesis.openapi.from_wsgi("/ogc/api", get_wsgi_application())


@pytest.fixture
def world(db: None) -> Iterator[None]:
    """As in Django's own test client, a request must not close the connection that holds the test's transaction."""
    fill()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_the_service(case: Any, world: None) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})


def test_the_document_is_valid() -> None:
    """/conf/oas30/definition-1, definition-2."""
    document = schema.raw_schema
    assert document["openapi"] == "3.0.3"
    schema.validate()


@pytest.mark.django_db
def test_every_path_is_told_and_answers() -> None:
    """/conf/oas30/completeness, oas-impl, exception-codes; /conf/core/api-definition-op, -success."""
    response = Client().get("/ogc/api")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    paths = response.json()["paths"]
    own = [
        f"/collections/{name}{below}"
        for name in COLLECTIONS
        for below in ("", "/queryables", "/items", "/items/{featureId}")
    ]
    assert sorted(paths) == sorted(["/", "/api", "/conformance", "/collections", *own])
    for path, operations in paths.items():
        assert operations["get"]["responses"].keys() >= {"200", "400"}
        if "{" not in path:
            assert Client().get(f"/ogc{path}").status_code == 200
    keys = [operations["get"]["operationId"] for operations in paths.values()]
    assert len(keys) == len(set(keys))
    assert response.json()["servers"] == [{"url": ROOT}]


@pytest.mark.django_db
def test_parameters_are_those_the_standard_wants() -> None:
    """/conf/core/fc-bbox-definition, fc-limit-definition, fc-time-definition; /conf/crs/fc-crs-definition."""
    parameters = get("/api")["components"]["parameters"]
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    assert parameters["bbox"]["schema"]["oneOf"] == [
        {"minItems": 4, "maxItems": 4},
        {"minItems": 6, "maxItems": 6},
    ]
    for name in ("limit", "bbox", "datetime", "crs", "bbox-crs"):
        one = parameters[name]
        assert (one["in"], one["required"], one["style"], one["explode"]) == ("query", False, "form", False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", COLLECTIONS)
def test_queryables_are_told_as_a_schema_and_hold(name: str, world: None) -> None:
    """/conf/queryables/get-queryables-op, get-queryables-response; each is a parameter that finds its own features."""
    collection = get(f"/collections/{name}")
    told = link_of(collection, "http://www.opengis.net/def/rel/ogc/1.0/queryables")
    assert told["type"] == "application/schema+json"
    document = get(told["href"])
    assert document["$id"] == told["href"]
    jsonschema_rs.meta.validate({key: value for key, value in document.items() if key != "$id"})
    features = walk(f"/collections/{name}/items?limit=1000")[-5:]
    asked = {
        parameter.get("name")
        for parameter in get("/api")["paths"][f"/collections/{name}/items"]["get"]["parameters"]
    }
    assert document["properties"].keys() - {"geometry"} == asked - {None}
    for key in document["properties"].keys() - {"geometry"}:
        for feature in features:
            value = feature["properties"][key]
            if value is None:
                continue
            text = str(value).lower() if isinstance(value, bool) else str(value)
            found = walk(f"/collections/{name}/items?{urlencode({key: text, 'limit': 1000})}")
            assert feature["id"] in [one["id"] for one in found], (key, text)
