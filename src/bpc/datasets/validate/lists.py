"""Checks the short lists: sources, sectors, products, resources, meetings of 2025, delegations."""

import re
from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.delegations import read_delegations
from bpc.datasets.meetings import read_meetings
from bpc.datasets.public_holidays import read_public_holidays
from bpc.datasets.resources import read_resources
from bpc.datasets.tables import read_rows
from bpc.datasets.territories import read_territories
from bpc.datasets.validate.words import missing_names, repeated

URL = re.compile(r"https?://[^\s]+")
CONFIDENCES = ("sourced", "to_verify")
MONTHS = re.compile(r"(?:[1-9]|1[0-2])-(?:[1-9]|1[0-2])")
STATUSES = ("reported", "inferred", "unknown")


def check_sources(data: Path) -> Iterator[str]:
    """Each source has an address, a date, and its words in both languages, and is told in SOURCES.md."""
    told = (data / "SOURCES.md").read_text("utf-8")
    rows = read_rows(data / "sources.csv")
    yield from repeated("sources.csv", (row["id"] for row in rows))
    for row in rows:
        where = f"sources.csv {row['id']}"
        yield from missing_names(where, row, "title", "publisher", "licence", "attribution", "changes")
        if not URL.fullmatch(row["url"]) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["read_on"]):
            yield f"{where}: address or date of reading"
        if row["url"] not in told:
            yield f"{where}: {row['url']} is not told in SOURCES.md"


def check_sectors(data: Path) -> Iterator[str]:
    """Codes are unique words, names and descriptions in both languages."""
    rows = read_rows(data / "sectors.csv")
    yield from repeated("sectors.csv", (row["code"] for row in rows))
    for row in rows:
        yield from missing_names(f"sectors.csv {row['code']}", row, "name", "description")
        if not re.fullmatch(r"[a-z]+", row["code"]) or not re.fullmatch(r"[a-z]+", row["icon"]):
            yield f"sectors.csv {row['code']}: code or icon is not a plain word"


def check_quality_signs(data: Path) -> Iterator[str]:
    """Each quality sign has its name in both languages."""
    rows = read_rows(data / "quality_signs.csv")
    yield from repeated("quality_signs.csv", (row["code"] for row in rows))
    for row in rows:
        yield from missing_names(f"quality_signs.csv {row['code']}", row, "name")


def check_products(data: Path) -> Iterator[str]:
    """Codes are unique words, names in both languages, the sector exists."""
    sectors = {row["code"] for row in read_rows(data / "sectors.csv")}
    rows = read_rows(data / "products.csv")
    yield from repeated("products.csv", (row["code"] for row in rows))
    for row in rows:
        where = f"products.csv {row['code']}"
        yield from missing_names(where, row, "name")
        if not re.fullmatch(r"[a-z_]+", row["code"]) or not re.fullmatch(r"[a-z]+", row["icon"]):
            yield f"{where}: code or icon is not a plain word"
        if row["sector"] not in sectors:
            yield f"{where}: sector {row['sector']!r}"


def check_resources(data: Path) -> Iterator[str]:
    """Territory is a region or a province; sector, products and quality sign exist; a sourced row has its address."""
    sectors = {row["code"] for row in read_rows(data / "sectors.csv")}
    signs = {"", *(row["code"] for row in read_rows(data / "quality_signs.csv"))}
    products = {row["code"] for row in read_rows(data / "products.csv")}
    wide = {place.code for place in read_territories(data) if place.level in ("region", "province")}
    for row in read_rows(data / "resources.csv"):
        yield from missing_names(f"resources.csv {row['id']}", row, "name")
    resources = read_resources(data)
    yield from repeated("resources.csv", (resource.id for resource in resources))
    yield from repeated("resources.csv", ((resource.territory, resource.name_fr) for resource in resources))
    for resource in resources:
        where = f"resources.csv {resource.id}"
        if resource.territory not in wide:
            yield f"{where}: {resource.territory!r} is not a region or province"
        if resource.sector not in sectors:
            yield f"{where}: sector {resource.sector!r}"
        if unknown := set(resource.products) - products:
            yield f"{where}: products {sorted(unknown)}"
        if list(resource.products) != sorted(set(resource.products)):
            yield f"{where}: products are not in order, each once"
        if resource.season and not MONTHS.fullmatch(resource.season):
            yield f"{where}: season {resource.season!r}"
        if resource.label not in signs:
            yield f"{where}: quality sign {resource.label!r}"
        if resource.confidence not in CONFIDENCES:
            yield f"{where}: confidence {resource.confidence!r}"
        if bool(URL.fullmatch(resource.source_url)) != (resource.confidence == "sourced"):
            yield f"{where}: address {resource.source_url!r} with confidence {resource.confidence}"


