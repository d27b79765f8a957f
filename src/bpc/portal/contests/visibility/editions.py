"""Editions: everybody once announced; who organises and who presides."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.contests.models import Edition, Juror
from bpc.portal.contests.states import EditionState, JurorState
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def organises(person: Any, edition: Edition | None = None) -> bool:
    """Administrators for all; delegates for the editions of their region. Without an edition: anyone of these."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if edition is None else edition.region_id in regions


def editions_organised_by(person: Any) -> QuerySet[Edition]:
    """The editions `organises` allows."""
    if not person.is_authenticated:
        return Edition.objects.none()
    if is_administrator(person):
        return Edition.objects.all()
    return Edition.objects.filter(region__in=person.regions_as(Role.DELEGATE))


def presides(person: Any, edition: Edition | None) -> bool:
    """The president of the jury, who accepted to be."""
    if edition is None or not person.is_authenticated:
        return False
    return Juror.objects.filter(
        edition=edition, user=person, is_president=True, state=JurorState.ACCEPTED
    ).exists()


def can_see_edition(person: Any, edition: Edition) -> bool:
    """Everybody once it was announced; its organisers before."""
    return edition.state != EditionState.DRAFT or organises(person, edition)


def editions_visible_to(person: Any) -> QuerySet[Edition]:
    """The editions `can_see_edition` allows."""
    return Edition.objects.filter(
        ~Q(state=EditionState.DRAFT) | Q(pk__in=editions_organised_by(person).values("pk"))
    )


def declare() -> None:
    """Called by the room's `declare`."""
    declare_visibility(Edition, can_see=can_see_edition, visible_to=editions_visible_to)
    declare_right(
        "contests.organise",
        "Préparer, annoncer, prolonger, annuler un idéathon (délégué de sa région, administrateur national)",
        organises,
    )
    declare_right(
        "contests.preside", "Décider du palmarès et le publier (président du jury qui a accepté)", presides
    )
