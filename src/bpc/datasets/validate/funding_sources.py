"""Checks what a file of data/funding/ cannot know alone: codes that exist, links between sources, amounts, dates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bpc.core.matching.vocabulary import FIELDS, Beneficiary, LegalForm, Operator
from bpc.datasets.funding_documents import CONFIDENCES, GENERATED, read_funding_documents
from bpc.datasets.funding_source_parts import Test
from bpc.datasets.funding_sources import (
    FundingSource,
    InvalidSources,
    SourceProblem,
    read_funding_sources,
)
from bpc.datasets.sectors import read_sectors
from bpc.datasets.tables import read_rows
from bpc.datasets.territories import read_territories
from bpc.datasets.validate.words import missing_names, repeated
from bpc.datasets.vault_documents import STAGES

URL = re.compile(r"https?://[^\s]+")
#: An amount in MAD may differ by this much from the amount of the page times the rate.
ROUNDING = 0.01
_FORMS: Mapping[Beneficiary, tuple[LegalForm, ...]] = {
    Beneficiary.UNION: (LegalForm.UNION,),
    Beneficiary.GIE: (LegalForm.GIE,),
    Beneficiary.ASSOCIATION: (LegalForm.ASSOCIATION, LegalForm.ASSOCIATION_NETWORK),
    Beneficiary.INDIVIDUAL_HOLDER: (LegalForm.INDIVIDUAL, LegalForm.SELF_EMPLOYED),
    Beneficiary.COMPANY: (LegalForm.SARL, LegalForm.SA, LegalForm.SAS),
    Beneficiary.COOPERATIVE_IN_CREATION: (LegalForm.COOPERATIVE_IN_CREATION,),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Codes a source may use: territories with their level, sectors, papers."""

    levels: Mapping[str, str]
    sectors: frozenset[str]
    documents: frozenset[str]

    @classmethod
    def of(cls, data: Path) -> "Known":
        """Those of a folder like `data/`. Raises FileNotFoundError when a list is missing."""
        return cls(
            {place.code: place.level for place in read_territories(data)},
            frozenset(sector.code for sector in read_sectors(data)),
            frozenset(read_funding_documents(data)),
        )


def check_funding_documents(data: Path) -> Iterator[str]:
    """Papers are named in both languages with who gives them; what the site writes is a kind it can write."""
    rows = read_rows(data / "funding_documents.csv")
    yield from repeated("funding_documents.csv", (row["code"] for row in rows))
    for row in rows:
        where = f"funding_documents.csv {row['code']}"
        yield from missing_names(where, row, "name", "issuer")
        if not re.fullmatch(r"[a-z_]+", row["code"]):
            yield f"{where}: code is not a plain word"
        if row["generated"] not in ("", *GENERATED):
            yield f"{where}: generated {row['generated']!r}"
        if row["confidence"] not in CONFIDENCES:
            yield f"{where}: confidence {row['confidence']!r}"
        if row["valid_months"] and not 1 <= int(row["valid_months"]) <= 60:
            yield f"{where}: valid_months {row['valid_months']}"
        if not (URL.fullmatch(row["source_url"]) or row["confidence"] == "usage"):
            yield f"{where}: stated, without the address of who states it"


def check_vault_documents(data: Path) -> Iterator[str]:
    """The other papers of a cooperative: named, of no code a funder uses; a duration in law says which text."""
    rows = read_rows(data / "vault_documents.csv")
    yield from repeated("vault_documents.csv", (row["code"] for row in rows))
    asked = frozenset(read_funding_documents(data))
    for row in rows:
        where = f"vault_documents.csv {row['code']}"
        yield from missing_names(where, row, "name", "issuer")
        if row["code"] in asked or not re.fullmatch(r"[a-z_]{2,40}", row["code"]):
            yield f"{where}: code is taken, or no plain word"
        if row["stage"] not in STAGES or row["confidence"] not in CONFIDENCES:
            yield f"{where}: stage {row['stage']!r}, confidence {row['confidence']!r}"
        if row["valid_days"] and (row["valid_months"] or not 1 <= int(row["valid_days"]) <= 366):
            yield f"{where}: valid_days {row['valid_days']}"
        if not ((URL.fullmatch(row["source_url"]) and row["basis"]) or row["confidence"] == "usage"):
            yield f"{where}: stated, without the text and the address of who states it"


