"""What can be downloaded: the committed files as they are, and what people wrote. Each with type, size and date."""

import gzip
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.public_bytes import PublicBytes
from bpc.portal.web.site.download_kinds import Download, DownloadGroup
from bpc.portal.web.site.live_downloads import LIVE, LIVE_GROUPS

DAY, TEN_MINUTES = 86_400, 600
#: Spreadsheets take a table without this mark for something else than UTF-8, and garble Arabic.
MARK = b"\xef\xbb\xbf"


_PLACES = ("hcp-2024", "hcp-2014", "hcp-maroc-en-cartes")
_PEOPLE_2024 = ("hcp-2024-indicators", "hcp-2024-commute")
_PEOPLE_2014 = (
    "hcp-2014-indicators-people",
    "hcp-2014-mobility",
    "hcp-2014-professions",
    "hcp-2014-diplomas",
)
_OUTLINES = ("hcp-maroc-en-cartes",)
_BOUNDARIES = (
    ("2500m", _("Contours, très légers"), _("Précis à 2 500 m : une vignette, une carte du pays.")),
    ("1000m", _("Contours, légers"), _("Précis à 1 000 m : une carte du pays ou d’une région.")),
    ("250m", _("Contours, moyens"), _("Précis à 250 m : une carte de région avec ses communes.")),
    ("100m", _("Contours, fins"), _("Précis à 100 m : une carte de province.")),
    ("full", _("Contours, complets"), _("Tous les points publiés : calculs, recherche d’une commune.")),
)

