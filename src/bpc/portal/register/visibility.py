"""Who sees the register and who imports it: rule and queryset side by side."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.visibility import is_administrator
from bpc.portal.register.models import Cooperative, RegisterImport


def can_see_cooperative(person: Any, cooperative: Cooperative) -> bool:
    """Everybody: the register is public, and holds no person."""
    return True


def cooperatives_visible_to(person: Any) -> QuerySet[Cooperative]:
    """The cooperatives `can_see_cooperative` allows."""
    return Cooperative.objects.all()


def can_see_import(person: Any, register_import: RegisterImport) -> bool:
    """National administrators: a file may hold what is not published."""
    return is_administrator(person)


def imports_visible_to(person: Any) -> QuerySet[RegisterImport]:
    """The imports `can_see_import` allows."""
    return RegisterImport.objects.all() if is_administrator(person) else RegisterImport.objects.none()


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Cooperative, can_see=can_see_cooperative, visible_to=cooperatives_visible_to)
    declare_visibility(RegisterImport, can_see=can_see_import, visible_to=imports_visible_to)
    declare_right(
        "register.import",
        "Importer le registre des coopératives, annuler un import (administrateur national)",
        is_administrator,
    )
