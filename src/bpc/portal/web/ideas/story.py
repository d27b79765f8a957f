"""« Que devient mon idée ? »: one timeline, whatever room each step comes from, each with its link."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.gatherings.room.codes import said_in
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import Door
from bpc.portal.ideas.timeline import Step, author_timeline, project_step, public_timeline
from bpc.portal.journeys.idea_story import Event, events_beyond
from bpc.portal.web.contests.entry_words import in_page_language
from bpc.portal.web.gatherings.meeting_words import title_of

_STAR = "star8"


def idea_story(person: Any, idea: Idea, *, own_view: bool) -> list[Step]:
    """Every step `person` may know, oldest first. `own_view`: with the reasons, for who wrote or moderates it."""
    steps = author_timeline(idea) if own_view else public_timeline(idea)
    steps = _with_meeting(idea, steps)
    steps += [_step(event) for event in events_beyond(person, idea)]
    return sorted(steps, key=lambda step: step.at)


def _with_meeting(idea: Idea, steps: list[Step]) -> list[Step]:
    """How it came, said at its first step; the meeting it was said in, with its link."""
    heard = said_in(idea)
    told = []
    for step in steps:
        if step.verb == "said" and heard is not None:
            address = reverse("web:gathering", args=[heard.gathering.key])
            step = replace(step, link=address, link_name=title_of(heard.gathering), hands=heard.hands)
        elif step.verb == "submit" and idea.door != Door.WEB:
            step = replace(step, detail=idea.get_door_display())
        told.append(step)
    return told


def _step(event: Event) -> Step:
    if event.project is not None:
        step = project_step(event.at)
        if not event.is_own:
            return step
        address = reverse("web:project", args=[event.project.reference])
        return replace(step, link=address, link_name=_("Ouvrir le projet"))
    edition = event.edition
    assert edition is not None
    name = in_page_language(edition, "name")
    labels = {
        "invited": _("Invitée à l’idéathon « %(name)s »"),
        "entered": _("Présentée à l’idéathon « %(name)s »"),
        "rewarded": _("Récompensée à l’idéathon « %(name)s »"),
    }
    label = labels[event.kind] % {"name": name}
    return Step(event.kind, label, event.at, icon_name=_STAR, **_link_of(event))


def _link_of(event: Event) -> dict[str, Any]:
    assert event.edition is not None
    slug = event.edition.slug
    if event.kind == "rewarded":
        return {"link": reverse("web:results", args=[slug]), "link_name": _("Lire les résultats")}
    if event.is_own and event.entry is not None:
        return {
            "link": reverse("web:entry", args=[event.entry.reference]),
            "link_name": _("Ouvrir la candidature"),
        }
    return {"link": reverse("web:edition", args=[slug]), "link_name": _("Voir l’idéathon")}
