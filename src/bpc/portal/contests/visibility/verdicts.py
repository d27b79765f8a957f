"""Verdicts: what the jury decided, and what each team was told, before and after publication."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bpc.portal.contests.models import (
    AdvisorSlot,
    Certificate,
    Decision,
    Edition,
    Entry,
    Feedback,
    Publication,
    Ranking,
    ReinforcedSupport,
)
from bpc.portal.contests.states import EditionState, Outcome
from bpc.portal.contests.visibility.editions import editions_organised_by, organises, presides
from bpc.portal.contests.visibility.entries import entries_of_team, in_team
from bpc.portal.contests.visibility.juries import seats_of
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role


def _presided_by(person: Any) -> QuerySet[Any]:
    return seats_of(person).filter(is_president=True).values("edition")


def can_see_ranking(person: Any, ranking: Ranking) -> bool:
    """The president alone: everybody else reads what was published."""
    return presides(person, ranking.edition)


def rankings_visible_to(person: Any) -> QuerySet[Ranking]:
    """The rankings `can_see_ranking` allows."""
    if not person.is_authenticated:
        return Ranking.objects.none()
    return Ranking.objects.filter(edition__in=_presided_by(person))


def can_see_decision(person: Any, decision: Decision) -> bool:
    """The president; once the results are out, everybody for a laureate or a mention, its team for any."""
    edition = decision.entry.edition
    if presides(person, edition):
        return True
    if edition.state != EditionState.CLOSED:
        return False
    return decision.outcome != Outcome.NOT_CHOSEN or in_team(person, decision.entry)


def decisions_visible_to(person: Any) -> QuerySet[Decision]:
    """The decisions `can_see_decision` allows."""
    closed = Q(entry__edition__state=EditionState.CLOSED)
    shown = closed & ~Q(outcome=Outcome.NOT_CHOSEN)
    if not person.is_authenticated:
        return Decision.objects.filter(shown)
    own = closed & Q(entry__in=entries_of_team(person).values("pk"))
    return Decision.objects.filter(shown | own | Q(entry__edition__in=_presided_by(person)))


def can_see_publication(person: Any, publication: Publication) -> bool:
    """Everybody: it exists once the results are out."""
    return True


def publications_visible_to(person: Any) -> QuerySet[Publication]:
    """All of them."""
    return Publication.objects.all()


def can_see_slot(person: Any, slot: AdvisorSlot) -> bool:
    """The advisor who keeps it; the team that took it; while free, the teams that may take it."""
    if not person.is_authenticated:
        return False
    return slots_visible_to(person).filter(pk=slot.pk).exists()


def slots_visible_to(person: Any) -> QuerySet[AdvisorSlot]:
    """The slots `can_see_slot` allows."""
    if not person.is_authenticated:
        return AdvisorSlot.objects.none()
    mine = entries_of_team(person)
    told = Entry.objects.filter(
        pk__in=mine.values("pk"), feedback__sent_at__isnull=False, edition=OuterRef("edition"),
        region__in=RoleGrant.objects.filter(
            user=OuterRef(OuterRef("advisor")), role=Role.ADVISOR, ended_at=None
        ).values("region"),
    )  # fmt: skip
    return AdvisorSlot.objects.filter(
        Q(advisor=person) | Q(entry__in=mine.values("pk")) | (Q(entry=None) & Q(Exists(told)))
    )


def can_see_feedback(person: Any, feedback: Feedback) -> bool:
    """The president; its team once it was sent."""
    if presides(person, feedback.entry.edition):
        return True
    return feedback.sent_at is not None and in_team(person, feedback.entry)


def feedback_visible_to(person: Any) -> QuerySet[Feedback]:
    """The feedback `can_see_feedback` allows."""
    if not person.is_authenticated:
        return Feedback.objects.none()
    sent = Q(sent_at__isnull=False, entry__in=entries_of_team(person).values("pk"))
    return Feedback.objects.filter(sent | Q(entry__edition__in=_presided_by(person)))


def can_see_certificate(person: Any, certificate: Certificate) -> bool:
    """Everybody who has its code: it is made to be checked."""
    return True


def certificates_visible_to(person: Any) -> QuerySet[Certificate]:
    """All of them; pages only look one up by its code."""
    return Certificate.objects.all()


def can_see_support(person: Any, support: ReinforcedSupport) -> bool:
    """The team, the advisor, the organisers."""
    if not person.is_authenticated:
        return False
    return (
        support.advisor_id == person.pk
        or in_team(person, support.entry)
        or organises(person, support.entry.edition)
    )


def support_visible_to(person: Any) -> QuerySet[ReinforcedSupport]:
    """The support `can_see_support` allows."""
    if not person.is_authenticated:
        return ReinforcedSupport.objects.none()
    return ReinforcedSupport.objects.filter(
        Q(advisor=person)
        | Q(entry__in=entries_of_team(person).values("pk"))
        | Q(entry__edition__in=editions_organised_by(person).values("pk"))
    )


def tells_results(person: Any, edition: Edition | None) -> bool:
    """The president and the organisers of the edition."""
    return edition is not None and (presides(person, edition) or organises(person, edition))


def advises_teams(person: Any, edition: Edition | None = None) -> bool:
    """Advisors of the edition's region; of any region for a national edition, or without an edition."""
    if not person.is_authenticated:
        return False
    regions = person.regions_as(Role.ADVISOR)
    if edition is None or edition.region_id is None:
        return bool(regions)
    return edition.region_id in regions


def declare() -> None:
    """Called by the room's `declare`."""
    declare_visibility(Ranking, can_see=can_see_ranking, visible_to=rankings_visible_to)
    declare_visibility(Decision, can_see=can_see_decision, visible_to=decisions_visible_to)
    declare_visibility(Publication, can_see=can_see_publication, visible_to=publications_visible_to)
    declare_visibility(AdvisorSlot, can_see=can_see_slot, visible_to=slots_visible_to)
    declare_visibility(Feedback, can_see=can_see_feedback, visible_to=feedback_visible_to)
    declare_visibility(Certificate, can_see=can_see_certificate, visible_to=certificates_visible_to)
    declare_visibility(ReinforcedSupport, can_see=can_see_support, visible_to=support_visible_to)
    declare_right(
        "contests.tell_results",
        "Envoyer les retours aux équipes non retenues (président du jury, organisateurs)",
        tells_results,
    )
    declare_right(
        "contests.advise_teams",
        "Proposer des rendez-vous aux équipes d’un idéathon (conseiller de la région)",
        advises_teams,
    )
