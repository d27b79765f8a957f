"""How each computed figure is made, in plain words, one section a method, with the maps it draws."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.atlas import computed
from bpc.portal.atlas.units import unit_name
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.web.atlas.map_query import address_of_indicator
from bpc.portal.web.atlas.map_subject import source_words
from bpc.portal.web.atlas.method_words import METHODS, Method


@kept_for_strangers("reference")
def methods(request: HttpRequest) -> HttpResponse:
    """Every method: the question it answers, its calculation, what it does not say, and its maps."""
    trail = [(_("Accueil"), reverse("web:home")), (_("Comment c’est calculé"), "")]
    return render(
        request, "atlas/methods.html", {"methods": [_section(method) for method in METHODS], "trail": trail}
    )


def _section(method: Method) -> dict[str, Any]:
    return {
        "words": method,
        "layers": [
            {
                "label": layer.label,
                "unit": unit_name(layer.unit),
                "source": source_words(layer.sources, {layer.year}),
                "address": address_of_indicator(layer.id),
            }
            for layer in computed.LAYERS.values()
            if layer.method == method.anchor
        ],
    }
