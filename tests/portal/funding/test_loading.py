"""From files to rows: a newer file is followed, unless a person wrote the source; then it waits."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.funding.loading import load_funding, load_sources, refresh_windows
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceVersion
from bpc.portal.funding.queries import all_sources, source_by_slug
from tests.portal.funding.funding_world import CALL, FRAME, make_document, put, put_frame_and_call

pytestmark = pytest.mark.django_db


def test_a_document_fills_the_columns_and_the_rows_of_lists() -> None:
    (row,) = put(
        make_document(
            amounts={"max_mad": 200000, "basis": "stated"},
            places={"regions": ["09", "02"], "provinces": ["09.541"]},
            sectors=["food", "agriculture"],
            unconfirmed_beneficiaries=["gie"],
            preferences=[{"field": "women_share", "op": "gt", "value": 0.5}],
        )
    )
    assert (row.kind, row.status, row.amount_max, row.amount_key) == ("grant", "open", 200000, 200000)
    assert (row.closes_kind, row.closes_on, row.for_women, row.for_youth) == ("unknown", None, True, False)
    assert (row.is_national, row.all_sectors, row.has_counter) == (False, False, True)
    places = list(row.place_rows.values_list("territory", "region", "province"))
    assert places == [("02", "02", None), ("09.541", "09", "09.541")], "a province narrows its region"
    assert list(row.sector_rows.values_list("sector", flat=True)) == ["agriculture", "food"]
    assert list(row.stage_rows.values_list("stage", flat=True)) == ["creation", "launch"]
    named = list(row.beneficiary_rows.values_list("beneficiary", "confirmed"))
    assert named == [("existing_cooperative", True), ("gie", False)]
    assert list(row.versions.values_list("number", "origin")) == [(1, "facts")]


def test_an_amount_that_is_not_stated_is_no_ceiling() -> None:
    (row,) = put(make_document(amounts={"max_mad": 200000, "basis": "observed_average"}))
    assert (row.amount_max, row.amount_key) == (None, 0)


def test_a_local_call_is_tied_to_its_frame() -> None:
    frame, call = put_frame_and_call()
    assert call.frame_id == frame.pk
    load_sources({CALL: make_document(CALL)})
    call.refresh_from_db()
    frame.refresh_from_db()
    assert call.frame_id is None
    assert frame.state == "retired"


def test_a_newer_file_is_followed_and_an_older_one_is_not() -> None:
    (row,) = put(make_document())
    load_sources({row.slug: make_document(version=3, kind="loan")})
    row.refresh_from_db()
    assert (row.kind, row.version, row.file_version) == ("loan", 2, 3)
    assert trail_of(row).get().data == {"fields": ["kind"]}
    load_sources({row.slug: make_document(version=2, kind="prize")})
    row.refresh_from_db()
    assert (row.kind, row.version) == ("loan", 2)
    assert list(SourceVersion.objects.filter(source=row).values_list("number", "content__kind")) == [
        (1, "grant"),
        (2, "loan"),
    ]


def test_reading_a_page_again_dates_the_source_without_a_version() -> None:
    (row,) = put(make_document())
    load_sources({row.slug: make_document(version=2, verified="2026-12-01")})
    row.refresh_from_db()
    assert (str(row.verified_on), row.version) == ("2026-12-01", 1)
    source = source_by_slug(row.slug)
    assert source is not None
    assert str(source.verified) == "2026-12-01"


def test_a_source_without_its_file_is_taken_off_and_comes_back() -> None:
    first, second = put(make_document("une"), make_document("deux"))
    load_sources({"une": make_document("une")})
    second.refresh_from_db()
    assert second.state == "retired"
    assert list(all_sources()) == ["une"]
    load_sources({"une": make_document("une"), "deux": make_document("deux")})
    second.refresh_from_db()
    assert second.state == "active"
    assert [*all_sources()] == ["deux", "une"]
    assert first.versions.count() == 1


def test_a_newer_file_never_undoes_what_a_person_wrote() -> None:
    (row,) = put(make_document())
    FundingSource.objects.filter(pk=row.pk).update(by_hand=True)
    newer = make_document(version=2, kind="loan")
    load_sources({row.slug: newer})
    load_sources({row.slug: newer})
    row.refresh_from_db()
    assert (row.kind, row.version) == ("grant", 1)
    edit = SourceEdit.objects.get()
    assert (edit.state, edit.origin, edit.proposed_by, edit.fields) == ("pending", "facts", None, ["kind"])
    load_sources({row.slug: make_document(version=3, kind="prize")})
    assert [one.content["kind"] for one in SourceEdit.objects.all()] == ["prize"], "the last file only"
    load_sources({})
    row.refresh_from_db()
    assert row.state == "active", "its file gone, a person's source stays"


def test_files_are_read_where_they_changed(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    folder = tmp_path / "funding"
    folder.mkdir()
    said: list[str] = []
    for slug in (FRAME, CALL):
        written = yaml.safe_dump(make_document(slug).model_dump(mode="json"), allow_unicode=True)
        (folder / f"{slug}.yaml").write_text(written, "utf-8")
    load_funding(said.append)
    load_funding(said.append)
    assert said == ["  funding/: 2"]
    (folder / f"{CALL}.yaml").unlink()
    load_funding(said.append)
    assert said == ["  funding/: 2", "  funding/: 1"]
    assert list(all_sources()) == [FRAME]


def test_a_day_that_passed_is_worked_out_again() -> None:
    ended, opened, coming = put(
        make_document("finie", calendar={"permanent": True}),
        make_document("ouverte"),
        make_document("a-venir", calendar={"windows": [{"opens": "2099-01-01"}]}),
    )
    past = timezone.localdate().replace(year=2020)
    FundingSource.objects.filter(pk=ended.pk).update(closes_on=past, closes_kind="dated", deadline_key=1)
    FundingSource.objects.filter(pk=opened.pk).update(opens_on=past, closes_kind="dated", deadline_key=1)
    assert refresh_windows() == 2
    assert refresh_windows() == 0
    told = dict(FundingSource.objects.values_list("slug", "closes_kind"))
    assert told == {"finie": "permanent", "ouverte": "unknown", "a-venir": "dated"}
    coming.refresh_from_db()
    assert (str(coming.opens_on), coming.closes_on) == ("2099-01-01", None)
