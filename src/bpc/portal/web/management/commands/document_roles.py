"""`manage.py document_roles`: write docs/roles.md from the declared rights, or check that it is up to date."""

import inspect
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.utils.translation import override

from bpc.portal.foundation.permissions import all_rights, all_visibilities, can
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import REGIONAL_ROLES, STAFF_ROLES, Role

TARGET = settings.ROOT / "docs" / "roles.md"


def _people() -> dict[str, Any]:
    """One person per role, never saved: the rights about no particular object need no database."""
    people: dict[str, Any] = {"sans compte": AnonymousUser(), "avec compte": User()}
    people["avec compte"].grants = []
    for role in Role:
        person = User()
        person.grants = [RoleGrant(role=role, region_id="09" if role in REGIONAL_ROLES else None)]
        people[str(role.label)] = person
    return people


def roles_document() -> str:
    """The text of docs/roles.md."""
    with override("fr"):
        people = _people()
        lines = [
            "# Qui peut faire quoi",
            "",
            "Page écrite par `manage.py document_roles` d’après les droits déclarés ; `make check` vérifie qu’elle",
            "est à jour. ● : a le droit. ○ : selon l’objet (sa région, son idée, son organisation).",
            "",
            f"Second facteur exigé : {', '.join(str(role.label) for role in Role if role in STAFF_ROLES)}.",
            "",
            "| droit | sens | " + " | ".join(people) + " |",
            "|---|---|" + "---|" * len(people),
        ]
        for right in all_rights():
            holders = [can(person, right.name) for person in people.values()]
            about_object = not any(holders)
            cells = ["○" if about_object and person.is_authenticated else "●" if held else "" for held, person in
                     zip(holders, people.values(), strict=True)]  # fmt: skip
            lines.append(f"| `{right.name}` | {right.description} | " + " | ".join(cells) + " |")
        lines += ["", "## Qui voit quelles lignes", "", "| ligne | règle |", "|---|---|"]
        for visibility in sorted(all_visibilities(), key=lambda each: each.model.__name__):
            rule = (inspect.getdoc(visibility.can_see) or "—").splitlines()[0]
            lines.append(f"| `{visibility.model._meta.label}` | {rule} |")
    return "\n".join(lines) + "\n"


class Command(BaseCommand):
    """Write or check the page."""

    help = "Write docs/roles.md from the declared rights; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` writes nothing and fails when the page is stale."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        text = roles_document()
        if not options["check"]:
            TARGET.write_text(text, encoding="utf-8")
        elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            self.stderr.write("docs/roles.md is stale: run manage.py document_roles")
            sys.exit(1)
