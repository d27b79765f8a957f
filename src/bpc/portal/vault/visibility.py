"""Who sees a group's papers: whoever may change the project, and the advisor an owner let in, unless a paper says less.

Readers of the group do not: papers tell more than a project. Funders never do: what they receive is sent by the group,
or lent one paper at a time by a link (`sharing.py`).
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole
from bpc.portal.vault.models import Audience, PaperQuerySet, ShareDownload, ShareLink, VaultDocument


def can_open(person: Any, project: Project) -> bool:
    """The owners and editors, of an archived project too, and the advisor let in."""
    return projects.belongs_to(person, project, *projects.WRITERS) or projects.advises(person, project)


def projects_open_to(person: Any) -> QuerySet[Project]:
    """The projects `can_open` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    own = projects.memberships_of(person).filter(role__in=projects.WRITERS)
    return Project.objects.filter(
        Q(pk__in=own.values("project")) | Q(pk__in=projects.projects_advised_by(person).values("pk"))
    )


def can_see_paper(person: Any, paper: VaultDocument) -> bool:
    """Its audience; once erased, only those who may take it back."""
    if paper.audience == Audience.OWNERS:
        return projects.owns(person, paper.project)
    if projects.belongs_to(person, paper.project, *projects.WRITERS):
        return True
    lent = paper.audience == Audience.ADVISOR and paper.deleted_at is None
    return lent and projects.advises(person, paper.project)


def papers_visible_to(person: Any) -> PaperQuerySet:
    """The papers `can_see_paper` allows."""
    if not person.is_authenticated:
        return VaultDocument.objects.none()
    own = projects.memberships_of(person)
    owned, written = own.filter(role=MemberRole.OWNER), own.filter(role__in=projects.WRITERS)
    return VaultDocument.objects.filter(
        Q(audience=Audience.OWNERS, project__in=owned.values("project"))
        | Q(audience__in=[Audience.GROUP, Audience.ADVISOR], project__in=written.values("project"))
        | Q(
            audience=Audience.ADVISOR, deleted_at=None,
            project__in=projects.projects_advised_by(person).values("pk"),
        )
    )  # fmt: skip


def can_see_link(person: Any, link: ShareLink) -> bool:
    """Those of the group who see its paper; the advisor does not."""
    return projects.belongs_to(person, link.paper.project, *projects.WRITERS) and can_see_paper(
        person, link.paper
    )


def links_visible_to(person: Any) -> QuerySet[ShareLink]:
    """The links `can_see_link` allows."""
    if not person.is_authenticated:
        return ShareLink.objects.none()
    written = projects.memberships_of(person).filter(role__in=projects.WRITERS)
    papers = papers_visible_to(person).filter(project__in=written.values("project"))
    return ShareLink.objects.filter(paper__in=papers.values("pk"))


def can_see_download(person: Any, download: ShareDownload) -> bool:
    """Whoever sees the link."""
    return can_see_link(person, download.link)


def downloads_visible_to(person: Any) -> QuerySet[ShareDownload]:
    """The downloads `can_see_download` allows."""
    return ShareDownload.objects.filter(link__in=links_visible_to(person).values("pk"))


def may_open(person: Any, row: Any) -> bool:
    """`can_open` for a project, or a row that hangs on one."""
    project = _project_of(row)
    return project is not None and can_open(person, project)


def may_edit(person: Any, row: Any) -> bool:
    """The owners and editors, while the project is not archived; a paper they may not see they may not change."""
    project = _project_of(row)
    if project is None or not projects.can_edit(person, project):
        return False
    return not isinstance(row, VaultDocument) or can_see_paper(person, row)


def _project_of(row: Any) -> Project | None:
    return row if isinstance(row, Project) else getattr(row, "project", None)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(VaultDocument, can_see=can_see_paper, visible_to=papers_visible_to)
    declare_visibility(ShareLink, can_see=can_see_link, visible_to=links_visible_to)
    declare_visibility(ShareDownload, can_see=can_see_download, visible_to=downloads_visible_to)
    declare_right(
        "vault.open",
        "Ouvrir le coffre d’un projet (son groupe, sauf les lecteurs, et le conseiller admis)",
        may_open,
    )
    declare_right("vault.edit", "Tenir les pièces d’un projet (son groupe, sauf les lecteurs)", may_edit)
