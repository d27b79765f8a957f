"""The papers funders ask for, and the page that explains the files of the sources."""

import re

from bpc.datasets.funding_documents import read_funding_documents, usual_papers
from bpc.datasets.funding_source_parts import (
    Amounts,
    Calendar,
    Ceiling,
    CostShare,
    Credit,
    Cumulation,
    OwnContribution,
)
from bpc.datasets.funding_sources import KINDS, FundingSource
from bpc.datasets.paths import DATA

GUIDE = (DATA.parent / "docs" / "funding-files.md").read_text("utf-8")


def test_every_field_of_a_source_is_explained_and_no_other() -> None:
    rows = [line.split("|")[1] for line in GUIDE.splitlines() if line.startswith("| `")]
    explained = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(explained) == sorted(FundingSource.model_fields)


def test_fields_of_money_and_dates_are_explained() -> None:
    for part in (Amounts, Ceiling, CostShare, OwnContribution, Credit, Cumulation, Calendar):
        silent = {name for name in part.model_fields if f"`{name}`" not in GUIDE} - {
            "amount_mad", "note", "same_item",
        }  # fmt: skip
        assert not silent, (part.__name__, silent)
    assert all(f"`{kind}`" in GUIDE for kind in KINDS)


def test_papers_hold_for_a_while_and_the_site_writes_five() -> None:
    papers = read_funding_documents()
    assert papers["request_letter"].generated == "letter"
    assert {code for code, paper in papers.items() if paper.generated} == {
        "request_letter", "sworn_statement", "project_sheet", "project_summary", "budget",
    }  # fmt: skip
    assert (papers["tax_certificate"].valid_months, papers["tax_certificate"].confidence) == (12, "usage")
    assert papers["statutes"].valid_months is None


def test_where_no_page_lists_the_papers_the_usual_ones_are_named() -> None:
    papers = read_funding_documents()
    assert {code for kind in KINDS for code in usual_papers(kind)} < {*papers}
    assert {code for code in usual_papers("grant") if papers[code].generated} == {
        "request_letter", "sworn_statement", "project_sheet", "budget",
    }  # fmt: skip
    assert usual_papers("guarantee") == ()  # the bank asks, not the cooperative
