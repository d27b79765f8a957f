"""Each field of the vocabulary in words: its name, the question that asks it, help, and its choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.core.matching.vocabulary import FIELDS
from bpc.portal.reference.places import reference

Words = str | Promise
Kind = Literal["yes_no", "number", "percent", "amount", "day", "choice", "place", "sector", "list"]


@dataclass(frozen=True)
class Question:
    """How a field is asked: `label` names it in two or three words, `question` asks it, `help` may be empty.

    `choices` are (value, words), empty unless the field is closed.
    """

    label: Words
    question: Words
    help: Words
    kind: Kind
    choices: tuple[tuple[str, Words], ...] = ()


def question_words(field: str) -> Question:
    """The words of a field. Raises KeyError for a field outside the vocabulary."""
    label, question, help_ = _QUESTIONS[field]
    kind = _KINDS[FIELDS[field].nature]
    return Question(label, question, help_, kind, choices_of(field))


def choices_of(field: str) -> tuple[tuple[str, Words], ...]:
    """The values of a closed field and their words, in the order of the vocabulary."""
    if field == "sector":
        arabic = get_language() == "ar"
        return tuple(
            (one.code, one.name_ar if arabic else one.name_fr) for one in reference().sectors.values()
        )
    words = CHOICES.get(field, {})
    return tuple((str(choice), words[choice]) for choice in FIELDS[field].choices)


_KINDS: Mapping[str, Kind] = {
    "boolean": "yes_no",
    "number": "number",
    "share": "percent",
    "amount": "amount",
    "day": "day",
    "choice": "choice",
    "place": "place",
    "sector": "sector",
    "list": "list",
    "badges": "list",
}
CHOICES: Mapping[str, Mapping[str, Words]] = {
    "legal_form": {
        "cooperative": _("coopérative enregistrée"),
        "cooperative_in_creation": _("coopérative en création"),
        "union": _("union de coopératives"),
        "gie": _("groupement d’intérêt économique (GIE)"),
        "association": _("association"),
        "reseau_associations": _("réseau d’associations"),
        "individual": _("une personne seule"),
        "auto_entrepreneur": _("auto-entrepreneur"),
        "sarl": _("société à responsabilité limitée (SARL)"),
        "sa": _("société anonyme (SA)"),
        "sas": _("société par actions simplifiée (SAS)"),
    },
    "stage": {
        "idea": _("une idée"),
        "creation": _("créer la coopérative"),
        "launch": _("démarrer l’activité"),
        "growth": _("grandir"),
        "diversification": _("ajouter une activité"),
    },
    "project_type": {
        "collective_irrigation": _("irrigation collective"),
        "solar_pumping": _("pompage solaire"),
        "processing_unit": _("unité de transformation ou de valorisation"),
        "grazing_exclusion": _("mise en défens d’une forêt"),
        "equipment": _("matériel et machines"),
        "building": _("bâtiment ou aménagement"),
        "planting": _("plantation"),
        "certification": _("certification ou label"),
        "trade_fair": _("salons et foires"),
        "service": _("un service"),
        "other": _("autre chose"),
    },
    "activity_mode": {
        "collect_and_sell_members_raw_materials": _("collecter et vendre les produits bruts des membres"),
        "processing": _("transformer des produits"),
        "services": _("rendre des services"),
        "trade": _("acheter et revendre"),
    },
    "founder_gender": {
        "female": _("une femme"),
        "male": _("un homme"),
    },
    "land_status": {
        "melkisation": _("terre collective en cours de melkisation"),
        "melk": _("terre melk (propriété privée)"),
        "collective": _("terre collective"),
        "state": _("terre de l’État"),
        "rented": _("terre louée"),
        "other": _("autre statut"),
    },
}
#: Whom a source names.
BENEFICIARIES: Mapping[str, Words] = {
    "existing_cooperative": _("coopérative créée"),
    "new_cooperative": _("coopérative de moins de deux ans"),
    "women_cooperative": _("coopérative de femmes"),
    "youth_cooperative": _("coopérative de jeunes"),
    "cooperative_in_creation": _("coopérative en création"),
    "union": _("union de coopératives"),
    "gie": _("groupement d’intérêt économique (GIE)"),
    "association": _("association"),
    "individual_holder": _("personne seule, auto-entrepreneur"),
    "company": _("société"),
}
_QUESTIONS: Mapping[str, tuple[Words, Words, Words]] = {
    "legal_form": (
        _("Forme du groupe"),
        _("Quelle est la forme de votre groupe aujourd’hui ?"),
        _("Si rien n’est encore enregistré, choisissez « coopérative en création »."),
    ),
    "registered_on": (
        _("Date d’enregistrement"),
        _("Quand votre groupe a-t-il été enregistré ?"),
        _("La date du certificat d’immatriculation au registre local."),
    ),
    "created_on": (_("Date de création"), _("Quand votre groupe a-t-il été créé ?"), ""),
    "age_years": (
        _("Âge du groupe"),
        _("Depuis combien d’années l’activité existe-t-elle ?"),
        _("Comptez depuis l’enregistrement, ou depuis le début de l’activité."),
    ),
    "stage": (_("Avancement du projet"), _("Où en est votre projet ?"), ""),
    "region": (_("Région"), _("Dans quelle région est votre projet ?"), ""),
    "province": (
        _("Province ou préfecture"),
        _("Dans quelle province ou préfecture est votre projet ?"),
        _("Beaucoup d’appels sont propres à une province."),
    ),
    "commune": (
        _("Commune"),
        _("Dans quelle commune est votre projet ?"),
        _("La commune donne aussi la province et la région."),
    ),
    "rural": (_("Zone rurale"), _("Votre projet est-il en zone rurale ?"), ""),
    "mountain_or_oasis": (
        _("Montagne ou oasis"),
        _("Votre projet est-il en montagne ou dans une oasis ?"),
        "",
    ),
    "coastal": (_("Bord de mer"), _("Votre commune touche-t-elle la mer ?"), ""),
    "earthquake_zone": (
        _("Zone touchée par le séisme de 2023"),
        _("Votre commune a-t-elle été touchée par le séisme de septembre 2023 ?"),
        "",
    ),
    "sector": (
        _("Secteur"),
        _("Dans quel secteur est votre projet ?"),
        _("Choisissez l’activité principale."),
    ),
    "project_type": (
        _("Type de projet"),
        _("Que voulez-vous faire avec cet argent ?"),
        _("Choisissez la dépense principale."),
    ),
    "activity_mode": (
        _("Façon de travailler"),
        _("Comment travaille la coopérative ?"),
        _("L’impôt diffère quand on ne fait que collecter et vendre les produits des membres."),
    ),
    "industrial_activity": (
        _("Activité industrielle"),
        _("Votre activité est-elle industrielle ?"),
        _("Par exemple une usine, une unité de fabrication en série."),
    ),
    "members": (_("Nombre de membres"), _("Combien de membres êtes-vous ?"), ""),
    "women": (_("Nombre de femmes"), _("Parmi les membres, combien de femmes ?"), ""),
    "youth": (
        _("Nombre de jeunes"),
        _("Parmi les membres, combien de jeunes de moins de 35 ans ?"),
        _("Comptez aussi les jeunes femmes."),
    ),
    "women_or_youth": (
        _("Nombre de femmes ou de jeunes"),
        _("Combien de membres sont femmes, ou jeunes, ou les deux ?"),
        _("Comptez chaque personne une seule fois : une jeune femme compte pour un."),
    ),
    "women_share": (_("Part des femmes"), _("Quelle est la part des femmes parmi les membres ?"), ""),
    "youth_share": (
        _("Part des jeunes"),
        _("Quelle est la part des jeunes de moins de 35 ans parmi les membres ?"),
        "",
    ),
    "women_or_youth_share": (
        _("Part des femmes ou des jeunes"),
        _("Quelle part des membres sont femmes, ou jeunes, ou les deux ?"),
        _("Comptez chaque personne une seule fois."),
    ),
    "founder_age_years": (_("Âge du porteur"), _("Quel âge a la personne qui porte le projet ?"), ""),
    "founder_gender": (
        _("Femme ou homme"),
        _("La personne qui porte le projet est-elle une femme ou un homme ?"),
        "",
    ),
    "annual_turnover_mad": (
        _("Chiffre d’affaires de l’année passée"),
        _("Combien avez-vous vendu l’année passée ?"),
        _("Toutes les ventes d’un an, sans retirer les dépenses ; 0 si vous n’avez pas vendu."),
    ),
    "project_cost_mad": (
        _("Coût du projet"),
        _("Combien coûte le projet en tout ?"),
        _("Toutes taxes comprises."),
    ),
    "own_cash_mad": (_("Apport en argent"), _("Combien le groupe peut-il mettre en argent ?"), ""),
    "own_in_kind_mad": (
        _("Apport en nature"),
        _("Combien vaut ce que le groupe apporte sans argent ?"),
        _("Un terrain, un local, du matériel, des jours de travail."),
    ),
    "own_contribution_pct": (
        _("Apport propre dans le coût"),
        _("Quelle part du coût le groupe apporte-t-il ?"),
        "",
    ),
    "loan_amount_mad": (
        _("Prêt souhaité"),
        _("Quel prêt demandez-vous à une banque ?"),
        _("Mettez 0 si vous ne voulez pas de prêt."),
    ),
    "intelaka_loan_mad": (
        _("Crédit Intelaka"),
        _("De combien est votre crédit Intelaka ?"),
        _("Mettez 0 si vous n’en avez pas."),
    ),
    "employees": (_("Nombre de salariés"), _("Combien de salariés avez-vous ?"), ""),
    "jobs_created": (_("Emplois créés"), _("Combien d’emplois le projet créera-t-il ?"), ""),
    "jobs_per_million_mad": (
        _("Emplois créés par million de dirhams"),
        _("Combien d’emplois créez-vous par million de dirhams ?"),
        "",
    ),
    "keeps_accounts": (_("Comptabilité tenue"), _("Tenez-vous une comptabilité ?"), ""),
    "has_audited_accounts": (
        _("Comptes vérifiés"),
        _("Vos comptes sont-ils vérifiés par un commissaire aux comptes ?"),
        "",
    ),
    "law_112_12_compliant": (
        _("Conformité à la loi 112-12"),
        _("Vos statuts sont-ils conformes à la loi 112-12 ?"),
        "",
    ),
    "tax_up_to_date": (_("Impôts à jour"), _("Êtes-vous à jour de vos impôts ?"), ""),
    "cnss_up_to_date": (_("CNSS à jour"), _("Êtes-vous à jour de la CNSS ?"), ""),
    "pays_training_tax": (
        _("Taxe de formation payée"),
        _("Payez-vous la taxe de formation professionnelle ?"),
        _("Elle se paie avec la CNSS quand on a des salariés."),
    ),
    "has_water_authorisation": (
        _("Autorisation d’eau"),
        _("Avez-vous l’autorisation de prélever l’eau ?"),
        _("Elle est donnée par l’agence du bassin hydraulique."),
    ),
    "has_localized_irrigation": (_("Goutte-à-goutte"), _("Irriguez-vous déjà au goutte-à-goutte ?"), ""),
    "land_area_ha": (_("Surface de terre"), _("Combien d’hectares cultivez-vous ?"), ""),
    "land_status": (_("Statut de la terre"), _("À qui est la terre ?"), ""),
    "microcredit_client": (_("Client d’un microcrédit"), _("Avez-vous un microcrédit en cours ?"), ""),
    "home_price_mad": (_("Prix du logement"), _("Quel est le prix du logement ?"), ""),
    "owns_home": (_("Propriétaire d’un logement"), _("Êtes-vous déjà propriétaire d’un logement ?"), ""),
    "already_received_housing_aid": (
        _("Aide au logement déjà reçue"),
        _("Avez-vous déjà reçu une aide au logement ?"),
        "",
    ),
    "held": (
        _("Financements déjà obtenus"),
        _("Lesquels de ces financements avez-vous déjà obtenus ?"),
        _("Si vous n’en avez aucun, répondez « aucun »."),
    ),
    "badges": (
        _("Attestations de formation"),
        _("Quelles attestations de formation les membres du groupe ont-ils ?"),
        _("Le site lit celles que les membres du groupe ont obtenues ici."),
    ),
    "past_aid": (_("Aides reçues et leur année"), _("En quelle année avez-vous reçu ces aides ?"), ""),
    "refused_interest": (_("Sans intérêts"), _("Voulez-vous éviter les prêts avec intérêts ?"), ""),
}
