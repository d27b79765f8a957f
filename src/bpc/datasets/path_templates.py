"""The templates of paths: steps in both languages, from `data/paths.yaml` and `data/law/steps.yaml`.

A template is complete in itself (phases, sources, steps): a version stored by the site needs nothing else to be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, StrictInt, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.law.clocks import CLOCKS
from bpc.core.law.events import Event
from bpc.datasets.funding_source_parts import Slug, Text, Url
from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import Amount, Id, Part, refuse_repeated
from bpc.datasets.yaml_files import read_yaml

FILE = "paths.yaml"

#: What can be known of a project that changes its path; each is true, false, or not known (and then changes nothing).
Condition = Literal[
    "five_founders", "registered", "name_approved", "no_in_kind", "no_employees", "no_permits",
    # a paper of that kind is in the group's vault, and still holds
    "paper_name_receipt", "paper_statutes", "paper_in_kind_report", "paper_founding_minutes", "paper_bank_certificate",
    "paper_authority_receipt", "paper_register_form", "paper_ice_certificate", "paper_tax_registration",
    "paper_cnss_registration", "paper_member_register", "paper_sector_notice", "paper_accounts_receipt",
]  # fmt: skip
PAPER = "paper_"  # before the kind of a paper of the vault
#: Who asks for a step: the law, habit, good sense, the activity, an administration that does it alone, nobody.
Duty = Literal["legal", "practice", "advised", "depends", "administration", "not_required"]
Evidence = Literal["official", "sourced", "deduced", "estimate", "to_verify"]
ProjectStage = Literal["idea", "design", "creation", "launch", "growth"]
#: The achievement of a course of the platform, as `portal.badges` names it.
Badge = Annotated[str, Field(pattern=r"^course:[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
MOST_STEPS = 60
_Days = StrictInt | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a template: where, the code of the fault with its values, and what it is in English."""

    path: tuple[str | int, ...]
    code: str
    values: Mapping[str, Any]
    message: str


