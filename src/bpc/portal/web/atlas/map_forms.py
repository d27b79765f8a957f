"""Reading the address of a map: what cannot be drawn is corrected, and the page says what was corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from bpc.datasets.census import Census, Indicator
from bpc.portal.atlas import computed
from bpc.portal.atlas.computed_layer import ComputedLayer
from bpc.portal.atlas.country import NATION, Country, divisions_of
from bpc.portal.atlas.fit_layers import GROUP as FIT
from bpc.portal.atlas.readings import Comparison, Reading, is_published, possible_comparisons
from bpc.portal.observations.queries import categories
from bpc.portal.reference.places import reference
from bpc.portal.web.atlas.map_points import LAYERS
from bpc.portal.web.atlas.map_query import (
    AREAS,
    AUDIENCES,
    COMPARISONS,
    DEFAULT_INDICATOR,
    DEFAULT_SORT,
    KINDS,
    LEVELS,
    NAMES,
    POINTS,
    SEXES,
    SORTS,
    STAGES,
    MapQuery,
)

T = TypeVar("T")
_LARGEST = 50_000_000  # inhabitants; a minimum beyond it is a typing error


@dataclass
class MapForm:
    """The parameters of one address, read against census and country; `notices` tells the corrections."""

    given: Mapping[str, str]
    census: Census
    country: Country
    notices: list[str] = field(default_factory=list)
    _pointed: str = ""  # a commune given as the place of the map: its province is drawn, the commune outlined

    def read(self) -> MapQuery:
        """A view that can be drawn, whatever the address says. Never raises for what a visitor may type."""
        layer = computed.LAYERS.get(self._asked())
        reading, default_year = self._computed(layer) if layer else self._published()
        within, level, default_level = self._extent()
        points = self._one_of("points", POINTS, "")
        chosen = self._pointed or self.given.get("choisi", "")
        return MapQuery(
            indicator=reading.indicator,
            within=within,
            level=level,
            year=reading.year,
            default_level=default_level,
            default_year=default_year,
            sex=reading.sex,
            area=reading.area,
            comparison=reading.comparison,
            points=points,
            **self._narrowing(points),
            kind=self._one_of("type", KINDS, "") if level == "commune" else "",
            minimum=self._whole("population", _LARGEST),
            chosen=chosen if chosen in self.country.places else "",
            sort=self._sort(),
            page=max(1, self._whole("page", 10_000)),
        )

    def _asked(self) -> str:
        """The indicator as asked; « fit » alone waits for the model, said apart, or takes the first."""
        name = self.given.get("indicateur", "")
        if name != FIT:
            return name
        models = {layer.id.removeprefix(f"{FIT}."): layer.id for layer in computed.layers_in(FIT)}
        return self._one_of("modele", models, next(iter(models.values())))

    def _published(self) -> tuple[Reading, int]:
        """The figures of the census asked for, and the year they are shown for unless another is chosen."""
        indicator = self._indicator()
        year = self._year(indicator)
        comparison = self._comparison(indicator, year)
        if comparison is Comparison.YEARS:
            year = indicator.years[0]
        return self._breakdown(indicator, year, comparison), indicator.years[0]

    def _computed(self, layer: ComputedLayer) -> tuple[Reading, int]:
        """A computed layer is made for one year, and neither for a sex nor for an area."""
        if any(self.given.get(name) for name in ("comparer", "sexe", "milieu")):
            self.notices.append(
                _(
                    "Ce qui est calculé l'est pour l'ensemble et pour une seule année : le détail est laissé de côté."
                )
            )
        return Reading(layer.id, layer.year), layer.year

    def _one_of(self, name: str, choices: Mapping[str, T], default: T) -> T:
        word = self.given.get(name, "")
        if not word:
            return default
        if word not in choices:
            self._correct(name, word)
            return default
        return choices[word]

    def _narrowing(self, points: str) -> dict[str, str]:
        """The filters the circles answer to; the others are left aside, as when another kind is chosen."""
        offered: dict[str, Callable[[], Mapping[str, str]]] = {
            "sector": lambda: {code: code for code in reference().sectors},
            "audience": lambda: AUDIENCES,
            "category": lambda: {code: code for code in categories(LAYERS[points].kind)},
            "stage": lambda: STAGES,
        }
        known = LAYERS[points].filters if points else frozenset()
        return {
            name: self._one_of(NAMES[name], words(), "") for name, words in offered.items() if name in known
        }

    def _correct(self, name: str, word: str) -> None:
        self.notices.append(
            _("« %(word)s » n'existe pas pour « %(name)s » : la carte montre le choix habituel.")
            % {"word": word[:40], "name": name}
        )

    def _indicator(self) -> Indicator:
        name = self.given.get("indicateur", "") or DEFAULT_INDICATOR
        if name not in self.census.indicators:
            self.notices.append(
                _("L'indicateur « %(name)s » n'existe pas : la carte montre « %(shown)s ».")
                % {"name": name[:60], "shown": _("Taux de chômage")}
            )
            name = DEFAULT_INDICATOR
        return self.census.indicators[name]

    def _extent(self) -> tuple[str, str, str]:
        code = self.given.get("dans", "") or NATION
        place = self.country.places.get(code)
        if place is None:
            self.notices.append(
                _("Aucun territoire ne porte le code « %(code)s » : la carte montre le pays.")
                % {"code": code[:20]}
            )
            place = self.country.places[NATION]
        elif place.level == "commune":
            self._pointed, place = place.code, self.country.places[place.parent]
        possible = divisions_of(place.level)
        level = self._one_of("niveau", LEVELS, possible[0])
        if level not in possible:
            self.notices.append(
                _("Ce niveau n'existe pas dans « %(place)s » : la carte montre le niveau suivant.")
                % {"place": place.name_fr}
            )
            level = possible[0]
        return place.code, level, possible[0]

    def _year(self, indicator: Indicator) -> int:
        word = self.given.get("annee", "")
        if not word:
            return indicator.years[0]
        for year in indicator.years:
            if word == str(year):
                return year
        self.notices.append(
            _("Cet indicateur n'est pas publié pour « %(year)s » : la carte montre %(shown)s.")
            % {"year": word[:10], "shown": indicator.years[0]}
        )
        return indicator.years[0]

    def _comparison(self, indicator: Indicator, year: int) -> Comparison:
        wanted = self._one_of("comparer", COMPARISONS, Comparison.NONE)
        if wanted is Comparison.NONE or wanted in possible_comparisons(indicator, year):
            return wanted
        reason = _("Cette comparaison n'est pas possible pour cet indicateur : la carte montre ses valeurs.")
        self.notices.append(reason)
        return Comparison.NONE

    def _breakdown(self, indicator: Indicator, year: int, comparison: Comparison) -> Reading:
        """Sex and area as asked where the census published them; the side being compared is not chosen."""
        sex = "all" if comparison is Comparison.SEXES else self._one_of("sexe", SEXES, "all")
        area = "total" if comparison is Comparison.AREAS else self._one_of("milieu", AREAS, "total")
        asked = Reading(indicator.id, year, area, sex, comparison)
        if is_published(indicator, asked):
            return asked
        self.notices.append(
            _("Le détail demandé n'est pas publié pour cet indicateur : la carte montre l'ensemble.")
        )
        return Reading(indicator.id, year, comparison=comparison)

    def _whole(self, name: str, largest: int) -> int:
        word = self.given.get(name, "").strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
        if not word:
            return 0
        # isdecimal also accepts Arabic digits, which int() reads
        if word.isdecimal() and len(word) <= 9 and int(word) <= largest:
            return int(word)
        self._correct(name, word)
        return 0

    def _sort(self) -> str:
        word = self.given.get("tri", "")
        if not word or word.removeprefix("-") in SORTS:
            return word or DEFAULT_SORT
        self._correct("tri", word)
        return DEFAULT_SORT
