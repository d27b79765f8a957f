"""The data sets the site offers: what each is made of, where its files, its services and its sources are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_CENSUS_2024 = ("hcp-2024-indicators", "hcp-2024-commute", "hcp-2024-establishments")
_CENSUS_2014 = (
    "hcp-2014-indicators-people",
    "hcp-2014-indicators-households",
    "hcp-2014-mobility",
    "hcp-2014-professions",
    "hcp-2014-diplomas",
)
HCP, ODCO = "hcp", "odco"
#: Themes of the European list that Moroccan and other portals understand.
REGIONS, POPULATION, ECONOMY, AGRICULTURE, GOVERNMENT = "REGI", "SOCI", "ECON", "AGRI", "GOVE"


@dataclass(frozen=True)
class DataSet:
    """One data set. `files`: names of downloads; `collection`: at the map service; `reading`: an address of the API.

    `sources`: ids of sources.csv. `is_live`: changes with the site, so that it has no date of its own.
    """

    id: str
    title: Any
    text: Any
    creator: str = ODCO
    themes: tuple[str, ...] = (REGIONS,)
    files: tuple[str, ...] = ()
    collection: str = ""
    reading: str = ""
    sources: tuple[str, ...] = ()
    is_live: bool = False


DATA_SETS = (
    DataSet(
        "territories",
        _("Territoires du Maroc"),
        _(
            "Le pays, les régions, les provinces et préfectures, les communes : codes, noms, population, voisins."
        ),
        HCP,
        (REGIONS, POPULATION),
        ("territories.csv", "neighbours.csv"),
        "territories",
        "/api/v1/territories",
        ("hcp-2024", "hcp-2014", "hcp-maroc-en-cartes"),
    ),
    DataSet(
        "boundaries",
        _("Limites des territoires"),
        _(
            "Les contours des régions, provinces et communes, à cinq précisions : pour la statistique seulement."
        ),
        HCP,
        (REGIONS,),
        tuple(f"boundaries_{detail}.topojson" for detail in ("2500m", "1000m", "250m", "100m", "full")),
        "territories",
        sources=("hcp-maroc-en-cartes",),
    ),
    DataSet(
        "census-2024",
        _("Recensement de 2024 par commune"),
        _("Population, ménages, logements, établissements et indicateurs déduits, par milieu et par sexe."),
        HCP,
        (POPULATION, ECONOMY),
        (
            "people_2024.csv",
            "households_2024.csv",
            "establishments_2024.csv",
            "derived_2024.csv",
            "indicators.csv",
        ),
        reading="/api/v1/indicators",
        sources=_CENSUS_2024,
    ),
    DataSet(
        "census-2014",
        _("Recensement de 2014 par commune"),
        _("Les mêmes sujets dix ans plus tôt, avec les secteurs, les professions et les diplômes."),
        HCP,
        (POPULATION, ECONOMY),
        ("people_2014.csv", "households_2014.csv", "derived_2014.csv", "indicators.csv"),
        reading="/api/v1/indicators",
        sources=_CENSUS_2014,
    ),
    DataSet(
        "resources",
        _("Ressources des territoires"),
        _(
            "Produits et savoir-faire, avec leur preuve, leur source et leur fiabilité, tenus par les délégations."
        ),
        themes=(ECONOMY, AGRICULTURE),
        files=("resources.csv", "resources.geojson", "products.csv", "quality_signs.csv"),
        reading="/api/v1/resources",
        is_live=True,
    ),
    DataSet(
        "needs",
        _("Besoins signalés"),
        _("Ce qui manque, dit par les gens et relu par les délégations. Rien n’y est calculé."),
        themes=(REGIONS, POPULATION),
        files=("needs.csv", "needs.geojson", "observation_categories.csv"),
        collection="needs",
        reading="/api/v1/needs",
        is_live=True,
    ),
    DataSet(
        "opportunities",
        _("Opportunités signalées"),
        _(
            "Ce qui pourrait être mis en valeur, dit par les gens et relu par les délégations. Rien n’y est calculé."
        ),
        themes=(REGIONS, ECONOMY),
        files=("opportunities.csv", "opportunities.geojson", "observation_categories.csv"),
        collection="opportunities",
        reading="/api/v1/opportunities",
        is_live=True,
    ),
    DataSet(
        "ideas",
        _("Idées publiées"),
        _("Les idées de projets proposées pour une commune, sans rien sur leurs auteurs."),
        themes=(REGIONS, ECONOMY),
        files=("ideas.csv", "ideas.geojson", "sectors.csv"),
        collection="ideas",
        reading="/api/v1/ideas",
        is_live=True,
    ),
    DataSet(
        "cooperatives",
        _("Coopératives enregistrées"),
        _("Le registre de l’ODCO tel qu’il a été importé. Vide tant qu’aucun registre ne l’a été."),
        themes=(ECONOMY,),
        files=("cooperatives.csv", "cooperatives.geojson"),
        collection="cooperatives",
        reading="/api/v1/cooperatives",
        is_live=True,
    ),
    DataSet(
        "cooperative-statistics",
        _("Chiffres publiés sur les coopératives"),
        _(
            "Ce que des sources publiques en ont dit, par année, avec l’adresse et la fiabilité de chaque chiffre."
        ),
        themes=(ECONOMY,),
        files=("cooperative_statistics.csv", "cooperative_statistic_names.csv"),
    ),
    DataSet(
        "meetings",
        _("Rencontres régionales"),
        _("Les rencontres de la tournée, avec leur lieu et leur date quand elle est connue."),
        themes=(REGIONS, GOVERNMENT),
        files=("meetings_2025.csv",),
        collection="meetings",
        is_live=True,
    ),
    DataSet(
        "funding",
        _("Financements"),
        _(
            "Les sources de financement et d’aide : conditions, montants, dates, pièces, avec la page de chaque valeur."
        ),
        themes=(ECONOMY, GOVERNMENT),
        files=("funding.csv", "funding.json"),
        reading="/api/v1/funding",
        is_live=True,
    ),
    DataSet(
        "project-models",
        _("Modèles de projets"),
        _("Les modèles prêts à l’emploi : hypothèses, plan d’affaires, sources."),
        themes=(ECONOMY, AGRICULTURE),
        reading="/api/v1/project-models",
        is_live=True,
    ),
    DataSet(
        "fit",
        _("Modèles qui conviennent à chaque commune"),
        _("Une estimation de 0 à 100 pour chaque modèle et chaque commune, avec ses raisons."),
        themes=(ECONOMY, REGIONS),
        files=("fit.csv",),
        reading="/api/v1/fit?commune=09.541.01.13",
        is_live=True,
    ),
    DataSet(
        "results",
        _("Ce que deviennent les projets"),
        _(
            "Ce que disent les groupes de leur projet démarré : survie, membres, emplois, ventes, par territoire et "
            "par secteur. Des estimations ; rien ne vient de moins de cinq projets."
        ),
        themes=(ECONOMY, REGIONS),
        files=("results.csv", "sectors.csv"),
        reading="/api/v1/results",
        is_live=True,
    ),
    DataSet(
        "sources",
        _("Sources des chiffres"),
        _("Éditeur, adresse, date de lecture, licence et changements de chaque source."),
        themes=(GOVERNMENT,),
        files=("sources.csv",),
    ),
)
