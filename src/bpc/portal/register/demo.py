"""The demonstration register: a few hundred invented cooperatives, said to be so wherever they are shown."""

from django.db import transaction

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.register.applying import BATCH, batches
from bpc.portal.register.fictional import Invented, invented_register
from bpc.portal.register.models import Cooperative, CooperativeEntry
from bpc.portal.register.queries import GENERATION
from bpc.portal.register.rows import place_values
from bpc.portal.register.search import entry_of, sort_name
from bpc.portal.register.states import Status
from bpc.portal.register.tallies import rebuild

NUMBER = 600


@transaction.atomic
def create_demo_register(number: int = NUMBER) -> int:
    """Create the invented cooperatives that are missing; returns how many it created."""
    known = set(Cooperative.objects.filter(is_demo=True).values_list("number", flat=True))
    missing = [row for row in invented_register(number) if row.number not in known]
    for batch in batches(missing, BATCH):
        rows = [invented_row(row) for row in batch]
        Cooperative.objects.bulk_create(rows)
        CooperativeEntry.objects.bulk_create(map(entry_of, rows))
    if missing:
        rebuild()
        outdate(GENERATION)
    return len(missing)


@transaction.atomic
def remove_demo_register() -> int:
    """Remove them all; returns how many there were."""
    CooperativeEntry.objects.filter(cooperative__is_demo=True).delete()
    number = Cooperative.objects.filter(is_demo=True).delete()[0]
    if number:
        rebuild()
        outdate(GENERATION)
    return number


def invented_row(invented: Invented) -> Cooperative:
    """The row of an invented cooperative, to be written."""
    return Cooperative(
        number=invented.number,
        name_fr=invented.name_fr,
        name_ar=invented.name_ar,
        sort_name=sort_name(invented.name_fr, invented.name_ar),
        sector_id=invented.sector,
        activity=invented.activity,
        registered_on=invented.registered_on,
        year=invented.registered_on.year,
        members=invented.members,
        women=invented.women,
        youth=invented.youth,
        is_women=invented.is_women,
        is_youth=invented.is_youth,
        status=Status.ACTIVE,
        is_demo=True,
        **place_values(invented.commune),
    )
