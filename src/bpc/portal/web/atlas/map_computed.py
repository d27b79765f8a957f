"""The layers computed from data, in the words of a map: groups, sides of the middle, how they are made."""

from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.census import Census
from bpc.portal.atlas import computed
from bpc.portal.atlas.computed_layer import ComputedLayer
from bpc.portal.atlas.fit import models_with_fit
from bpc.portal.atlas.fit_layers import GROUP as FIT
from bpc.portal.atlas.readings import Figures
from bpc.portal.reference.census import census
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_subject import Directions, Scale, Subject, census_subject, source_words

Text = str | Promise
#: Units of figures told against one: twice as much lies as far above it as half lies below.
RATIOS = frozenset({"times the country", "times the expected"})
_LEVEL_OF_LENGTH = {2: "region", 6: "province"}


@dataclass(frozen=True)
class GroupWords:
    """What a group of layers is called, what lies on each side of its middle, and how its figures are made."""

    name: Text
    below: Text
    same: Text
    above: Text
    method: Text
    limits: Text


GROUPS: dict[str, GroupWords] = {
    "specialisation": GroupWords(
        gettext_lazy("Spécialités"),
        gettext_lazy("Moins que dans le pays"),
        gettext_lazy("À peu près comme le pays"),
        gettext_lazy("Plus que dans le pays"),
        gettext_lazy(
            "La part de l’activité ici, divisée par sa part dans le pays. Les petits territoires sont rapprochés de "
            "celui qui les contient, car peu de personnes y suffisent à changer la part."
        ),
        gettext_lazy(
            "Deux mesures, jamais soustraites : les personnes qui travaillent (recensement de 2014) et les "
            "établissements (relevé de 2024, hors exploitations agricoles). Une part élevée ne dit pas si "
            "l’activité gagne de l’argent."
        ),
    ),
    "shortfall": GroupWords(
        gettext_lazy("Ce qui manque d’après les chiffres"),
        gettext_lazy("Mieux que le pays"),
        gettext_lazy("Comme le pays"),
        gettext_lazy("Moins bien que le pays"),
        gettext_lazy(
            "L’écart avec le chiffre du pays, dans le sens du manque : au-dessus de zéro, la situation est moins "
            "bonne ici. Ce n’est pas ce que les habitants ont dit."
        ),
        gettext_lazy(
            "Les chiffres ne disent rien de la formation à un métier, du crédit ou de l’entente dans un groupe : ces "
            "besoins-là ne viennent que des personnes."
        ),
    ),
    "membership": GroupWords(
        gettext_lazy("Membres de coopératives"),
        gettext_lazy("Moins qu’attendu"),
        gettext_lazy("À peu près comme attendu"),
        gettext_lazy("Plus qu’attendu"),
        gettext_lazy(
            "La part de coopérateurs et d’associés parmi ceux qui travaillent, comparée à celle que donneraient les "
            "taux du pays aux hommes et aux femmes d’ici, en ville et à la campagne."
        ),
        gettext_lazy(
            "Le recensement compte ensemble coopérateurs et associés d’une entreprise. Dans une petite commune, "
            "quelques personnes font beaucoup changer le rapport : il est rapproché de celui de la province."
        ),
    ),
    "change": GroupWords(
        gettext_lazy("Évolution propre au lieu"),
        gettext_lazy("A fait moins que le pays"),
        gettext_lazy("A fait comme le pays"),
        gettext_lazy("A fait plus que le pays"),
        gettext_lazy(
            "Ce qui reste de l’évolution de 2014 à 2024 quand on retire celle du pays et celle de la composition du "
            "territoire."
        ),
        gettext_lazy(
            "Seulement les questions posées de la même façon en 2014 et en 2024. Ce reste n’a pas de cause connue : "
            "il dit où regarder, pas pourquoi."
        ),
    ),
    "fit": GroupWords(
        gettext_lazy("Où conviennent les modèles"),
        gettext_lazy("Convient moins"),
        gettext_lazy("Convient un peu"),
        gettext_lazy("Convient mieux"),
        gettext_lazy(
            "Une note de 0 à 100 pour chaque commune, faite de six parts : la ressource, les personnes, l’eau et la "
            "route, les clients, la place à prendre et le besoin. Une part très faible coûte plus qu’une bonne ne "
            "rattrape. Ce qui est inconnu ne compte pas. Un modèle qui ne s’appuie sur aucune ressource du lieu a "
            "partout la même part. Une région ou une province a la note de sa meilleure commune."
        ),
        gettext_lazy(
            "Ce que chaque modèle demande est notre estimation. Une bonne note ne remplace ni une étude, ni l’avis de "
            "ceux qui connaissent le lieu : elle dit où regarder d’abord."
        ),
    ),
}


def group_name(group: str) -> str:
    """The name of a group in the list of choices, said apart from the census."""
    return _("Calculé à partir des données · %(group)s") % {"group": GROUPS[group].name}


def scale_of(layer: ComputedLayer) -> Scale:
    """How the values of a layer are classed."""
    if layer.unit in RATIOS:
        return Scale.RATIO
    return Scale.GAP if layer.signed else Scale.PLAIN


def subject_of(query: MapQuery, cube: Census, language: str) -> Subject:
    """What the query draws: a layer computed from data, or an indicator of the census."""
    layer = computed.LAYERS.get(query.indicator)
    return computed_subject(layer) if layer else census_subject(query, cube, language)


def computed_subject(layer: ComputedLayer) -> Subject:
    """A computed layer as a map draws it."""
    words, scale = GROUPS[layer.group], scale_of(layer)
    return Subject(
        id=layer.id,
        label=str(layer.label),
        method=str(words.method),
        note="",
        source=source_words(layer.sources, {layer.year}),
        confidence="deduced",
        unit=layer.unit,
        drawn_unit=layer.unit,
        scale=scale,
        directions=None
        if scale is Scale.PLAIN
        else Directions(str(words.below), str(words.same), str(words.above)),
        read=lambda codes: read_layer(layer, codes),
        computed=True,
        method_page=f"{reverse('web:methods')}#{layer.method}",
        page=_page_of(layer),
    )


def _page_of(layer: ComputedLayer) -> str:
    """The page of a model's fit, with its reasons and its weights to move; none for what is not a fit."""
    group, _dot, slug = layer.id.partition(".")
    if group != FIT or slug not in models_with_fit():
        return ""
    return reverse("web:model_where", args=[slug])


def read_layer(layer: ComputedLayer, codes: tuple[str, ...]) -> Figures:
    """The values of territories by code, each at its own level; NaN where unknown."""
    position = census().position
    levels = [_LEVEL_OF_LENGTH.get(len(code), "country" if code == "MA" else "commune") for code in codes]
    columns = {level: computed.values(layer.id, level) for level in set(levels)}
    found = np.array(
        [columns[level][position[code]] for level, code in zip(levels, codes, strict=True)], dtype=np.float64
    )
    return Figures(found, (found,), layer.unit)
