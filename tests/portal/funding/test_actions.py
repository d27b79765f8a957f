"""Verify, report, retire: who may, what is written, what is counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.funding.actions import (
    REPORTS_A_MINUTE,
    NotAFunder,
    TooManyReports,
    close_report,
    entrust_source,
    note_use,
    report_source,
    restore_source,
    retire_source,
    verify_source,
)
from bpc.portal.funding.editing import StaleSource
from bpc.portal.funding.keeping import open_reports, verification_queue, waiting_for
from bpc.portal.funding.loading import load_sources
from bpc.portal.funding.models import FundingSource, SourceReport
from bpc.portal.funding.queries import all_sources
from bpc.portal.people.models import Notification, Organisation
from bpc.portal.people.roles import Role
from tests.portal.funding.funding_world import NOW, TODAY, make_document, put
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
SOUSS = {"regions": ["09"]}


def _report(row: FundingSource, **fields: Any) -> SourceReport | None:
    values = {"reason": "amount", "text": "C’est 60 %", "language": "fr", "address": "192.0.2.1"}
    return report_source(source=row, actor=AnonymousUser(), at=NOW, **{**values, **fields})


def test_verifying_dates_the_sheet_and_says_what_was_found() -> None:
    (row,) = put(make_document(places=SOUSS, verified="2025-01-05"))
    delegate = make_user(Role.DELEGATE)
    with pytest.raises(PermissionDenied):
        verify_source(
            source=row, version=1, changed=False, note="", actor=make_user(Role.DELEGATE, region="02"), at=NOW
        )
    with pytest.raises(StaleSource):
        verify_source(source=row, version=2, changed=False, note="", actor=delegate, at=NOW)
    with pytest.raises(ReasonMissing):
        verify_source(source=row, version=1, changed=True, note="", actor=delegate, at=NOW)
    verify_source(source=row, version=1, changed=True, note="Le taux est à 60 %", actor=delegate, at=NOW)
    row.refresh_from_db()
    assert (row.verified_on, row.verified_by, row.version) == (NOW.date(), delegate, 1)
    assert all_sources()[row.slug].verified == NOW.date()
    entry = trail_of(row).get()
    assert (entry.reason, entry.data) == ("Le taux est à 60 %", {"changed": True, "version": 1})
    load_sources({row.slug: make_document(places=SOUSS, version=2, verified="2025-06-01")})
    row.refresh_from_db()
    assert row.verified_on == NOW.date(), "an older reading does not replace a later one"


def test_the_queue_weighs_age_by_use_and_reports() -> None:
    _old, used, told, _fresh = put(
        make_document("vieille", verified=str(TODAY - timedelta(days=300))),
        make_document("utile", verified=str(TODAY - timedelta(days=100))),
        make_document("signalee", verified=str(TODAY - timedelta(days=90))),
        make_document("fraiche", verified=str(TODAY)),
    )
    for _time in range(4):
        note_use(slug=used.slug)
    _report(told)
    administrator = make_user(Role.ADMINISTRATOR)
    queue = list(verification_queue(administrator, TODAY))
    assert [(row.slug, row.age_days, row.weight) for row in queue] == [  # type: ignore[attr-defined]
        ("signalee", 90, 540),
        ("utile", 100, 500),
        ("vieille", 300, 300),
        ("fraiche", 0, 0),
    ]
    waiting = waiting_for(administrator, TODAY)
    assert (waiting.edits, waiting.reports, waiting.links, waiting.to_verify) == (0, 1, 0, 1)
    assert list(verification_queue(make_user(Role.DELEGATE), TODAY)) == [], "national sheets are not theirs"


def test_anybody_reports_and_those_who_keep_it_are_told_once() -> None:
    (row,) = put(make_document(places=SOUSS))
    delegate = make_user(Role.DELEGATE)
    report = _report(row, text="  Le site a changé " + "x" * 2000)
    assert report is not None
    assert (report.reporter, report.version, len(report.text)) == (None, 1, 1000)
    _report(row, reason="link", text="")
    row.refresh_from_db()
    assert row.open_reports == 2
    assert [one.kind for one in Notification.objects.filter(user=delegate)] == ["funding.reported"]
    assert [one.reason for one in open_reports(delegate)] == ["amount", "link"]
    assert list(open_reports(make_user(Role.DELEGATE, region="02"))) == []
    assert "192.0.2.1" not in str(list(SourceReport.objects.values()))


def test_reports_are_limited_and_their_reasons_closed() -> None:
    (row,) = put(make_document())
    with pytest.raises(ValidationError):
        _report(row, reason="insult")
    for _time in range(REPORTS_A_MINUTE):
        _report(row)
    with pytest.raises(TooManyReports) as caught:
        _report(row)
    assert 0 < caught.value.wait <= 61
    assert _report(row, address="192.0.2.2") is not None
    FundingSource.objects.filter(pk=row.pk).update(open_reports=50)
    assert _report(row, address="192.0.2.3") is None


def test_a_report_is_closed_once() -> None:
    (row,) = put(make_document(places=SOUSS))
    delegate, report = make_user(Role.DELEGATE), _report(row)
    assert report is not None
    with pytest.raises(PermissionDenied):
        close_report(report=report, outcome="corrected", actor=make_user(), at=NOW)
    with pytest.raises(ValidationError):
        close_report(report=report, outcome="maybe", actor=delegate, at=NOW)
    close_report(report=report, outcome="corrected", actor=delegate, at=NOW)
    close_report(report=report, outcome="unclear", actor=delegate, at=NOW)
    report.refresh_from_db()
    row.refresh_from_db()
    assert (report.outcome, report.closed_by, row.open_reports) == ("corrected", delegate, 0)


def test_a_source_taken_off_stays_off_whatever_its_file_says() -> None:
    (row,) = put(make_document(places=SOUSS))
    delegate = make_user(Role.DELEGATE)
    with pytest.raises(ReasonMissing):
        retire_source(source=row, reason="", actor=delegate, at=NOW)
    retire_source(source=row, reason="Programme clos", actor=delegate, at=NOW)
    assert list(all_sources()) == []
    load_sources({row.slug: make_document(places=SOUSS, version=2)})
    row.refresh_from_db()
    assert row.state == "retired"
    restore_source(source=row, actor=delegate, at=NOW)
    assert list(all_sources()) == [row.slug]


def test_only_administrators_entrust_a_sheet_and_only_to_funders() -> None:
    (row,) = put(make_document(places=SOUSS))
    administrator = make_user(Role.ADMINISTRATOR)
    cooperative = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    with pytest.raises(PermissionDenied):
        entrust_source(source=row, organisation=None, actor=make_user(Role.DELEGATE), at=NOW)
    with pytest.raises(NotAFunder):
        entrust_source(source=row, organisation=cooperative, actor=administrator, at=NOW)
    body = Organisation.objects.create(kind="funder", name="Fonds")
    assert entrust_source(source=row, organisation=body, actor=administrator, at=NOW).organisation == body


def test_a_day_is_written_as_a_number_too() -> None:
    (row,) = put(make_document(verified="2026-11-20"))
    assert row.verified_day == date(2026, 11, 20).toordinal()
