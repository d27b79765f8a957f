"""What the first page of a person's space says: the one next action, ideas, roles."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bpc.portal.contests.declaring import readings_waiting
from bpc.portal.contests.jury_invitations import name_in
from bpc.portal.contests.visibility.juries import invitations_for as jury_invitations_for
from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.observations.models import Observation
from bpc.portal.observations.moderation_queue import waiting_count
from bpc.portal.observations.states import ObservationState
from bpc.portal.people.queries import invitations_for, missing_from_profile
from bpc.portal.projects.visibility import invitations_for as project_invitations_for
from bpc.portal.results.queries import waiting_stories
from bpc.portal.web.followup.glances import next_of_person


@dataclass(frozen=True)
class NextAction:
    """One sentence, one button."""

    sentence: str
    url: str
    label: str


@dataclass(frozen=True)
class IdeaCount:
    """How many of the person's ideas are in one state."""

    label: str
    count: int


def idea_counts(person: Any) -> list[IdeaCount]:
    """One's own ideas by state, in the order of an idea's life; states without any are left out."""
    found = dict(Idea.objects.filter(author=person).values_list("state").annotate(Count("pk")).order_by())
    return [IdeaCount(str(state.label), found[state.value]) for state in IdeaState if state.value in found]


def waiting_for_moderation(person: Any) -> int | None:
    """Ideas the person has to read; None for who moderates nothing."""
    if not can(person, "ideas.moderate"):
        return None
    waiting = Idea.objects.filter(state=IdeaState.SUBMITTED)
    if not can(person, "people.administer"):
        waiting = waiting.filter(region__in=person.regions_as("delegate"))
    return waiting.count()


def waiting_observations(person: Any) -> int | None:
    """Needs and opportunities the person has to read; None for who moderates nothing."""
    return waiting_count(person) if can(person, "observations.moderate") else None


def waiting_words_of_alumni(person: Any) -> int | None:
    """Words of alumni the person has to read; None for who moderates nothing."""
    return waiting_stories(person) if can(person, "results.moderate") else None


def next_action(person: Any, waiting: int | None) -> NextAction:
    """The most useful thing to do now: mend, answer, moderate, complete, else propose."""
    if (mending := _mending(person)) is not None:
        return mending
    invitation = invitations_for(person).first()
    if invitation is not None:
        sentence = _("« %(name)s » vous invite à la rejoindre.") % {"name": invitation.organisation.name}
        return NextAction(sentence, reverse("web:organisations"), _("Répondre à l’invitation"))
    project_invitation = project_invitations_for(person).first()
    if project_invitation is not None:
        name = project_invitation.project.name
        sentence = _("Le groupe du projet « %(name)s » vous invite à le rejoindre.") % {"name": name}
        return NextAction(sentence, reverse("web:my_projects"), _("Répondre à l’invitation"))
    if (jury := _jury(person)) is not None:
        return jury
    if (reading := _reading(person, waiting)) is not None:
        return reading
    if (step := next_of_person(person, timezone.localdate())) is not None:
        return NextAction(step.sentence, step.url, _("Voir l’étape"))
    if "commune" in missing_from_profile(person):
        return NextAction(
            _("Dites-nous votre commune : nous vous montrerons ce qui s’y passe."),
            reverse("web:profile"),
            _("Compléter mon profil"),
        )
    return NextAction(
        _(
            "Un besoin dans votre commune ? Une idée de coopérative ? Deux minutes suffisent pour la proposer."
        ),
        reverse("web:idea_new"),
        _("Proposer une idée"),
    )


def _jury(person: Any) -> NextAction | None:
    """An invitation to a jury, or entries that wait for one's marks."""
    invited = jury_invitations_for(person).select_related("edition").first()
    if invited is not None:
        sentence = _("Vous êtes invité à siéger au jury de « %(title)s ».") % {
            "title": name_in(invited.edition, get_language() or "fr")
        }
        url = reverse("web:my_jury_invitation", args=[invited.pk])
        return NextAction(sentence, url, _("Répondre à l’invitation"))
    waiting = readings_waiting(person)
    if not waiting:
        return None
    sentence = ngettext(
        "%(count)d candidature attend vos notes.", "%(count)d candidatures attendent vos notes.", waiting
    )
    return NextAction(sentence % {"count": waiting}, reverse("web:my_juries"), _("Lire et noter"))


def _mending(person: Any) -> NextAction | None:
    """What was sent back to its author comes before all."""
    returned = Idea.objects.filter(author=person, state=IdeaState.RETURNED).first()
    if returned is not None:
        return NextAction(
            _("Une de vos idées vous a été renvoyée : quelques mots à reprendre et elle repart."),
            reverse("web:idea_edit", args=[returned.reference]),
            _("Reprendre mon idée"),
        )
    told_back = Observation.objects.filter(author=person, state=ObservationState.RETURNED).first()
    if told_back is not None:
        return NextAction(
            _("Un de vos textes vous a été renvoyé : quelques mots à reprendre et il repart."),
            reverse("web:observation_edit", args=[told_back.reference]),
            _("Reprendre mon texte"),
        )
    return None


def _reading(person: Any, waiting: int | None) -> NextAction | None:
    """What waits for a moderator, ideas first."""
    if waiting:
        sentence = ngettext(
            "%(count)d idée attend votre lecture.", "%(count)d idées attendent votre lecture.", waiting
        )
        return NextAction(sentence % {"count": waiting}, reverse("web:moderation"), _("Lire les idées"))
    told = waiting_observations(person)
    if told:
        sentence = ngettext(
            "%(count)d besoin ou opportunité attend votre lecture.",
            "%(count)d besoins ou opportunités attendent votre lecture.",
            told,
        )
        url = reverse("web:moderation_observations")
        return NextAction(sentence % {"count": told}, url, _("Lire ce qui attend"))
    return None
