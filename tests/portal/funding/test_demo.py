"""The demonstration of a directory that people keep: made once, taken away whole."""

from typing import Any

import pytest

from bpc.portal.funding.demo import SLUG
from bpc.portal.funding.editing import accept_edit
from bpc.portal.funding.keeping import edits_to_decide, open_reports
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport
from bpc.portal.funding.open_data import open_sources
from bpc.portal.funding.queries import all_sources
from bpc.portal.funding.visibility import keeps
from bpc.portal.journeys.demonstration import load_demonstration, remove_demonstration
from bpc.portal.people.models import User
from tests.portal.funding.funding_world import NOW, TODAY, make_document, put

pytestmark = pytest.mark.django_db


def test_a_funder_proposes_and_the_delegate_decides(settings: Any) -> None:
    settings.DEMO = True
    shown = all_sources()[SLUG]
    load_demonstration()
    load_demonstration()
    edit, report = SourceEdit.objects.get(), SourceReport.objects.get()
    assert (edit.is_demo, report.is_demo, all_sources()[SLUG]) == (True, True, shown)
    delegate = User.objects.get(email="delegue@demo.invalid")
    funder = User.objects.get(email="financeur@demo.invalid")
    assert keeps(funder, edit.source)
    assert list(edits_to_decide(delegate)) == [edit]
    assert list(open_reports(delegate)) == list(open_reports(funder)) == [report]
    accept_edit(edit=edit, actor=delegate, at=NOW)
    assert "démonstration" in all_sources()[SLUG].contacts[-1].name_fr
    remove_demonstration()
    row = FundingSource.objects.get(slug=SLUG)
    assert (SourceEdit.objects.count(), SourceReport.objects.count()) == (0, 0)
    assert (row.organisation, row.open_reports, row.by_hand) == (None, 0, False)
    assert all_sources()[SLUG].contacts == shown.contacts, "what was accepted goes too"


def test_what_is_open_to_reuse_is_flat_and_says_what_it_rests_on() -> None:
    put(
        make_document(
            amounts={"max_mad": 90000, "basis": "observed_average"},
            places={"regions": ["09"], "provinces": ["09.541"]},
            calendar={"windows": [{"closes": "2027-01-31"}]},
            inferred=["payment"],
        )
    )
    (row,) = open_sources(TODAY)
    assert (row.id, row.territories, row.max_mad, row.amount_basis) == (
        "aide-essai",
        "09.541",
        90000,
        "observed_average",
    )
    assert (row.next_kind, str(row.next_closes), row.inferred) == ("dated", "2027-01-31", "payment")
    assert (row.source_url, row.source_date, row.parent) == ("https://example.org/annonce", "", "")
