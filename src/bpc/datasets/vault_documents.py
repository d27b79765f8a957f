"""Reads vault_documents.csv: the papers of a cooperative's creation and life that no funder asks by name."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bpc.datasets.funding_documents import FundingDocument
from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import Bilingual
from bpc.datasets.tables import integer, read_rows

STAGES = ("creation", "life")


@lru_cache(maxsize=4)
def read_vault_documents(data: Path = DATA) -> Mapping[str, FundingDocument]:
    """Papers by code, in the order of the file. Raises FileNotFoundError without it.

    >>> read_vault_documents()["name_certificate"].valid_days
    60
    """
    return {row["code"]: _document(row) for row in read_rows(data / "vault_documents.csv")}


def _document(row: Mapping[str, str]) -> FundingDocument:
    return FundingDocument(
        code=row["code"],
        name=Bilingual(row["name_fr"], row["name_ar"]),
        issuer=Bilingual(row["issuer_fr"], row["issuer_ar"]),
        valid_months=integer(row["valid_months"]),
        generated="",
        confidence=row["confidence"],  # type: ignore[arg-type]  # checked by bpc.datasets.validate
        source_url=row["source_url"],
        valid_days=integer(row["valid_days"]),
        basis=row["basis"],
    )
