"""An invented register, for the demonstration, the tests and the measures: never for a real register.

Every number begins with DEMO, which an import refuses, so that no invented row can pass for a real one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.register.cells import DEMO_PREFIX

_FIRST = (
    ("Al Amal", "الأمل"), ("Annour", "النور"), ("Tifaouine", "تيفاوين"), ("Al Baraka", "البركة"), ("Ennajah", "النجاح"),
    ("Tamount", "تامونت"), ("Al Wifaq", "الوفاق"), ("Assaada", "السعادة"), ("Tigmi", "تيكمي"), ("Al Khair", "الخير"),
    ("Al Ikhlas", "الإخلاص"), ("Atlas", "الأطلس"), ("Izourane", "إيزوران"), ("Al Fath", "الفتح"), ("Argane", "أركان"),
    ("Ouarda", "الوردة"), ("Errahma", "الرحمة"), ("Tadouarte", "تادوارت"), ("Al Massira", "المسيرة"),
    ("Tilila", "تيليلا"),
)  # fmt: skip
_SECOND = (
    ("", ""), ("du village", "القرية"), ("de la vallée", "الوادي"), ("de la montagne", "الجبل"),
    ("de l’oasis", "الواحة"), ("de la source", "العين"), ("des deux rives", "الضفتين"),
    ("de la plaine", "السهل"), ("du plateau", "الهضبة"), ("de la forêt", "الغابة"),
)  # fmt: skip
#: sector, activity in French and Arabic, weight, share of women's cooperatives
_ACTIVITIES = (
    ("agriculture", "Maraîchage", "إنتاج الخضر", 22, 0.06),
    ("livestock", "Élevage caprin", "تربية الماعز", 18, 0.05),
    ("beekeeping", "Apiculture", "تربية النحل", 10, 0.08),
    ("food", "Fabrication de couscous", "صناعة الكسكس", 9, 0.6),
    ("aromatic", "Huile d’argan", "زيت الأركان", 10, 0.5),
    ("crafts", "Tissage de tapis", "نسج الزرابي", 13, 0.55),
    ("fishing", "Pêche artisanale", "الصيد التقليدي", 3, 0.02),
    ("forest", "Ramassage de champignons", "جمع الفطر", 3, 0.05),
    ("tourism", "Gîtes ruraux", "مآوي قروية", 4, 0.15),
    ("trade", "Transport de marchandises", "نقل البضائع", 4, 0.03),
    ("housing", "Habitat", "السكن", 4, 0.02),
)


@dataclass(frozen=True)
class Invented:
    """One invented cooperative."""

    number: str
    name_fr: str
    name_ar: str
    sector: str
    activity: str
    commune: str
    registered_on: date
    members: int
    women: int
    youth: int
    is_women: bool
    is_youth: bool


def invented_register(count: int, *, seed: int = 2026) -> Iterator[Invented]:
    """`count` cooperatives spread by population, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    communes = [place for place in gazetteer().by_code.values() if place.level == "commune"]
    places = chance.choices(communes, [place.population_2024 or 1 for place in communes], k=count)
    works = chance.choices(_ACTIVITIES, [work[3] for work in _ACTIVITIES], k=count)
    for order, (place, (sector, activity, activity_ar, _, women_share)) in enumerate(
        zip(places, works, strict=True), start=1
    ):
        first, second = chance.choice(_FIRST), chance.choice(_SECOND)
        members = 5 + int(chance.expovariate(1 / 9))
        is_women, is_youth = chance.random() < women_share, chance.random() < 0.05
        yield Invented(
            number=f"{DEMO_PREFIX}-{order:05d}",
            name_fr=" ".join(filter(None, ("Coopérative", *(pair[0] for pair in (first, second))))),
            name_ar=" ".join(filter(None, ("تعاونية", *(pair[1] for pair in (first, second))))),
            sector=sector,
            activity=activity if order % 3 else activity_ar,
            commune=place.code,
            registered_on=date(2005, 1, 1) + timedelta(days=int(7300 * chance.random() ** 0.5)),
            members=members,
            women=members if is_women else chance.randint(0, members - 1),
            youth=members if is_youth else chance.randint(0, members - 1),
            is_women=is_women,
            is_youth=is_youth,
        )
