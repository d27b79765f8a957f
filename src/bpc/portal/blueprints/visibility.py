"""Who sees and who changes the project models: rule and queryset side by side.

Everybody reads what is published. Drafts, former versions and retired models are for those who keep the models.
A project reads the version it adopted through the catalogue.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VersionState
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.visibility import is_administrator


def can_see_version(person: Any, version: BlueprintVersion) -> bool:
    """Everybody what is published; the rest, those who keep the models."""
    return version.state == VersionState.PUBLISHED or is_administrator(person)


def versions_visible_to(person: Any) -> QuerySet[BlueprintVersion]:
    """The versions `can_see_version` allows."""
    if is_administrator(person):
        return BlueprintVersion.objects.all()
    return BlueprintVersion.objects.filter(state=VersionState.PUBLISHED)


def can_see_blueprint(person: Any, blueprint: Blueprint) -> bool:
    """Everybody, once one of its versions is published and until it is retired; those who keep the models, always."""
    return is_administrator(person) or blueprint.versions.filter(state=VersionState.PUBLISHED).exists()


def blueprints_visible_to(person: Any) -> QuerySet[Blueprint]:
    """The models `can_see_blueprint` allows."""
    if is_administrator(person):
        return Blueprint.objects.all()
    published = BlueprintVersion.objects.filter(state=VersionState.PUBLISHED)
    return Blueprint.objects.filter(pk__in=published.values("blueprint"))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Blueprint, can_see=can_see_blueprint, visible_to=blueprints_visible_to)
    declare_visibility(BlueprintVersion, can_see=can_see_version, visible_to=versions_visible_to)
    declare_right(
        "blueprints.edit",
        "Modifier, publier, retirer les modèles de projets (administrateur national)",
        is_administrator,
    )
