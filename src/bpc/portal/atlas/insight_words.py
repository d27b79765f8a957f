"""What the computed figures are called, and the sentences that tell them, in the language of the page."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: Activity → its name as it follows « travaillent dans… » or stands alone.
ACTIVITIES: dict[str, Any] = {
    "work_sector_agriculture": _("agriculture, forêt et pêche"),
    "work_sector_industry": _("industrie et mines"),
    "work_sector_utilities": _("eau et électricité"),
    "work_sector_construction": _("construction"),
    "work_sector_commerce": _("commerce et réparation"),
    "work_sector_transport": _("transport et communication"),
    "work_sector_market_services": _("autres services marchands"),
    "work_sector_public_services": _("administration, éducation et santé"),
    "profession_managers_and_professionals": _("responsables et cadres supérieurs"),
    "profession_technicians": _("techniciens et professions intermédiaires"),
    "profession_clerks": _("employés"),
    "profession_traders": _("commerçants et intermédiaires"),
    "profession_farmers": _("exploitants agricoles, pêcheurs et forestiers"),
    "profession_artisans": _("artisans et ouvriers qualifiés"),
    "profession_farm_labourers": _("ouvriers agricoles et de la pêche"),
    "profession_machine_operators": _("conducteurs d’installations et de machines"),
    "profession_labourers": _("manœuvres et petits métiers"),
    "sector_industry": _("entreprises de l’industrie"),
    "sector_construction": _("entreprises de construction"),
    "sector_commerce": _("entreprises de commerce"),
    "sector_services": _("entreprises de services"),
}

#: Question of the census → what it tells is missing.
LACKS: dict[str, Any] = {
    "women_activity": _("femmes qui travaillent ou cherchent un travail"),
    "women_unemployment": _("chômage des femmes"),
    "unemployment": _("chômage"),
    "illiteracy": _("analphabétisme"),
    "women_illiteracy": _("analphabétisme des femmes"),
    "running_water": _("eau courante dans le logement"),
    "sewer": _("raccordement à l’égout"),
    "wastewater": _("eaux usées sans égout ni fosse"),
    "waste": _("déchets jetés dans la nature"),
    "electricity": _("électricité dans le logement"),
    "road": _("distance à la route goudronnée"),
    "internet": _("internet à la maison"),
    "computer": _("ordinateur à la maison"),
}

#: Code of a need → what the census can tell of it; the other needs cannot be read in any figure.
NEEDS_FROM_DATA: dict[str, Any] = {
    "N04": _("Formation : lire et écrire"),
    "N08": _("Eau"),
    "N10": _("Route"),
    "N11": _("Numérique"),
}

DIVERSITY_LABEL = _("Diversité des secteurs où l’on travaille (2014)")
MEMBERSHIP_LAYERS: dict[str, Any] = {
    "membership.ratio": _("Coopérateurs et associés par rapport à ce qui est attendu (2024)"),
    "membership.expected": _("Part attendue de coopérateurs et associés (2024)"),
}

#: Question asked alike in both censuses → whose number changed.
CHANGES: dict[str, Any] = {
    "active": _("population active"),
    "ages": _("population, selon les âges"),
    "education": _("population, selon le niveau d’études"),
}

_LAYERS: dict[str, Any] = {
    "quotient": _("Spécialité ({year}) : {subject}"),
    "shortfall": _("Retard sur le pays ({year}) : {subject}"),
    "change": _("Évolution propre au lieu (2014–{year}) : {subject}"),
    "need": _("Manque d’après les chiffres ({year}) : {subject}"),
}


def layer_label(pattern: str, subject: Any, year: int) -> Any:
    """The name of a computed layer, translated when it is shown. Raises KeyError for an unknown pattern."""
    return format_lazy(_LAYERS[pattern], subject=subject, year=year)
