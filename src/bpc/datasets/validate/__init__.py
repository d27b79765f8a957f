"""Checks the whole of `data/`: every problem is one line naming the file, the row and what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.validate.boundaries import check_boundaries, check_drawings, check_neighbours
from bpc.datasets.validate.census import check_dictionary, check_sums, check_tables
from bpc.datasets.validate.contests import check_contest_criteria
from bpc.datasets.validate.courses import check_courses
from bpc.datasets.validate.diagnosis import check_diagnosis
from bpc.datasets.validate.fits import check_coasts, check_resource_places
from bpc.datasets.validate.founding import check_founding
from bpc.datasets.validate.funding_sources import (
    check_funding_documents,
    check_funding_sources,
    check_vault_documents,
)
from bpc.datasets.validate.law import check_law_rules
from bpc.datasets.validate.lists import (
    check_delegations,
    check_meetings,
    check_observation_categories,
    check_products,
    check_public_holidays,
    check_quality_signs,
    check_resources,
    check_sectors,
    check_sources,
)
from bpc.datasets.validate.path_templates import check_path_templates
from bpc.datasets.validate.project_models import check_project_models
from bpc.datasets.validate.territories import check_territories
from bpc.datasets.validate.training import check_training

Check = Callable[[Path], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    check_sources,
    check_territories,
    check_neighbours,
    check_dictionary,
    check_tables,
    check_sums,
    check_sectors,
    check_quality_signs,
    check_products,
    check_resources,
    check_resource_places,
    check_coasts,
    check_observation_categories,
    check_meetings,
    check_contest_criteria,
    check_delegations,
    check_public_holidays,
    check_courses,
    check_diagnosis,
    check_funding_documents,
    check_vault_documents,
    check_funding_sources,
    check_founding,
    check_project_models,
    check_law_rules,
    check_path_templates,
    check_training,
    check_drawings,
    check_boundaries,
)


def problems(data: Path = DATA, checks: tuple[Check, ...] = CHECKS) -> list[str]:
    """Every problem found under `data`; a missing or unreadable file is a problem too, not an error."""
    found = []
    for check in checks:
        try:
            for problem in check(data):
                found.append(problem)  # one by one: what was found before an error is kept
        except (OSError, EOFError, KeyError, ValueError, TypeError, IndexError) as error:
            found.append(f"{check.__name__}: {type(error).__name__}: {error}")
    return found
