"""The file for the register, piece by piece, as the vault holds it: what is there, too old, being prepared, missing.

A hand tick counts only for what the vault never keeps: copies of identity cards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bpc.core.law.creation_file import Paper
from bpc.portal.founding.answers import value_of
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.papers import fill_paper, paper_kind
from bpc.portal.founding.sums import capital_of
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import proposed_expiry

EXPERT_REPORT = "in_kind_report"  # asked only where goods are brought (art. 27)
#: The piece → its kind in the vault, and the paper of ours to be signed where there is one.
KEPT_AS: Mapping[str, tuple[str, str]] = {
    Paper.FORM: ("register_form", "register_file"),
    Paper.STATUTES: ("statutes", "statutes"),
    Paper.MEMBER_LIST: ("founders_list", "members_list"),
    Paper.BANK_CERTIFICATE: ("bank_certificate", ""),
    Paper.LOCAL_RECEIPT: ("authority_receipt", ""),
    Paper.NAME_CERTIFICATE: ("name_certificate", ""),
    EXPERT_REPORT: ("in_kind_report", ""),
}
#: Days that say a paper of somebody else is on its way.
_UNDER_WAY = {
    Paper.BANK_CERTIFICATE: ("funds_deposited_on",),
    Paper.LOCAL_RECEIPT: ("local_receipt_on",),
    Paper.NAME_CERTIFICATE: ("name_requested_on", "name_certified_on"),
    EXPERT_REPORT: ("in_kind_report_on",),
}


class Standing(StrEnum):
    """How a piece stands on a day."""

    PRESENT = "present"
    TOO_OLD = "too_old"  # no longer valid, or signed before the file changed
    PREPARED = "prepared"  # written and to be signed, or asked and awaited
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the file; `document` the copy in the vault, `until` its last day, `changed` since it was signed."""

    code: str
    standing: Standing
    kind: str = ""
    paper: str = ""
    document: VaultDocument | None = None
    until: date | None = None
    changed: bool = False


def papers_in_vault(file: CreationFile) -> dict[str, VaultDocument]:
    """The newest current paper of each kind the register asks. What it says is not told to who may not read it."""
    kinds = [kind for kind, _ in KEPT_AS.values()]
    rows = VaultDocument.objects.current().filter(project=file.project_id, kind__in=kinds)
    return {row.kind: row for row in rows.order_by("uploaded_at", "pk")}


def pieces_of(
    file: CreationFile, founders: Sequence[FoundingMember], today: date, held: Mapping[str, VaultDocument]
) -> Iterator[Piece]:
    """Every piece, in the order of the request; `held` is `papers_in_vault`."""
    for code in (*Paper, EXPERT_REPORT):
        if code == Paper.IDENTITIES:
            ready = Paper.IDENTITIES in (value_of(file.answers, "papers_ready") or ())
            yield Piece(code, Standing.PRESENT if ready else Standing.MISSING)
        elif code != EXPERT_REPORT or capital_of(file.answers, founders).in_kind:
            yield _piece(code, file, founders, today, held.get(KEPT_AS[code][0]))


def _piece(
    code: str,
    file: CreationFile,
    founders: Sequence[FoundingMember],
    today: date,
    document: VaultDocument | None,
) -> Piece:
    kind, paper = KEPT_AS[code]
    if document is None:
        ready = (
            _whole(paper, file, founders)
            if paper
            else any(value_of(file.answers, day) for day in _UNDER_WAY[code])
        )
        return Piece(code, Standing.PREPARED if ready else Standing.MISSING, kind, paper)
    until = document.expires_on or proposed_expiry(kind, document.issued_on)
    changed = bool(paper) and changed_since(paper, file, founders, document.pk)
    old = changed or (until is not None and until < today)
    return Piece(code, Standing.TOO_OLD if old else Standing.PRESENT, kind, paper, document, until, changed)


def _whole(paper: str, file: CreationFile, founders: Sequence[FoundingMember]) -> bool:
    kind = paper_kind(paper)
    return kind is not None and not fill_paper(kind, file, founders, "fr").gaps


def changed_since(
    paper: str, file: CreationFile, founders: Sequence[FoundingMember], document: int | None = None
) -> bool:
    """Whether what a signed paper says is no longer what the file says; False for a copy we did not see signed."""
    signed, kind = file.signed.get(paper), paper_kind(paper)
    if signed is None or kind is None or (document is not None and signed["document"] != document):
        return False
    return bool(fill_paper(kind, file, founders, signed["language"]).digest != signed["digest"])


def ready_papers(
    file: CreationFile, founders: Sequence[FoundingMember], today: date
) -> frozenset[Paper] | None:
    """What the law is told is there; None while nothing is, for nobody has begun to gather."""
    found = {
        one.code
        for one in pieces_of(file, founders, today, papers_in_vault(file))
        if one.standing == Standing.PRESENT
    }
    return frozenset(paper for paper in Paper if paper in found) or None
