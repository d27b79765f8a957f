"""What the columns of a file of ideas may be, and what each seems to be by its title in French or Arabic."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.core.text.folding import fold


@dataclass(frozen=True)
class Column:
    """A field of an idea; `titles` are beginnings of titles, the surest first."""

    code: str
    label: Any
    titles: tuple[str, ...]


COLUMNS = (
    Column("title", _("L’idée en une phrase"), (
        "titre de l idee", "intitule de l idee", "titre", "intitule", "idee", "nom de l idee", "idea", "title",
        "عنوان الفكرة", "العنوان", "عنوان", "الفكرة", "فكرة",
    )),
    Column("need", _("Le besoin ou le problème"), (
        "besoin", "probleme", "constat", "contexte", "need", "الحاجة", "المشكل", "المشكلة", "الإشكالية", "السياق",
    )),
    Column("proposal", _("Ce qui est proposé"), (
        "proposition", "description", "solution", "detail", "details", "explication", "projet propose", "projet",
        "الاقتراح", "المقترح", "الوصف", "وصف", "الحل", "التفاصيل", "المشروع",
    )),
    Column("region", _("Région"), ("region", "الجهة", "جهة")),
    Column("province", _("Province ou préfecture"), ("province", "prefecture", "العمالة", "الإقليم", "عمالة", "إقليم")),
    Column("commune", _("Commune"), ("commune", "collectivite", "localite", "lieu", "الجماعة", "جماعة", "المكان")),
    Column("sector", _("Secteur"), (
        "secteur", "domaine", "filiere", "thematique", "theme", "sector", "القطاع", "قطاع", "المجال",
    )),
    Column("speaker", _("Qui parle"), (
        "qui parle", "type d acteur", "acteur", "statut du porteur", "statut", "qualite", "صفة", "الصفة", "نوع الفاعل",
    )),
    Column("contact_name", _("Nom de l’auteur"), (
        "nom et prenom", "nom de l auteur", "nom du porteur", "auteur", "porteur", "nom complet", "nom", "prenom",
        "الاسم الكامل", "صاحب الفكرة", "حامل الفكرة", "الاسم",
    )),
    Column("contact_phone", _("Téléphone"), (
        "telephone", "tel", "gsm", "mobile", "portable", "الهاتف", "هاتف", "رقم الهاتف",
    )),
    Column("contact_email", _("Adresse e-mail"), (
        "adresse e mail", "e mail", "email", "mail", "courriel", "البريد الإلكتروني", "البريد",
    )),
    Column("consent", _("Accord pour garder le nom et le contact"), (
        "accord", "consentement", "autorisation", "consent", "الموافقة", "موافقة", "موافق",
    )),
)  # fmt: skip
CODES = tuple(column.code for column in COLUMNS)
#: Cells of these are never written in a report nor shown before the file is applied.
PERSONAL = frozenset({"contact_name", "contact_phone", "contact_email"})


def propose_mapping(titles: list[str]) -> dict[str, int]:
    """Field → index of the column it seems to be in; whole titles first, each column serves once.

    >>> propose_mapping(["N°", "Titre de l'idée", "Commune", "الهاتف", "Accord (oui/non)"])
    {'title': 1, 'commune': 2, 'contact_phone': 3, 'consent': 4}
    """
    plain = [plain_title(title) for title in titles]
    offers = sorted(
        (title != wanted, rank, position, column.code)
        for column in COLUMNS
        for rank, wanted in enumerate(map(plain_title, column.titles))
        for position, title in enumerate(plain)
        if title == wanted or title.startswith(f"{wanted} ")
    )
    found: dict[str, int] = {}
    for _partly, _rank, position, code in offers:
        if code not in found and position not in found.values():
            found[code] = position
    return {code: found[code] for code in CODES if code in found}


def is_mapped(mapping: dict[str, int]) -> bool:
    """Whether there is enough to make an idea: its words and its commune."""
    return "commune" in mapping and bool({"title", "proposal"} & mapping.keys())


def plain_title(title: str) -> str:
    """Folded, every sign as a space."""
    return " ".join(re.sub(r"[^\w]+", " ", fold(title).replace("_", " ")).split())
