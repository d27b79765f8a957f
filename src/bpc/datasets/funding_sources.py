"""Reads data/funding/: sources of money and help, one YAML file each, named after its id.

What is wrong is told all at once, each problem with the path of its field.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.matching.scheme import Scheme
from bpc.core.matching.vocabulary import Beneficiary, Stage
from bpc.datasets.funding_source_parts import (
    Amounts,
    Apply,
    Calendar,
    Ceiling,
    Contact,
    CostShare,
    Credit,
    Cumulation,
    OwnContribution,
    Page,
    Places,
    Quota,
    Role,
    Route,
    Selection,
    Slug,
    Test,
    Tests,
    Texts,
)
from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import (
    Arabic,
    ArabicSentence,
    Bilingual,
    Filled,
    French,
    FrenchSentence,
    Part,
    refuse_repeated,
)
from bpc.datasets.yaml_files import UnreadableYaml, read_yaml

FUNDING_FOLDER = DATA / "funding"

Kind = Literal[
    "grant", "loan", "guarantee", "prize", "equity", "crowdfunding", "tax", "in-kind", "training-voucher"
]
KINDS: tuple[Kind, ...] = (
    "grant", "loan", "guarantee", "prize", "equity", "crowdfunding", "tax", "in-kind", "training-voucher",
)  # fmt: skip
Payment = Literal[
    "advance",
    "reimbursement",
    "milestone",
    "in-kind",
    "direct",
    "guarantee",
    "tax-relief",
    "market",
    "unknown",
]
Confidence = Literal["high", "medium", "low", "to_verify"]
Status = Literal["open", "recurring", "unknown", "closed"]
#: Paths that bear on who may ask: our reading of one of them is to be confirmed by the provider.
WHO_MAY_ASK = frozenset({"beneficiaries", "places", "places.regions", "places.provinces", "sectors"})


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from. `stated`: in the source's words; else our reading. No page: known in general only."""

    page: Page | None
    stated: bool
    confidence: Confidence


