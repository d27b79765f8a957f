"""The vault and one application of the demonstration project: a paper that holds, one about to expire, a file sent."""

import io
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from bpc.portal.applications.actions import Told, open_application, tell_step, tick
from bpc.portal.applications.checklist import checklist_of
from bpc.portal.applications.sources import source_of, window_of
from bpc.portal.applications.states import Step
from bpc.portal.foundation.typesetting.piece_parts import Paragraph, PieceDocument
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole
from bpc.portal.vault.actions import Description, Upload, add_paper
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import kind_name

_SOURCE = "indh-taroudant-2026"
_ASKED = Decimal(150_000)
_NOTHING = "Document de démonstration : il ne contient aucune information réelle."


@transaction.atomic
def create_demo_applications() -> int:
    """Fill the vault if the demonstration project has an empty one; returns how many papers it put in.

    Papers and file go with the project when the demonstration is removed.
    """
    project = Project.objects.filter(is_demo=True, following=None, papers=None).order_by("pk").first()
    source = source_of(_SOURCE)
    if project is None or source is None:
        return 0
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").order_by("pk")[0].user
    now = timezone.now()
    today = timezone.localtime(now).date()
    _put(project, owner, Description("statutes", today - timedelta(days=200)))
    _put(project, owner, Description("minutes", today - timedelta(days=345), today + timedelta(days=20)))
    made = open_application(
        project=project, source_slug=_SOURCE, amount=_ASKED, actor=owner, at=now - timedelta(days=18)
    )
    for line in checklist_of(made, source, window_of(source, today), None, today).lines:
        if line.tick:
            tick(application=made, key=line.tick, done=True, actor=owner, at=now - timedelta(days=13))
    told = Told(today - timedelta(days=12), text="Déposé à la division de l’action sociale.", language="fr")
    tell_step(application=made, step=Step.SEND, told=told, actor=owner, at=now - timedelta(days=12))
    return 2


def _put(project: Project, owner: User, described: Description) -> VaultDocument:
    """A paper that says it is none."""
    name = kind_name(described.kind)
    document = PieceDocument(title=name, language="fr", project=project.name, parts=(Paragraph(_NOTHING),))
    data = piece_pdf(document, timezone.localdate())
    upload = Upload(io.BytesIO(data), len(data), f"{described.kind}-demonstration.pdf")
    return add_paper(project=project, described=described, upload=upload, actor=owner, at=timezone.now())
