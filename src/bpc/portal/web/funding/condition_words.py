"""A condition of a source as a person says it: « part de femmes : plus de 50 % »."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.funding_source_parts import Test
from bpc.portal.atlas.country import name_in
from bpc.portal.foundation.writing import written_amount, written_date, written_number, written_percent
from bpc.portal.reference.places import reference
from bpc.portal.web.funding.words import STAGES

LABELS: Mapping[str, "str | Promise"] = {
    "legal_form": gettext_lazy("forme juridique"),
    "registered_on": gettext_lazy("date d’immatriculation"),
    "created_on": gettext_lazy("date de création"),
    "age_years": gettext_lazy("âge de la structure"),
    "stage": gettext_lazy("étape du projet"),
    "region": gettext_lazy("région"),
    "province": gettext_lazy("province ou préfecture"),
    "commune": gettext_lazy("commune"),
    "rural": gettext_lazy("en milieu rural"),
    "mountain_or_oasis": gettext_lazy("en montagne ou en oasis"),
    "coastal": gettext_lazy("sur le littoral"),
    "earthquake_zone": gettext_lazy("dans une zone touchée par le séisme de 2023"),
    "sector": gettext_lazy("secteur"),
    "project_type": gettext_lazy("type de projet"),
    "activity_mode": gettext_lazy("façon de travailler"),
    "industrial_activity": gettext_lazy("activité industrielle"),
    "members": gettext_lazy("nombre de membres"),
    "women": gettext_lazy("nombre de femmes membres"),
    "youth": gettext_lazy("nombre de jeunes membres"),
    "women_or_youth": gettext_lazy("nombre de femmes ou de jeunes, chaque personne comptée une fois"),
    "women_share": gettext_lazy("part des femmes parmi les membres"),
    "youth_share": gettext_lazy("part des jeunes parmi les membres"),
    "women_or_youth_share": gettext_lazy("part des femmes ou des jeunes, chaque personne comptée une fois"),
    "founder_age_years": gettext_lazy("âge de la personne qui porte le projet"),
    "founder_gender": gettext_lazy("la personne qui porte le projet est"),
    "annual_turnover_mad": gettext_lazy("chiffre d’affaires annuel"),
    "project_cost_mad": gettext_lazy("coût du projet"),
    "own_cash_mad": gettext_lazy("apport en argent"),
    "own_in_kind_mad": gettext_lazy("apport en nature"),
    "own_contribution_pct": gettext_lazy("apport, en part du coût"),
    "loan_amount_mad": gettext_lazy("montant du prêt demandé"),
    "intelaka_loan_mad": gettext_lazy("prêt Intelaka obtenu"),
    "employees": gettext_lazy("nombre de salariés"),
    "jobs_created": gettext_lazy("emplois créés"),
    "jobs_per_million_mad": gettext_lazy("emplois créés par million de MAD"),
    "keeps_accounts": gettext_lazy("tient une comptabilité"),
    "has_audited_accounts": gettext_lazy("comptes certifiés"),
    "law_112_12_compliant": gettext_lazy("statuts conformes à la loi 112-12"),
    "tax_up_to_date": gettext_lazy("impôts à jour"),
    "cnss_up_to_date": gettext_lazy("CNSS à jour"),
    "pays_training_tax": gettext_lazy("paie la taxe de formation professionnelle"),
    "has_water_authorisation": gettext_lazy("autorisation de prise d’eau"),
    "has_localized_irrigation": gettext_lazy("irrigation localisée en place"),
    "land_area_ha": gettext_lazy("surface du terrain"),
    "land_status": gettext_lazy("statut du terrain"),
    "microcredit_client": gettext_lazy("client d’une association de microcrédit"),
    "home_price_mad": gettext_lazy("prix du logement"),
    "owns_home": gettext_lazy("déjà propriétaire d’un logement"),
    "already_received_housing_aid": gettext_lazy("a déjà reçu une aide au logement"),
    "held": gettext_lazy("a déjà obtenu"),
    "refused_interest": gettext_lazy("refuse de payer des intérêts"),
}
VALUES: Mapping[str, Mapping[str, "str | Promise"]] = {
    "legal_form": {
        "cooperative": gettext_lazy("coopérative"),
        "cooperative_in_creation": gettext_lazy("coopérative en création"),
        "union": gettext_lazy("union de coopératives"),
        "gie": gettext_lazy("GIE"),
        "association": gettext_lazy("association"),
        "reseau_associations": gettext_lazy("réseau d’associations"),
        "individual": gettext_lazy("personne seule"),
        "auto_entrepreneur": gettext_lazy("auto-entrepreneur"),
        "sarl": gettext_lazy("SARL"),
        "sa": gettext_lazy("SA"),
        "sas": gettext_lazy("SAS"),
    },
    "stage": STAGES,
    "project_type": {
        "collective_irrigation": gettext_lazy("irrigation collective"),
        "solar_pumping": gettext_lazy("pompage solaire"),
        "processing_unit": gettext_lazy("unité de transformation"),
        "grazing_exclusion": gettext_lazy("mise en défens d’un parcours"),
        "equipment": gettext_lazy("équipement"),
        "building": gettext_lazy("construction"),
        "planting": gettext_lazy("plantation"),
        "certification": gettext_lazy("certification"),
        "trade_fair": gettext_lazy("salon ou foire"),
        "service": gettext_lazy("service"),
        "other": gettext_lazy("autre"),
    },
    "activity_mode": {
        "collect_and_sell_members_raw_materials": gettext_lazy(
            "collecter et vendre ce que produisent les membres"
        ),
        "processing": gettext_lazy("transformer"),
        "services": gettext_lazy("rendre des services"),
        "trade": gettext_lazy("acheter et revendre"),
    },
    "founder_gender": {"female": gettext_lazy("une femme"), "male": gettext_lazy("un homme")},
    "land_status": {
        "melkisation": gettext_lazy("en cours de melkisation"),
        "melk": gettext_lazy("melk (propriété privée)"),
        "collective": gettext_lazy("terre collective"),
        "state": gettext_lazy("terre de l’État"),
        "rented": gettext_lazy("louée"),
        "other": gettext_lazy("autre"),
    },
}
_COMPARED: Mapping[str, "str | Promise"] = {
    "eq": pgettext_lazy("comparaison", "%(value)s"),
    "neq": gettext_lazy("pas %(value)s"),
    "gt": gettext_lazy("plus de %(value)s"),
    "gte": gettext_lazy("au moins %(value)s"),
    "lt": gettext_lazy("moins de %(value)s"),
    "lte": gettext_lazy("au plus %(value)s"),
    "in": pgettext_lazy("comparaison", "%(value)s"),
    "not_in": gettext_lazy("ni %(value)s"),
}
_DAYS: Mapping[str, "str | Promise"] = {
    "gt": gettext_lazy("après le %(value)s"),
    "gte": gettext_lazy("à partir du %(value)s"),
    "lt": gettext_lazy("avant le %(value)s"),
    "lte": gettext_lazy("jusqu’au %(value)s"),
}


def told_test(test: Test) -> str:
    """The condition in words; a yes or no is told by the field alone."""
    label, op = str(LABELS[test.field]), str(test.op)
    if FIELDS[test.field].nature == "boolean":
        wanted = bool(test.value) == (op == "eq")
        return label if wanted else _("non : %(field)s") % {"field": label}
    return _("%(field)s : %(value)s") % {"field": label, "value": _compared(test.field, op, test.value)}


def _compared(field: str, op: str, value: Any) -> str:
    if op == "between":
        bounds = {"low": value_words(field, value[0]), "high": value_words(field, value[1])}
        return _("de %(low)s à %(high)s") % bounds
    if isinstance(value, list | tuple):
        joiner = _(" ni ") if op == "not_in" else _(" ou ")
        words = joiner.join(value_words(field, one) for one in value)
    else:
        words = value_words(field, value)
    table = _DAYS if FIELDS[field].nature == "day" else {}
    return str(table.get(op) or _COMPARED[op]) % {"value": words}


def value_words(field: str, value: Any) -> str:
    """A value of a field as it is written."""
    nature = FIELDS[field].nature
    if nature == "amount":
        return written_amount(value)
    if nature == "share":
        return written_percent(100 * value, 0 if round(100 * value, 6) % 1 == 0 else 1)
    if nature == "day":
        return written_date(value) if isinstance(value, date) else str(value)
    if nature == "place":
        place = reference().places.get(value)
        return name_in(place, get_language() or "fr") if place is not None else str(value)
    if nature == "sector":
        sector = reference().sectors.get(value)
        return str(sector.name) if sector is not None else str(value)
    if nature == "number":
        number = written_number(value, 0 if float(value) % 1 == 0 else 1)
        if field.endswith("_years"):
            return _("%(count)s ans") % {"count": number}
        if field.endswith("_ha"):
            return _("%(count)s ha") % {"count": number}
        return f"{number}\u202f%" if field.endswith("_pct") else number
    return str(VALUES.get(field, {}).get(str(value), value))
