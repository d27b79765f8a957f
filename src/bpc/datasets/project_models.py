"""Reads data/models/: ready-to-use project models, their sources and the names of their units.

A model is one YAML file, named after its slug. What is wrong is told all at once, each problem with the path of
its field: `capex[0].life_years`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StrictBool, StrictInt, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from bpc.datasets.paths import DATA
from bpc.datasets.products import read_products
from bpc.datasets.project_model_fields import (
    Arabic,
    ArabicSentence,
    Bilingual,
    Filled,
    French,
    FrenchSentence,
    Multiplier,
    Part,
    SourceIds,
    refuse_repeated,
)
from bpc.datasets.project_model_parts import (
    Equipment,
    Financing,
    FixedCost,
    Input,
    Job,
    MemberLabour,
    MemberPrice,
    Place,
    Product,
    Siting,
    Statement,
    WorkingCapital,
)
from bpc.datasets.sectors import read_sectors
from bpc.datasets.tables import read_rows
from bpc.datasets.territories import read_territories
from bpc.datasets.yaml_files import UnreadableYaml, read_yaml

MODELS_FOLDER = DATA / "models"
SOURCES_FILE, UNITS_FILE = "sources.yaml", "units.csv"

Years = Annotated[tuple[Multiplier, ...], Field(max_length=10), Filled]


class ProjectModel(Part):
    """A ready-to-use project: what it is, where it fits, who and what it takes, and the figures of its plan.

    `ramp_up`, `staff_phase_in` and `fixed_phase_in` multiply volume, staff and fixed costs year by year; the last
    value holds for the years after. `law112_12_class` is the kind of cooperative of article 1 of law 112-12.
    """

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    version: Annotated[StrictInt, Field(ge=1)]
    updated: date
    name_fr: French
    name_ar: Arabic
    summary_fr: FrenchSentence
    summary_ar: ArabicSentence
    description_fr: French
    description_ar: Arabic
    fits_fr: French
    fits_ar: Arabic
    sector: str
    kind: Literal["income_generating", "social_income_generating", "cost_recovery"]
    law112_12_class: Annotated[StrictInt, Field(ge=1, le=3)]
    tax_activity: Literal["collection", "processing", "services"]
    women_led_typical: StrictBool
    regions: Annotated[tuple[Place, ...], Filled]
    siting: Siting | None = None
    horizon_years: Annotated[StrictInt, Field(ge=1, le=10)] = 10
    members_min: Annotated[StrictInt, Field(ge=5)]
    members_typical: StrictInt
    products: Annotated[tuple[Product, ...], Filled]
    inputs: tuple[Input, ...]
    member_labour: tuple[MemberLabour, ...]
    capex: tuple[Equipment, ...]
    staff: tuple[Job, ...]
    fixed_costs: tuple[FixedCost, ...]
    ramp_up: Years
    staff_phase_in: Years
    fixed_phase_in: Years
    working_capital_days: WorkingCapital
    financing_mix: Financing
    member_price_policy: MemberPrice
    key_risks: Annotated[tuple[Statement, ...], Filled]
    authorisations: Annotated[tuple[Statement, ...], Filled]
    steps: Annotated[tuple[Statement, ...], Filled]
    tax_note_fr: French
    tax_note_ar: Arabic
    tax_note_src: SourceIds = ()
    notes_fr: French | None = None
    notes_ar: Arabic | None = None
    notes_src: SourceIds = ()
    sources: SourceIds

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for part in ("products", "inputs", "member_labour", "capex", "staff", "fixed_costs"):
            refuse_repeated(f"{part} id", [item.id for item in getattr(self, part)])
        refuse_repeated("region", [place.code for place in self.regions])
        refuse_repeated("source", self.sources)
        if self.members_typical < self.members_min:
            raise PydanticCustomError("members", "members_typical is below members_min")
        if (self.notes_fr is None) != (self.notes_ar is None):
            raise PydanticCustomError("text_missing", "notes_fr and notes_ar go together")
        return self

    @property
    def name(self) -> Bilingual:
        """Its title in both languages."""
        return Bilingual(self.name_fr, self.name_ar)

    @property
    def summary(self) -> Bilingual:
        """One sentence that says what it is."""
        return Bilingual(self.summary_fr, self.summary_ar)

    @property
    def description(self) -> Bilingual:
        """What is made, who does what, how it sells, what makes it work."""
        return Bilingual(self.description_fr, self.description_ar)

    @property
    def fits(self) -> Bilingual:
        """Where it fits and why."""
        return Bilingual(self.fits_fr, self.fits_ar)

    @property
    def tax_note(self) -> Bilingual:
        """What is known of its taxes."""
        return Bilingual(self.tax_note_fr, self.tax_note_ar)

    @property
    def notes(self) -> Bilingual | None:
        """What to know of its figures, None when there is nothing to say."""
        return Bilingual(self.notes_fr, self.notes_ar) if self.notes_fr and self.notes_ar else None

    @property
    def cited_sources(self) -> tuple[str, ...]:
        """Ids of every source named anywhere in it, each once, those of the whole model first."""
        return tuple(dict.fromkeys((*self.sources, *(source for _, source in walk_sources(self)))))


class ModelSource(Part):
    """A page or a text of law that models cite: its title in our words, its address, when it was seen."""

    title_fr: French
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    note_fr: French | None = None
    seen: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, by the code models use, and its name in each language."""

    code: str
    name_fr: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a model: the path of the field (empty for the whole), a code, and words."""

    path: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InvalidModel(ValueError):
    """A model that cannot be used, with everything that is wrong in it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{name} {problem}" for problem in problems))
        self.name = name
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes a model may use: sources, units, sectors, products of places, regions as `data/territories` does."""

    sources: frozenset[str]
    units: frozenset[str]
    sectors: frozenset[str]
    regions: frozenset[str]
    products: frozenset[str]


def read_vocabulary(data: Path = DATA) -> Vocabulary:
    """The codes that the other files of `data/` define."""
    return Vocabulary(
        sources=frozenset(read_sources(data / "models")),
        units=frozenset(read_units(data / "models")),
        sectors=frozenset(sector.code for sector in read_sectors(data)),
        regions=frozenset(place.code for place in read_territories(data) if place.level == "region"),
        products=frozenset(product.code for product in read_products(data)),
    )


def read_sources(folder: Path = MODELS_FOLDER) -> dict[str, ModelSource]:
    """Sources by id, in the order of the file. Raises InvalidModel with every problem."""
    found, problems = {}, []
    for source, content in _load(folder / SOURCES_FILE).items():
        try:
            found[str(source)] = ModelSource.model_validate(content)
        except ValidationError as error:
            problems += [_problem(detail, str(source)) for detail in error.errors()]
    if problems:
        raise InvalidModel(SOURCES_FILE, tuple(problems))
    return found


def read_units(folder: Path = MODELS_FOLDER) -> dict[str, Unit]:
    """Units by code, in the order of the file."""
    return {row["code"]: Unit(**row) for row in read_rows(folder / UNITS_FILE)}


def read_models(folder: Path = MODELS_FOLDER) -> dict[str, ProjectModel]:
    """Models by slug, in the order of their slugs.

    The lists a model refers to (sectors, territories) are read beside the folder. Raises InvalidModel for the
    first file that is not as it should be, FileNotFoundError without sources or units.
    """
    vocabulary = read_vocabulary(folder.parent)
    return {path.stem: read_model(path, vocabulary) for path in list_files(folder)}


def list_files(folder: Path = MODELS_FOLDER) -> list[Path]:
    """The files that hold a model."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != SOURCES_FILE]


