"""The charts of a territory sheet: facts of the census in, a drawing and the table of its figures out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bpc.portal.atlas.figure_words import figure, label_in, source_line
from bpc.portal.atlas.units import LEFT_TO_RIGHT
from bpc.portal.reference.profile import COOPERATIVE_SHARE, Fact
from bpc.portal.web.charts.bars import Bar, bars, comparison
from bpc.portal.web.charts.pyramid import AgeGroup, PyramidWords, pyramid
from bpc.portal.web.charts.table import figure_table


@dataclass(frozen=True)
class Names:
    """The place and what it is compared with, in the language of the page.

    `above` is empty for the country; `above_kind` is its kind.
    """

    here: str
    above: str
    above_kind: str
    nation: str
    language: str


@dataclass(frozen=True)
class Chart:
    """A drawing with its title, its figures as a table, and where they come from."""

    title: str
    drawing: SafeString
    table: SafeString
    source: str
    note: str = ""


def share_bars(facts: Sequence[Fact], *, title: str, names: Names, note: str = "", full: float = 0) -> Chart:
    """Shares of a whole as bars, the parent's share ticked on each; the share of cooperatives stands out."""
    rows = [
        Bar(
            label=label_in(part.indicator, names.language),
            value=part.value,
            text=figure(part.value, part.indicator.unit),
            reference=part.parent,
            strong=part.indicator.id == COOPERATIVE_SHARE,
        )
        for part in facts
    ]
    reference = names.above if names.above == names.nation else f"{names.above_kind} · {names.above}"
    drawing = bars(
        rows,
        label=f"{title} – {names.here}",
        rtl=get_language_bidi(),
        reference_label=reference if names.above else "",
        full=full,
    )
    source = source_line(facts[0].year, [part.indicator for part in facts])
    return Chart(title, drawing, facts_table(facts, title=title, names=names), source, note)


def facts_table(facts: Sequence[Fact], *, title: str, names: Names) -> SafeString:
    """The figures of a chart: here, in the parent, in the country."""
    above = [names.above_kind] if names.above and names.above != names.nation else []
    head = ["", _("Ici"), *above, *([names.nation] if names.above else [])]
    rows = []
    for part in facts:
        unit = part.indicator.unit
        others = [figure(part.parent, unit)] if above else []
        others += [figure(part.nation, unit)] if names.above else []
        rows.append([label_in(part.indicator, names.language), figure(part.value, unit), *others])
    return figure_table(title, head, rows, hide_caption=True)


def against(fact: Fact, *, title: str, names: Names) -> SafeString | str:
    """The small comparison under a key figure; empty for the country, which has nothing above it."""
    if not names.above:
        return ""
    sides = [(_("Ici"), fact.value)]
    if names.above != names.nation:
        sides.append((names.above_kind, fact.parent))
    sides.append((names.nation, fact.nation))
    signed = fact.indicator.id == "population_change"
    rows = [Bar(name, value, figure(value, fact.indicator.unit, signed=signed)) for name, value in sides]
    return comparison(rows, label=f"{title} – {names.here}", rtl=get_language_bidi())


def age_chart(men: Sequence[Fact], women: Sequence[Fact], *, names: Names) -> Chart | None:
    """The age pyramid over the outline of the country's; None where ages are not known."""
    if not any(part.value is not None for part in (*men, *women)):
        return None
    outlined = bool(names.above)
    groups = [
        AgeGroup(
            label=_age_label(one.indicator.id),
            men=one.value,
            women=other.value,
            men_reference=one.nation if outlined else None,
            women_reference=other.nation if outlined else None,
        )
        for one, other in zip(men, women, strict=True)
    ]
    title = _("Âges")
    words = PyramidWords(
        men=_("Hommes"),
        women=_("Femmes"),
        axis=_("hommes, en % · femmes, en %"),
        reference=names.nation if outlined else "",
    )
    table = figure_table(
        title,
        ["", _("Hommes"), _("Femmes")],
        [
            [
                label_in(one.indicator, names.language),
                figure(one.value, "percent"),
                figure(other.value, "percent"),
            ]
            for one, other in zip(men, women, strict=True)
        ],
        hide_caption=True,
    )
    drawing = pyramid(groups, label=f"{title} – {names.here}", words=words, rtl=get_language_bidi())
    return Chart(title, drawing, table, source_line(men[0].year, [men[0].indicator]))


def _age_label(indicator: str) -> str:
    first, last = indicator.removeprefix("age_").split("_")
    words = f"{first}+" if last == "plus" else f"{first}–{last}"
    return f"{LEFT_TO_RIGHT}{words}{LEFT_TO_RIGHT}"  # « 10–14 » would read « 14–10 » in Arabic
