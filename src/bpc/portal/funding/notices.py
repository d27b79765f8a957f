"""What those who keep the directory are told: a proposal to read, its outcome, a visitor's report."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bpc.portal.funding.contents import places_of, read_content
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport
from bpc.portal.funding.states import EditState
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Notification, RoleGrant, User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role

PAGE, SHEET = "web:funding_kept", "web:funding_kept_source"


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        "funding.proposed",
        _("Un changement à la fiche de financement « %(title)s » attend votre relecture."),
        page="web:funding_edit",
        args=("edit",),
    )
    declare_notice(
        "funding.accepted",
        _("Votre changement à la fiche de financement « %(title)s » est en ligne."),
        page=SHEET,
        args=("slug",),
    )
    declare_notice(
        "funding.returned",
        _("Votre changement à la fiche de financement « %(title)s » est à revoir. %(reason)s"),
        page=PAGE,
    )
    declare_notice(
        "funding.reported",
        _("Un lecteur signale un problème sur la fiche de financement « %(title)s »."),
        page=SHEET,
        args=("slug",),
        by_message=False,
    )


def tell_proposed(edit: SourceEdit, *, at: Any) -> None:
    """Tell those who may accept a proposal that it waits: the delegate where one may, else the administrators."""
    regions = {code[:2] for code in places_of(read_content(edit.content))}
    if edit.source is not None:
        regions |= set(edit.source.place_rows.values_list("region", flat=True))
    readers = _delegates(regions) if len(regions) == 1 else User.objects.none()
    others = [person for person in readers if person.pk != edit.proposed_by_id]
    others = others or [person for person in _administrators() if person.pk != edit.proposed_by_id]
    for person in others:
        data = {**_about(edit.content, edit.slug), "edit": edit.pk}
        notify(user=person, kind="funding.proposed", data=data, at=at)


def tell_decided(edit: SourceEdit, outcome: EditState, *, reason: str, at: Any) -> None:
    """Tell who proposed what became of it."""
    if edit.proposed_by is not None:
        kind = "funding.accepted" if outcome == EditState.ACCEPTED else "funding.returned"
        data = {**_about(edit.content, edit.slug), "reason": reason}
        notify(user=edit.proposed_by, kind=kind, data=data, at=at)


def tell_reported(report: SourceReport, *, at: Any) -> None:
    """Tell those who keep the source that somebody found it wrong, once until they have read it."""
    for person in keepers_of(report.source):
        about = {"title": report.source.name_fr, "slug": report.source.slug}
        earlier = Notification.objects.filter(user=person, kind="funding.reported", read_at=None)
        if not earlier.filter(data__slug=about["slug"]).exists():
            notify(user=person, kind="funding.reported", data=about, at=at)


def keepers_of(source: FundingSource) -> QuerySet[User]:
    """The people nearest to a source: its funding body, else the delegates of its regions, else administrators."""
    if source.organisation_id is not None:
        body = User.objects.filter(
            is_active=True,
            memberships__organisation=source.organisation_id,
            memberships__accepted_at__isnull=False,
            pk__in=_holding(Q(role=Role.FUNDER)),
        ).distinct()
        if body.exists():
            return body
    delegates = _delegates(set(source.place_rows.values_list("region", flat=True)))
    return delegates if delegates.exists() else _administrators()


def _delegates(regions: set[str]) -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=_holding(Q(role=Role.DELEGATE, region__in=regions)))


def _administrators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=_holding(Q(role=Role.ADMINISTRATOR)))


def _holding(rule: Q) -> Any:
    return RoleGrant.objects.filter(rule, ended_at=None).values("user")


def _about(content: dict[str, Any], slug: str) -> dict[str, Any]:
    return {"title": content["name_fr"], "slug": slug}
