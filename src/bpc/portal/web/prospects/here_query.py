"""What is asked of « Que peut-on faire ici ? »: a commune, named or coded, and which models are wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpc.portal.blueprints.catalogue import Published, catalogue
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference
from bpc.portal.web.ideas.places import commune_named
from bpc.portal.web.project_models.list_form import ModelFilter
from bpc.portal.web.prospects.weights_form import WeightsForm

LONGEST_NAME = 100
#: filters of the list of models that make sense here, as addresses say them
FILTERS = ("secteur", "budget", "femmes")


@dataclass(frozen=True)
class HereQuery:
    """One question. `found`: communes that answer a name that is not certain; `asked` the name as typed.

    `opened`: the model whose reasons are asked for; `all`: the models that fit less are asked for too.
    """

    place: Place | None
    asked: str
    found: list[Territory]
    weights: WeightsForm
    filters: ModelFilter
    models: list[Published]
    opened: str
    all: bool

    @property
    def kept(self) -> dict[str, str]:
        """The commune and the filters, for addresses that change something else."""
        said = self.filters.cleaned_data
        named = {name: str(said[name]) for name in FILTERS if said.get(name) and name != "femmes"}
        if said.get("femmes"):
            named["femmes"] = "on"
        return {**({"commune": self.place.code} if self.place else {}), **named}

    @property
    def narrows(self) -> int:
        """How many filters are on."""
        return sum(bool(self.filters.cleaned_data.get(name)) for name in FILTERS)


def read_query(data: Mapping[str, Any]) -> HereQuery:
    """The question of an address. A commune that means nothing is asked again, wrong filters filter nothing."""
    known = catalogue()
    code = str(data.get("commune", ""))
    asked = str(data.get("q", "")).strip()[:LONGEST_NAME]
    place = reference().places.get(code)
    if place is not None and place.level != Territory.Level.COMMUNE:
        place = None
    found: list[Territory] = []
    if place is None and asked:
        answer = commune_named(asked)
        found = answer.choices
        place = reference().places.get(answer.commune.code) if answer.commune else None
    narrowing = {name: value for name, value in data.items() if name in FILTERS}
    filters = ModelFilter(narrowing, known)
    opened = str(data.get("modele", ""))
    return HereQuery(
        place,
        asked,
        found,
        WeightsForm(data),
        filters,
        filters.chosen(known),
        opened if opened in known else "",
        data.get("tous") == "1",
    )
