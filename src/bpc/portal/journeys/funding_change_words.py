"""Each change of a funding source as one sentence, in the language now active."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.writing import written_date, written_month
from bpc.portal.funding.queries import all_sources
from bpc.portal.journeys.funding_changes import Changed

_SENTENCES: Mapping[str, "str | Promise"] = {
    "closing": _("« %(name)s » se ferme le %(day)s."),
    "soon": _("« %(name)s » ouvre le %(day)s : préparez votre dossier."),
    "forecast": _(
        "« %(name)s » pourrait ouvrir vers %(month)s, d’après les éditions passées : préparez votre dossier."
    ),
    "new": _("Nouveau dans le répertoire : « %(name)s »."),
    "possible": _("« %(name)s » est maintenant possible pour vous."),
    "confirm": _("« %(name)s » est maintenant à confirmer auprès de l’organisme."),
    "terms": _("Les conditions de « %(name)s » ont changé : relisez sa fiche."),
    "lost": _("« %(name)s » n’est plus possible pour vous."),
}


def lines_of(changes: Sequence[Changed]) -> list[str]:
    """One sentence a change; a source taken off in this very moment is left out."""
    sources, language = all_sources(), get_language() or "fr"
    lines = []
    for one in changes:
        if one.slug not in sources:
            continue
        words = {"name": sources[one.slug].name.in_language(language)}
        if one.day is not None:
            words |= {"day": written_date(one.day), "month": written_month(one.day.year, one.day.month)}
        lines.append(str(_SENTENCES[one.kind]) % words)
    return lines
