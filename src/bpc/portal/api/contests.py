"""Ideathons: the announced editions, and one with its criteria, its laureates and its verdict. No person is in any."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.portal.api.asking import After, Region, narrowest, read_mark, write_mark
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE
from bpc.portal.contests.open_data import (
    OpenCriterion,
    OpenEdition,
    OpenLaureate,
    OpenVerdict,
    criteria_of,
    laureates_of,
    list_open_editions,
    open_edition,
    opened,
    verdict_of,
)

router = Router()


class EditionPage(Schema):
    """A slice of the list. `next` is the `after` of the following slice, null at the end."""

    next: str | None
    results: list[OpenEdition]


class PublishedVerdict(Schema):
    """The published file and the script that recomputes it, with the last digest of the file's chain."""

    verdict: OpenVerdict
    file: str
    script: str


class WholeEdition(Schema):
    """An edition with what it is judged by; laureates and verdict once the results are out."""

    edition: OpenEdition
    criteria: list[OpenCriterion]
    laureates: list[OpenLaureate]
    published: PublishedVerdict | None
    licence: str


@router.get(
    "/contests",
    response={200: EditionPage, 404: Problem, 422: Problem},
    summary=_("Les idéathons annoncés"),
    description=_("Le dernier annoncé d’abord. Pour la suite, rendez « next » dans « after »."),
    openapi_extra={"x-example": "/api/v1/contests?limit=2"},
)
def list_contests(
    request: HttpRequest,
    region: Region = None,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=100, description=_("Nombre d’idéathons, 100 au plus"))] = 20,
) -> dict[str, Any]:
    """A slice of the list."""
    rows, mark = list_open_editions(
        region=narrowest(region), limit=limit, after=read_mark(after), now=timezone.now()
    )
    return {"next": write_mark(mark), "results": rows}


@router.get(
    "/contests/{slug}",
    response={200: WholeEdition, 404: Problem, 422: Problem},
    summary=_("Un idéathon"),
    description=_(
        "Ses dates, ses critères et leurs poids ; ses lauréats et l’adresse du verdict une fois les résultats publiés."
    ),
    openapi_extra={"x-example": "/api/v1/contests/{slug}"},
)
def one_contest(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=r"^[-a-z0-9]{1,64}$", description=_("Nom court de l’idéathon"))],
) -> dict[str, Any]:
    """With its laureates."""
    row = open_edition(slug)
    if row is None:
        raise RefusedError(404, "unknown_contest", gettext("Aucun idéathon ne porte ce nom."))
    verdict = verdict_of(row)
    published = verdict and {
        "verdict": verdict,
        "file": reverse("web:verdict_file", args=[row.slug]),
        "script": reverse("web:recompute_script"),
    }
    return {
        "edition": opened(row, timezone.now()), "criteria": criteria_of(row), "laureates": laureates_of(row),
        "published": published, "licence": LICENCE,
    }  # fmt: skip
