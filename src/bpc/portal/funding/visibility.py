"""Who sees and who keeps the directory: rule and queryset side by side.

Everybody reads the sources shown. A funder keeps those entrusted to its organisation, a delegate those that touch the
region, national administrators all: they propose changes, verify, and read what visitors report. Another person always
decides: a national administrator, or the delegate where a source is for their regions alone.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.funding.contents import places_of, read_content
from bpc.portal.funding.models import (
    FundingSource,
    LinkCheck,
    SourceEdit,
    SourcePlace,
    SourceReport,
    SourceVersion,
)
from bpc.portal.funding.states import SourceState
from bpc.portal.people.models import Membership, Organisation
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.people.visibility import is_administrator


def funders_of(person: Any) -> QuerySet[Organisation]:
    """The funding bodies in whose name the person keeps sources: members who hold the role."""
    if not person.is_authenticated or not person.holds(Role.FUNDER):
        return Organisation.objects.none()
    joined = Membership.objects.filter(user=person, accepted_at__isnull=False)
    return Organisation.objects.filter(kind=OrganisationKind.FUNDER, pk__in=joined.values("organisation"))


def keeps(person: Any, source: FundingSource | None = None) -> bool:
    """The funder it is entrusted to, delegates of a region it touches, national administrators.

    Without a source: whoever may keep some.
    """
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    if source is None:
        return bool(regions or person.holds(Role.FUNDER))
    if regions and source.place_rows.filter(region__in=regions).exists():
        return True
    return (
        source.organisation_id is not None and funders_of(person).filter(pk=source.organisation_id).exists()
    )


def sources_kept_by(person: Any) -> QuerySet[FundingSource]:
    """The sources `keeps` allows."""
    if is_administrator(person):
        return FundingSource.objects.all()
    return FundingSource.objects.filter(_kept(person))


def _kept(person: Any, path: str = "") -> Q:
    """The rule on rows whose source is at `path`, for a person who is no administrator."""
    if not person.is_authenticated:
        return Q(pk=None)
    touched = SourcePlace.objects.filter(region__in=person.regions_as(Role.DELEGATE))
    return Q(**{f"{path}pk__in": touched.values("source")}) | Q(
        **{f"{path}organisation__in": funders_of(person)}
    )


def decides(person: Any, source: FundingSource | None = None) -> bool:
    """National administrators; delegates on what is for their regions alone. Without a source: whoever may on some."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    if source is None:
        return bool(regions)
    named = set(source.place_rows.values_list("region", flat=True))
    return bool(named) and named <= regions


def sources_decided_by(person: Any) -> QuerySet[FundingSource]:
    """The sources `decides` allows."""
    if is_administrator(person):
        return FundingSource.objects.all()
    if not person.is_authenticated:
        return FundingSource.objects.none()
    places = SourcePlace.objects.filter(source=OuterRef("pk"))
    elsewhere = places.exclude(region__in=person.regions_as(Role.DELEGATE))
    return FundingSource.objects.filter(Exists(places), ~Exists(elsewhere))


def accepts(person: Any, edit: SourceEdit | None = None) -> bool:
    """Who decides on the source as it is and as it would be, and did not write the proposal."""
    if edit is None:
        return decides(person)
    if not person.is_authenticated or edit.proposed_by_id == person.pk:
        return False
    if is_administrator(person):
        return True
    named = {code[:2] for code in places_of(read_content(edit.content))}
    return (
        bool(named)
        and named <= person.regions_as(Role.DELEGATE)
        and (edit.source is None or decides(person, edit.source))
    )


def withdraws(person: Any, edit: SourceEdit | None = None) -> bool:
    """Who wrote the proposal. Without one: whoever may write some."""
    if edit is None:
        return keeps(person)
    return bool(person.is_authenticated and edit.proposed_by_id == person.pk)


def can_see_source(person: Any, source: FundingSource) -> bool:
    """Everybody while it is shown; those who keep it, always."""
    return source.state == SourceState.ACTIVE or keeps(person, source)