def check_observation_categories(data: Path) -> Iterator[str]:
    """Codes N01… are needs and O01… opportunities; each has its words in both languages and its own pictogram."""
    rows = read_rows(data / "observation_categories.csv")
    yield from repeated("observation_categories.csv", (row["code"] for row in rows))
    yield from repeated("observation_categories.csv", (row["icon"] for row in rows))
    for row in rows:
        where = f"observation_categories.csv {row['code']}"
        yield from missing_names(where, row, "name", "examples")
        if not re.fullmatch({"need": r"N\d\d", "opportunity": r"O\d\d"}.get(row["kind"], r"$^"), row["code"]):
            yield f"{where}: kind {row['kind']!r}"


def check_meetings(data: Path) -> Iterator[str]:
    """One meeting per region, in a commune of that region; an unknown day stays empty."""
    region_of = {place.code: place.code[:2] for place in read_territories(data) if place.level == "commune"}
    for row in read_rows(data / "meetings_2025.csv"):
        yield from _check_meeting_words(row)
    try:
        meetings = read_meetings(data)
    except ValueError as fault:
        yield f"meetings_2025.csv: partners are not named in both languages ({fault})"
        return
    yield from repeated("meetings_2025.csv", (meeting.region for meeting in meetings))
    for meeting in meetings:
        where = f"meetings_2025.csv {meeting.order}"
        if region_of.get(meeting.commune) != meeting.region:
            yield f"{where}: {meeting.commune!r} is not a commune of region {meeting.region!r}"
        if meeting.day_status not in STATUSES or (meeting.day is None) != (meeting.day_status == "unknown"):
            yield f"{where}: day {meeting.day} with status {meeting.day_status!r}"
        if meeting.day and meeting.day.year != 2025:
            yield f"{where}: {meeting.day} is not in 2025"
        if not URL.fullmatch(meeting.source_url):
            yield f"{where}: address {meeting.source_url!r}"


def _check_meeting_words(row: dict[str, str]) -> Iterator[str]:
    """A city has both names; whatever else is said in one language is said in the other."""
    where = f"meetings_2025.csv {row['order']}"
    yield from missing_names(where, row, "city")
    for name in ("venue", "theme", "contest", "partners", "spokesperson", "note"):
        if bool(row[f"{name}_fr"]) != bool(row[f"{name}_ar"]):
            yield f"{where}: {name} is said in one language only"


def check_delegations(data: Path) -> Iterator[str]:
    """Each delegation is in a commune, serves provinces that exist, and has the address of its source."""
    level_of = {place.code: place.level for place in read_territories(data)}
    delegations = read_delegations(data)
    yield from repeated("delegations.csv", (one.commune for one in delegations))
    for one in delegations:
        where = f"delegations.csv {one.commune}"
        if level_of.get(one.commune) != "commune":
            yield f"{where}: not a commune"
        for code in one.provinces:
            if level_of.get(code) != "province":
                yield f"{where}: {code!r} is not a province"
        if not URL.fullmatch(one.source_url):
            yield f"{where}: address {one.source_url!r}"


def check_public_holidays(data: Path) -> Iterator[str]:
    """Each day exists, is named in both languages, says how sure it is and where it was read; once each."""
    rows = read_rows(data / "public_holidays.csv")
    yield from repeated("public_holidays.csv", (f"{row['code']} {row['day']}" for row in rows))
    for row in rows:
        where = f"public_holidays.csv {row['code']} {row['day']}"
        yield from missing_names(where, row, "name")
        if not URL.fullmatch(row["source_url"]) or row["confidence"] not in {"sourced", "estimate"}:
            yield f"{where}: address or confidence"
    for holiday in read_public_holidays(data):  # raises for a day that is none
        if not holiday.is_yearly and holiday.year is None:
            yield f"public_holidays.csv {holiday.code}: no year"
