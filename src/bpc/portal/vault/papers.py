"""The kinds of papers, from data/funding_documents.csv and vault_documents.csv, and how long a paper still holds."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.funding_documents import FundingDocument, read_funding_documents
from bpc.datasets.vault_documents import read_vault_documents
from bpc.portal.vault.models import OTHER_KIND, RECEIPT_KIND, VaultDocument

SOON = timedelta(days=30)


#: Copies of identity cards are not kept: law 09-08 asks an authorisation first. The group joins them itself.
NEVER_KEPT = frozenset({"identity_cards"})


def paper_kinds() -> Mapping[str, FundingDocument]:
    """Every paper that sources ask, then those of a cooperative's creation and life, by code."""
    return {**read_funding_documents(), **read_vault_documents()}


def kept_kinds() -> list[FundingDocument]:
    """What a group puts in its vault: what the site does not write, and may keep."""
    return [kind for kind in paper_kinds().values() if not kind.generated and kind.code not in NEVER_KEPT]


def kind_name(code: str, label: str = "") -> str:
    """What a paper is called in the active language; the group's own words for one of no kind."""
    if code in paper_kinds():
        return paper_kinds()[code].name.in_language(get_language() or "")
    if code == RECEIPT_KIND:
        return label or _("Récépissé ou preuve")
    return label or _("Autre pièce")


def name_of(paper: VaultDocument) -> str:
    """What this paper is called."""
    return kind_name(paper.kind, paper.label)


class Validity(StrEnum):
    """How a paper stands on a day."""

    VALID = "valid"
    SOON = "soon"  # expires within thirty days
    EXPIRED = "expired"
    UNDATED = "undated"  # nobody said until when it holds


def validity(expires_on: date | None, today: date) -> Validity:
    """How a paper that holds until `expires_on`, that day included, stands today.

    >>> [str(validity(date(2026, 12, day), date(2026, 12, 1))) for day in (1, 31)]
    ['soon', 'soon']
    >>> validity(date(2027, 1, 1), date(2026, 12, 1)), validity(date(2026, 11, 30), date(2026, 12, 1))
    (<Validity.VALID: 'valid'>, <Validity.EXPIRED: 'expired'>)
    """
    if expires_on is None:
        return Validity.UNDATED
    if expires_on < today:
        return Validity.EXPIRED
    return Validity.SOON if expires_on - today <= SOON else Validity.VALID


def proposed_expiry(code: str, issued_on: date | None) -> date | None:
    """When a paper issued that day stops to hold, by what is usual for its kind; None where that is not known."""
    kind = paper_kinds().get(code)
    if kind is None or issued_on is None:
        return None
    if kind.valid_days is not None:
        return issued_on + timedelta(days=kind.valid_days)
    return None if kind.valid_months is None else months_later(issued_on, kind.valid_months)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))


OWN_KINDS = (RECEIPT_KIND, OTHER_KIND)
