"""The board as its page shows it: figures in words, charts with their tables, a row for each region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import country
from bpc.portal.atlas.heard import KINDS, Heard, HeardKind, Waiting
from bpc.portal.atlas.units import THIN, number_text
from bpc.portal.foundation.writing import written_date
from bpc.portal.ideas.states import Audience
from bpc.portal.observations.queries import categories
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.web.charts.bars import Bar, bars
from bpc.portal.web.charts.sheet_charts import Chart
from bpc.portal.web.charts.table import figure_table
from bpc.portal.web.charts.weeks import small_columns, weekly_columns

MOST_SUBJECTS = 8


@dataclass(frozen=True)
class RegionRow:
    """A region in the table: all that was received, published, answered, what waits, who was heard."""

    region: Territory
    received: dict[str, str]
    published: str
    answered: str
    waiting: str
    oldest: str
    women: str
    youth: str
    communes: str
    drawing: SafeString


@dataclass(frozen=True)
class Figure:
    """A figure that opens the board."""

    title: str
    text: str
    note: str


def kind_names() -> dict[HeardKind, str]:
    """What each kind is called, many of them."""
    return {"idea": _("Idées"), "need": _("Besoins"), "opportunity": _("Opportunités")}


def week_words(monday: date) -> str:
    """A week by its Monday and its ISO number."""
    return _("%(date)s (semaine %(week)s)") % {
        "date": written_date(monday),
        "week": monday.isocalendar().week,
    }


def period_words(heard: Heard) -> str:
    """The weeks covered."""
    weeks = len(heard.period.weeks)
    span = ngettext("%(count)s semaine", "%(count)s semaines", weeks) % {"count": weeks}
    return _("%(span)s, du %(first)s au %(last)s") % {
        "span": span,
        "first": written_date(heard.period.first),
        "last": written_date(date.fromordinal(heard.period.last.toordinal() + 6)),
    }


def opening(heard: Heard, now: datetime) -> list[Figure]:
    """The figures above the charts."""
    waits = heard.waits()
    unanswered = sum(heard.unanswered.values())
    names = kind_names()
    figures = [
        Figure(
            names[kind],
            number_text(heard.total("received", kind=kind)),
            _("reçus ; %(count)s publiés") % {"count": number_text(heard.total("published", kind=kind))}
            if kind == "need"
            else _("reçues ; %(count)s publiées")
            % {"count": number_text(heard.total("published", kind=kind))},
        )
        for kind in KINDS
    ]
    return [
        *figures,
        Figure(
            _("Réponses données"), number_text(heard.total("answered")), _("à des besoins et opportunités")
        ),
        Figure(_("À lire aujourd’hui"), number_text(waits.count), oldest_words(waits, now)),
        Figure(
            _("Sans réponse aujourd’hui"), number_text(unanswered), _("besoins et opportunités déjà publiés")
        ),
    ]


def oldest_words(waits: Waiting, now: datetime) -> str:
    """How long the oldest has waited."""
    days = waits.days(now)
    if days is None:
        return _("rien n’attend")
    if days == 0:
        return _("depuis aujourd’hui")
    told = ngettext("la plus ancienne depuis %(count)s jour", "la plus ancienne depuis %(count)s jours", days)
    return told % {"count": number_text(days)}


def weekly_charts(heard: Heard, *, public: bool = False) -> list[Chart]:
    """A chart for each kind, its weeks in a table; `public`: publications only."""
    return [_weekly_chart(heard, kind, name, public=public) for kind, name in kind_names().items()]


def _weekly_chart(heard: Heard, kind: HeardKind, name: str, *, public: bool) -> Chart:
    received = [] if public else heard.by_week("received", kind=kind)
    published, answered = heard.by_week("published", kind=kind), heard.by_week("answered", kind=kind)
    words = (_("Reçus"), _("Publiés")) if kind == "need" else (_("Reçues"), _("Publiées"))
    drawing = weekly_columns(
        received,
        published,
        names=words,
        ends=(written_date(heard.period.first), written_date(heard.period.last)),
        label=_("%(kind)s, semaine par semaine") % {"kind": name},
        rtl=get_language_bidi(),
    )
    columns: list[tuple[str, Sequence[int]]] = [(words[1], published)]
    if not public:
        columns = [(words[0], received), *columns]
        columns += [(_("Réponses"), answered)] if kind != "idea" else []
    rows = [
        [week_words(week), *(number_text(counts[at]) for _name, counts in columns)]
        for at, week in reversed(list(enumerate(heard.period.weeks)))
    ]
    head = ["", *(title for title, _counts in columns)]
    return Chart(
        name, drawing, figure_table(name, head, rows, hide_caption=True), _("Comptes de la plateforme")
    )


def region_rows(heard: Heard, regions: Sequence[Territory], now: datetime) -> list[RegionRow]:
    """A row for each region, in the order of their codes."""
    known = country()
    return [
        _region_row(heard, region, now, communes=len(known.inside(region.pk, "commune")))
        for region in regions
    ]


def _region_row(heard: Heard, region: Territory, now: datetime, *, communes: int) -> RegionRow:
    code, waits = region.pk, heard.waits(region=region.pk)
    everything = heard.by_week("received", region=code)
    return RegionRow(
        region=region,
        received={kind: number_text(heard.total("received", kind=kind, region=code)) for kind in KINDS},
        published=number_text(heard.total("published", region=code)),
        answered=number_text(heard.total("answered", region=code)),
        waiting=number_text(waits.count),
        oldest=_days(waits, now),
        women=share_words(*heard.audience(Audience.WOMEN, region=code)),
        youth=share_words(*heard.audience(Audience.YOUTH, region=code)),
        communes=share_words(communes - heard.communes[code], communes),
        drawing=small_columns(
            everything,
            label=_("%(region)s : reçus par semaine") % {"region": region.name},
            rtl=get_language_bidi(),
        ),
    )


def _days(waits: Waiting, now: datetime) -> str:
    days = waits.days(now)
    return (
        "–"
        if days is None
        else ngettext("%(count)s jour", "%(count)s jours", days) % {"count": number_text(days)}
    )


def share_words(part: int, whole: int) -> str:
    """So many of so many, with the percent; « – » of none, which is no share."""
    if not whole:
        return "–"
    told = _("%(part)s sur %(whole)s") % {"part": number_text(part), "whole": number_text(whole)}
    percent = 100 * part / whole
    # nearly all is not all, nearly none is not none
    nearly = round(percent) in (0, 100) and 0 < part < whole
    return f"{told} ({number_text(percent, int(nearly))}{THIN}%)"


def subjects(heard: Heard) -> list[dict[str, Any]]:
    """What was spoken of most: needs and opportunities by category, ideas by sector."""
    known, sectors = categories(), reference().sectors
    groups = [
        (
            name,
            [
                (known[code].name, number)
                for (which, code), number in heard.categories.most_common()
                if which == kind
            ],
        )
        for kind, name in list(kind_names().items())[1:]
    ]
    groups.append(
        (_("Idées, par secteur"), [(sectors[code].name, n) for code, n in heard.sectors.most_common()])
    )
    return [_subject(name, found[:MOST_SUBJECTS]) for name, found in groups]


def _subject(name: str, found: Sequence[tuple[str, int]]) -> dict[str, Any]:
    if not found:
        return {"title": name, "drawing": "", "table": ""}
    rows = [Bar(label, float(number), number_text(number)) for label, number in found]
    title = _("De quoi l’on parle : %(kind)s") % {"kind": name}
    table = figure_table(name, ["", _("Nombre")], [[row.label, row.text] for row in rows], hide_caption=True)
    return {"title": name, "drawing": bars(rows, label=title, rtl=get_language_bidi()), "table": table}
