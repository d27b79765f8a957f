"""What the pages about entries read: at a cost that does not grow with the number of entries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from bpc.portal.contests.models import Edition, Entry, EntryMember
from bpc.portal.contests.states import EntryState
from bpc.portal.contests.visibility.entries import NEVER_HANDED_IN, entries_of_team
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.people.queries import contacts_of
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import memberships_of

PER_PAGE = 50
_ROW = (
    "reference", "title", "language", "state", "submitted_at", "appealed_at", "edition_id", "entrant", "region_id",
    "sector__name_fr", "sector__name_ar", "commune__name_fr", "commune__name_ar",
)  # fmt: skip


@dataclass(frozen=True)
class EntryFilter:
    """What the organisers asked to see; empty means all."""

    state: str = EntryState.SUBMITTED
    search: str = ""


def desk_rows(edition: Edition, chosen: EntryFilter) -> QuerySet[Entry]:
    """The entries handed in, newest first, without their texts. A code finds its entry; other words search titles."""
    rows = edition.entries.exclude(state__in=NEVER_HANDED_IN)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.search:
        code = normalise(chosen.search)
        rows = rows.filter(reference=code) if code else rows.filter(title__icontains=chosen.search)
    return rows.select_related("sector", "commune").only(*_ROW).order_by("-id")


def state_counts(edition: Edition) -> dict[str, int]:
    """How many entries stand in each state, drafts left out: one query, a row a state."""
    handed_in = edition.entries.exclude(state__in=NEVER_HANDED_IN)
    return dict(handed_in.values_list("state").annotate(number=Count("pk")).order_by())


def whole_entries() -> QuerySet[Entry]:
    """Entries with all that their own page shows; to be given to `get_visible_or_404`."""
    return Entry.objects.select_related(
        "edition__region",
        "sector",
        "commune",
        "province",
        "region",
        "idea",
        "project",
        "organisation",
        "created_by",
    )


def entries_of(person: Any) -> QuerySet[Entry]:
    """The entries of the person's teams, newest first, without their texts."""
    rows = Entry.objects.filter(pk__in=entries_of_team(person).values("pk"))
    return rows.select_related("edition").defer("summary", "answers", "eligibility", "edition__about_fr",
        "edition__about_ar", "edition__rules_fr", "edition__rules_ar").order_by("-pk")  # fmt: skip


def members_of(entry: Entry) -> list[EntryMember]:
    """The team, who leads first."""
    return list(entry.members.select_related("user", "declared_by").order_by("-is_lead", "pk"))


def own_ideas(person: Any, edition: Edition) -> QuerySet[Idea]:
    """The ideas a person may enter: their own, by account or by a contact they proved, not entered yet."""
    email, phone = contacts_of(person)
    free = Idea.objects.filter(author=None)
    rows = Idea.objects.filter(author=person)
    if email:
        rows |= free.filter(contact_email=email)
    if phone:
        rows |= free.filter(contact_phone=phone)
    standing = edition.entries.exclude(state=EntryState.WITHDRAWN).exclude(idea=None).values("idea")
    rows = rows.filter(state__in=(IdeaState.SUBMITTED, IdeaState.PUBLISHED)).exclude(pk__in=standing)
    return rows.select_related("commune").only(
        "reference", "title", "language", "commune__name_fr", "commune__name_ar"
    ).order_by("-pk")  # fmt: skip


def own_projects(person: Any, edition: Edition) -> QuerySet[Project]:
    """The projects a person may enter: they write in it, and it is not put aside nor entered yet."""
    written = memberships_of(person).filter(role__in=(MemberRole.OWNER, MemberRole.EDITOR)).values("project")
    standing = edition.entries.exclude(state=EntryState.WITHDRAWN).exclude(project=None).values("project")
    rows = Project.objects.filter(pk__in=written, archived_at=None).exclude(pk__in=standing)
    return rows.select_related("commune").only(
        "reference", "name", "language", "commune__name_fr", "commune__name_ar"
    ).order_by("-pk")  # fmt: skip


def last_reason(entry: Entry) -> AuditEntry | None:
    """The last decision of the organisers on an entry: its reason, its date, who took it."""
    return trail_of(entry).filter(verb__in=("accept entry", "refuse entry")).select_related("actor").last()


def appeal_of(entry: Entry) -> AuditEntry | None:
    """What the team said when it asked for another look."""
    return trail_of(entry).filter(verb="appeal entry").last()
