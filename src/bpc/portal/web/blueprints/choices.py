"""What may be chosen in a form: closed lists of the schema, and those of `data/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.products import Product, read_products
from bpc.datasets.project_models import ModelSource, Unit, read_sources, read_units
from bpc.portal.reference.places import reference
from bpc.portal.web.blueprints.labels import CHOICES

Options = list[tuple[str, Any]]


@lru_cache(maxsize=1)
def model_sources() -> dict[str, ModelSource]:
    """The sources models may cite, by their code; they change with the files of the site only."""
    return read_sources(settings.DATA / "models")


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    return read_units(settings.DATA / "models")


@lru_cache(maxsize=1)
def _products() -> tuple[Product, ...]:
    return read_products(settings.DATA)


@dataclass(frozen=True)
class Choices:
    """The lists of one model: its products beside those of every model."""

    products: list[tuple[str, str]]

    def of(self, name: str, required: bool) -> Options:
        """What the field `name` may hold; first of all nothing, when it holds nothing yet or may stay so."""
        empty = ("", _("Choisissez") if required else _("Aucun"))
        return [empty, *self.options(name)]

    def options(self, name: str) -> Options:
        """What a list offers."""
        return options_of(name)


def choices_for(content: Mapping[str, Any]) -> Choices:
    """The lists for a content, in the active language."""
    language = get_language() or "fr"
    products = [(one["id"], one.get(f"name_{language}") or one["name_fr"]) for one in content["products"]]
    return Choices(products)


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of a list several of which may be chosen, in the order they are offered."""
    return tuple(product.code for product in _products()) if name == "products" else tuple(CHOICES[name])


def options_of(name: str) -> Options:
    """What a list offers: each code with its words in the active language."""
    language = get_language() or "fr"
    if name in CHOICES:
        return list(CHOICES[name].items())
    if name == "sector":
        return [(sector.code, sector.name) for sector in reference().sectors.values()]
    if name == "products":
        return [(one.code, one.name_ar if language == "ar" else one.name_fr) for one in _products()]
    if name == "unit":
        return [(unit.code, unit.name_ar if language == "ar" else unit.name_fr) for unit in _units().values()]
    # regions, by the code models use
    places = reference().at("region")
    return [
        (f"MA-{place.code}", place.name_ar if language == "ar" else place.name_fr)
        for place in sorted(places, key=lambda place: place.code)
    ]
