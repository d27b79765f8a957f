"""How many ask and how many get it: editions published by the funder, and files followed on this site."""

from dataclasses import dataclass

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.datasets.funding_source_parts import Selection
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.success import SuccessRate
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_number, written_percent
from bpc.portal.web.charts.bars import Bar, bars
from bpc.portal.web.charts.sheet_charts import Chart
from bpc.portal.web.charts.table import figure_table
from bpc.portal.web.funding.marks import Mark, mark_of


@dataclass(frozen=True)
class Outcome:
    """One edition in words, with where it comes from; `rate` is None unless both numbers are known."""

    year: int
    text: str
    rate: float | None
    mark: Mark


def rate_of(selection: Selection) -> float | None:
    """Winners for a hundred that asked, None unless both are known.

    >>> rate_of(Selection(year=2024, applicants=388, winners=31))
    7.989690721649485
    """
    if selection.applicants is None or selection.winners is None:
        return None
    return 100 * selection.winners / selection.applicants


def outcomes_of(source: FundingSource) -> list[Outcome]:
    """Every edition published, the latest first."""
    told = [
        Outcome(one.year, _told(one), rate_of(one), mark_of(source, f"selections.{at}"))
        for at, one in enumerate(source.selections)
    ]
    return sorted(told, key=lambda one: one.year, reverse=True)


def _told(one: Selection) -> str:
    counted = {
        "files": (_("%(n)s dossiers déposés"), _("%(n)s retenus")),
        "products": (_("%(n)s produits présentés"), _("%(n)s retenus")),
        "people": (_("%(n)s personnes candidates"), _("%(n)s retenues")),
    }[one.counted]
    parts = []
    if one.edition is not None:
        parts.append(one.edition.words.in_language(get_language() or "fr"))
    if one.applicants is not None:
        parts.append(counted[0] % {"n": written_number(one.applicants)})
    if one.winners is not None:
        parts.append(counted[1] % {"n": written_number(one.winners)})
    if one.cooperatives is not None:
        parts.append(_("dont %(n)s coopératives") % {"n": written_number(one.cooperatives)})
    return enumerated(parts)


def short_rate(source: FundingSource) -> str:
    """For a card: the rate of the last edition that tells both numbers; empty without one."""
    known = [(one.year, one) for one in source.selections if rate_of(one) is not None]
    if not known:
        return ""
    year, last = max(known, key=lambda pair: pair[0])
    words = {"rate": written_percent(rate_of(last)), "year": year}
    return _("%(rate)s des demandes retenues (%(year)s)") % words


def rates_chart(source: FundingSource) -> Chart | None:
    """The rates of the editions as bars out of a hundred; None without any."""
    known = sorted(
        ((one, rate) for one in source.selections if (rate := rate_of(one)) is not None),
        key=lambda pair: pair[0].year,
    )
    if not known:
        return None
    title = _("Sur cent demandes, combien sont retenues")
    rows = [Bar(str(one.year), rate, written_percent(rate), strong=True) for one, rate in known]
    table = [
        (str(one.year), written_number(one.applicants), written_number(one.winners), written_percent(rate, 1))
        for one, rate in known
    ]
    head = [_("Année"), _("Demandes"), _("Retenues"), _("Part")]
    return Chart(
        title=title,
        drawing=bars(rows, label=title, rtl=get_language_bidi(), full=100),
        table=figure_table(title, head, table, hide_caption=True),
        source=_("chiffres publiés, éditions passées"),
    )


def own_rate_words(rate: SuccessRate) -> str:
    """What the applications followed on this site tell of a source, with how long an answer takes."""
    words = {"granted": written_number(rate.granted), "decided": written_number(rate.decided)}
    told = _("%(granted)s accordées sur %(decided)s décidées, parmi les demandes suivies sur ce site") % words
    if rate.median_days is None:
        return told
    return _("%(told)s ; réponse en %(days)s jours au milieu") % {
        "told": told,
        "days": written_number(rate.median_days),
    }
