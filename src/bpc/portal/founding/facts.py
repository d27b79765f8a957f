"""What the creation file tells the rooms that follow the project: days written in it, and how many found it."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from bpc.portal.founding.answers import catalogue, read
from bpc.portal.founding.events import EVENTS
from bpc.portal.founding.models import CreationFile
from bpc.portal.projects.told_facts import ToldFacts, declare_facts


def facts_in_files(projects: Iterable[int]) -> Iterator[ToldFacts]:
    """One query, without the rest of the answers."""
    rows = (
        CreationFile.objects.filter(project__in=projects)
        .annotate(present=Count("founders", filter=Q(founders__left_on=None)))
        .values_list("project", "present", *(f"answers__{code}" for code in EVENTS))
    )
    for project, present, *days in rows:
        told = {
            event: read(catalogue().question(code), day)
            for (code, event), day in zip(EVENTS.items(), days, strict=True)
            if day
        }
        yield ToldFacts(project, told, present)


def declare() -> None:
    """The path reads the file: what was said once is not asked again."""
    declare_facts("founding", facts_in_files)
