"""What the first page shows: the question, the doors that stand, what is new and what the bank holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.atlas.country import Country, country
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.contests.edition_queries import open_editions
from bpc.portal.funding.queries import all_sources
from bpc.portal.gatherings.queries import meetings_to_come
from bpc.portal.ideas.queries import recent_in
from bpc.portal.ideas.tallies import COUNTRY, published_count
from bpc.portal.observations.tallies import heard_in
from bpc.portal.reference.census import census
from bpc.portal.reference.models import LoadedFile
from bpc.portal.web.atlas.sheet_context import meeting_line
from bpc.portal.web.atlas.sheet_links import Link, place_link
from bpc.portal.web.atlas.sheet_locator import regions_map
from bpc.portal.web.contests.edition_words import told_cards

CONTESTS = 3  # ideathons shown
_DOORS = (
    (
        gettext_lazy("Carte"),
        gettext_lazy("Voyez qui vit, travaille et produit dans chaque commune."),
        "web:map",
        "map",
    ),
    (
        gettext_lazy("Besoins"),
        gettext_lazy(
            "Dites ce qui manque ou ce qu’il y a à faire chez vous, et voyez ce que d’autres vivent aussi."
        ),
        "web:needs",
        "need",
    ),
    (
        gettext_lazy("Idées"),
        gettext_lazy("Lisez ce que d’autres proposent, soutenez-les, proposez la vôtre."),
        "web:ideas",
        "idea",
    ),
    (
        gettext_lazy("Rencontres"),
        gettext_lazy("Trouvez la rencontre de votre région, inscrivez-vous, lisez ce qui s’y est dit."),
        "web:gatherings",
        "meeting",
    ),
    (
        gettext_lazy("Idéathons"),
        gettext_lazy("Présentez votre idée à un jury, et suivez les concours de votre région."),
        "web:editions",
        "ideathon",
    ),
    (
        gettext_lazy("Modèles de projets"),
        gettext_lazy("Partez d’un projet déjà décrit et calculé, et adaptez-le à votre commune."),
        "web:models",
        "model",
    ),
    (
        gettext_lazy("Financements"),
        gettext_lazy("Trouvez qui peut aider votre projet, à quelles conditions et jusqu’à quand."),
        "web:funding",
        "funding",
    ),
    (
        gettext_lazy("Formation"),
        gettext_lazy("Apprenez à créer et à gérer une coopérative, dix minutes à la fois, sur votre projet."),
        "web:courses",
        "training",
    ),
)


@dataclass(frozen=True)
class DoorCard:
    """A room with one sentence saying what it is for."""

    title: str
    sentence: str
    url: str
    icon: str


def first_page(person: Any, now: datetime) -> dict[str, Any]:
    """The context of the home page."""
    known, today = country(), timezone.localdate(now)
    return {
        "map": regions_map(known, _("Les douze régions du Maroc")),
        "regions": _regions(known),
        "doors_shown": doors_shown(),
        "recent_ideas": recent_in(),
        "meetings": [meeting_line(one) for one in meetings_to_come(person, today)],
        "contests": told_cards(open_editions(now, CONTESTS), now),
        "meetings_map_url": f"{reverse('web:map')}?points=rencontres",
        "communes": len(known.by_level["commune"]),
        "indicators": len(census().indicators),
        "idea_count": published_count(),
        "heard": heard_in([COUNTRY])[COUNTRY],
        "model_count": len(catalogue()),
        "funding_count": len(all_sources()),
        "updated": last_update(),
    }


def doors_shown() -> list[DoorCard]:
    """Only rooms that stand."""
    return [
        DoorCard(str(title), str(sentence), reverse(name), icon) for title, sentence, name, icon in _DOORS
    ]


def last_update() -> datetime | None:
    """When reference data was last loaded here; None before the first loading. One query."""
    found: datetime | None = LoadedFile.objects.aggregate(last=Max("loaded_at"))["last"]
    return found


def _regions(known: Country) -> list[Link]:
    return [place_link(known.places[code]) for code in known.by_level["region"]]