def read_model(path: Path, vocabulary: Vocabulary) -> ProjectModel:
    """The model of one file. Raises InvalidModel with every problem."""
    content = _load(path)
    model = parse_model(content, vocabulary, path.name)
    if model.slug != path.stem:
        raise InvalidModel(path.name, (Problem("slug", "slug", f"{model.slug} is not the name of the file"),))
    return model


def parse_model(content: object, vocabulary: Vocabulary, name: str = "model") -> ProjectModel:
    """The model that this content describes. Raises InvalidModel with every problem, each with its path."""
    try:
        model = ProjectModel.model_validate(content)
    except ValidationError as error:
        raise InvalidModel(name, tuple(_problem(detail) for detail in error.errors())) from None
    problems = (*_unknown_products(model), *_unknown_codes(model, vocabulary))
    if problems:
        raise InvalidModel(name, problems)
    return model


def walk_sources(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every source named within a part, with the path of the list that names it."""
    if isinstance(part, tuple):
        for index, each in enumerate(part):
            yield from walk_sources(each, f"{path}[{index}]")
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            where = f"{path}.{name}" if path else name
            if name in ("src", "sources") or name.endswith("_src"):
                yield from ((where, source) for source in value)
            else:
                yield from walk_sources(value, where)


def _unknown_products(model: ProjectModel) -> Iterator[Problem]:
    """Quantities and shares given for a product that does not exist."""
    known = {product.id for product in model.products}
    maps: list[tuple[str, Mapping[str, float]]] = [
        ("member_price_policy.member_share_of_price", model.member_price_policy.member_share_of_price),
        *((f"inputs[{at}].qty_per_unit", each.qty_per_unit) for at, each in enumerate(model.inputs)),
        *(
            (f"member_labour[{at}].mad_per_unit", each.mad_per_unit)
            for at, each in enumerate(model.member_labour)
        ),
    ]
    for path, per_product in maps:
        for product in per_product.keys() - known:
            yield Problem(f"{path}.{product}", "unknown_product", f"no product has the id {product}")


def _unknown_codes(model: ProjectModel, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Codes that the other files of `data/` do not define."""
    if model.sector not in vocabulary.sectors:
        yield Problem("sector", "unknown_sector", f"{model.sector} is not in sectors.csv")
    for at, place in enumerate(model.regions):
        if place.territory not in vocabulary.regions:
            yield Problem(f"regions[{at}].code", "unknown_region", f"{place.code} is not a region")
    for part in ("products", "inputs"):
        for at, item in enumerate(getattr(model, part)):
            if item.unit not in vocabulary.units:
                yield Problem(f"{part}[{at}].unit", "unknown_unit", f"{item.unit} is not in {UNITS_FILE}")
    for at, code in enumerate(model.siting.products if model.siting else ()):
        if code not in vocabulary.products:
            yield Problem(f"siting.products[{at}]", "unknown_place_product", f"{code} is not in products.csv")
    for path, source in walk_sources(model):
        if source not in vocabulary.sources:
            yield Problem(path, "unknown_source", f"{source} is not in {SOURCES_FILE}")


def _problem(detail: ErrorDetails, prefix: str = "") -> Problem:
    path = prefix
    for step in detail["loc"]:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return Problem(path, detail["type"], detail["msg"])


def _load(path: Path) -> dict[Any, Any]:
    """The mapping a YAML file holds. Raises InvalidModel when it holds anything else."""
    try:
        content = read_yaml(path)
    except UnreadableYaml as error:
        raise InvalidModel(path.name, (Problem("", "yaml", str(error)),)) from None
    if not isinstance(content, dict):
        raise InvalidModel(path.name, (Problem("", "yaml", "not a list of fields and values"),))
    return content
