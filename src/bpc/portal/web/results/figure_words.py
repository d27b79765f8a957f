"""The published figures in words: hidden, unknown and zero are three things; an estimate has its interval."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.writing import written_amount, written_number, written_percent
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.places import reference
from bpc.portal.results.counting import AMOUNTS, LIVING, SILENT, Figure, Row
from bpc.portal.results.public_figures import current_quarter, rows_of
from bpc.portal.web.templatetags.components import localname

NAMES: dict[str, Any] = {
    LIVING: gettext_lazy("Vivent encore"),
    "members": gettext_lazy("Membres"),
    "women": gettext_lazy("Femmes"),
    "youth": gettext_lazy("Moins de 35 ans"),
    "jobs_permanent": gettext_lazy("Emplois toute l’année"),
    "jobs_seasonal": gettext_lazy("Emplois de saison"),
    "turnover_mad": gettext_lazy("Ventes d’un an, au milieu"),
    "income_per_member_mad": gettext_lazy("Revenu d’un an par membre, au milieu"),
    SILENT: gettext_lazy("Projets sans réponse"),
}
#: Those a table has room for on a screen; the file and the interface have all.
IN_TABLES = (LIVING, "members", "women", "youth", "jobs_permanent", *AMOUNTS)
_SHORT: dict[str, Any] = {
    "jobs_permanent": gettext_lazy("Emplois à l’année"),
    "turnover_mad": gettext_lazy("Ventes, au milieu"),
    "income_per_member_mad": gettext_lazy("Revenu, au milieu"),
}


def written_figure(measure: str, figure: Figure) -> str:
    """A figure as written: hidden and unknown are two things, and neither is zero."""
    if figure.hidden:
        return _("caché")
    if figure.value is None:
        return _("inconnu")
    if measure == LIVING and figure.projects:
        share = written_percent(100 * figure.value / figure.projects)
        return _("%(part)s sur %(whole)s (%(share)s)") % {
            "part": written_number(figure.value), "whole": written_number(figure.projects), "share": share,
        }  # fmt: skip
    return written_amount(figure.value) if measure in AMOUNTS else written_number(figure.value)


def interval_words(measure: str, figure: Figure) -> str:
    """Where the true value lies nine times in ten; empty where too few answered for an interval."""
    if figure.low is None or figure.high is None:
        return ""
    write = written_amount if measure in AMOUNTS else written_percent
    return _("entre %(low)s et %(high)s") % {"low": write(figure.low), "high": write(figure.high)}


def stands_on(measure: str, figure: Figure) -> str:
    """From how many answers a figure comes; empty where it says so itself, or is not told."""
    if figure.value is None or not figure.projects or measure in (LIVING, SILENT):
        return ""
    return _("d’après %(number)s projets") % {"number": written_number(figure.projects)}


def figure_list(row: Row) -> list[dict[str, str]]:
    """The figures of a row: name, value, interval, on how many answers it stands."""
    return [
        {
            "name": str(name),
            "value": written_figure(measure, row.figures[measure]),
            "interval": interval_words(measure, row.figures[measure]),
            "stands_on": stands_on(measure, row.figures[measure]),
        }
        for measure, name in NAMES.items()
    ]


def answered_words(row: Row) -> str:
    """How many projects answered."""
    return _("caché") if row.answered is None else written_number(row.answered)


def rows_table(
    title: str, caption: str, first: str, rows: Sequence[Row], *, by_sector: bool
) -> dict[str, Any]:
    """A table that becomes cards on a phone: a row for each territory, or for each sector."""
    heads = [_("Réponses"), *(_SHORT.get(measure, NAMES[measure]) for measure in IN_TABLES)]
    named: Any = reference().sectors if by_sector else gazetteer().by_code
    return {
        "title": title,
        "caption": caption,
        "columns": [{"label": first}, *({"label": head, "numeric": True} for head in heads)],
        "rows": [
            [
                localname(named[row.sector if by_sector else row.place]),
                answered_words(row),
                *(written_figure(measure, row.figures[measure]) for measure in IN_TABLES),
            ]
            for row in rows
        ],
    }


def regions_table(regions: Sequence[str]) -> dict[str, Any] | None:
    """The published figures of some regions, for those who steer them; None while nothing was published of them."""
    quarter = current_quarter()
    _whole, parts = rows_of(quarter)
    rows = [row for row in parts if not row.sector and row.place in set(regions)]
    if not rows:
        return None
    found = rows_table(
        _("Ce que deviennent les projets"), _("Chiffres de chaque région"), _("Région"), rows, by_sector=False
    )
    return {**found, "last_day": rows[0].last_day, "is_demo": rows[0].is_demo}
