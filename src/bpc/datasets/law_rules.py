"""Reads law/rules.yaml: the rules of the law of cooperatives, each with its article, source, date and confidence.

`read_law_rules` gives the rows, for pages that tell them; `law_of` the figures alone, for `bpc.core.law` to apply.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bpc.core.law.parameters import Figure, Law, Provision
from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import Arabic, French
from bpc.datasets.yaml_files import UnreadableYaml, read_yaml

#: A official text read, B professional or secondary source, C press, D general knowledge to be verified.
Confidence = Literal["A", "B", "C", "D"]
Topic = Literal[
    "identity", "members", "capital", "governance", "third_parties", "finance", "annual", "control", "life", "unions",
    "register", "scope",
]  # fmt: skip
#: A ratio is a fraction of 1; MAD amounts are Moroccan dirhams; times is of the shares subscribed.
Unit = Literal[
    "years", "months", "days", "MAD", "ratio", "times", "members", "cooperatives", "votes", "proxies", "meetings",
    "meetings/year", "principles", "missions", "digits",
]  # fmt: skip
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Day = Annotated[date, Field(strict=True)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]


def _distinct(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes):
        raise PydanticCustomError("repeated", "written twice")
    return codes


Codes = Annotated[tuple[Key, ...], AfterValidator(_distinct)]


class Row(BaseModel):
    """Refuses unknown fields, and cannot be changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class LawSource(Row):
    """A text of law, or a page, with its address."""

    title_fr: French
    title_ar: Arabic
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class LawRule(Row):
    """A rule of law: what it says in both languages, its exact figures, and how `bpc.core.law` applies it.

    `not_computed` says why when no code can apply it. `from_steps` marks what was read in the steps of creation.
    """

    id: Key
    topic: Topic
    law: French | Annotated[str, Field(pattern=r"^\d+-\d+$")]
    article: str
    label_fr: French
    label_ar: Arabic
    figures: dict[Key, Figure] = {}
    unit: Unit | None = None
    warn_days: Days | None = None
    checks: Codes = ()
    clocks: Codes = ()
    calculations: Codes = ()
    not_computed: French | None = None
    note_fr: French | None = None
    sources: Codes
    researched: Day
    confidence: Confidence
    from_steps: bool = False

    @field_validator("figures", mode="before")
    @classmethod
    def _exact(cls, figures: object) -> dict[str, Figure]:
        if not isinstance(figures, dict):
            raise PydanticCustomError("figures", "not figures by name")
        return {str(name): _figure(value) for name, value in figures.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.computed == bool(self.not_computed):
            raise PydanticCustomError("computed", "either computed, or said why not")
        if self.confidence != "D" and not self.sources:
            raise PydanticCustomError("source_missing", "only confidence D may go without a source")
        if not self.article and self.confidence != "D" and not self.from_steps:
            raise PydanticCustomError("article_missing", "the article is missing")
        return self

    @property
    def computed(self) -> bool:
        """Whether some code applies it."""
        return bool(self.checks or self.clocks or self.calculations)

    @property
    def provision(self) -> Provision:
        """What `bpc.core.law` needs of it."""
        return Provision(self.id, self.law, self.article, self.figures, self.warn_days)


class LawRules(Row):
    """The whole file: its sources by key, its rules in order."""

    read_on: Day
    sources: dict[Key, LawSource]
    rules: tuple[LawRule, ...]

    @property
    def by_id(self) -> dict[str, LawRule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}

    def sources_of(self, rule: LawRule) -> tuple[LawSource, ...]:
        """The texts a rule was read in, the main one first."""
        return tuple(self.sources[key] for key in rule.sources)


class InvalidLawRules(ValueError):
    """A file that cannot be used, with everything that is wrong in it, each with the path of its field."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def parse_law_rules(content: object) -> LawRules:
    """The rules that plain values describe. Raises InvalidLawRules with every problem."""
    try:
        file = LawRules.model_validate(content)
    except ValidationError as error:
        raise InvalidLawRules(
            [f"{'.'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in error.errors()]
        ) from None
    problems = list(_broken(file))
    if problems:
        raise InvalidLawRules(problems)
    return file


@lru_cache(maxsize=4)
def read_law_rules(data: Path = DATA) -> LawRules:
    """Sources and rules. Raises InvalidLawRules with every problem, OSError when there is no such file.

    >>> read_law_rules().by_id["min_members"].article
    '14'
    """
    try:
        return parse_law_rules(read_yaml(data / "law" / "rules.yaml"))
    except UnreadableYaml as error:
        raise InvalidLawRules([str(error)]) from None


def law_of(rules: Iterable[LawRule]) -> Law:
    """The figures of these rules, for `bpc.core.law`."""
    return Law(rule.provision for rule in rules)


@lru_cache(maxsize=4)
def read_law(data: Path = DATA) -> Law:
    """The law as `bpc.core.law` applies it. Raises InvalidLawRules, OSError.

    >>> read_law()["share_min"].whole("mad")
    100
    """
    return law_of(read_law_rules(data).rules)


def _figure(value: object) -> Figure:
    """Exact: 0.65 is 65 hundredths, "1/3" a third; a list holds figures, or words."""
    if isinstance(value, date):
        return value
    if not isinstance(value, list):
        return _number(value)
    if value and all(isinstance(one, str) and "/" not in one for one in value):
        return tuple(value)
    if not value:
        raise PydanticCustomError("figure", "an empty list")
    return tuple(_number(one) for one in value)


def _number(value: object) -> Fraction:
    written = isinstance(value, str) and "/" in value
    if isinstance(value, bool) or not (written or isinstance(value, int | float)):
        raise PydanticCustomError("figure", "not a figure: {value}", {"value": repr(value)})
    try:
        figure = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise PydanticCustomError("figure", "not a figure: {value}", {"value": repr(value)}) from None
    if figure < 0:
        raise PydanticCustomError("figure", "below zero: {value}", {"value": repr(value)})
    return figure


def _broken(file: LawRules) -> Iterator[str]:
    """Ids there twice, sources that nobody described or cites."""
    seen: set[str] = set()
    for rule in file.rules:
        if rule.id in seen:
            yield f"{rule.id}: there twice"
        seen.add(rule.id)
        for key in rule.sources:
            if key not in file.sources:
                yield f"{rule.id}: source {key} is not described"
    cited = {key for rule in file.rules for key in rule.sources}
    for key in file.sources.keys() - cited:
        yield f"sources.{key}: no rule cites it"
