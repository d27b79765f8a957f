"""What hangs on a project elsewhere than in the database: rooms above say here what must go with it.

Rows go by themselves; files do not. Each room declares, from its app's `ready`, what to do before the rows go.
"""

from collections.abc import Callable, Iterable

from bpc.portal.projects.models import Project

_belongings: list[Callable[[Iterable[int]], None]] = []


def declare_belonging(forget: Callable[[Iterable[int]], None]) -> None:
    """Register once: `forget` is given the keys of projects about to be erased, in the same transaction."""
    if forget not in _belongings:
        _belongings.append(forget)


def erase_projects(keys: Iterable[int]) -> None:
    """Erase these projects with all that hangs on them; the caller checked the right and left its trace."""
    gone = list(keys)
    for forget in _belongings:
        forget(gone)
    Project.objects.filter(pk__in=gone).delete()
