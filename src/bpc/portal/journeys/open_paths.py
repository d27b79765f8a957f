"""Paths opened where a project begins: the one of its stage, and the reinforced one of a laureate.

The group opens others itself; a project begun before paths existed is offered one on its page.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.contests.models import ReinforcedSupport
from bpc.portal.contests.support import answer_support
from bpc.portal.followup.actions import UnknownTemplate, begin_path
from bpc.portal.followup.catalogue import published_versions, template_of
from bpc.portal.projects.actions import create_project
from bpc.portal.projects.models import Project

LAUREATE = "laureate"


@transaction.atomic
def start_project(*, actor: Any, at: datetime, **described: Any) -> Project:
    """A new project (see `create_project`) with the first path proposed for its stage; raises what that raises."""
    project = create_project(actor=actor, at=at, **described)
    slug = first_path_of(project)
    if slug is not None:
        begin_path(project=project, slug=slug, actor=actor, at=at)
    return project


def first_path_of(project: Project) -> str | None:
    """The first template proposed for the project's stage, None when there is none."""
    for slug, version in published_versions().items():
        if project.stage in template_of(version).stages:
            return slug
    return None


@transaction.atomic
def accept_support(
    *, support: ReinforcedSupport, accept: bool, actor: Any, at: datetime
) -> ReinforcedSupport:
    """Answer the offer of an advisor (see `answer_support`); accepted, the laureate's reinforced path begins."""
    row = answer_support(support=support, accept=accept, actor=actor, at=at)
    project = row.entry.project
    if accept and project is not None:
        with suppress(UnknownTemplate):  # the office may have none published: the support stands without it
            begin_path(project=project, slug=LAUREATE, actor=actor, at=at)
    return row
