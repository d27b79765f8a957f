"""Page 1: who lives here, by the census, against the places that hold it."""

from django.utils.translation import gettext as _

from bpc.datasets.census import Sex
from bpc.portal.atlas.country import NATION
from bpc.portal.atlas.figure_words import figure, label_in, source_line, unit_words, why_unknown
from bpc.portal.atlas.report import blocks, maps
from bpc.portal.atlas.report.blocks import Block
from bpc.portal.atlas.report.context import ReportContext
from bpc.portal.atlas.units import number_text
from bpc.portal.foundation.typesetting import drawable, pictogram
from bpc.portal.reference import profile
from bpc.portal.reference.census import census
from bpc.portal.reference.profile import Fact

#: Below it, one household more or less moves a percentage.
FEW_PEOPLE = 2000
#: What the table adds to the six key figures.
_ROWS: tuple[tuple[str, Sex], ...] = (
    ("urban_share", "all"),
    ("age_60_plus", "all"),
    ("labour_unemployment_rate", "female"),
    ("illiteracy_rate_10_plus", "female"),
    ("education_higher", "all"),
    ("employment_status_cooperative_member", "all"),
    ("amenities_electricity", "all"),
    ("amenities_running_water", "all"),
    ("wastewater_public_sewer", "all"),
    ("household_waste_truck", "all"),
    ("households_distance_to_paved_road_km", "all"),
    ("equipment_internet", "all"),
)
#: The figure of the map: it differs most between places, and it is what a cooperative of women changes.
MAPPED: tuple[str, Sex] = ("labour_activity_rate", "female")


def people_page(context: ReportContext) -> Block:
    """Key figures, maps, a table, what small numbers mean."""
    return blocks.page(
        _("Qui vit ici"),
        _lead(context),
        [
            blocks.figures([_card(fact, context) for fact in profile.key_facts(context.place)]),
            _small_numbers(context),
            blocks.columns(
                [
                    blocks.heading(_("Où se trouve ce territoire"), pictogram("pin")),
                    blocks.maps(_maps(context)),
                ],
                [blocks.heading(_("Comment on y vit"), pictogram("house")), _table(context)],
            ),
            blocks.source(
                source_line(2024, []),
                _("Internet : recensement 2014"),
                _("Contours : HCP, 2014"),
                _("« Inconnu » : le recensement ne publie pas ce chiffre ici ; ce n’est pas zéro."),
            ),
        ],
    )


def _lead(context: ReportContext) -> str:
    place = context.place
    change = profile.fact(place.code, "population_change", parent=place.parent)
    if not place.population:
        return _("Aucun habitant n’y a été recensé en 2024.")
    people = _("%(count)s habitants en 2024") % {"count": number_text(place.population)}
    if change.value is None:
        return people
    told = figure(change.value, "percent", signed=True)
    return _("%(people)s, %(change)s depuis 2014") % {"people": people, "change": told}


def _title(fact: Fact, language: str) -> str:
    title = label_in(fact.indicator, language).replace("'", "’")
    return _("%(indicator)s des femmes") % {"indicator": title} if fact.sex == "female" else title


def _card(fact: Fact, context: ReportContext) -> Block:
    compared, signed, note = fact, False, ""
    if fact.indicator.id == "population_legal":
        compared = profile.fact(context.place.code, "population_change", parent=context.place.parent)
        signed, note = True, _("Évolution de 2014 à 2024")
    if fact.value is None:
        note = why_unknown(context.place, fact)
    known = fact.value is not None
    return blocks.figure_card(
        _title(fact, context.language),
        figure(fact.value, fact.indicator.unit),
        unit_words(fact.indicator.unit) if known else "",
        note,
        _sides(compared, context, signed=signed),
    )


def _sides(fact: Fact, context: ReportContext, *, signed: bool) -> list[Block]:
    """The bars under a key figure. A fall has no length: its sign tells it, so that a bar is never a lie."""
    named = [(_("Ici"), fact.value)]
    for code, word in context.compared_with:
        named.append((word, fact.nation if code == NATION else fact.parent))
    longest = max((abs(value) for _name, value in named if value is not None), default=0.0) or 1.0
    return [
        blocks.side(
            name,
            figure(value, fact.indicator.unit, signed=signed),
            None if value is None else max(value, 0.0) / longest,
        )
        for name, value in named
    ]


def _small_numbers(context: ReportContext) -> Block | None:
    people = context.place.population or 0
    if not 0 < people < FEW_PEOPLE:
        return None
    return blocks.empty(
        _(
            "Peu d’habitants : une famille de plus ou de moins change ces pourcentages. Ils disent une tendance, "
            "pas une mesure exacte."
        )
    )


def _maps(context: ReportContext) -> list[Block]:
    indicator, sex = MAPPED
    place = context.place
    coloured = maps.coloured(place, context.country, indicator, sex)
    within, level = maps.divided(place, context.country)
    entry = census().indicators[indicator]
    subject = _("%(indicator)s des femmes") % {"indicator": label_in(entry, context.language)}
    subject = subject.replace("'", "’")
    where = context.in_words(context.above.code if place.level == "province" else place.code[:2])
    here = drawable(context.name)
    if place.level == "region":
        where = context.name_of(NATION)
    legend = [(look, text or _("inconnu")) for look, text in coloured.legend]
    parts = _("par province") if level == "province" else _("par commune")
    title = _("%(subject)s, %(parts)s · %(place)s") % {
        "subject": subject,
        "parts": parts,
        "place": drawable(context.name_of(within)),
    }
    return [
        blocks.drawing(
            maps.locator(place),
            _("Carte : %(place)s dans %(whole)s") % {"place": here, "whole": where},
            where,
        ),
        blocks.drawing(coloured.svg, _("Carte : %(title)s") % {"title": title}, title, legend),
    ]


def _table(context: ReportContext) -> Block:
    others = context.compared_with
    head = ["", _("Ici"), *(word for _code, word in others)]
    rows = []
    for indicator, sex in _ROWS:
        if indicator == "urban_share" and context.place.level == "commune":
            continue
        fact = profile.fact(context.place.code, indicator, parent=context.place.parent, sex=sex)
        sides = [fact.nation if code == NATION else fact.parent for code, _word in others]
        unit = fact.indicator.unit
        label = _title(fact, context.language)
        if fact.year != 2024:
            label = _("%(label)s (%(year)s)") % {"label": label, "year": fact.year}
        rows.append([label, *(figure(value, unit) for value in (fact.value, *sides))])
    return blocks.table(head, rows)
