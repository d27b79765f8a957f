"""What each field of a project model is called, and what helps to fill it in. One table; a test walks the schema.

A text in two languages is named once, without the ending that says its language; `Estimate.mode` names the parts of
every figure. Identifiers and what the site writes itself are in `UNSHOWN`.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, "str | Promise"]

_SURE, _SOURCES, _NAME = _("Confiance"), _("Sources"), _("Nom")

LABELS: Mapping[str, Words] = {
    "ProjectModel": {
        "name": _NAME,
        "summary": _("Le modèle en une phrase"),
        "description": _("Description"),
        "fits": _("Où il convient, et pourquoi"),
        "sector": _("Secteur d’activité"),
        "kind": _("Sorte de projet"),
        "law112_12_class": _("Classe de coopérative (loi 112-12, article premier)"),
        "tax_activity": _("Activité au sens de l’impôt"),
        "women_led_typical": _("Souvent porté par des femmes"),
        "regions": _("Régions où il convient"),
        "siting": _("Ce que le modèle demande à une commune"),
        "horizon_years": _("Durée du plan, en années"),
        "members_min": _("Membres, au moins"),
        "members_typical": _("Membres, le plus souvent"),
        "products": _("Produits et services vendus"),
        "inputs": _("Achats"),
        "member_labour": _("Travail des membres payé à la pièce"),
        "capex": _("Équipement et travaux"),
        "staff": _("Personnel salarié"),
        "fixed_costs": _("Charges fixes de l’année"),
        "ramp_up": _("Montée en production, année par année"),
        "staff_phase_in": _("Personnel en place, année par année"),
        "fixed_phase_in": _("Charges fixes, année par année"),
        "working_capital_days": _("Délais de paiement et stock"),
        "financing_mix": _("Qui paie le démarrage"),
        "member_price_policy": _("Comment les membres sont payés de ce qu’ils apportent"),
        "key_risks": _("Risques"),
        "authorisations": _("Autorisations"),
        "steps": _("Étapes"),
        "tax_note": _("Ce que l’on sait de ses impôts"),
        "tax_note_src": _("Sources sur les impôts"),
        "notes": _("Ce qu’il faut savoir de ses chiffres"),
        "notes_src": _("Sources de ces remarques"),
        "sources": _("Sources du modèle entier"),
    },
    "Place": {"code": _("Région"), "why": _("Pourquoi là"), "conf": _SURE, "src": _SOURCES},
    "Siting": {
        "products": _("Produits ou atouts du lieu, un seul suffit"),
        "requires": _("Conditions indispensables"),
        "skills": _("Savoir-faire"),
        "water": _("Eau courante"),
        "power": _("Électricité"),
        "road": _("Route goudronnée"),
        "internet": _("Internet"),
        "reach": _("Clients autour"),
        "town": _("Habitants en ville"),
        "souks": _("Souks"),
        "visitors": _("Visiteurs"),
        "firms": _("Entreprises et administrations"),
        "needs": _("Besoins auxquels il répond"),
        "conf": _SURE,
        "src": _SOURCES,
    },
    "Estimate": {
        "mode": _("Valeur retenue"),
        "low": _("Au plus bas"),
        "high": _("Au plus haut"),
        "conf": _SURE,
        "src": _SOURCES,
    },
    "Product": {
        "name": _NAME,
        "unit": _("Unité"),
        "annual_capacity": _("Quantité par an à pleine capacité"),
        "price_mad": _("Prix de vente d’une unité, taxes comprises"),
        "seasonality": _("Part des ventes de chaque mois"),
        "hijri_event": _("Pointe qui suit le calendrier hégirien"),
        "share_sold_to_members": _("Part vendue aux membres"),
        "finished_loss_rate": _("Part perdue après fabrication"),
        "vat_if_taxable": _("TVA, si la coopérative y est soumise"),
    },
    "Vat": {"rate": _("Taux"), "basis": _("Texte de l’exonération"), "conf": _SURE, "src": _SOURCES},
    "Input": {
        "name": _NAME,
        "unit": _("Unité"),
        "unit_cost_mad": _("Prix d’achat d’une unité"),
        "qty_per_unit": _("Quantité pour une unité de chaque produit"),
        "from_members": _("Acheté aux membres"),
    },
    "MemberLabour": {
        "name": _NAME,
        "mad_per_unit": _("Payé pour une unité de chaque produit"),
        "conf": _SURE,
        "src": _SOURCES,
    },
    "MemberPrice": {
        "suggested": _("Règle de prix proposée"),
        "member_share_of_price": _("Part du prix de vente qui revient aux membres"),
        "conf": _SURE,
    },
    "Equipment": {
        "name": _NAME,
        "amount_mad": _("Montant, taxes comprises"),
        "life_years": _("Durée de vie, en années"),
        "residual_pct": _("Part de la valeur qui reste à la fin"),
        "year": _("Année de l’achat"),
    },
    "Job": {
        "role": _("Poste"),
        "fte": _("Nombre de postes à temps plein"),
        "monthly_gross_mad": _("Salaire brut d’un mois à temps plein"),
        "farm_work": _("Travail agricole (SMAG)"),
        "months": _("Mois de travail"),
    },
    "FixedCost": {"name": _NAME, "annual_mad": _("Coût d’une année")},
    "WorkingCapital": {
        "receivable": _("Les clients paient après"),
        "payable": _("Les fournisseurs sont payés après"),
        "stock": _("Le stock couvre"),
        "member_payable": _("Les membres sont payés après"),
        "conf": _SURE,
        "src": _SOURCES,
    },
    "Financing": {
        "members_equity_pct": _("Apport des membres"),
        "grant_pct": _("Subvention"),
        "loan_pct": _("Crédit"),
        "grant_programme": _("Programmes de subvention possibles"),
        "grant_src": _("Sources sur la subvention"),
        "loan": _("Crédit supposé"),
        "conf": _SURE,
    },
    "Loan": {
        "annual_rate": _("Taux d’intérêt annuel"),
        "months": _("Durée, en mois"),
        "grace_months": _("Différé, en mois"),
        "conf": _SURE,
        "src": _SOURCES,
    },
    "Statement": {"text": _("Texte"), "conf": _SURE, "src": _SOURCES},
}

#: Written by the site, or following from another field.
UNSHOWN: Mapping[str, frozenset[str]] = {
    "ProjectModel": frozenset({"slug", "version", "updated"}),
    "Product": frozenset({"seasonality_key"}),  # follows from `hijri_event`
    **{name: frozenset({"id"}) for name in ("Input", "MemberLabour", "Equipment", "Job", "FixedCost")},
}

HINTS: Mapping[str, Words] = {
    "ProjectModel": {
        "summary": _("160 lettres au plus : c’est ce que montre une carte."),
        "ramp_up": _("En part de la pleine capacité. La dernière année écrite vaut pour les suivantes."),
        "staff_phase_in": _("La dernière année écrite vaut pour les suivantes."),
        "fixed_phase_in": _("La dernière année écrite vaut pour les suivantes."),
        "sources": _("Les codes du tableau ci-dessous, séparés par des virgules."),
        "members_min": _("Cinq au moins (loi 112-12, article 14)."),
    },
    "Siting": {
        "products": _("Aucun coché : le modèle n’a besoin d’aucune ressource du lieu."),
        "requires": _("Là où une condition manque, la note est plafonnée et la raison est dite."),
        "needs": _("Ce que la commune y gagne."),
        "conf": _("Estimation, sauf quand une source le dit."),
    },
    "Product": {"seasonality": _("Les douze mois font 100 %.")},
    "Equipment": {
        "life_years": _("Vide pour un terrain, qui ne s’use pas."),
        "year": _("0 : avant le démarrage."),
    },
    "Job": {"months": _("Aucun mois coché : toute l’année.")},
    "Input": {"qty_per_unit": _("Vide : le produit n’en demande pas.")},
    "MemberPrice": {"member_share_of_price": _("Seulement avec la règle « part du prix de vente ».")},
    "Financing": {"members_equity_pct": _("Les trois parts font 100 %.")},
}

_IMPORTANCE: Words = {"useful": _("Utile"), "essential": _("Indispensable")}
#: The words of closed lists, by the code stored.
CHOICES: Mapping[str, Words] = {
    "conf": {
        "S": _("dit par une source"),
        "D": _("déduit d’une source"),
        "K": _("connu, à vérifier"),
        "E": _("estimation"),
    },
    "kind": {
        "income_generating": _("Génère des revenus"),
        "social_income_generating": _("Social, avec des revenus"),
        "cost_recovery": _("Service qui couvre ses coûts"),
    },
    "tax_activity": {
        "collection": _("Collecte"),
        "processing": _("Transformation"),
        "services": _("Services"),
    },
    "hijri_event": {"ramadan": _("Ramadan"), "eid_al_adha": _("Aïd al-Adha")},
    "suggested": {
        "fixed": _("Prix fixe"),
        "share_of_sale_price": _("Part du prix de vente"),
        "residual": _("Ce qui reste une fois tout payé"),
        "floor_plus_bonus": _("Prix minimum, puis complément"),
        "none": _("Rien n’est acheté aux membres"),
    },
    "requires": {
        "sea": _("Au bord de la mer"),
        "near_sea": _("Au bord de la mer, ou commune voisine"),
        "inland": _("Pas au bord de la mer"),
        "altitude": _("En altitude"),
        "town": _("Une ville dans la commune ou juste à côté"),
        "countryside": _("Des terres agricoles"),
        "known_product": _("Un des produits y est connu, ou tout près"),
    },
    "skills": {
        "farming": _("Agriculture, élevage, pêche"),
        "crafts": _("Artisanat"),
        "trading": _("Commerce"),
        "literacy": _("Lire et écrire"),
        "diplomas": _("Études secondaires ou supérieures"),
        "languages": _("Langues étrangères"),
    },
    "needs": {
        "women_work": _("Du travail pour les femmes"),
        "jobs": _("Du travail pour ceux qui en cherchent"),
        "unpaid_work": _("Un revenu pour ceux qui aident leur famille sans être payés"),
        "children": _("La garde des petits enfants"),
        "elderly": _("L’aide aux personnes âgées"),
        "schooling": _("Des enfants à l’école"),
        "waste": _("Moins de déchets dans la nature"),
        "housing": _("De meilleurs logements"),
        "firewood": _("Moins de bois coupé pour cuisiner"),
    },
    **dict.fromkeys(
        ("water", "power", "road", "internet", "reach", "town", "souks", "visitors", "firms"), _IMPORTANCE
    ),
    "law112_12_class": {
        "1": _("1 : elle écoule ce que les membres produisent"),
        "2": _("2 : elle fournit des biens ou des services à ses membres"),
        "3": _("3 : elle donne un travail salarié à ses membres"),
    },
}

#: What follows a number; percents say so themselves.
UNITS: Mapping[str, Words] = {
    "Estimate": {name: _("MAD") for name in ("low", "mode", "high")},
    "MemberLabour": {"mad_per_unit": _("MAD")},
    "WorkingCapital": {name: _("jours") for name in ("receivable", "payable", "stock", "member_payable")},
    "Financing": dict.fromkeys(("members_equity_pct", "grant_pct", "loan_pct"), "%"),
}
