"""Bringing the kept figures of plans up to date when the engine, or the law, has changed."""

from dataclasses import dataclass

from django.db import transaction

from bpc.core.plan.document import ENGINE_VERSION
from bpc.portal.plans.models import Plan
from bpc.portal.plans.reckoning import reckon_stored


@dataclass(frozen=True, slots=True)
class Renewal:
    """How many plans were calculated anew, and the keys of those the engine no longer reads: left as they were."""

    renewed: int
    unread: tuple[int, ...]


def renew_figures(*, everything: bool = False) -> Renewal:
    """Calculate anew the plans of another engine (with `everything`: all, as when a legal rate changed).

    Assumptions, revisions and dates stay: nobody has edited anything.
    """
    rows = Plan.objects.all() if everything else Plan.objects.exclude(engine_version=ENGINE_VERSION)
    renewed, unread = 0, []
    for key in rows.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Plan.objects.select_for_update().filter(pk=key).first()
            if row is None:
                continue
            found = reckon_stored(row.document)
            if found is None:
                unread.append(key)
                continue
            columns = {name: value for name, value in found.columns().items() if name != "document"}
            Plan.objects.filter(pk=key).update(**columns)
            renewed += 1
    return Renewal(renewed, tuple(unread))