def sources_visible_to(person: Any) -> QuerySet[FundingSource]:
    """The sources `can_see_source` allows."""
    if is_administrator(person):
        return FundingSource.objects.all()
    return FundingSource.objects.filter(Q(state=SourceState.ACTIVE) | _kept(person))


def can_see_version(person: Any, version: SourceVersion) -> bool:
    """Former versions: those who keep the source."""
    return keeps(person, version.source)


def versions_visible_to(person: Any) -> QuerySet[SourceVersion]:
    """The versions `can_see_version` allows."""
    if is_administrator(person):
        return SourceVersion.objects.all()
    return SourceVersion.objects.filter(_kept(person, "source__"))


def can_see_edit(person: Any, edit: SourceEdit) -> bool:
    """Who wrote the proposal, and those who keep the source; of a new one, its body and the administrators."""
    if not person.is_authenticated:
        return False
    if is_administrator(person) or edit.proposed_by_id == person.pk:
        return True
    if edit.source is not None and keeps(person, edit.source):
        return True
    return edit.organisation_id is not None and funders_of(person).filter(pk=edit.organisation_id).exists()


def edits_visible_to(person: Any) -> QuerySet[SourceEdit]:
    """The proposals `can_see_edit` allows."""
    if is_administrator(person):
        return SourceEdit.objects.all()
    if not person.is_authenticated:
        return SourceEdit.objects.none()
    theirs = Q(proposed_by=person) | Q(organisation__in=funders_of(person))
    return SourceEdit.objects.filter(theirs | _kept(person, "source__"))


def can_see_report(person: Any, report: SourceReport) -> bool:
    """Who sent it from an account, and those who keep the source."""
    if not person.is_authenticated:
        return False
    return report.reporter_id == person.pk or keeps(person, report.source)


def reports_visible_to(person: Any) -> QuerySet[SourceReport]:
    """The reports `can_see_report` allows."""
    if is_administrator(person):
        return SourceReport.objects.all()
    if not person.is_authenticated:
        return SourceReport.objects.none()
    return SourceReport.objects.filter(Q(reporter=person) | _kept(person, "source__"))


def can_see_check(person: Any, check: LinkCheck) -> bool:
    """Those who keep the source."""
    return keeps(person, check.source)


def checks_visible_to(person: Any) -> QuerySet[LinkCheck]:
    """The checks `can_see_check` allows."""
    if is_administrator(person):
        return LinkCheck.objects.all()
    return LinkCheck.objects.filter(_kept(person, "source__"))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(FundingSource, can_see=can_see_source, visible_to=sources_visible_to)
    declare_visibility(SourceVersion, can_see=can_see_version, visible_to=versions_visible_to)
    declare_visibility(SourceEdit, can_see=can_see_edit, visible_to=edits_visible_to)
    declare_visibility(SourceReport, can_see=can_see_report, visible_to=reports_visible_to)
    declare_visibility(LinkCheck, can_see=can_see_check, visible_to=checks_visible_to)
    declare_right(
        "funding.keep",
        "Proposer un changement à une fiche de financement, la vérifier, lire ce qu’on en signale "
        "(l’organisme à qui elle est confiée, délégué de la région, administrateur national)",
        keeps,
    )
    declare_right(
        "funding.decide",
        "Retirer ou rétablir une fiche de financement "
        "(délégué si elle ne touche que sa région, administrateur national)",
        decides,
    )
    declare_right(
        "funding.accept",
        "Accepter ou renvoyer le changement proposé par une autre personne "
        "(délégué si la fiche ne touche que sa région, administrateur national)",
        accepts,
    )
    declare_right("funding.withdraw", "Reprendre le changement que l’on a proposé (son auteur)", withdraws)
    declare_right(
        "funding.entrust",
        "Confier une fiche à un organisme de financement (administrateur national)",
        is_administrator,
    )
