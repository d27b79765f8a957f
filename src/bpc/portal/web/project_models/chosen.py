"""What somebody chose on the sheet of a model, kept until their plan begins: nothing is typed twice."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from bpc.datasets.model_adaptation import Adaptation
from bpc.portal.blueprints.catalogue import Published
from bpc.portal.web.project_models.adaptation_form import AdaptationForm

_KEY = "model_choices"
#: The choices that a plan takes up; the place is the project's own.
CARRIED = ("taille", "prix", "membres", "debut")
_LONGEST = 20


def carried(data: Mapping[str, Any]) -> str:
    """The choices of an address that a project takes along, as part of another address."""
    said = {name: str(data.get(name, ""))[:_LONGEST] for name in CARRIED}
    return urlencode({name: value for name, value in said.items() if value})


def remember(session: MutableMapping[str, Any], slug: str, data: Mapping[str, Any]) -> None:
    """Keep the choices made for a model; those of the last model looked at, no more."""
    if choices := carried(data):
        session[_KEY] = {"slug": slug, "choices": choices}


def recall(session: Mapping[str, Any], model: Published) -> Adaptation | None:
    """The choices kept for this model, checked again; None when there are none."""
    kept = session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("slug") != model.slug:
        return None
    return AdaptationForm(QueryDict(kept["choices"]), model.model).adaptation
