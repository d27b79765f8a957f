"""What a map says in words: its title, the value of a shape, the names of the two sides of a comparison."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bpc.portal.atlas.readings import Comparison
from bpc.portal.atlas.units import THIN, figure_text, figure_with_unit, number_text, unit_name
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_rows import MapRow
from bpc.portal.web.atlas.map_subject import Scale, Subject

#: Beyond this many shapes the rank is left out of their titles: the table has it, and the page stays light.
_RANKED = 200


def level_name(level: str) -> str:
    """The plural name of a level: what the map is divided into."""
    return {"region": _("Régions"), "province": _("Provinces et préfectures"), "commune": _("Communes")}[
        level
    ]


def level_one(level: str) -> str:
    """The name of one territory of a level."""
    return {
        "country": _("Pays"),
        "region": _("Région"),
        "province": _("Province ou préfecture"),
        "commune": _("Commune"),
    }[level]


def comparison_name(comparison: Comparison) -> str:
    """What is compared, as offered in the choices."""
    return {
        Comparison.NONE: _("Ne pas comparer"),
        Comparison.YEARS: _("2014 et 2024"),
        Comparison.SEXES: _("Hommes et femmes"),
        Comparison.AREAS: _("Urbain et rural"),
    }[comparison]


def side_names(comparison: Comparison) -> tuple[str, ...]:
    """Headings of the two columns of a comparison, the reference first."""
    return {
        Comparison.NONE: (),
        Comparison.YEARS: ("2014", "2024"),
        Comparison.SEXES: (_("Hommes"), _("Femmes")),
        Comparison.AREAS: (_("Urbain"), _("Rural")),
    }[comparison]


@dataclass(frozen=True)
class Words:
    """The words of one view."""

    query: MapQuery
    subject: Subject
    total: int

    @property
    def unit(self) -> str:
        """Unit of the mapped values."""
        return self.subject.drawn_unit

    @property
    def is_gap(self) -> bool:
        """Whether the map shows a gap between two figures, which are shown too."""
        return self.query.comparison is not Comparison.NONE

    @cached_property
    def signed(self) -> bool:
        """Whether mapped values say how far they are from zero."""
        return self.subject.scale is Scale.GAP

    def figure(self, value: float | None) -> str:
        """The mapped value, with its sign in a gap; « inconnu » where nothing is known."""
        return _("inconnu") if value is None else figure_text(value, self.unit, signed=self.signed)

    def label(self, value: float | None) -> str:
        """The value in the room a shape has: a question mark where nothing is known."""
        return "?" if value is None else self.figure(value).removesuffix(f"{THIN}%")

    def side(self, value: float | None) -> str:
        """One of the two figures of a comparison."""
        return _("inconnu") if value is None else figure_text(value, self.subject.unit)

    def sides(self, values: tuple[float | None, ...]) -> str:
        """Both figures of a comparison, each after its name; empty on a plain map."""
        names = side_names(self.query.comparison)
        # on a plain map there is one value and no name
        return " · ".join(
            _("%(name)s : %(value)s") % {"name": name, "value": self.side(value)}
            for name, value in zip(names, values, strict=False)
        )

    def gap(self, value: float | None) -> str:
        """The gap with its unit in words, for places where it stands alone."""
        return _("inconnu") if value is None else figure_with_unit(value, self.unit, signed=True)

    def title(self, row: MapRow) -> str:
        """What a shape says: its name, its value and its rank, or both figures of a comparison and their gap."""
        if self.is_gap:
            both = {"name": row.name, "sides": self.sides(row.sides), "gap": self.gap(row.value)}
            return _("%(name)s · %(sides)s · écart : %(gap)s") % both
        words = {"name": row.name, "value": self.figure(row.value), "rank": row.rank}
        if row.rank and self.total <= _RANKED:
            return _("%(name)s : %(value)s · rang %(rank)s") % words
        return self._named_value % words

    @cached_property
    def _named_value(self) -> str:
        """Looked up once: up to 1,503 shapes say it."""
        return _("%(name)s : %(value)s")

    def unit_words(self) -> str:
        """The unit of the mapped values, as a heading says it."""
        return unit_name(self.unit)

    def reading_words(self) -> str:
        """Year, sex and area of the figures, or the comparison made, in one line."""
        if self.query.comparison is Comparison.YEARS:
            parts = [_("écart de 2014 à 2024")]
        elif self.query.comparison is Comparison.SEXES:
            parts = [_("écart des femmes par rapport aux hommes"), str(self.query.year)]
        elif self.query.comparison is Comparison.AREAS:
            parts = [_("écart du rural par rapport à l'urbain"), str(self.query.year)]
        else:
            parts = [str(self.query.year)]
        named = {"male": _("hommes"), "female": _("femmes"), "urban": _("urbain"), "rural": _("rural")}
        parts += [named[part] for part in (self.query.sex, self.query.area) if part in named]
        return " · ".join(parts)


def value_heading(words: Words) -> str:
    """Heading of the column of mapped values."""
    if not words.signed:
        return pgettext("colonne", "Valeur")
    return {"points": _("Écart (points)"), "percent": _("Écart (%)")}.get(words.unit, _("Écart"))


def count_of_territories(count: int) -> str:
    """« 3 territoires », in the plural of the language."""
    return ngettext("%(count)s territoire", "%(count)s territoires", count) % {"count": number_text(count)}