class InvalidTemplate(ValueError):
    """A template that is not one; `faults` tells each for a page to say, `problems` as pairs (path, what is wrong)."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        self.problems = tuple((".".join(str(part) for part in one.path), one.message) for one in faults)
        super().__init__("; ".join(f"{where}: {what}" for where, what in self.problems))


class Cost(Part):
    """What a step costs in MAD: a range where one is known, always with the words that say how sure it is."""

    low: Amount | None = None
    high: Amount | None = None
    note: Text
    confidence: Evidence

    @model_validator(mode="after")
    def _range(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("half_range", "give both ends of the cost, or none")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise PydanticCustomError("range_order", "the low cost is above the high one")
        return self


class Delay(Part):
    """The delay of the law for a step, in words; `days` where it is a number of days."""

    text: Text
    days: _Days = Field(default=None, ge=0, le=3650)
    confidence: Evidence


class Source(Part):
    """A page that was read, and when."""

    name: Text
    url: Url
    read_on: date


class Phase(Part):
    """A part of the path, with its pictogram."""

    id: Id
    icon: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    title: Text


class Step(Part):
    """One step. `call` is the order given to the group, without its date nor a full stop."""

    id: Id
    phase: Id
    icon: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    duty: Duty
    title: Text
    call: Text
    why: Text
    who: Text
    where: Text
    papers: tuple[Text, ...] = ()
    cost: Cost | None = None
    delay: Delay | None = None
    article: Text | None = None
    wrong: tuple[Text, ...] = ()
    done_when: Text
    after: tuple[Id, ...] = ()
    ticked_by: tuple[Condition, ...] = ()  # any of them says that it is done already
    dropped_by: tuple[Condition, ...] = ()  # any of them says that it is not for this project
    asks: Event | None = None  # the dated fact known once it is done
    clock: Id | None = None  # the delay of `bpc.core.law.clocks` within which it is to be done
    badge: Badge | None = None  # a member of the group holds it: the step is done
    usual_days: _Days = Field(default=None, ge=1, le=730)  # an estimate, from the day it becomes possible
    sources: tuple[Id, ...] = ()
    confidence: Evidence

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.confidence in ("official", "sourced") and not self.sources:
            raise PydanticCustomError("source_missing", "this confidence requires a source")
        if self.clock is not None and self.clock not in CLOCKS:
            raise PydanticCustomError(
                "unknown_clock", "{clock} is no delay of the law", {"clock": self.clock}
            )
        return self


class Outline(Part):
    """What is being written of a path: as `Template`, but perhaps without a step yet."""

    slug: Slug
    version: StrictInt = Field(ge=1)
    updated: date
    name: Text
    about: Text
    icon: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    stages: tuple[ProjectStage, ...] = ()  # of a project, for which it is proposed
    phases: tuple[Phase, ...] = Field(min_length=1)
    sources: dict[Id, Source] = Field(default_factory=dict)
    steps: tuple[Step, ...] = Field(max_length=MOST_STEPS)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        refuse_repeated("step", [step.id for step in self.steps])
        refuse_repeated("phase", [phase.id for phase in self.phases])
        phases, known = {phase.id for phase in self.phases}, set[str]()
        for step in self.steps:
            _refuse_unknown(step, "phase", {step.phase}, phases)
            _refuse_unknown(step, "sources", set(step.sources), set(self.sources))
            # a step only follows steps written above it: no circle can be written
            _refuse_unknown(step, "after", set(step.after), known)
            known.add(step.id)
        return self


class Template(Outline):
    """A path: its phases in order, its steps in order, what says so."""

    steps: tuple[Step, ...] = Field(min_length=1, max_length=MOST_STEPS)


def _refuse_unknown(step: Step, field: str, named: set[str], known: set[str]) -> None:
    if missing := sorted(named - known):
        raise PydanticCustomError(
            "unknown_name",
            "step {step}: {field} names {missing}, unknown or below",
            {"step": step.id, "field": field, "missing": ", ".join(missing)},
        )


@dataclass(frozen=True, slots=True)
class _Repeats:
    """The last of the steps written several times, by the name they were written under."""

    last: dict[str, str]

    def named(self, names: list[str]) -> list[str]:
        """Whatever follows a repeated step follows its last."""
        return [self.last.get(name, name) for name in names]


Written = TypeVar("Written", bound=Outline)


def parse_template(content: object) -> Template:
    """The template this content describes. Raises InvalidTemplate with every fault."""
    return _parse(Template, content)


def parse_outline(content: object) -> Outline:
    """What is being written, perhaps without a step yet. Raises InvalidTemplate with every fault."""
    return _parse(Outline, content)


def _parse(kind: type[Written], content: object) -> Written:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        found = (
            Fault(one["loc"], one["type"], one.get("ctx", {}), one["msg"])
            for one in error.errors(include_url=False, include_input=False)
        )
        raise InvalidTemplate(tuple(found)) from None


def read_templates(data: Path = DATA) -> dict[str, Template]:
    """The templates of the files by their slug, in their order. Raises InvalidTemplate, KeyError, UnreadableYaml."""
    rows = read_yaml(data / FILE)["paths"]
    templates = [parse_template(_whole(row, data)) for row in rows]
    refuse_repeated("path", [one.slug for one in templates])
    return {one.slug: one for one in templates}


def _whole(row: Mapping[str, Any], data: Path) -> dict[str, Any]:
    """The row with the phases, sources and steps of the file it names, repeated steps written out."""
    content = dict(row)
    if (name := content.pop("steps_from", None)) is not None:
        content |= read_yaml(data / name)
    repeats = _Repeats({})
    content["steps"] = [step for raw in content["steps"] for step in _written_out(dict(raw), repeats)]
    return content


def _written_out(raw: dict[str, Any], repeats: _Repeats) -> Iterator[dict[str, Any]]:
    """The step itself, or its repetitions, each after the one before."""
    raw["after"] = repeats.named(raw.get("after", []))
    count = raw.pop("count", None)
    if count is None:
        yield raw
        return
    name, before = raw["id"], raw["after"]
    for rank in range(1, count + 1):
        step = {key: _numbered(value, rank) for key, value in raw.items()}
        yield {**step, "id": f"{name}_{rank:02d}", "after": before}
        before = [f"{name}_{rank:02d}"]
    repeats.last[name] = before[0]


def _numbered(value: Any, rank: int) -> Any:
    """A text with its rank in place of {n}; anything else as it is."""
    if isinstance(value, dict) and set(value) == {"fr", "ar"}:
        return {language: text.replace("{n}", str(rank)) for language, text in value.items()}
    return value