def check_funding_sources(data: Path) -> Iterator[str]:
    """Every problem of every file of `funding/`, with the path of its field."""
    try:
        sources = read_funding_sources(data / "funding")
    except InvalidSources as error:
        yield from (f"funding/{problem}" for problem in error.problems)
        return
    if not sources:
        yield "funding: no source"
    known = Known.of(data)
    for source in sources.values():
        yield from (f"funding/{problem}" for problem in problems_of(source, sources, known))


def problems_of(
    source: FundingSource, sources: Mapping[str, FundingSource], known: Known
) -> Iterator[SourceProblem]:
    """What is wrong in a source beside the others (`sources`, itself among them)."""
    checks = (
        _codes(source, known), _links(source, sources), _place_in_frame(source, sources), _who(source),
        _money(source), _dates(source), _readings(source),
    )  # fmt: skip
    for found in checks:
        yield from (SourceProblem(f"{source.id}.yaml", path, words) for path, words in found)


Found = Iterator[tuple[str, str]]


def _codes(source: FundingSource, known: Known) -> Found:
    for level, codes in (
        ("region", source.places.regions), ("province", source.places.provinces),
        ("commune", source.places.communes),
    ):  # fmt: skip
        for at, code in enumerate(codes):
            if known.levels.get(code) != level:
                yield f"places.{level}s.{at}", f"{code} is not the code of a {level}"
    for at, code in enumerate(source.places.provinces):
        if source.places.regions and code[:2] not in source.places.regions:
            yield f"places.provinces.{at}", f"{code} is in none of the regions"
    for name, codes, listed in (
        ("sectors", source.sectors, known.sectors), ("documents", source.documents, known.documents)
    ):  # fmt: skip
        for at, code in enumerate(codes):
            if code not in listed:
                yield f"{name}.{at}", f"{code} is not in the list"
    for path, test in _tests(source):
        values = test.value if isinstance(test.value, list | tuple) else (test.value,)
        nature = FIELDS[test.field].nature
        for value in values:
            if nature == "sector" and value not in known.sectors:
                yield path, f"{value} is not a sector"
            if nature == "place" and known.levels.get(value) != test.field:
                yield path, f"{value} is not the code of a {test.field}"


def _tests(source: FundingSource) -> Iterator[tuple[str, Test]]:
    for name, tests in (("conditions", source.conditions), ("preferences", source.preferences)):
        yield from ((f"{name}.{at}", test) for at, test in enumerate(tests))
    for at, group in enumerate(source.any_of):
        yield from ((f"any_of.{at}.{way}", test) for way, test in enumerate(group))
    for at, ceiling in enumerate(source.ceilings):
        yield from ((f"ceilings.{at}.when.{way}", test) for way, test in enumerate(ceiling.when))


def _links(source: FundingSource, sources: Mapping[str, FundingSource]) -> Found:
    past = source.cumulation.past_aid_excludes
    named = (
        ("parent", (source.parent,) if source.parent else ()), ("requires_any", source.requires_any),
        ("cumulation.excludes", source.cumulation.excludes),
        ("cumulation.past_aid_excludes", tuple(one for one in past if one != "self")),
    )  # fmt: skip
    for path, ids in named:
        yield from ((path, f"no source {one}") for one in ids if one not in sources)
        if source.id in ids:
            yield path, "names itself"
    if source.parent and source.parent in sources and sources[source.parent].parent:
        yield "parent", f"{source.parent} is itself a local call"
    if _leads_back(source.id, sources):
        yield "requires_any", "asks for a source that asks for this one"


def _leads_back(start: str, sources: Mapping[str, FundingSource]) -> bool:
    seen: set[str] = set()
    waiting = list(sources[start].requires_any) if start in sources else []
    while waiting:
        one = waiting.pop()
        if one == start:
            return True
        if one in sources and one not in seen:
            seen.add(one)
            waiting += sources[one].requires_any
    return False


