"""Everything the platform holds on a person: how it is shown to them, and what becomes of it when they leave.

Each room declares its rows from its app's `ready`. A test walks every column that points to an account
and fails when one is neither declared here nor excluded with a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.people.models import User

Row = dict[str, Any]  # column label in French or plain key → JSON value


@dataclass(frozen=True)
class Holding:
    """One kind of row held on a person.

    `columns` names the model columns covered (`"people.Consent.user"`), `rows` gives what is exported,
    `forget` does what `on_leaving` says, in the transaction of the deletion.
    """

    key: str
    title: Any
    columns: tuple[str, ...]
    rows: Callable[[User], list[Row]]
    on_leaving: Any
    forget: Callable[[User], None]


_holdings: dict[str, Holding] = {}
_exclusions: dict[str, str] = {}


def declare_holding(holding: Holding) -> None:
    """Register once."""
    if holding.key in _holdings:
        raise ImproperlyConfigured(f"holding {holding.key!r} is declared twice")
    _holdings[holding.key] = holding


def exclude_column(column: str, reason: str) -> None:
    """Say why a column pointing to an account is not part of what is held *on* that person."""
    _exclusions[column] = reason


def holdings() -> list[Holding]:
    """In the order they were declared: the room of people first."""
    return list(_holdings.values())


def covered_columns() -> set[str]:
    """Every column declared or excluded."""
    return {column for holding in _holdings.values() for column in holding.columns} | set(_exclusions)


def excluded_columns() -> dict[str, str]:
    """The excluded columns with their reasons."""
    return dict(_exclusions)


def export(user: User) -> list[tuple[Holding, list[Row]]]:
    """All rows held on `user`, kind by kind, empty kinds included so that nothing seems hidden."""
    return [(holding, holding.rows(user)) for holding in _holdings.values()]
