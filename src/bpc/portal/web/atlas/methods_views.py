"""How each computed figure of the map is made, in plain words, one section a method."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bpc.portal.atlas import computed
from bpc.portal.atlas.units import unit_name
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.web.atlas.map_computed import GROUPS
from bpc.portal.web.atlas.map_query import address_of_indicator
from bpc.portal.web.atlas.map_subject import source_words


@kept_for_strangers("reference")
def methods(request: HttpRequest) -> HttpResponse:
    """Every group of computed layers: what is computed, from what, and what it does not say."""
    return render(request, "atlas/methods.html", {"groups": [_group(group) for group in computed.GROUPS]})


def _group(group: str) -> dict[str, Any]:
    layers = computed.layers_in(group)
    words = GROUPS[group]
    return {
        "anchor": layers[0].method,
        "words": words,
        "layers": [
            {
                "label": layer.label,
                "unit": unit_name(layer.unit),
                "source": source_words(layer.sources, {layer.year}),
                "address": address_of_indicator(layer.id),
            }
            for layer in layers
        ],
    }
