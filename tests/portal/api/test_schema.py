"""Schemathesis attacks every address of our OpenAPI document: no server error, answers as documented."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from bpc.portal.ideas.tallies import rebuild
from bpc.portal.reference.places import locator
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import ELSEWHERE, HERE, make_idea

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
ADDRESSES = [
    "/api/v1/contests",
    "/api/v1/contests/{slug}",
    "/api/v1/cooperatives",
    "/api/v1/cooperatives/counts",
    "/api/v1/cooperatives/{number}",
    "/api/v1/fit",
    "/api/v1/funding",
    "/api/v1/funding/match",
    "/api/v1/funding/{id}",
    "/api/v1/ideas",
    "/api/v1/ideas.geojson",
    "/api/v1/ideas/{reference}",
    "/api/v1/indicators",
    "/api/v1/indicators/{id}",
    "/api/v1/indicators/{id}/values",
    "/api/v1/locate",
    "/api/v1/needs",
    "/api/v1/needs/{reference}",
    "/api/v1/opportunities",
    "/api/v1/opportunities/{reference}",
    "/api/v1/plans/appraise",
    "/api/v1/project-models",
    "/api/v1/project-models/{slug}",
    "/api/v1/resources",
    "/api/v1/resources/{reference}",
    "/api/v1/results",
    "/api/v1/sectors",
    "/api/v1/territories",
    "/api/v1/territories/{code}",
]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def some_ideas(db: None) -> Iterator[None]:
    """A few ideas to be listed, and the locator loaded outside the measured time.

    As in Django's own test client, a request must not close the connection that holds the test's transaction.
    """
    make_idea(HERE, lon=-8.88, lat=30.47)
    make_idea(ELSEWHERE, language="ar")
    make_observation(lon=-8.88, lat=30.47)
    make_observation("09.541", kind="opportunity", category_id="O01")
    rebuild()
    locator()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_the_interface(case: Any, some_ideas: None) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})  # read without a browser


def test_the_document_tells_every_address() -> None:
    document = schema.raw_schema
    assert sorted(document["paths"]) == ADDRESSES
    for path, operations in document["paths"].items():
        calculates = path in {"/api/v1/plans/appraise", "/api/v1/funding/match"}
        assert list(operations) == ["post" if calculates else "get"]
        (operation,) = operations.values()
        assert operation["summary"]
        assert operation["description"]
        assert operation["x-example"].startswith("/api/v1/")
        assert all(parameter["schema"]["description"] for parameter in operation["parameters"])
