"""Funders and delegations write, another person decides: nothing goes on the site on one person's word."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.datasets.funding_sources import InvalidSources
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.funding.actions import entrust_source
from bpc.portal.funding.editing import (
    CrossedEdits,
    NothingNew,
    SlugTaken,
    StaleSource,
    accept_edit,
    propose_edit,
    propose_source,
    return_edit,
    withdraw_edit,
)
from bpc.portal.funding.keeping import edit_differences, edits_to_decide, version_differences
from bpc.portal.funding.lists import SourceFilters, cards
from bpc.portal.funding.loading import load_sources
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceVersion
from bpc.portal.funding.queries import source_by_slug
from bpc.portal.people.models import Membership, Notification, Organisation, User
from bpc.portal.people.notices import address_of
from bpc.portal.people.roles import Role
from tests.portal.funding.funding_world import NOW, make_document, put
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
SLUG = "aide-essai"


@pytest.fixture
def world() -> tuple[FundingSource, User, User]:
    """A source of one province entrusted to a funding body, one of its people, and the delegate of the region."""
    (row,) = put(make_document(places={"regions": ["09"], "provinces": ["09.541"]}))
    funder = make_user(Role.FUNDER)
    body = Organisation.objects.create(kind="funder", name="Fonds d’essai")
    Membership.objects.create(organisation=body, user=funder, accepted_at=NOW)
    entrust_source(source=row, organisation=body, actor=make_user(Role.ADMINISTRATOR), at=NOW)
    row.refresh_from_db()
    return row, funder, make_user(Role.DELEGATE)


def _propose(row: FundingSource, actor: User, **fields: Any) -> SourceEdit:
    content = {**row.content, **(fields or {"kind": "loan"})}
    return propose_edit(
        source=row, content=content, version=row.version, note="Taux revu", actor=actor, at=NOW
    )


def test_a_proposal_is_read_then_on_the_site(world: tuple[FundingSource, User, User]) -> None:
    row, funder, delegate = world
    edit = _propose(row, funder, kind="loan", amounts={"max_mad": 120000, "basis": "stated"})
    row.refresh_from_db()
    assert (row.kind, edit.state, edit.fields) == ("grant", "pending", ["amounts", "kind"])
    assert [one.path for one in edit_differences(edit)] == ["kind", "amounts.max_mad", "amounts.basis"]
    assert list(edits_to_decide(delegate)) == [edit]
    assert list(edits_to_decide(funder)) == []
    told = Notification.objects.get(user=delegate)
    assert (told.kind, told.data["slug"]) == ("funding.proposed", SLUG)
    assert address_of(told) == f"/fr/financements/tenir/propositions/{edit.pk}"

    accept_edit(edit=edit, actor=delegate, at=NOW)
    row.refresh_from_db()
    edit.refresh_from_db()
    assert (row.kind, row.amount_max, row.version, row.by_hand, row.updated_by) == (
        "loan",
        120000,
        2,
        True,
        funder,
    )
    assert (edit.state, edit.decided_by) == ("accepted", delegate)
    source = source_by_slug(SLUG)
    assert source is not None
    assert source.kind == "loan"
    assert [card.amount_max for card in cards(SourceFilters(kind="loan")).cards] == [120000]
    assert list(SourceVersion.objects.values_list("number", "origin", "note", "made_by")) == [
        (1, "facts", "", None),
        (2, "organisation", "Taux revu", funder.pk),
    ]
    assert next((one.path, one.before, one.after) for one in version_differences(row, 2)) == (
        "kind",
        "grant",
        "loan",
    )
    answer = Notification.objects.get(user=funder)
    assert (answer.kind, address_of(answer)) == ("funding.accepted", f"/fr/financements/tenir/{SLUG}")
    assert {entry.verb for entry in trail_of(row)} == {"entrust funding source", "accept funding edit"}


def test_nobody_accepts_their_own(world: tuple[FundingSource, User, User]) -> None:
    row, _funder, delegate = world
    edit = _propose(row, delegate)
    with pytest.raises(PermissionDenied):
        accept_edit(edit=edit, actor=delegate, at=NOW)
    administrator = make_user(Role.ADMINISTRATOR)
    own = _propose(row, administrator, kind="prize")
    with pytest.raises(PermissionDenied):
        accept_edit(edit=own, actor=administrator, at=NOW)
    assert {edit.state for edit in SourceEdit.objects.all()} == {"pending"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceEdit.objects.filter(pk=edit.pk).update(state="accepted", decided_by=delegate, decided_at=NOW)
    assert accept_edit(edit=edit, actor=administrator, at=NOW).kind == "loan"


def test_who_may_propose_and_decide(world: tuple[FundingSource, User, User]) -> None:
    row, funder, delegate = world
    elsewhere = make_user(Role.DELEGATE, region="02")
    for stranger in (make_user(), make_user(Role.FUNDER), elsewhere, make_user(Role.ADVISOR)):
        with pytest.raises(PermissionDenied):
            _propose(row, stranger)
    edit = _propose(row, funder)
    colleague = make_user(Role.FUNDER)
    body = Organisation.objects.get(name="Fonds d’essai")
    Membership.objects.create(organisation=body, user=colleague, accepted_at=NOW)
    for other in (colleague, elsewhere):
        with pytest.raises(PermissionDenied):
            accept_edit(edit=edit, actor=other, at=NOW)
    wider = _propose(row, funder, places={"regions": ["09", "02"]})
    with pytest.raises(PermissionDenied):
        accept_edit(edit=wider, actor=delegate, at=NOW)  # it would reach another region
    assert accept_edit(edit=wider, actor=make_user(Role.ADMINISTRATOR), at=NOW).place_rows.count() == 2


def test_a_proposal_is_returned_with_a_reason_or_taken_back(world: tuple[FundingSource, User, User]) -> None:
    row, funder, delegate = world
    edit = _propose(row, funder)
    with pytest.raises(ReasonMissing):
        return_edit(edit=edit, reason=" ", actor=delegate, at=NOW)
    return_edit(edit=edit, reason="Quelle page le dit ?", actor=delegate, at=NOW)
    edit.refresh_from_db()
    assert (edit.state, edit.reason, edit.decided_by) == ("returned", "Quelle page le dit ?", delegate)
    assert Notification.objects.get(user=funder).data["reason"] == "Quelle page le dit ?"
    with pytest.raises(IllegalMove):
        accept_edit(edit=edit, actor=delegate, at=NOW)
    second = _propose(row, funder)
    third = _propose(row, funder, kind="prize")
    second.refresh_from_db()
    assert second.state == "withdrawn", "one proposal a person"
    with pytest.raises(PermissionDenied):
        withdraw_edit(edit=third, actor=delegate, at=NOW)
    withdraw_edit(edit=third, actor=funder, at=NOW)
    assert third.state == "withdrawn"


def test_what_is_wrong_is_told_with_its_path(world: tuple[FundingSource, User, User]) -> None:
    row, funder, _delegate = world
    for fields, path in (
        ({"kind": "gift"}, "kind"),
        ({"places": {"regions": ["99"]}}, "places.regions.0"),
        ({"sectors": ["gold"]}, "sectors.0"),
        ({"requires_any": ["nowhere"]}, "requires_any.0"),
        ({"parent": SLUG}, "parent"),
    ):
        with pytest.raises(InvalidSources) as caught:
            _propose(row, funder, **fields)
        assert [problem.path for problem in caught.value.problems] == [path]
    with pytest.raises(NothingNew):
        _propose(row, funder, kind="grant")
    with pytest.raises(StaleSource):
        propose_edit(source=row, content=row.content, version=7, note="", actor=funder, at=NOW)


def test_two_proposals_meet_where_they_speak_of_different_things(
    world: tuple[FundingSource, User, User],
) -> None:
    row, funder, delegate = world
    colleague = make_user(Role.ADMINISTRATOR)
    first = _propose(row, funder, kind="loan")
    second = _propose(row, colleague, payment="reimbursement")
    third = _propose(row, make_user(Role.DELEGATE), kind="prize")
    accept_edit(edit=first, actor=delegate, at=NOW)
    merged = accept_edit(edit=second, actor=delegate, at=NOW)
    assert (merged.kind, merged.payment, merged.version) == ("loan", "reimbursement", 3)
    with pytest.raises(CrossedEdits) as caught:
        accept_edit(edit=third, actor=delegate, at=NOW)
    assert caught.value.fields == ["kind"]
    third.refresh_from_db()
    assert third.state == "pending"


def test_a_new_source_waits_for_an_administrator(world: tuple[FundingSource, User, User]) -> None:
    _row, funder, _delegate = world
    content = make_document("nouvelle").model_dump(mode="json")
    body = Organisation.objects.get(name="Fonds d’essai")
    with pytest.raises(PermissionDenied):
        propose_source(content=content, organisation=None, note="", actor=funder, at=NOW)
    edit = propose_source(content=content, organisation=body, note="Nouvel appel", actor=funder, at=NOW)
    with pytest.raises(SlugTaken):
        propose_source(content=content, organisation=body, note="", actor=funder, at=NOW)
    administrator = make_user(Role.ADMINISTRATOR)
    created = accept_edit(edit=edit, actor=administrator, at=NOW)
    assert (created.version, created.origin, created.organisation, created.by_hand) == (
        1,
        "organisation",
        body,
        True,
    )
    assert [one.slug for one in cards(SourceFilters(text="nouvelle")).cards] == ["nouvelle"]
    load_sources({})
    created.refresh_from_db()
    assert created.state == "active", "it has no file to follow"


def test_what_a_file_says_since_is_accepted_by_a_keeper_and_the_source_follows_it_again(
    world: tuple[FundingSource, User, User],
) -> None:
    row, funder, delegate = world
    accept_edit(edit=_propose(row, funder), actor=delegate, at=NOW)
    places = {"regions": ["09"], "provinces": ["09.541"]}
    load_sources({SLUG: make_document(version=2, places=places, payment="milestone")})
    edit = SourceEdit.objects.get(state="pending")
    row = accept_edit(edit=edit, actor=delegate, at=NOW)
    assert (row.kind, row.payment, row.by_hand) == ("grant", "milestone", False)
    load_sources({SLUG: make_document(version=3, places=places, payment="direct")})
    row.refresh_from_db()
    assert row.payment == "direct"
