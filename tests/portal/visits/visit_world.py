"""Visits made by hand; a row of each model of the room."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from PIL import Image

from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import FormerVisit, StaffPart, VisitReport
from bpc.portal.visits.photos import add_photo, receive_photo
from bpc.portal.visits.reporting import report_visit
from bpc.portal.visits.states import Part
from bpc.portal.visits.told import Agreed, Told

NOW = timezone.now()


def picture(kind: str = "JPEG", side: int = 40) -> bytes:
    """A photo as a telephone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (120, 90, 40)).save(out, kind)
    return out.getvalue()


def told(**more: Any) -> Told:
    """A visit of yesterday."""
    values: dict[str, Any] = {
        "visited_at": NOW - timedelta(days=1), "place": "Au local du groupe", "women": 4, "men": 2,
        "themes": {"path": "Les trois noms sont choisis."}, "staff_text": "À revoir bientôt.",
        "agreements": (Agreed("Demander la lettre", "La présidente", (NOW + timedelta(days=9)).date()),),
    }  # fmt: skip
    return Told(**{**values, **more})


def report(project: Project, actor: Any, key: UUID | None = None, **more: Any) -> VisitReport:
    """A report kept."""
    at = more.pop("at", NOW)
    return report_visit(project=project, key=key or uuid4(), told=told(**more), actor=actor, at=at)


def attach(visit: VisitReport, actor: Any, key: UUID | None = None, at: Any = NOW) -> Any:
    """A photo kept with a report."""
    data = picture()
    photo = receive_photo(io.BytesIO(data), len(data))
    return add_photo(visit=visit, key=key or uuid4(), photo=photo, actor=actor, at=at)


def form_values(project: Project | None = None, **more: Any) -> dict[str, Any]:
    """What a browser sends."""
    moment = timezone.localtime(timezone.now() - timedelta(days=1))
    values = {
        "visited_on_day": str(moment.day), "visited_on_month": str(moment.month),
        "visited_on_year": str(moment.year), "visited_time": "09:30", "place": "Au local", "women": "4",
        "path": "Les noms sont choisis.", "need": "none", "what_1": "Demander la lettre",
        "submission_key": str(uuid4()), "staff_text": "Entre nous.",
    }  # fmt: skip
    if project is not None:
        values["project"] = project.reference
    return {**values, **more}


def fill_visits(project: Project, advisor: User) -> None:
    """One row of each model, whatever the advisor may do there."""
    visit = VisitReport.objects.create(
        project=project, author=advisor, visited_at=NOW, place="Au local", language="fr", photos_agreed=True
    )
    visit.agreements.create(position=1, what="Demander la lettre")
    visit.photos.create(file="visits/a.bin", size=1, width=1, height=1)
    visit.former.create(part=Part.SHARED, contents={"path": "Rien."}, until=NOW)
    FormerVisit.objects.create(visit=visit, part=Part.STAFF, contents={"text": "Non."}, until=NOW)
    StaffPart.objects.create(visit=visit, text="À revoir.", language="fr")