def _place_in_frame(source: FundingSource, sources: Mapping[str, FundingSource]) -> Found:
    frame = sources.get(source.parent or "")
    if frame is None:
        return
    mine, its = _narrowest(source), _narrowest(frame)
    if not mine:
        yield "places", "a local call names its place"
    outside = sorted(
        code for code in mine if its and not any(code == wide or code.startswith(f"{wide}.") for wide in its)
    )
    if outside:
        yield "places", f"{', '.join(outside)} is outside its frame"


def _narrowest(source: FundingSource) -> set[str]:
    """Its places without those that another narrows: a region beside one of its provinces means the province."""
    codes = {*source.places.regions, *source.places.provinces, *source.places.communes}
    return {code for code in codes if not any(other.startswith(f"{code}.") for other in codes)}


def _who(source: FundingSource) -> Found:
    if both := {*source.beneficiaries} & {*source.unconfirmed_beneficiaries}:
        yield "unconfirmed_beneficiaries", f"{', '.join(sorted(both))} is both confirmed and not"
    for at, test in enumerate(source.conditions):
        if test.field != "legal_form" or test.op not in (Operator.EQ, Operator.IN):
            continue
        forms = {*test.value} if isinstance(test.value, list | tuple) else {test.value}
        named: Iterable[Beneficiary] = (*source.beneficiaries, *source.unconfirmed_beneficiaries)
        for one in named:
            if not forms & {*_FORMS.get(one, (LegalForm.COOPERATIVE,))}:
                yield f"conditions.{at}", f"leaves out {one}, a beneficiary"


def _money(source: FundingSource) -> Found:
    share, own = source.cost_share, source.own_contribution
    if share.max_pct is not None and own.min_pct is not None and share.max_pct + own.min_pct > 100:
        yield "own_contribution.min_pct", f"with a share of {share.max_pct} % makes more than the cost"
    if share.by_cost and own.min_pct is not None and share.by_cost[0].own_pct < own.min_pct:
        yield "cost_share.by_cost", "starts under the least own contribution"
    original = source.amounts.original
    if original is not None and source.amounts.max_mad is not None:
        counted = original.amount * original.rate
        if abs(counted - source.amounts.max_mad) > ROUNDING * source.amounts.max_mad:
            yield "amounts.original", f"makes {counted:.0f} MAD, not {source.amounts.max_mad:.0f}"
    if source.kind == "loan" and source.credit is None:
        yield "credit", "a loan says its terms, even unknown"
    if source.credit is not None and source.kind not in ("loan", "crowdfunding"):
        yield "credit", f"terms of a loan for a {source.kind}"
    for at, ceiling in enumerate(source.ceilings):
        if ceiling.amount_mad is None and ceiling.units is None and ceiling.pct is None:
            yield f"ceilings.{at}", "limits nothing"


def _dates(source: FundingSource) -> Found:
    calendar = source.calendar
    for at, window in enumerate(calendar.windows):
        if window.opens and window.closes and _after(window.opens, window.closes):
            yield f"calendar.windows.{at}", "closes before it opens"
        if window.closes and calendar.ends and _after(window.closes, calendar.ends):
            yield f"calendar.windows.{at}", "closes after the programme ends"
    if calendar.permanent and source.status == "closed":
        yield "calendar.permanent", "a closed source takes no files"
    for page in source.pages:
        if page.published and _after(page.published, page.read.isoformat()):
            yield f"pages.{page.id}", "read before it was published"
        if page.read > source.verified:
            yield "verified", f"before {page.id} was read"
    pages = {page.id for page in source.pages}
    for at, selection in enumerate(source.selections):
        if selection.page and selection.page not in pages:
            yield f"selections.{at}.page", f"no page {selection.page}"
        if selection.winners and selection.applicants and selection.winners > selection.applicants:
            yield f"selections.{at}", "more winners than applicants"


def _after(first: str, second: str) -> bool:
    """Whether the first day is surely after the second, each known to the year, the month or the day."""
    size = min(len(first), len(second))
    return first[:size] > second[:size]


def _readings(source: FundingSource) -> Found:
    for at, path in enumerate(source.inferred):
        if source.value_at(path) in (None, (), "") and path != "prior_approval":
            yield f"inferred.{at}", f"nothing is written at {path}"
    for path in source.cites:
        if source.value_at(path) in (None, (), ""):
            yield f"cites.{path}", "nothing is written there"
