"""What every page shows around its content: the doors that stand, the languages, the person."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language, gettext_lazy


@dataclass(frozen=True)
class Door:
    """A room in the menu."""

    name: Any
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    label: str
    url: str
    current: bool


# Only rooms that stand: (view name, label, icon, what the addresses of the room start with)
_DOORS = (
    ("web:map", gettext_lazy("Carte"), "map", ("carte", "territoires")),
    ("web:ideas", gettext_lazy("Idées"), "idea", ("idees",)),
    ("web:open_data", gettext_lazy("Données ouvertes"), "download", ("donnees",)),
)


def _languages(request: HttpRequest) -> list[LanguageLink]:
    current = get_language()
    try:
        resolve(request.path)
        address = request.get_full_path()
    except Resolver404:
        address = reverse("web:home")
    return [
        LanguageLink(code, label, translate_url(address, code), code == current)
        for code, label in settings.LANGUAGES
    ]


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of `layout/base.html`."""
    room = request.path.split("/", 3)[2:3]
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "doors": [
            Door(label, reverse(name), icon, bool(room) and room[0] in rooms)
            for name, label, icon, rooms in _DOORS
        ],
        "languages": _languages(request),
    }
