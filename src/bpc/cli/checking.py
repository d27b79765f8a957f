"""What `bpc funding check` reads: files or folders of sources, each file by itself, then beside those of the bank."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.funding_sources import (
    FUNDING_FOLDER,
    FundingSource,
    InvalidSources,
    SourceProblem,
    read_funding_source,
)
from bpc.datasets.paths import DATA
from bpc.datasets.validate.funding_sources import Known, problems_of


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files were read, and everything that is wrong in them."""

    files: int
    problems: tuple[SourceProblem, ...]


def check_sources(places: Sequence[str]) -> Checked:
    """Checks files and folders, the bank's own when none is given.

    A source may name others of the bank. Raises FileNotFoundError for a place that is none, or holds no YAML file.
    """
    paths = [path for place in places or (str(FUNDING_FOLDER),) for path in _files(Path(place))]
    problems: list[SourceProblem] = []
    found = list(_read(paths, problems))
    beside = {source.id: source for source in (*_others(paths), *found)}
    known = Known.of(DATA)
    for source in found:
        problems += problems_of(source, beside, known)
        if sum(other.id == source.id for other in found) > 1:
            problems.append(SourceProblem(f"{source.id}.yaml", "id", "two files have this name"))
    return Checked(len(paths), tuple(problems))


def _read(paths: Iterable[Path], problems: list[SourceProblem]) -> Iterator[FundingSource]:
    for path in paths:
        try:
            yield read_funding_source(path)
        except InvalidSources as error:
            problems += error.problems


def _others(paths: Sequence[Path]) -> Iterator[FundingSource]:
    """The rest of the bank, whose own problems are not those of the files asked."""
    asked = {path.resolve() for path in paths}
    return _read((path for path in FUNDING_FOLDER.glob("*.yaml") if path.resolve() not in asked), [])


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        paths = sorted(place.glob("*.yaml"))
        if not paths:
            raise FileNotFoundError(f"aucun fichier .yaml dans ce dossier : {place}")
        yield from paths
    elif place.is_file():
        yield place
    else:
        raise FileNotFoundError(f"ni un fichier, ni un dossier : {place}")
