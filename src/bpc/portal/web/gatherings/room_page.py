"""What the room's page is made of, and the list of files its service worker keeps on the device."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.gatherings.models import Gathering
from bpc.portal.ideas.states import Speaker
from bpc.portal.observations.queries import categories
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Sector, Territory

HERE = Path(__file__).parents[1]
#: What the page needs without network. Modules import one another by their plain names.
FILES = (
    "web/css/site.css", "web/css/components.css", "web/css/room.css", "web/icons/icons.svg", "web/icons/mark.svg",
    "web/icons/favicon.svg", "web/js/room-page.js",
)  # fmt: skip
MODULES = (
    "room-log.js", "room-state.js", "room-sending.js", "room-choosing.js", "room-forms.js", "room-lists.js",
    "room-page.js", "room-copy.js", "indexed.js",
)  # fmt: skip
FONTS = ("latin-400.woff2", "latin-700.woff2", "arabic-400.woff2")
_WORKER = "web/js/room-service.js"


def page_context(gathering: Gathering) -> dict[str, Any]:
    """What the template is given: everything chosen from lists is in the page itself."""
    return {
        "gathering": gathering,
        "sectors": Sector.objects.all(),
        "needs": [one for one in categories().values() if one.kind == "need"],
        "opportunities": [one for one in categories().values() if one.kind == "opportunity"],
        "speakers": Speaker.choices,
        "answers": Answer.choices,
        "communes": communes_of(gathering),
        "place": place_of(gathering),
        "words": _words(),
    }


def place_of(gathering: Gathering) -> str:
    """What the meeting is called in the language of the page."""
    return gathering.title or gathering.city


def _words() -> dict[str, str]:
    """What the scripts say; counts stand after their words, so that no plural is needed."""
    return {
        "waiting": _("Gardées ici : %(number)s"),
        "sent": _("envoyées : %(number)s"),
        "refused": _("refusées : %(number)s"),
        "offline": _("Sans réseau"),
        "online": _("Avec réseau"),
        "sending": _("Envoi en cours"),
        "all_sent": _("Tout est envoyé"),
        "closed": _("Appareil fermé par un organisateur : enregistrez un fichier."),
        "kept": _("Gardé."),
        "corrected": _("Corrigé."),
        "removed": _("Retiré."),
        "undone": _("Annulé."),
        "nothing_to_undo": _("Il n’y a rien à annuler."),
        "missing": _("Complétez d’abord : %(names)s"),
        "no_commune": _("Choisissez la commune dans la liste."),
        "nameless": _("Personne sans nom"),
        "attendee": _("Personne"),
        "idea": _("Idée"),
        "need": _("Besoin"),
        "opportunity": _("Opportunité"),
        "is_sent": _("envoyé"),
        "is_waiting": _("gardé ici"),
        "is_refused": _("refusé par le site"),
        "hands": _("mains levées : %(number)s"),
        "ready": _("Prêt : cette page s’ouvre désormais sans réseau."),
        "no_storage": _("Ce navigateur ne peut rien garder : n’utilisez pas la navigation privée."),
        "open_failed": _(
            "L’appareil n’a pas pu être ouvert. Vérifiez le réseau, et que vous êtes toujours connecté."
        ),
        "forget": _("Tout ce que cet appareil garde sera effacé. Continuer ?"),
    }


def communes_of(gathering: Gathering) -> list[list[str]]:
    """Code and both names of each commune of the region, by name."""
    rows = Territory.objects.filter(
        level=Territory.Level.COMMUNE, code__startswith=f"{gathering.region_id}."
    ).order_by("name_fr")
    return [list(row) for row in rows.values_list("code", "name_fr", "name_ar")]


def service_script(gathering: Gathering) -> str:
    """The service worker with what it keeps: a change of any file is a new version, fetched again whole."""
    page = reverse("web:room", args=[gathering.key])
    plain_modules = [f"{static('web/').rstrip('/')}/js/{name}" for name in MODULES]
    fonts = [f"{static('web/').rstrip('/')}/fonts/{name}" for name in FONTS]
    files = sorted({*map(static, FILES), *plain_modules, *fonts})
    told = {"page": page, "files": files, "version": _digest(get_language() or "fr", *files)}
    return f"const ROOM = {json.dumps(told)};\n{_source(_WORKER)}"


@cache
def _source(name: str) -> str:
    found = finders.find(name)
    return Path(str(found)).read_text("utf-8")


@cache
def _digest(*parts: str) -> str:
    """Of the addresses and of the contents: what changes without changing its address counts too."""
    whole = sha256("\n".join(parts).encode())
    sources = [f"web/js/{name}" for name in MODULES] + [*FILES, _WORKER]
    for name in sources:
        whole.update(Path(str(finders.find(name))).read_bytes())
    for path in sorted((HERE / "templates" / "gatherings").glob("*room*.html")):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]
