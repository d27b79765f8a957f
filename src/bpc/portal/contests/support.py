"""What a laureate wins: an advisor of the region is offered; the team accepts, and that lets the advisor in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bpc.portal.contests.models import Entry, ReinforcedSupport
from bpc.portal.contests.notices.verdicts import about, tell_organisers
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import WrongPhase
from bpc.portal.contests.slots import advisors_in
from bpc.portal.contests.states import EntryState, Outcome, Phase, SupportState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import can, check
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.sharing import grant_advisor
from bpc.portal.projects.states import Stage

#: So that an entry makes one project, however often its team accepts.
_PROJECTS_OF_ENTRIES = UUID("6c1d4b3e-8a5f-4a7e-9a53-1f0b6c2e7d84")


class NoAdvisor(Exception):
    """Nobody advises in the region today: the organisers were told, the offer waits."""


def least_loaded_advisor(region: str) -> User | None:
    """The advisor of the region with the fewest projects and unanswered offers, by name and key among equals."""
    projects = AdvisorAccess.objects.filter(advisor=OuterRef("pk"), ended_at=None)
    offers = ReinforcedSupport.objects.filter(advisor=OuterRef("pk"), state=SupportState.OFFERED)
    advisors = User.objects.filter(pk__in=advisors_in(region).values("user"))
    return (
        advisors.annotate(load=_count(projects) + _count(offers))
        .order_by("load", "display_name", "pk")
        .first()
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    of_each = rows.order_by().values("advisor").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(of_each), 0)


@transaction.atomic
def offer_support(*, entry: Entry, actor: Any, at: datetime) -> ReinforcedSupport:
    """Offer a laureate an advisor; offered again, only what had no advisor gets one.

    Raises `WrongPhase` for who is no laureate of published results, `PermissionDenied`.
    """
    row = Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)
    check(actor, "contests.tell_results", row.edition)
    decided = getattr(row, "decision", None)
    if phase_of(row.edition, at) != Phase.RESULTS or decided is None or decided.outcome != Outcome.LAUREATE:
        raise WrongPhase(row.reference)
    support, created = ReinforcedSupport.objects.get_or_create(entry=row, defaults={"offered_at": at})
    if support.advisor_id is not None or support.state != SupportState.OFFERED:
        return support
    support.advisor = least_loaded_advisor(row.region_id)
    support.save(update_fields=["advisor"])
    if support.advisor is not None:
        record(actor=actor, verb="offer support", obj=row, at=at, data={"advisor": support.advisor_id})
        notify(user=support.advisor, kind="contest.support_offered", data=about(row), at=at)
    elif created:
        record(actor=actor, verb="offer support", obj=row, at=at, data={"advisor": None})
        tell_organisers(row.edition, row, "contest.support_without_advisor", at=at)
    return support


@transaction.atomic
def answer_support(
    *, support: ReinforcedSupport, accept: bool, actor: Any, at: datetime
) -> ReinforcedSupport:
    """The team accepts, which lets the advisor into its project (made from the entry if there is none), or declines.

    Answering the same twice changes nothing; a team that declined may still accept.
    Raises `NoAdvisor`, `PermissionDenied` (accepting is for an owner of the project), `projects.sharing.NotAnAdvisor`.
    """
    row = ReinforcedSupport.objects.select_for_update(of=("self",)).select_related("entry").get(pk=support.pk)
    check(actor, "contests.enter", row.entry)
    wanted = SupportState.ACCEPTED if accept else SupportState.DECLINED
    if row.state in (wanted, SupportState.ACCEPTED):
        return row
    if accept:
        if row.advisor is None:
            raise NoAdvisor(row.entry.region_id)
        project = project_of_entry(entry=row.entry, actor=actor, at=at)
        grant_advisor(project=project, advisor=row.advisor, actor=actor, at=at)
    before, row.state, row.answered_at = row.state, wanted, at
    row.save(update_fields=["state", "answered_at"])
    record(actor=actor, verb="answer support", obj=row.entry, at=at, before=before, after=wanted)
    if not accept and row.advisor is not None:
        notify(user=row.advisor, kind="contest.support_declined", data=about(row.entry), at=at)
    return row


def project_of_entry(*, entry: Entry, actor: Any, at: datetime) -> Project:
    """The project an entry came from or became; made from its idea, or from its words, when there is none."""
    if entry.project is not None:
        return entry.project
    standing = Project.objects.filter(idea=entry.idea_id).first() if entry.idea_id else None
    if standing is None or not can(actor, "projects.own", standing):
        from_idea = standing is None and can(actor, "projects.start_from_idea", entry.idea)
        standing = create_project(
            description=Description(
                entry.title, entry.summary, entry.language, entry.sector_id, entry.commune, entry.organisation_id
            ),
            stage=Stage.IDEA, start=Start(idea=entry.idea if from_idea else None),
            submission_key=uuid5(_PROJECTS_OF_ENTRIES, entry.reference), actor=actor, at=at, is_demo=entry.is_demo,
        )  # fmt: skip
    # a project stands once in an edition: one that another entry came from is not linked a second time
    others = Entry.objects.filter(edition=entry.edition_id, project=standing).exclude(pk=entry.pk)
    if not others.exclude(state=EntryState.WITHDRAWN).exists():
        Entry.objects.filter(pk=entry.pk).update(project=standing)
        entry.project = standing
    return standing
