"""Who sees a theme, and who checks it: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.gatherings.models import Gathering, Theme, ThemeState
from bpc.portal.gatherings.themes import RIGHT
from bpc.portal.gatherings.visibility import organises
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def checks_themes(person: Any, theme: Theme | None = None) -> bool:
    """Organisers, for the themes of their region. Without a theme: anyone of these."""
    return organises(person) if theme is None else organises(person, Gathering(region_id=theme.region_id))


def can_see_theme(person: Any, theme: Theme) -> bool:
    """Everybody once accepted; before, who checks it."""
    return theme.state == ThemeState.ACCEPTED or checks_themes(person, theme)


def themes_checked_by(person: Any) -> QuerySet[Theme]:
    """The themes `checks_themes` allows."""
    if is_administrator(person):
        return Theme.objects.all()
    regions = person.regions_as(Role.DELEGATE) if person.is_authenticated else set()
    return Theme.objects.filter(region__in=regions)


def themes_visible_to(person: Any) -> QuerySet[Theme]:
    """The themes `can_see_theme` allows."""
    checked = themes_checked_by(person).values("pk")
    return Theme.objects.filter(Q(state=ThemeState.ACCEPTED) | Q(pk__in=checked))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Theme, can_see=can_see_theme, visible_to=themes_visible_to)
    declare_right(
        RIGHT,
        "Relire les thèmes tirés des idées d’une région ou d’une rencontre (délégué de sa région, administrateur "
        "national)",
        checks_themes,
    )
