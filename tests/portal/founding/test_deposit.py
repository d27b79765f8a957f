"""The file for the register read from the vault, and signed copies that come back to it in one step."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.law.checks import Verdict
from bpc.core.law.creation_file import Paper
from bpc.portal.founding.bridge import findings_of
from bpc.portal.founding.deposit import KEPT_AS, Standing, changed_since, papers_in_vault, pieces_of
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.papers import paper_kind, paper_kinds
from bpc.portal.founding.signing import keep_signed, signed_copies
from bpc.portal.vault.actions import Description, Upload, add_paper
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import kept_kinds
from tests.portal.applications.application_world import PDF
from tests.portal.founding.founding_world import begun, complete, say
from tests.portal.projects.project_world import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _upload(mark: bytes = b"") -> Upload:
    content = PDF.replace(b"/Catalog", b"/Catalog " + mark)
    return Upload(io.BytesIO(content), len(content), "scan.pdf")


def _standings(file: CreationFile, on: date = TODAY) -> dict[str, str]:
    file.refresh_from_db()
    founders = list(file.founders.all())
    return {one.code: str(one.standing) for one in pieces_of(file, founders, on, papers_in_vault(file))}


def _put(file: CreationFile, kind: str, actor: Any, **dates: Any) -> VaultDocument:
    mark = f"/Lang ({kind})".encode()
    return add_paper(
        project=file.project, described=Description(kind, **dates), upload=_upload(mark), actor=actor, at=NOW
    )


def test_each_piece_stands_as_the_vault_and_the_answers_say() -> None:
    _, file = begun()
    assert set(_standings(file).values()) == {"missing"}
    group, whole = complete()
    owner = group.inside["owner"]
    found = _standings(whole)
    # written and ready to be signed; the bank has the money, the name was certified, the expert has reported
    assert {code for code, one in found.items() if one == "prepared"} == {
        "form", "statutes", "member_list", "bank_certificate", "name_certificate", "in_kind_report",
    }  # fmt: skip
    assert (found["identities"], found["local_receipt"]) == ("missing", "missing")
    say(whole, owner, "dates", local_receipt_on="2026-10-20", papers_ready=["identities"])
    _put(whole, "bank_certificate", owner)
    found = _standings(whole)
    assert (found["identities"], found["local_receipt"], found["bank_certificate"]) == (
        "present", "prepared", "present",
    )  # fmt: skip


def test_a_name_certificate_is_too_old_after_sixty_days() -> None:
    group, file = complete()
    _put(file, "name_certificate", group.inside["owner"], issued_on=date(2026, 10, 5))
    last = date(2026, 10, 5) + timedelta(days=60)
    assert _standings(file, last)["name_certificate"] == "present"
    assert _standings(file, last + timedelta(days=1))["name_certificate"] == "too_old"


def test_the_law_counts_what_the_vault_holds_and_no_hand_tick_else() -> None:
    group, file = complete()
    owner = group.inside["owner"]
    file.answers = {**file.answers, "papers_ready": [str(one) for one in Paper]}  # ticked before, by hand
    file.save()
    judged = {one.code: one for one in findings_of(file, list(file.founders.all()), TODAY)}
    assert judged["registration_file"].verdict == Verdict.UNMET
    for code in Paper:
        if code in KEPT_AS:
            _put(file, KEPT_AS[code][0], owner)
    judged = {one.code: one for one in findings_of(file, list(file.founders.all()), TODAY)}
    assert judged["registration_file"].verdict == Verdict.MET


def test_a_signed_copy_counts_until_the_file_says_something_else() -> None:
    group, file = complete()
    owner, kind = group.inside["owner"], paper_kind("statutes")
    assert kind is not None
    common: dict[str, Any] = {"file": file, "kind": kind, "language": "fr", "actor": owner, "at": NOW}
    first = keep_signed(signed_on=TODAY, upload=_upload(), **common)
    assert (first.kind, first.issued_on) == ("statutes", TODAY)
    assert signed_copies(file) == {"statutes": first}
    assert _standings(file)["statutes"] == "present"
    say(file, owner, "purpose", duration_years=50)
    founders = list(file.founders.all())
    assert changed_since("statutes", file, founders)
    assert not changed_since("members_list", file, founders)
    assert _standings(file)["statutes"] == "too_old"
    second = keep_signed(signed_on=TODAY, upload=_upload(b"/Lang (2)"), **common)
    first.refresh_from_db()
    assert first.replaced_by == second
    assert _standings(file)["statutes"] == "present"
    VaultDocument.objects.filter(pk=second.pk).update(deleted_at=NOW)
    assert signed_copies(file) == {}
    assert _standings(file)["statutes"] == "prepared"


def test_readers_and_advisors_put_nothing_in() -> None:
    group, file = complete()
    kind = paper_kind("statutes")
    assert kind is not None
    for name in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            keep_signed(
                file=file, kind=kind, language="fr", signed_on=None, upload=_upload(), actor=group.inside[name],
                at=NOW,
            )  # fmt: skip
    assert not VaultDocument.objects.exists()


def test_every_paper_of_ours_has_its_place_in_the_vault() -> None:
    kinds = {kind.code for kind in kept_kinds()}
    assert {kind.vault for kind in paper_kinds()} <= kinds
    assert {kind for kind, _ in KEPT_AS.values()} <= kinds
    assert {paper for _, paper in KEPT_AS.values() if paper} <= {kind.code for kind in paper_kinds()}
    assert len({kind.vault for kind in paper_kinds()}) == len(paper_kinds())
    assert Standing("too_old") == Standing.TOO_OLD
