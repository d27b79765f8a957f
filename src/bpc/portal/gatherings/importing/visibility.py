"""Who takes in a file of ideas, and who sees what it gave: rule and queryset side by side."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.gatherings.importing.actions import RIGHT
from bpc.portal.gatherings.models import IdeaImport, ImportedIdea
from bpc.portal.gatherings.visibility import organises
from bpc.portal.people.visibility import is_administrator


def can_see_import(person: Any, idea_import: IdeaImport) -> bool:
    """Who sent the file, while they organise meetings, and administrators: a file may hold contacts."""
    return is_administrator(person) or (organises(person) and idea_import.by_id == person.pk)


def imports_visible_to(person: Any) -> QuerySet[IdeaImport]:
    """The files `can_see_import` allows."""
    if is_administrator(person):
        return IdeaImport.objects.all()
    return IdeaImport.objects.filter(by=person) if organises(person) else IdeaImport.objects.none()


def can_see_imported(person: Any, imported: ImportedIdea) -> bool:
    """Whoever sees the file."""
    return can_see_import(person, imported.idea_import)


def imported_visible_to(person: Any) -> QuerySet[ImportedIdea]:
    """The lines `can_see_imported` allows."""
    return ImportedIdea.objects.filter(idea_import__in=imports_visible_to(person).values("pk"))


def may_import(person: Any, idea_import: IdeaImport | None = None) -> bool:
    """Organisers; for one file, whoever sees it."""
    return organises(person) if idea_import is None else can_see_import(person, idea_import)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(IdeaImport, can_see=can_see_import, visible_to=imports_visible_to)
    declare_visibility(ImportedIdea, can_see=can_see_imported, visible_to=imported_visible_to)
    declare_right(
        RIGHT,
        "Reprendre un fichier d’idées recueillies ailleurs, annuler la reprise (délégué pour les communes de sa "
        "région, administrateur national)",
        may_import,
    )
