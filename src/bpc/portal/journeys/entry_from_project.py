"""A project enters an ideathon: its name, summary, place, sector and people are carried over."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.contests.entry_actions import EntryContent, start_entry
from bpc.portal.contests.models import Edition, Entry, EntryMember
from bpc.portal.contests.notices.entries import tell_named
from bpc.portal.contests.states import Entrant
from bpc.portal.contests.team import MOST_MEMBERS
from bpc.portal.foundation.permissions import can
from bpc.portal.journeys.entry_from_idea import PROPOSAL, pitch_of
from bpc.portal.people.queries import organisations_of
from bpc.portal.people.roles import OrganisationKind
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.states import Stage


def enter_from_project(
    *, edition: Edition, project: Project, submission_key: UUID, actor: Any, at: Any
) -> tuple[Entry, bool]:
    """The draft made from a project the actor may write in; its people are named, and each is asked.

    Raises what `start_entry` raises, and `PermissionDenied`.
    """
    with transaction.atomic():
        if not can(actor, "projects.edit", project):
            raise PermissionDenied("projects.edit")
        entry, is_new = start_entry(
            edition=edition, content=_content(edition, project, actor), submission_key=submission_key, actor=actor,
            at=at, project=project,
        )  # fmt: skip
        if is_new:
            _name_people(entry, project, actor, at)
    return entry, is_new


def _content(edition: Edition, project: Project, actor: Any) -> EntryContent:
    body = (
        organisations_of(actor).filter(pk=project.organisation_id).first()
        if project.organisation_id
        else None
    )
    fields = [field for field in edition.form if field["code"] in PROPOSAL]
    return EntryContent(
        title=project.name, language=project.language, sector_id=project.sector_id, commune=project.commune,
        summary=pitch_of(project.summary).strip(),
        answers={field["code"]: project.summary[: int(field.get("max") or 5000)] for field in fields},
        entrant=_entrant(project, body), organisation_id=body.pk if body is not None else None,
    )  # fmt: skip


def _entrant(project: Project, body: Any) -> str:
    if body is not None and body.kind == OrganisationKind.COOPERATIVE:
        return Entrant.COOPERATIVE
    if body is not None and body.kind == OrganisationKind.ASSOCIATION:
        return Entrant.ASSOCIATION
    return Entrant.GROUP if project.stage in {Stage.IDEA, Stage.DESIGN, Stage.CREATION} else ""


def _name_people(entry: Entry, project: Project, actor: Any, at: Any) -> None:
    """Those who found the project, then those of its group on the site; one line for who is in both."""
    people = {_same(person.name): person for person in project.people.order_by("pk")[:MOST_MEMBERS]}
    lead = entry.members.get(user=actor)
    if (mine := people.pop(_same(lead.name), None)) is not None:
        lead.role, lead.woman, lead.young = str(mine.get_function_display()), mine.woman, mine.young
        lead.save(update_fields=["role", "woman", "young"])
    for member in project.members.exclude(user=actor).select_related("user").order_by("pk"):
        if entry.members.count() < MOST_MEMBERS:
            named = _named(
                entry, member.user.display_name, people.pop(_same(member.user.display_name), None), at
            )
            named.user, named.asked_at = member.user, at
            named.save(update_fields=["user", "asked_at"])
            tell_named(named, by=lead.name, at=at)
    for person in list(people.values())[: MOST_MEMBERS - entry.members.count()]:
        _named(entry, person.name, person, at)


def _named(entry: Entry, name: str, person: ProjectPerson | None, at: Any) -> EntryMember:
    said = (
        {"role": str(person.get_function_display()), "woman": person.woman, "young": person.young}
        if person
        else {}
    )
    return EntryMember.objects.create(entry=entry, name=name, created_at=at, **said)


def _same(name: str) -> str:
    return " ".join(name.casefold().split())
