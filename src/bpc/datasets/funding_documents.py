"""Reads funding_documents.csv: the papers that funders ask for, who gives them and how long they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import Bilingual
from bpc.datasets.tables import integer, read_rows

#: What the site can write by itself from a project and its plan.
GENERATED = ("letter", "sheet", "budget", "statement")
#: `stated`: a page read asks for it; `usage`: asked everywhere, to be confirmed with the funder.
CONFIDENCES = ("stated", "usage")
_FILE = (
    "request_letter", "application_form", "sworn_statement", "project_sheet", "statutes", "registration",
    "member_list", "minutes", "activity_proof", "accounts", "budget", "quotes", "rib",
)  # fmt: skip
#: What most calls of a kind ask, where no page gives the list: usage, to be confirmed with the funder.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "grant": _FILE,
    "in-kind": _FILE,
    "prize": ("request_letter", "application_form", "project_summary", "statutes", "registration", "member_list"),
    "training-voucher": ("request_letter", "application_form", "registration", "project_summary"),
    "loan": (
        "request_letter", "project_sheet", "statutes", "registration", "minutes", "identity_cards", "signatory_power",
        "accounts", "budget", "quotes", "rib", "tax_certificate",
    ),
    "crowdfunding": ("project_summary", "registration", "budget", "rib", "identity_cards"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FundingDocument:
    """A paper of an application.

    `valid_months` is None when it does not age, or nobody said how long it holds; where it is written it is usage, not
    a rule read, unless `basis` names the text that says so. `generated` is empty for what only others can give.
    One of `valid_months` and `valid_days` at most is given.
    """

    code: str
    name: Bilingual
    issuer: Bilingual
    valid_months: int | None
    generated: Literal["letter", "sheet", "budget", "statement", ""]
    confidence: Literal["stated", "usage"]
    source_url: str
    valid_days: int | None = None
    basis: str = ""


@lru_cache(maxsize=4)
def read_funding_documents(data: Path = DATA) -> Mapping[str, FundingDocument]:
    """Papers by code, in the order of the file. Raises FileNotFoundError without it.

    >>> read_funding_documents()["request_letter"].generated
    'letter'
    """
    return {row["code"]: _document(row) for row in read_rows(data / "funding_documents.csv")}


def usual_papers(kind: str) -> tuple[str, ...]:
    """Codes of what calls of this kind usually ask, for a source whose list nobody published; none where all differ.

    To be shown as usage ("d’habitude"), never as the list of the source.

    >>> usual_papers("crowdfunding")[0], usual_papers("tax")
    ('project_summary', ())
    """
    return _USUAL.get(kind, ())


def _document(row: Mapping[str, str]) -> FundingDocument:
    return FundingDocument(
        code=row["code"],
        name=Bilingual(row["name_fr"], row["name_ar"]),
        issuer=Bilingual(row["issuer_fr"], row["issuer_ar"]),
        valid_months=integer(row["valid_months"]),
        generated=row["generated"],  # type: ignore[arg-type]  # checked by bpc.datasets.validate
        confidence=row["confidence"],  # type: ignore[arg-type]  # likewise
        source_url=row["source_url"],
    )
