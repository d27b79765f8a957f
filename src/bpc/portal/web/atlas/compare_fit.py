"""The project models that fit each commune compared, the best first: scores are computed, nobody voted."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.portal.atlas.fit import Fit, fits_of_place
from bpc.portal.atlas.units import number_text
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.compare_rows import Cell, Row, Section, bars_of

_BEST = 5


def best_models(places: Sequence[Place]) -> Section | None:
    """Five models for each commune; None when none of the territories is one, since a model is set up in a commune."""
    if not any(place.level == "commune" for place in places):
        return None
    told = [fits_of_place(place.code, limit=_BEST) if place.level == "commune" else [] for place in places]
    rows = tuple(
        _row(rank, [fits[rank] if rank < len(fits) else None for fits in told]) for rank in range(_BEST)
    )
    return Section(
        "modeles", _("Les modèles qui conviennent le mieux"), rows, confidence="deduced",
        origin=_("Calculé à partir des données"), has_nation=False, is_wordy=True,
        note=_("Note sur 100, commune par commune, avec les poids habituels. Une note ne remplace pas une étude."),
        links=((_("Comment c’est calculé"), f"{reverse('web:methods')}#fit"),),
    )  # fmt: skip


def _row(rank: int, fits: Sequence[Fit | None]) -> Row:
    scores = [fit.score if fit else None for fit in fits]
    bars = bars_of([0.0 if score is None else score for score in scores], rtl=get_language_bidi())
    cells = tuple(
        _cell(fit, bar if fit and fit.score is not None else "") for fit, bar in zip(fits, bars, strict=True)
    )
    return Row(f"fit_{rank + 1}", _("Choix %(rank)s") % {"rank": rank + 1}, cells)


def _cell(fit: Fit | None, bar: str) -> Cell:
    if fit is None:
        return Cell(_("choisissez une commune"))
    model = catalogue()[fit.model].model
    name = model.name.ar if get_language() == "ar" else model.name.fr
    told = _("inconnu") if fit.score is None else number_text(fit.score)
    return Cell(
        name,
        fit.score,
        aside=_("%(score)s sur 100") % {"score": told},
        url=reverse("web:model", args=[fit.model]),
        bar=bar,
    )