class FundingSource(Part):
    """A scheme a cooperative, its members or a group may ask; what is null or empty is not known or not limited.

    `inferred` names the fields (their paths) that are our reading, not the page's words; `cites` says which page a
    field comes from when it is not the first of `pages`. `parent` is the national frame of a local call: what the call
    leaves out holds as the frame says.
    """

    id: Slug
    version: Annotated[StrictInt, Field(ge=1)]
    updated: date
    name_fr: French
    name_ar: Arabic
    provider_fr: French
    provider_ar: Arabic
    roles: tuple[Role, ...] = ()
    kind: Kind
    summary_fr: FrenchSentence
    summary_ar: ArabicSentence
    description_fr: French
    description_ar: Arabic
    parent: Slug | None = None
    status: Status
    payment: Payment
    prior_approval: StrictBool = False  # works begun before are not paid
    amounts: Amounts = Amounts()
    ceilings: tuple[Ceiling, ...] = ()
    cost_share: CostShare = CostShare()
    own_contribution: OwnContribution = OwnContribution()
    credit: Credit | None = None
    duration_months: Annotated[StrictInt, Field(ge=1, le=240)] | None = None  # of the help
    places: Places = Places()
    sectors: tuple[str, ...] = ()
    excluded_sectors: Texts = ()  # in words, to be read
    beneficiaries: Annotated[tuple[Beneficiary, ...], Filled]
    unconfirmed_beneficiaries: tuple[Beneficiary, ...] = ()
    conditions: tuple[Test, ...] = ()
    any_of: tuple[Tests, ...] = ()
    preferences: tuple[Test, ...] = ()
    checks: Texts = ()  # to be read by a person, never evaluated
    stages: Annotated[tuple[Stage, ...], Filled]
    requires_any: tuple[Slug, ...] = ()
    cumulation: Cumulation = Cumulation()
    calendar: Calendar = Calendar()
    quota: Quota | None = None
    routes: tuple[Route, ...] = ()
    selections: tuple[Selection, ...] = ()
    obligations: Texts = ()  # after the award
    documents: tuple[str, ...] = ()  # codes of data/funding_documents.csv
    apply: Apply
    contacts: tuple[Contact, ...] = ()
    notes: Texts = ()
    pages: tuple[Page, ...] = ()
    confidence: Confidence
    inferred: tuple[str, ...] = ()
    cites: Mapping[str, str] = Field(default_factory=dict)
    verified: date  # the day somebody last read it against its page

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse_repeated("page", [page.id for page in self.pages])
        refuse_repeated("inferred", self.inferred)
        if bool(self.pages) == (self.confidence == "to_verify"):
            raise PydanticCustomError("pages", "a page read, or confidence to_verify")
        known = {page.id for page in self.pages}
        unknown = {*self.cites.values(), *(w.page for w in self.calendar.windows if w.page)} - known
        if unknown:
            raise PydanticCustomError("page", "no page {ids}", {"ids": ", ".join(sorted(unknown))})
        for path in (*self.inferred, *self.cites):
            self.value_at(path)
        return self

    @property
    def name(self) -> Bilingual:
        """Its title."""
        return Bilingual(self.name_fr, self.name_ar)

    @property
    def provider(self) -> Bilingual:
        """Who gives, lends or helps."""
        return Bilingual(self.provider_fr, self.provider_ar)

    @property
    def summary(self) -> Bilingual:
        """One sentence."""
        return Bilingual(self.summary_fr, self.summary_ar)

    @property
    def description(self) -> Bilingual:
        """What it is, for whom, in a few sentences."""
        return Bilingual(self.description_fr, self.description_ar)

    @property
    def ceiling_mad(self) -> float | None:
        """The most one file may be given, where the source states it."""
        return self.amounts.max_mad if self.amounts.basis == "stated" else None

    def value_at(self, path: str) -> Any:
        """What is written at a path such as `amounts.max_mad`. Raises PydanticCustomError for a path that is none."""
        value: Any = self
        for step in path.split("."):
            if isinstance(value, tuple) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            elif isinstance(value, Part) and step in type(value).model_fields:
                value = getattr(value, step)
            else:
                raise PydanticCustomError("path", "no field {path}", {"path": path})
        return value

    def provenance(self, path: str) -> Provenance:
        """Where the value at a path comes from: the page cited for it or for what holds it, else the first page."""
        ways = [".".join(path.split(".")[:end]) for end in range(path.count(".") + 1, 0, -1)]
        cited = next((self.cites[way] for way in ways if way in self.cites), None)
        pages = {page.id: page for page in self.pages}
        page = pages[cited] if cited else next(iter(self.pages), None)
        stated = page is not None and not any(way in self.inferred for way in ways)
        return Provenance(page, stated, self.confidence)

    def scheme(self) -> Scheme:
        """Its rules for `core.matching`."""
        past = self.cumulation
        return Scheme(
            id=self.id,
            status=self.status,
            regions=self.places.regions,
            provinces=self.places.provinces,
            communes=self.places.communes,
            sectors=self.sectors,
            beneficiaries=self.beneficiaries,
            unconfirmed=self.unconfirmed_beneficiaries,
            conditions=tuple(
                test.condition(inferred=f"conditions.{at}" in self.inferred)
                for at, test in enumerate(self.conditions)
            ),
            any_of=tuple(
                tuple(
                    test.condition(inferred=f"any_of.{at}.{way}" in self.inferred)
                    for way, test in enumerate(group)
                )
                for at, group in enumerate(self.any_of)
            ),
            preferences=tuple(test.condition() for test in self.preferences),
            stages=self.stages,
            parent=self.parent,
            requires_any=self.requires_any,
            past_aid_excludes=tuple(self.id if one == "self" else one for one in past.past_aid_excludes),
            past_aid_years=past.past_aid_wait_years,
            uncertain=frozenset({*self.inferred} & WHO_MAY_ASK),
            confidence=self.confidence,
        )


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """Something wrong in a file: its name, the path of the field (empty for the whole), words."""

    name: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.name} {self.path}: {self.message}" if self.path else f"{self.name}: {self.message}"


class InvalidSources(ValueError):
    """Files that cannot be used, with everything that is wrong in them."""

    def __init__(self, problems: tuple[SourceProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@lru_cache(maxsize=4)
def read_funding_sources(folder: Path = FUNDING_FOLDER) -> Mapping[str, FundingSource]:
    """Sources by id. Raises InvalidSources with every problem of every file."""
    found: dict[str, FundingSource] = {}
    problems: list[SourceProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found[path.stem] = read_funding_source(path)
        except InvalidSources as error:
            problems += error.problems
    if problems:
        raise InvalidSources(tuple(problems))
    return found


def read_funding_source(path: Path) -> FundingSource:
    """The source of one file. Raises InvalidSources with every problem."""
    try:
        content = read_yaml(path)
    except UnreadableYaml as error:
        raise InvalidSources((SourceProblem(path.name, "", str(error)),)) from None
    source = parse_funding_source(content, path.name)
    if source.id != path.stem:
        raise InvalidSources((SourceProblem(path.name, "id", f"{source.id} is not the name of the file"),))
    return source


def parse_funding_source(content: object, name: str = "source") -> FundingSource:
    """The source that this content describes. Raises InvalidSources with every problem."""
    try:
        return FundingSource.model_validate(content)
    except ValidationError as error:
        raise InvalidSources(tuple(_problems(error, name))) from None


def _problems(error: ValidationError, name: str) -> Iterator[SourceProblem]:
    for detail in error.errors():
        yield SourceProblem(name, ".".join(map(str, detail["loc"])), detail["msg"])
