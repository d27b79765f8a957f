"""Many different groups, told more or less completely, always the same for a seed."""

from datetime import date, timedelta
from random import Random
from typing import Any

from bpc.core.matching.facts import Interval
from bpc.core.matching.vocabulary import FIELDS, LegalForm
from tests.core.matching.cases import TODAY

#: Places of every kind a source names, and some that none does.
COMMUNES = (
    "09.541.05.01", "09.001.01.01", "09.163.03.01", "11.321.01.01", "03.561.05.01", "07.041.03.05", "01.051.01.01",
    "02.411.01.23", "04.421.01.01", "05.081.01.01", "06.141.01.01", "08.401.01.01", "10.261.01.01", "12.391.09.03",
)  # fmt: skip
SECTORS = (
    "agriculture", "livestock", "beekeeping", "food", "aromatic", "crafts", "fishing", "forest", "tourism", "energy",
    "recycling", "care", "trade", "digital", "housing", "other",
)  # fmt: skip
_FORMS = (8.0, 3.0, 2.0, 1.0, 2.0, 0.5, 2.0, 1.0, 0.5, 0.5, 0.5)
_PEOPLE = (LegalForm.INDIVIDUAL, LegalForm.SELF_EMPLOYED)
_AMOUNTS = (
    0,
    50_000,
    99_999,
    100_000,
    300_000,
    300_001,
    999_999,
    1_000_000,
    9_999_999,
    10_000_000,
    60_000_000,
)


def make_group(random: Random) -> dict[str, Any]:
    """Every answer of one group, none contradicting another; a person alone has an age, not a day of registration."""
    form = random.choices(list(LegalForm), _FORMS)[0]
    members = random.randint(5, 60)
    women = random.choice([0, members, members // 2, random.randint(0, members)])
    youth = random.choice([0, members, random.randint(0, members)])
    group: dict[str, Any] = {
        "legal_form": form,
        "commune": random.choice(COMMUNES),
        "sector": random.choice(SECTORS),
        "members": members,
        "women": women,
        "youth": youth,
        "women_or_youth": random.randint(max(women, youth), min(members, women + youth)),
        "held": random.choice([(), (), ("intelaka-damane-intelak",), ("ardi-microcredit", "fda-plants")]),
        "founder_age_years": random.choice([17, 18, 25, 34, 35, 36, 45, 60]),
        "land_area_ha": random.choice([0, 0.4, 0.5, 3]),
        "employees": random.choice([0, 3, 250, 251]),
        "jobs_created": random.choice([0, 1, 2, 5]),
    }
    if form in _PEOPLE:
        group["age_years"] = random.randint(0, 8)
    elif form != LegalForm.COOPERATIVE_IN_CREATION:
        group["registered_on"] = TODAY - timedelta(
            days=random.choice([0, 200, 600, 730, 731, 1500, 2500, 5000])
        )
    for name, field in FIELDS.items():
        if name in group:
            continue
        if field.nature == "boolean":
            group[name] = random.random() < 0.5
        elif field.nature == "choice":
            group[name] = random.choice(field.choices)
        elif field.nature == "amount":
            group[name] = random.choice(_AMOUNTS)
    return group


def forget(group: dict[str, Any], random: Random, share: float) -> dict[str, Any]:
    """The same group with this share of its answers left out, some of the others known only between bounds."""
    told = {name: value for name, value in group.items() if random.random() >= share}
    turnover, day = told.get("annual_turnover_mad"), told.get("registered_on")
    if turnover and random.random() < 0.2:
        told["annual_turnover_mad"] = Interval(0.5 * turnover, 2.0 * turnover)
    if isinstance(day, date) and random.random() < 0.2:
        told["registered_on"] = Interval(date(day.year, 1, 1), date(day.year, 12, 31))
    return told
