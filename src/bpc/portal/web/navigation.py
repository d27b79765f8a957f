"""What every page shows around its content: the doors that stand, the languages, the person."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
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
    ("web:needs", gettext_lazy("Besoins"), "need", ("besoins", "opportunites")),
    ("web:ideas", gettext_lazy("Idées"), "idea", ("idees",)),
    ("web:gatherings", gettext_lazy("Rencontres"), "meeting", ("rencontres",)),
    ("web:editions", gettext_lazy("Idéathons"), "ideathon", ("ideathons",)),
    ("web:models", gettext_lazy("Modèles de projets"), "model", ("modeles",)),
    ("web:funding", gettext_lazy("Financements"), "funding", ("financements",)),
    ("web:courses", gettext_lazy("Formation"), "training", ("formations", "seances")),
)


@cache
def _door_addresses(language: str) -> tuple[str, ...]:
    """The addresses of the doors in `language`, which must be the active one: they change with it only."""
    return tuple(reverse(name) for name, _label, _icon, _rooms in _DOORS)


def _doors(language: str, room: str) -> list[Door]:
    addresses = _door_addresses(language)
    return [
        Door(label, address, icon, room in rooms)
        for (_name, label, icon, rooms), address in zip(_DOORS, addresses, strict=True)
    ]


def _languages(request: HttpRequest, current: str) -> list[LanguageLink]:
    """The same address under each language; the home page where the address leads nowhere."""
    rest = "/"
    if request.resolver_match is not None:
        rest = request.get_full_path().removeprefix(f"/{current}")
    return [
        LanguageLink(code, label, f"/{code}{rest}", code == current) for code, label in settings.LANGUAGES
    ]


def _help_address(request: HttpRequest) -> str:
    """On the pages of one project: where to ask for help about it, coming from here; empty elsewhere."""
    match, rooms = request.resolver_match, request.path.split("/")
    # /fr/mon-espace/projets/CODE/…: the project's own page has its section
    if match is None or rooms[2:4] != ["mon-espace", "projets"] or len(rooms) < 6:
        return ""
    if "reference" not in match.kwargs:
        return ""
    asked = urlencode({"projet": match.kwargs["reference"], "page": request.path})
    return f"{reverse('web:help_ask')}?{asked}"


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of `layout/base.html`. `door`: the address of the door one is behind, empty for none."""
    language = get_language() or settings.LANGUAGE_CODE
    doors = _doors(language, "".join(request.path.split("/", 3)[2:3]))
    return {
        "demo": settings.DEMO,
        "origin": f"{request.scheme}://{request.get_host()}",
        "doors": doors,
        "door": next((door.url for door in doors if door.current), ""),
        "languages": _languages(request, language),
        "help_address": _help_address(request),
        "acting": getattr(request, "acting", None),  # the mandate this request acts under
    }
