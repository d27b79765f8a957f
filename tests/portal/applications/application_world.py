"""A group with papers and applications: files made by hand, sources that the directory holds."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from PIL import Image

from bpc.portal.applications.actions import Told, open_application, tell_step
from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import State, Step
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.vault.actions import Description, Upload, add_paper
from bpc.portal.vault.erasing import delete_paper
from bpc.portal.vault.models import Audience, VaultDocument
from bpc.portal.vault.sharing import note_download, share_paper

NOW = timezone.now()
TODAY = timezone.localtime(NOW).date()
SOURCE = "indh-taroudant-2026"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def upload(data: bytes = PDF, name: str = "statuts.pdf") -> Upload:
    """A file as a browser sends it."""
    return Upload(io.BytesIO(data), len(data), name)


def picture(kind: str = "JPEG", side: int = 64, **saved: Any) -> bytes:
    """A photo."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#a2471f").save(out, kind, **saved)
    return out.getvalue()


def put_paper(project: Project, actor: Any, kind: str = "statutes", **described: Any) -> VaultDocument:
    """A paper of the vault, each with its own bytes."""
    data = described.pop(
        "data", PDF.replace(b"1 0 obj", f"{VaultDocument.objects.count() + 1} 0 obj".encode())
    )
    at = described.pop("at", NOW)
    name = described.pop("name", "statuts.pdf")
    return add_paper(
        project=project,
        described=Description(kind, **described),
        upload=upload(data, name),
        actor=actor,
        at=at,
    )


def open_one(
    project: Project, actor: Any, *, amount: int | None = 180_000, at: datetime = NOW
) -> Application:
    """A file for the call of Taroudannt."""
    asked = None if amount is None else Decimal(amount)
    return open_application(project=project, source_slug=SOURCE, amount=asked, actor=actor, at=at)


def tell(application: Application, actor: Any, step: Step, on: date = TODAY, **told: Any) -> ApplicationEvent:
    """Say that something happened."""
    at = told.pop("at", NOW)
    return tell_step(application=application, step=step, told=Told(on, **told), actor=actor, at=at)


def decided(project: Project, actor: User, *, granted: bool, days: int = 30) -> Application:
    """A file sent `days` before it was decided, today."""
    made = open_one(project, actor)
    tell(made, actor, Step.SEND, TODAY - timedelta(days=days))
    if granted:
        tell(made, actor, Step.GRANT, amount=Decimal(150_000))
    else:
        tell(made, actor, Step.REFUSE, refusal="budget")
    assert made.state == (State.GRANTED if granted else State.REFUSED)
    return made


def fill_applications(project: Project, owner: User) -> Application:
    """One row of each model of the room."""
    from_day = TODAY - timedelta(days=3)
    paper = put_paper(project, owner)
    fill_vault(project, owner)
    made = open_one(project, owner)
    made.drafts.create(
        piece="letter", language="fr", text="Madame, Monsieur,", proposed="…", written_by=owner
    )
    made.ticks.create(key="piece:letter", ticked_by=owner)
    tell(made, owner, Step.SEND, from_day, proof=paper)
    return made


def fill_vault(project: Project, owner: User) -> None:
    """A paper of each audience, kept and erased, each kept one lent and downloaded."""
    for audience in Audience.values:
        kept = put_paper(project, owner, "accounts", audience=audience)
        erased = put_paper(project, owner, "quotes", audience=audience)
        delete_paper(paper=erased, actor=owner, at=NOW)
        lent = share_paper(paper=kept, reader="La banque", days=7, actor=owner, at=NOW)
        note_download(link=lent.link, at=NOW)
