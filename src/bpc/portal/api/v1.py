"""The first version of the interface, put together: resources, errors, document, addresses."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from bpc.portal.api import (
    contests,
    cooperatives,
    fit,
    funding,
    funding_match,
    ideas,
    indicators,
    locate,
    observations,
    plans,
    project_models,
    resources,
    results,
    sectors,
    territories,
)
from bpc.portal.api.answers import Freshness, public
from bpc.portal.api.calculations import calculated
from bpc.portal.api.funding_match import WrongProfileError, on_wrong_profile, profile_schemas
from bpc.portal.api.plans import WrongPlanError, on_wrong_plan, plan_schemas
from bpc.portal.api.problems import CONTENT_TYPE, RefusedError, on_invalid, on_missing, on_refused
from bpc.portal.atlas.fit import GENERATIONS as FIT_GENERATIONS

HOUR, MINUTE = 3600, 60
FRESHNESS = {
    "locate": Freshness(24 * HOUR, kept=False),  # too many positions to keep
    "sectors": Freshness(HOUR, ("reference",)),
    "ideas": Freshness(MINUTE, ("ideas", "reference")),
    "ideas.geojson": Freshness(MINUTE, ("ideas", "reference")),
    "needs": Freshness(MINUTE, ("observations", "reference")),
    "opportunities": Freshness(MINUTE, ("observations", "reference")),
    "resources": Freshness(MINUTE, ("resources", "reference")),
    "funding": Freshness(MINUTE, ("funding", "reference")),
    "results": Freshness(MINUTE, ("results", "reference")),
    "contests": Freshness(MINUTE, ("contests", "reference")),
    "fit": Freshness(MINUTE, FIT_GENERATIONS),
    "cooperatives": Freshness(MINUTE, ("register", "reference")),
    "project-models": Freshness(MINUTE, ("blueprints", "reference")),
}
FILES_ONLY = Freshness(HOUR)


class CompactRenderer(BaseRenderer):
    """JSON without spaces, Arabic as written."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of an answer."""
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


class ReadingApi(NinjaAPI):
    """Says in its document that errors are `application/problem+json`, and names operations for readers."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Without the names of our modules."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The OpenAPI 3.1 document."""
        document = super().get_openapi_schema(**kwargs)
        document["components"]["schemas"] |= plan_schemas() | profile_schemas()
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
        return document


api = ReadingApi(
    title="Banque de Projets Coopératifs",
    version="1.0.0",
    description=_(
        "Sans inscription ni clé, et rien ne s’y enregistre. Les réponses portent une empreinte (ETag) : renvoyez-la "
        "dans If-None-Match et rien n’est transmis deux fois. Toute origine peut lire (CORS)."
    ),
    urls_namespace="api-v1",
    docs_url=None,
    renderer=CompactRenderer(),
)
for room in (
    territories,
    locate,
    indicators,
    ideas,
    observations,
    resources,
    cooperatives,
    contests,
    project_models,
    fit,
    funding_match,  # before the sources, whose addresses end with any word
    funding,
    plans,
    results,
    sectors,
):
    api.add_router("", room.router)
api.add_exception_handler(RefusedError, on_refused)
api.add_exception_handler(WrongPlanError, on_wrong_plan)
api.add_exception_handler(WrongProfileError, on_wrong_profile)
api.add_exception_handler(ValidationError, on_invalid)


def index(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    return JsonResponse(
        {
            "openapi": reverse("api-v1:openapi-json"),
            "documentation": reverse("web:api_docs"),
            "version": api.version,
        }
    )


def _addresses() -> list[URLPattern]:
    """Ninja's addresses, each answering through `public`, or `calculated` where something is sent."""
    patterns = []
    for pattern in api.urls[0]:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        head = route.split("/")[0]
        view = index if pattern.name == "api-root" else pattern.callback
        if head == "plans" or route == "funding/match":
            pattern.callback = calculated(view)
        else:
            pattern.callback = public(view, FRESHNESS.get(head, FILES_ONLY))
        patterns.append(pattern)
    return patterns


urlpatterns = [
    *_addresses(),
    path("<path:rest>", public(lambda request, rest: on_missing(request), Freshness(0, kept=False))),
]
app_name = "api-v1"
