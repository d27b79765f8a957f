"""Fill the resources from `data/resources.csv`: a newer file never undoes what a delegation wrote.

A row nobody touched follows the file. One a person wrote, retired or restored stays as it is; what the file says since
then waits beside it as a proposal, that the delegation takes or leaves.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.datasets.resources import read_resources
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.resources.contents import Content, as_json, content_of_file, put_content, put_products
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import GENERATION
from bpc.portal.resources.states import RESOURCE_MOVES, Origin, ResourceState


@transaction.atomic
def load_resources(data: Path) -> int:
    """Bring the rows that follow the file up to date with it. Returns the number of lines of the file."""
    entries = {entry.id: content_of_file(entry) for entry in read_resources(data)}
    rows = {row.reference: row for row in Resource.objects.select_for_update().filter(origin=Origin.FACTS)}
    at = timezone.now()
    for reference, content in entries.items():
        row = rows.get(reference)
        if row is None:
            _create(reference, content, at)
        else:
            _bring_up_to_date(row, content, at)
    for reference in rows.keys() - entries.keys():
        row = rows[reference]
        if not row.by_hand and row.state == ResourceState.ACTIVE:
            move(row, RESOURCE_MOVES, "retire", actor=None, at=at, reason="no longer in the file of facts")
    outdate(GENERATION)
    return len(entries)


def _create(reference: str, content: Content, at: Any) -> None:
    row = Resource(reference=reference, origin=Origin.FACTS, file_content=as_json(content))
    put_content(row, content)
    row.created_at = row.updated_at = at
    row.save()
    put_products(row, content)


def _bring_up_to_date(row: Resource, content: Content, at: Any) -> None:
    said = as_json(content)
    if row.by_hand:
        proposal = None if said == row.file_content else said
        if proposal != row.proposal:
            row.proposal = proposal
            row.save(update_fields=["proposal"])
        return
    if row.state == ResourceState.RETIRED:
        move(row, RESOURCE_MOVES, "restore", actor=None, at=at)
    if said == row.file_content:
        return
    before = row.file_content
    put_content(row, content)
    row.file_content, row.version, row.updated_at, row.updated_by = said, row.version + 1, at, None
    row.save()
    put_products(row, content)
    record(actor=None, verb="load resource", obj=row, at=at, data={"before": before, "after": said})


LOADERS: dict[str, Callable[[Path], int]] = {"resources.csv": load_resources}
