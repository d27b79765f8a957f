"""Who sees and keeps packages, who takes them: rule and queryset side by side.

Everybody reads what a published package is about; whoever is signed in takes it. Drafts are for the trainers, and a
package withdrawn stays readable to those who took it.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.states import PackageState
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def keeps_packages(person: Any, _row: Any = None) -> bool:
    """Trainers and national administrators."""
    return bool(person.is_authenticated) and (person.holds(Role.TRAINER) or is_administrator(person))


def can_see_package(person: Any, package: Package) -> bool:
    """Everybody once published; who took it, once withdrawn; who keeps packages, always."""
    if package.state == PackageState.PUBLISHED or keeps_packages(person):
        return True
    taken = person.is_authenticated and package.state == PackageState.WITHDRAWN
    return bool(taken) and package.runs.filter(user=person).exists()


def packages_visible_to(person: Any) -> QuerySet[Package]:
    """The packages `can_see_package` allows."""
    if keeps_packages(person):
        return Package.objects.all()
    seen = Q(state=PackageState.PUBLISHED)
    if person.is_authenticated:
        own = PackageRun.objects.filter(user=person)
        seen |= Q(state=PackageState.WITHDRAWN, pk__in=own.values("package"))
    return Package.objects.filter(seen)


def can_see_run(person: Any, run: PackageRun) -> bool:
    """One's own."""
    return bool(person.is_authenticated) and run.user_id == person.pk


def runs_visible_to(person: Any) -> QuerySet[PackageRun]:
    """The runs `can_see_run` allows."""
    return PackageRun.objects.filter(user=person) if person.is_authenticated else PackageRun.objects.none()


def may_take(person: Any, package: Package | None) -> bool:
    """Whoever is signed in, while it is published."""
    return bool(person.is_authenticated) and package is not None and package.state == PackageState.PUBLISHED


def may_play(person: Any, package: Package | None) -> bool:
    """Who may take it, and who keeps packages, for a look."""
    return may_take(person, package) or (package is not None and keeps_packages(person))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Package, can_see=can_see_package, visible_to=packages_visible_to)
    declare_visibility(PackageRun, can_see=can_see_run, visible_to=runs_visible_to)
    declare_right(
        "packages.change",
        "Importer, décrire, publier, retirer les modules de partenaires (formateurs, administrateur national)",
        keeps_packages,
    )
    declare_right(
        "packages.take", "Suivre un module de partenaire publié (toute personne connectée)", may_take
    )
    declare_right(
        "packages.play", "Ouvrir le contenu d’un module : qui peut le suivre, et qui les tient", may_play
    )
