"""What the columns of a file of the register may be, and what each seems to be by its title in French or Arabic."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.core.text.folding import fold


@dataclass(frozen=True)
class Column:
    """A field of the register; `titles` are beginnings of titles, folded, the surest first."""

    code: str
    label: Any
    titles: tuple[str, ...]


COLUMNS = (
    Column(
        "number",
        _("Numéro au registre"),
        (
            "numero d immatriculation", "n d immatriculation", "numero", "num registre", "n registre", "num", "n",
            "no", "immatriculation", "matricule", "identifiant", "code cooperative", "رقم التسجيل", "رقم التقييد",
            "رقم السجل", "الرقم", "رقم",
        ),
    ),
    Column(
        "name_ar",
        _("Nom en arabe"),
        ("nom en arabe", "nom arabe", "nom ar", "denomination ar", "raison sociale ar", "name_ar", "name ar",
         "الاسم بالعربيه", "التسميه بالعربيه", "اسم التعاونيه", "الاسم", "التسميه", "اسم"),
    ),
    Column(
        "name_fr",
        _("Nom en français"),
        ("nom en francais", "nom francais", "nom fr", "denomination fr", "raison sociale fr", "name_fr", "name fr",
         "nom de la cooperative", "nom cooperative", "nom", "denomination", "raison sociale", "cooperative", "intitule",
         "الاسم بالفرنسيه", "التسميه بالفرنسيه"),
    ),
    Column("sector", _("Secteur"), ("secteur", "sector", "branche", "قطاع", "القطاع", "الفرع")),
    Column(
        "activity",
        _("Activité"),
        ("activite", "objet", "filiere", "specialite", "produit", "النشاط", "نشاط", "الغرض", "المنتوج"),
    ),
    Column("region", _("Région"), ("region", "الجهه", "جهه")),
    Column(
        "province",
        _("Province ou préfecture"),
        ("province", "prefecture", "العماله", "الاقليم", "عماله", "اقليم"),
    ),
    Column("commune", _("Commune"), ("commune", "localite", "collectivite", "الجماعه", "جماعه")),
    Column("lon", _("Longitude"), ("longitude", "lon", "lng", "long", "خط الطول")),
    Column("lat", _("Latitude"), ("latitude", "lat", "خط العرض")),
    Column(
        "registered_on",
        _("Date d’immatriculation ou de création"),
        ("date d immatriculation", "date immatriculation", "date de creation", "date creation", "date d agrement",
         "date", "annee", "تاريخ التسجيل", "تاريخ التقييد", "تاريخ التاسيس", "تاريخ", "سنه"),
    ),
    Column(
        "members",
        _("Nombre de membres"),
        ("nombre de membres", "nombre d adherents", "nbre", "nb membres", "nb adherents", "effectif total", "membres",
         "adherents", "effectif", "عدد الاعضاء", "عدد المنخرطين", "الاعضاء", "المنخرطون", "المتعاونون", "عدد"),
    ),
    Column(
        "women",
        _("Nombre de femmes"),
        ("nombre de femmes", "dont femmes", "nb femmes", "femmes", "عدد النساء", "النساء"),
    ),
    Column(
        "youth",
        _("Nombre de jeunes"),
        ("nombre de jeunes", "dont jeunes", "nb jeunes", "jeunes", "عدد الشباب", "الشباب"),
    ),
    Column(
        "is_women",
        _("Coopérative féminine"),
        ("cooperative feminine", "feminine", "genre", "type de cooperative", "categorie", "تعاونيه نسويه",
         "تعاونيه نسائيه", "نسويه", "نسائيه", "الصنف"),
    ),
    Column(
        "is_youth",
        _("Coopérative de jeunes"),
        ("cooperative de jeunes", "cooperative jeune", "cooperative des jeunes", "تعاونيه شبابيه", "تعاونيه الشباب",
         "شبابيه"),
    ),
    Column(
        "status",
        _("Situation"),
        ("situation", "statut", "etat", "status", "الوضعيه", "وضعيه", "الحاله"),
    ),
)  # fmt: skip
CODES = tuple(column.code for column in COLUMNS)
#: Titles of what is about people: such a column is never proposed and its cells are never kept.
_PERSONAL = (
    "telephone", "tel", "gsm", "mobile", "portable", "fax", "email", "e-mail", "e mail", "mail", "courriel",
    "president", "presidente", "gerant", "gerante", "directeur", "directrice", "responsable", "representant", "cin",
    "cnie", "adresse", "contact", "rib", "nom et prenom", "prenom", "الهاتف", "هاتف", "الفاكس", "البريد", "العنوان",
    "رييس", "الرييس", "الرييسه", "المسير", "البطاقه", "رقم البطاقه", "الاسم الشخصي", "الاسم العايلي", "الممثل",
)  # fmt: skip


def is_personal(title: str) -> bool:
    """Whether a title announces something about a person (telephone, president, address…), in either script.

    >>> is_personal("Tél. du président"), is_personal("رقم الهاتف"), is_personal("Commune")
    (True, True, False)
    """
    folded = _plain(title)
    words = set(folded.split())
    return any(part in words if " " not in part else part in folded for part in _PERSONAL)


def propose_mapping(titles: list[str]) -> dict[str, int]:
    """Field → index of the column it seems to be in; the surest title wins, each column serves once.

    >>> propose_mapping(["N° Immatriculation", "Nom", "Téléphone", "الجماعة"])
    {'number': 0, 'name_fr': 1, 'commune': 3}
    """
    plain = [_plain(title) for title in titles]
    taken: dict[str, tuple[int, int]] = {}
    offers = sorted(
        (rank, position, column.code)
        for column in COLUMNS
        for rank, wanted in enumerate(map(_plain, column.titles))
        for position, title in enumerate(plain)
        if title and not is_personal(titles[position]) and _answers(title, wanted)
    )
    # a whole title first, then the order of sureness
    offers.sort(key=lambda offer: plain[offer[1]] not in map(_plain, _titles(offer[2])))
    used: set[int] = set()
    for rank, position, code in offers:
        if code not in taken and position not in used:
            taken[code] = (position, rank)
            used.add(position)
    return {code: taken[code][0] for code in CODES if code in taken}


def _titles(code: str) -> tuple[str, ...]:
    return next(column.titles for column in COLUMNS if column.code == code)


def _answers(title: str, wanted: str) -> bool:
    return title == wanted or title.startswith(f"{wanted} ")


def _plain(title: str) -> str:
    """Folded, punctuation as spaces, « n° » as « n ».

    >>> _plain("N°  d'Immatriculation :")
    'n d immatriculation'
    """
    return " ".join(re.sub(r"[^\w]+", " ", fold(title.replace("°", " ")).replace("_", " ")).split())