GROUPS = (
    DownloadGroup(
        _("Territoires"),
        _("Les 12 régions, les 75 provinces et préfectures et les 1 503 communes, avec le code du HCP."),
        (
            Download(
                "territories.csv",
                "territories/territories.csv",
                _("Territoires"),
                _(
                    "Noms français et arabe, rattachement, population et ménages de 2014 et 2024, position, superficie."
                ),
                _PLACES,
            ),
            Download(
                "neighbours.csv",
                "territories/neighbours.csv",
                _("Voisinages"),
                _("Qui touche qui, à chaque niveau, avec la longueur de la limite commune."),
                _OUTLINES,
            ),
        ),
    ),
    DownloadGroup(
        _("Recensements de 2014 et 2024"),
        _(
            "Une ligne par territoire, milieu et sexe, une colonne par indicateur. Une case vide est un chiffre "
            "inconnu, jamais un zéro."
        ),
        (
            Download(
                "indicators.csv",
                "census/indicators.csv",
                _("Dictionnaire des indicateurs"),
                _("Libellés français et arabe, unité, années, croisements, source et méthode."),
            ),
            Download(
                "people_2024.csv",
                "census/people_2024.csv.gz",
                _("Population, 2024"),
                _("Âges, langues, lecture, école, activité, chômage, situation dans la profession, trajets."),
                _PEOPLE_2024,
            ),
            Download(
                "households_2024.csv",
                "census/households_2024.csv.gz",
                _("Ménages et logements, 2024"),
                _("Taille des ménages, eau, électricité, assainissement, déchets, internet, routes."),
                ("hcp-2024-indicators",),
            ),
            Download(
                "establishments_2024.csv",
                "census/establishments_2024.csv.gz",
                _("Établissements et emplois, 2024"),
                _("Établissements économiques, emplois, souks hebdomadaires, secteurs."),
                ("hcp-2024-establishments",),
            ),
            Download(
                "derived_2024.csv",
                "census/derived_2024.csv.gz",
                _("Indicateurs déduits, 2024"),
                _("Calculés à partir des chiffres officiels ; la formule est dans le dictionnaire."),
                (*_PEOPLE_2024, "hcp-2024-establishments"),
            ),
            Download(
                "people_2014.csv",
                "census/people_2014.csv.gz",
                _("Population, 2014"),
                _("Les mêmes sujets dix ans plus tôt, avec les secteurs, les professions et les diplômes."),
                _PEOPLE_2014,
            ),
            Download(
                "households_2014.csv",
                "census/households_2014.csv.gz",
                _("Ménages et logements, 2014"),
                _("Les mêmes sujets dix ans plus tôt."),
                ("hcp-2014-indicators-households",),
            ),
            Download(
                "derived_2014.csv",
                "census/derived_2014.csv.gz",
                _("Indicateurs déduits, 2014"),
                _("Calculés à partir des chiffres officiels ; la formule est dans le dictionnaire."),
                _PEOPLE_2014,
            ),
        ),
    ),
    DownloadGroup(
        _("Limites des territoires"),
        _(
            "En TopoJSON : régions, provinces et communes partagent chaque sommet, sans vide ni recouvrement. Ces "
            "contours servent à la statistique, pas aux questions de propriété."
        ),
        tuple(
            Download(
                f"boundaries_{detail}.topojson",
                f"territories/boundaries_{detail}.topojson.gz",
                title,
                text,
                _OUTLINES,
            )
            for detail, title, text in _BOUNDARIES
        ),
    ),
    *LIVE_GROUPS,
    DownloadGroup(
        _("Listes et relevés"),
        _("Les listes qui servent à décrire le reste, et les chiffres relevés ailleurs."),
        (
            Download(
                "sectors.csv",
                "sectors.csv",
                _("Secteurs d’activité"),
                _("Codes et noms dans les deux langues."),
            ),
            Download(
                "meetings_2025.csv",
                "meetings_2025.csv",
                _("Rencontres régionales de 2025"),
                _("Région, commune, date et comment elle est connue, lieu, source."),
            ),
            Download(
                "cooperative_statistics.csv",
                "cooperative_statistics.csv",
                _("Chiffres publiés sur les coopératives"),
                _("Chaque chiffre avec son année, sa source et sa fiabilité, tel qu’il a été publié."),
            ),
            Download(
                "observation_categories.csv",
                "observation_categories.csv",
                _("Catégories de besoins et d’opportunités"),
                _(
                    "Codes, noms et exemples dans les deux langues : une proposition, pas une nomenclature de l’ODCO."
                ),
            ),
            Download(
                "products.csv",
                "products.csv",
                _("Produits"),
                _("Codes des produits que les ressources nomment, et leurs noms dans les deux langues."),
            ),
            Download(
                "cooperative_statistic_names.csv",
                "cooperative_statistic_names.csv",
                _("Noms de ces chiffres"),
                _("Indicateurs et secteurs de ces chiffres, dans les deux langues, avec leur unité."),
            ),
            Download(
                "quality_signs.csv",
                "quality_signs.csv",
                _("Signes de qualité"),
                _("Codes des signes d’origine et de qualité, et leurs noms dans les deux langues."),
            ),
            Download(
                "sources.csv",
                "sources.csv",
                _("Sources"),
                _("Éditeur, adresse, date, licence, changements."),
            ),
        ),
    ),
)
DOWNLOADS = {file.name: file for group in GROUPS for file in group.files}


def location(file: Download) -> Path:
    """Where the bytes lie; a file of what changes is written first if it did."""
    return LIVE[file.name].path() if file.name in LIVE else settings.DATA / file.path


def kilobytes(file: Download) -> int | None:
    """Size as it is kept, compressed or not; None for what is not written before it is asked for."""
    return None if file.name in LIVE else max(1, round(location(file).stat().st_size / 1000))


def content(file: Download) -> PublicBytes:
    """The file as it is sent."""
    path = location(file)
    state = path.stat()
    return _read(file, path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read(file: Download, path: Path, changed: int, length: int) -> PublicBytes:
    raw = path.read_bytes()
    packed = raw if path.suffix == ".gz" else None
    body = gzip.decompress(raw) if packed is not None else raw
    if file.kind == "CSV" and packed is None and not body.startswith(MARK):
        body = MARK + body
    return PublicBytes.of(
        body,
        file.content_type,
        TEN_MINUTES if file.name in LIVE else DAY,
        packed=packed,
        headers=(
            ("Content-Disposition", f'attachment; filename="{file.name}"'),
            ("Access-Control-Allow-Origin", "*"),
        ),
    )
