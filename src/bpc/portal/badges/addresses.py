"""Where the public documents of this room are, under the site's public address: what credentials point to."""

from urllib.parse import quote, urlsplit

from django.conf import settings

from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.people.notices import full_address


def issuer_did() -> str:
    """Who issues: the site's host as a decentralised identifier, which leads to `/.well-known/did.json`."""
    return f"did:web:{quote(urlsplit(settings.PUBLIC_URL).netloc.lower(), safe='')}"


def credential_address(award: Award) -> str:
    """The identifier of a credential, and where it is read."""
    return full_address(f"/badges/{award.code}")


def status_address(number: int) -> str:
    """Where a status list is read."""
    return full_address(f"/badges/status/{number}")


def achievement_address(version: AchievementVersion, language: str) -> str:
    """The identifier of an achievement in a version and a language, and where it is read."""
    code = version.achievement
    return full_address(f"/badges/achievements/{language}/{code.kind}/{code.slug}/{version.number}")
