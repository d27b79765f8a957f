"""A demonstration of how the directory is kept: a funding body, one change it proposes, one report of a visitor.

The sheet is a real one; what is invented is labelled so, and waits for a decision: nothing of it is on the public page.
"""

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.funding.actions import entrust_source, report_source
from bpc.portal.funding.contents import check_content, put_document, put_rows
from bpc.portal.funding.editing import propose_edit
from bpc.portal.funding.loading import write_version
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport
from bpc.portal.funding.names import GENERATION
from bpc.portal.funding.states import EditState, ReportReason
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.organisation_actions import create_organisation
from bpc.portal.people.roles import OrganisationKind, Role

SLUG = "indh-taroudant-2026"
BODY = "Comité provincial de financement (démonstration)"
_CONTACT = {
    "name_fr": "Guichet du comité provincial (démonstration)",
    "name_ar": "شباك اللجنة الإقليمية (عرض تجريبي)",
}
_NOTE = "Ajouter notre guichet aux contacts (démonstration)"
_REPORT = "Les dates de cette année ne sont pas sur la fiche (démonstration)."


@transaction.atomic
def create_demo_funding() -> bool:
    """Create what is missing, over the demonstration accounts; whether anything was.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    funder, administrator = _holder(Role.FUNDER), _holder(Role.ADMINISTRATOR)
    source = FundingSource.objects.filter(slug=SLUG).first()
    bodies = Organisation.objects.filter(is_demo=True, kind=OrganisationKind.FUNDER)
    if source is None or bodies.exists():
        return False
    now = timezone.now()
    body = create_organisation(
        kind=OrganisationKind.FUNDER,
        name=BODY,
        language="fr",
        commune=None,
        actor=funder,
        at=now,
        is_demo=True,
    )
    source = entrust_source(source=source, organisation=body, actor=administrator, at=now)
    _propose(source, funder, now)
    _report(source, now)
    return True


@transaction.atomic
def remove_demo_funding() -> None:
    """Remove the change and the report, and give the sheet back; the body goes with the demonstration accounts."""
    for edit in SourceEdit.objects.filter(is_demo=True, state=EditState.ACCEPTED):
        if edit.source is not None:
            _take_contact_away(edit.source)
    SourceEdit.objects.filter(is_demo=True).delete()
    reported = FundingSource.objects.filter(reports__is_demo=True)
    for source in reported.distinct():
        source.reports.filter(is_demo=True).delete()
        source.open_reports = source.reports.filter(closed_at=None).count()
        source.save(update_fields=["open_reports"])
    FundingSource.objects.filter(organisation__is_demo=True).update(organisation=None)


def _propose(source: FundingSource, funder: User, at: datetime) -> None:
    edit = propose_edit(
        source=source,
        content={**source.content, "contacts": [*source.content["contacts"], _CONTACT]},
        version=source.version,
        note=_NOTE,
        actor=funder,
        at=at,
    )
    SourceEdit.objects.filter(pk=edit.pk).update(is_demo=True)


def _report(source: FundingSource, at: datetime) -> None:
    report = report_source(
        source=source,
        reason=ReportReason.DATES,
        text=_REPORT,
        language="fr",
        address="demonstration",
        actor=None,
        at=at,
    )
    if report is not None:
        SourceReport.objects.filter(pk=report.pk).update(is_demo=True)


def _take_contact_away(source: FundingSource) -> None:
    """Undo the change where somebody accepted it; the sheet follows its file again if it says the same."""
    contacts = [one for one in source.content["contacts"] if one["name_fr"] != _CONTACT["name_fr"]]
    if len(contacts) == len(source.content["contacts"]):
        return
    at = timezone.now()
    document = check_content({**source.content, "contacts": contacts})
    put_document(source, document, at.date())
    source.by_hand = source.content_hash != source.file_hash
    source.version, source.updated_at, source.updated_by = source.version + 1, at, None
    source.save()
    put_rows(source, document)
    write_version(source, origin=source.origin, note="", actor=None, at=at)
    outdate(GENERATION)


def _holder(role: str) -> User:
    found = User.objects.filter(is_demo=True, role_grants__role=role, role_grants__ended_at=None).first()
    if found is None:
        raise ImproperlyConfigured("the demonstration of funding needs the demonstration accounts")
    return found
