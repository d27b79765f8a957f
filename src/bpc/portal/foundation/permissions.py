"""The one door for rights: what a person may do, and which rows a person may see.

Apps declare their rights here; views, templates and actions only ever ask `can`, `check`,
`visible` and `get_visible_or_404`. A row that may not be seen answers exactly as one that does
not exist, so addresses tell a stranger nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)

# A person is our user model or Django's anonymous one; the floor of people is above this one.
Person = Any
Predicate = Callable[[Person, Any], bool]

PUBLIC = "public"
SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class Right:
    """A named right: who may, as a predicate `(person, object or None) -> bool`."""

    name: str
    description: str
    predicate: Predicate


@dataclass(frozen=True)
class Visibility:
    """Who sees a row, twice: for one object and as a queryset. A test compares both for every role."""

    model: type[Model]
    can_see: Predicate
    visible_to: Callable[[Person], QuerySet[Any]]


_rights: dict[str, Right] = {}
_visibilities: dict[type[Model], Visibility] = {}


def declare_right(name: str, description: str, predicate: Predicate) -> None:
    """Register a right once; a second declaration of the same name is a programming error."""
    if name in _rights:
        raise ImproperlyConfigured(f"right {name!r} is declared twice")
    _rights[name] = Right(name, description, predicate)


def declare_visibility(
    model: type[Model], *, can_see: Predicate, visible_to: Callable[[Person], QuerySet[Any]]
) -> None:
    """Register who sees the rows of `model`."""
    if model in _visibilities:
        raise ImproperlyConfigured(f"visibility of {model.__name__} is declared twice")
    _visibilities[model] = Visibility(model, can_see, visible_to)


def all_rights() -> list[Right]:
    """Every declared right, by name: the source of `docs/roles.md`."""
    return [
        Right(PUBLIC, "Tout le monde, sans compte", _everybody),
        Right(SIGNED_IN, "Toute personne connectée", _signed_in),
        *(_rights[name] for name in sorted(_rights)),
    ]


def all_visibilities() -> list[Visibility]:
    """Every declared visibility, for the test that compares rule and queryset."""
    return list(_visibilities.values())


def _everybody(person: Person, obj: Any) -> bool:
    return True


def _signed_in(person: Person, obj: Any) -> bool:
    return bool(person.is_authenticated)


def is_declared(name: str) -> bool:
    """Whether the name is a right somebody declared."""
    return name in {PUBLIC, SIGNED_IN} or name in _rights


def can(person: Person, right: str, obj: Any = None) -> bool:
    """Whether `person` holds `right` (on `obj` where the right is about an object).

    Raises `ImproperlyConfigured` for a name nobody declared: a typing error must not open a door.
    """
    if right == PUBLIC:
        return True
    if right == SIGNED_IN:
        return bool(person.is_authenticated)
    try:
        return bool(_rights[right].predicate(person, obj))
    except KeyError:
        raise ImproperlyConfigured(f"no right is named {right!r}") from None


def check(person: Person, right: str, obj: Any = None) -> None:
    """Raise `PermissionDenied` unless `can(person, right, obj)`."""
    if not can(person, right, obj):
        raise PermissionDenied(right)


def can_see(person: Person, obj: Model) -> bool:
    """Whether `person` may see this row."""
    return bool(_visibilities[type(obj)].can_see(person, obj))


def visible(person: Person | None, model: type[M]) -> "QuerySet[M]":
    """The rows of `model` that `person` (None: a stranger) may see."""
    return _visibilities[model].visible_to(person if person is not None else AnonymousUser())


def get_visible_or_404(person: Person, rows: "type[M] | QuerySet[M]", /, **lookup: Any) -> M:
    """The one row matching `lookup` that `person` may see; 404 otherwise, whatever the cause.

    `rows` is a model, or a queryset of it whose joins and deferrals are kept.
    """
    model = rows.model if isinstance(rows, QuerySet) else rows
    try:
        found = visible(person, model).filter(**lookup)
        if isinstance(rows, QuerySet):
            return rows.get(pk__in=found.values("pk"))
        return found.get()
    except (ObjectDoesNotExist, ValueError):  # ValueError: an address that is no key at all
        raise Http404(f"no visible {model.__name__}") from None
