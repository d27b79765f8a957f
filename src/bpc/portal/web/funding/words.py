"""The closed lists of a source in the words of the page: kinds, payments, states, units, who it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.writing import month_names, written_date, written_month
from bpc.portal.web.funding.days import as_day

Words = "str | Promise"


@dataclass(frozen=True)
class KindWords:
    """A kind of funding: its word, the pictogram always shown with it, one sentence."""

    label: "str | Promise"
    icon: str
    sentence: "str | Promise"


KINDS: Mapping[str, KindWords] = {
    "grant": KindWords(
        _("subvention"), "fund-grant", _("De l’argent que l’on ne rembourse pas, pour un projet accepté.")
    ),
    "loan": KindWords(_("prêt"), "fund-loan", _("De l’argent à rembourser, avec ou sans intérêts.")),
    "guarantee": KindWords(
        _("garantie"),
        "fund-guarantee",
        _("Un fonds répond d’une partie du prêt : c’est la banque qui la demande."),
    ),
    "prize": KindWords(
        _("prix"), "fund-prize", _("Une récompense donnée à quelques lauréats d’un concours.")
    ),
    "equity": KindWords(
        _("apport en capital"), "fund-equity", _("Un partenaire entre au capital et partage le risque.")
    ),
    "crowdfunding": KindWords(
        _("financement participatif"),
        "fund-crowd",
        _("Beaucoup de personnes donnent ou prêtent un peu, en ligne."),
    ),
    "tax": KindWords(
        _("avantage fiscal"), "fund-tax", _("Un impôt que l’on ne paie pas : rien n’est versé.")
    ),
    "in-kind": KindWords(
        _("aide en nature"),
        "fund-in-kind",
        _("Du matériel, des plants, un local, un service : pas d’argent."),
    ),
    "training-voucher": KindWords(
        _("formation et accompagnement"),
        "training",
        _("Des formateurs ou des conseillers payés par d’autres."),
    ),
}
PAYMENTS: Mapping[str, "str | Promise"] = {
    "advance": _("une avance est versée avant les dépenses"),
    "reimbursement": _("payé après les travaux, sur factures"),
    "milestone": _("payé par tranches, à mesure que le projet avance"),
    "in-kind": _("le financeur achète lui-même : aucun argent n’arrive à la coopérative"),
    "direct": _("versé directement au bénéficiaire"),
    "guarantee": _("rien n’est versé : la garantie couvre le prêt de la banque"),
    "tax-relief": _("rien n’est versé : l’impôt est réduit"),
    "market": _("l’argent vient de ce que l’on vend ou de ceux qui donnent"),
    "unknown": _("façon de payer non publiée"),
}
STATUSES: Mapping[str, "str | Promise"] = {
    "open": _("ouvert"),
    "recurring": _("revient par éditions"),
    "unknown": _("ouverture non connue"),
    "closed": _("fermé"),
}
STAGES: Mapping[str, "str | Promise"] = {
    "idea": _("une idée"),
    "creation": _("créer la coopérative"),
    "launch": _("démarrer l’activité"),
    "growth": _("grandir"),
    "diversification": _("ajouter une activité"),
}
#: What a ceiling is counted by: the word after « par », and the question that asks how many.
UNITS: Mapping[str, "str | Promise"] = {
    "project": _("par projet"),
    "cooperative": _("par coopérative"),
    "member": _("par membre"),
    "client": _("par client"),
    "employee": _("par salarié"),
    "hectare": _("par hectare"),
    "hectare_year": _("par hectare et par an"),
    "machine": _("par machine"),
    "unit_year": _("par unité et par an"),
    "operation": _("par opération"),
    "enterprise": _("par entreprise"),
    "dwelling": _("par logement"),
    "plant": _("par plant"),
    "month": _("par mois"),
}
QUANTITIES: Mapping[str, "str | Promise"] = {
    "member": _("Combien de membres ?"),
    "client": _("Combien de clients ?"),
    "employee": _("Combien de salariés ?"),
    "hectare": _("Combien d’hectares ?"),
    "hectare_year": _("Combien d’hectares, en comptant chaque année ?"),
    "machine": _("Combien de machines ?"),
    "unit_year": _("Combien d’unités, en comptant chaque année ?"),
    "dwelling": _("Combien de logements ?"),
    "plant": _("Combien de plants ?"),
    "month": _("Combien de mois ?"),
}
ROLES: Mapping[str, "str | Promise"] = {
    "funder": _("paie"),
    "instructor": _("reçoit et étudie les dossiers"),
    "operator": _("met en œuvre sur le terrain"),
    "guarantor": _("garantit"),
    "trainer": _("forme et accompagne"),
}
ROUTES: Mapping[str, "str | Promise"] = {
    "member": _("par ses membres"),
    "partner_association": _("par une association partenaire"),
    "subsidiary": _("par une société filiale"),
    "bank": _("par la banque"),
    "federation": _("par une fédération ou une union"),
    "field_office": _("par le service de terrain"),
}
BASES: Mapping[str, "str | Promise"] = {
    "stated": _("plafond publié"),
    "computed": _("calculé à partir des règles publiées"),
    "observed_average": _("moyenne observée, ce n’est pas un plafond"),
    "observed_maximum": _("plus grand montant observé, ce n’est pas un plafond"),
    "older_scheme": _("montant d’un ancien dispositif"),
    "other_country_page": _("montant publié pour un autre pays"),
}
CONFIDENCES: Mapping[str, "str | Promise"] = {
    "high": _("source solide"),
    "medium": _("source moyenne"),
    "low": _("source faible"),
    "to_verify": _("connu en général, à vérifier"),
}
QUOTAS: Mapping[str, "str | Promise"] = {
    "unknown": _("on ne sait pas s’il en reste"),
    "open": _("il en reste"),
    "used_up": _("épuisé"),
}


def written_dated(text: str) -> str:
    """A day, a month or a year, as precisely as it is known: « 3 mars 2026 », « mars 2026 », « 2026 »."""
    if len(text) == 10:
        day = as_day(text)
        return written_date(day) if day is not None else text
    if len(text) == 7:
        return (
            written_month(int(text[:4]), int(text[5:])) if 1 <= int(text[5:]) <= len(month_names()) else text
        )
    return text
