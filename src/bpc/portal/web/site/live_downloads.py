"""What can be downloaded of what changes on the site: each file is written when it is asked for, if it changed."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.open_files import FILES as IDEAS
from bpc.portal.observations.open_files import FILES as OBSERVATIONS
from bpc.portal.register.open_files import FILES as COOPERATIVES
from bpc.portal.web.results.open_file import FILES as RESULTS
from bpc.portal.web.site.download_kinds import Download, DownloadGroup
from bpc.portal.web.site.fit_file import FILES as FIT
from bpc.portal.web.site.funding_file import FILES as FUNDING
from bpc.portal.web.site.resource_file import FILES as RESOURCES

#: Every file that changes with the site, by name.
LIVE = {**IDEAS, **OBSERVATIONS, **RESOURCES, **COOPERATIVES, **FIT, **FUNDING, **RESULTS}

LIVE_GROUPS = (
    DownloadGroup(
        _("Ce que deviennent les projets"),
        _(
            "Les réponses des groupes, additionnées par territoire et par secteur, une fois par trimestre. Rien n’y "
            "vient de moins de cinq projets, ni ne ferait retrouver un tel chiffre. Une case vide : inconnu ou caché."
        ),
        (
            Download(
                "results.csv",
                "",
                _("Résultats des projets, tableau"),
                _(
                    "Projets qui vivent encore, membres, femmes, jeunes, emplois, ventes et revenus au milieu, avec "
                    "leur intervalle : des estimations."
                ),
            ),
        ),
    ),
    DownloadGroup(
        _("Financements"),
        _(
            "Le répertoire des financements : ce que dit chaque source, ce qui est notre lecture, la page lue. Une "
            "case vide est inconnue, jamais un zéro ni « sans limite »."
        ),
        (
            Download(
                "funding.csv",
                "",
                _("Financements, tableau"),
                _(
                    "Noms, sorte, plafond publié, part du coût, apport, lieux, secteurs, dates, fiabilité, source."
                ),
            ),
            Download(
                "funding.json",
                "",
                _("Financements, fiches entières"),
                _("Conditions, plafonds, calendrier, pièces, chiffres des éditions passées, pages lues."),
            ),
        ),
    ),
    DownloadGroup(
        _("Idées publiées"),
        _(
            "Les idées publiées, sans le nom ni les coordonnées de leurs auteurs. Une position donnée par une personne "
            "est arrondie à 100 m environ."
        ),
        (
            Download(
                "ideas.csv",
                "",
                _("Idées, tableau"),
                _("Titre, besoin, proposition, secteur, commune, langue, soutiens, date."),
            ),
            Download(
                "ideas.geojson",
                "",
                _("Idées, points"),
                _("La position de chaque idée, ou le point de sa commune, sans les textes longs."),
            ),
        ),
    ),
    DownloadGroup(
        _("Besoins et opportunités signalés"),
        _(
            "Ce que les gens signalent, relu par les délégations, sans rien sur leurs auteurs. Ce qui est dit de toute "
            "une province n’est compté dans aucune commune ; rien n’y est calculé."
        ),
        (
            Download(
                "needs.csv",
                "",
                _("Besoins, tableau"),
                _("Titre, texte, catégorie, lieu, état, confirmations, dates."),
            ),
            Download(
                "needs.geojson",
                "",
                _("Besoins, points"),
                _("La position donnée, ou le point de la commune ou de la province, sans les textes longs."),
            ),
            Download(
                "opportunities.csv",
                "",
                _("Opportunités, tableau"),
                _("Titre, texte, catégorie, lieu, état, confirmations, dates."),
            ),
            Download(
                "opportunities.geojson",
                "",
                _("Opportunités, points"),
                _("La position donnée, ou le point de la commune ou de la province, sans les textes longs."),
            ),
        ),
    ),
    DownloadGroup(
        _("Ressources, coopératives, modèles qui conviennent"),
        _(
            "Ce que les délégations et le registre disent des territoires, et ce qui s’en calcule. Une case vide est "
            "inconnue, jamais un zéro."
        ),
        (
            Download(
                "resources.csv",
                "",
                _("Ressources des territoires"),
                _(
                    "Produits et savoir-faire tels que les délégations les tiennent, avec lieu, source et fiabilité."
                ),
            ),
            Download(
                "resources.geojson",
                "",
                _("Ressources, points"),
                _("Le point du territoire dont parle la source : une région, une province ou une commune."),
            ),
            Download(
                "cooperatives.csv",
                "",
                _("Coopératives enregistrées, tableau"),
                _(
                    "Numéro, noms, secteur, lieu, année, membres. Vide tant qu’aucun registre n’a été importé."
                ),
            ),
            Download(
                "cooperatives.geojson",
                "",
                _("Coopératives enregistrées, points"),
                _("Le point donné par le registre, ou celui du territoire le plus précis qu’il nomme."),
            ),
            Download(
                "fit.csv",
                "",
                _("Modèles et communes"),
                _(
                    "Pour chaque commune, de 0 à 100, comment chaque modèle lui convient : un calcul, une estimation."
                ),
            ),
        ),
    ),
)
