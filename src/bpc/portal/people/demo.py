"""Demonstration accounts, one per role, with a public password: they exist only where DEMO is on."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.people.actions import give_consent, grant_role
from bpc.portal.people.consents import SERVICE
from bpc.portal.people.demo_codes import DEMO_SECRET
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.organisation_actions import create_organisation
from bpc.portal.people.roles import REGIONAL_ROLES, STAFF_ROLES, OrganisationKind, Role
from bpc.portal.reference.models import Territory

PASSWORD = "cooperative-demo"  # noqa: S105
_REGION = "09"  # Souss-Massa
_DOMAIN = "demo.invalid"  # reserved: no message can ever leave for it


@dataclass(frozen=True)
class DemoAccount:
    """What `make run` prints: `role` is empty for a person without role."""

    role: str
    login: str
    password: str


@dataclass(frozen=True)
class _Person:
    role: str
    name: str
    login: str
    language: str = "fr"


# Names are those of roles, not of people
_PEOPLE = (
    _Person("", "Citoyenne (démonstration)", "citoyenne"),
    _Person(Role.HOLDER, "Porteuse de projet (démonstration)", "porteuse"),
    _Person(Role.COOPERATIVE, "Coopérative (démonstration)", "cooperative", "ar"),
    _Person(Role.DELEGATE, "Délégué de Souss-Massa (démonstration)", "delegue"),
    _Person(Role.ADVISOR, "Conseillère de Souss-Massa (démonstration)", "conseillere"),
    _Person(Role.JUROR, "Membre du jury (démonstration)", "jury"),
    _Person(Role.TRAINER, "Formatrice (démonstration)", "formatrice"),
    _Person(Role.FUNDER, "Financeur (démonstration)", "financeur"),
    _Person(Role.ADMINISTRATOR, "Administratrice nationale (démonstration)", "administratrice"),
)
_ORGANISATION = "Coopérative Tafoukt (démonstration)"


def demonstration_accounts() -> list[DemoAccount]:
    """What to type to enter as each role; the second factor of staff is `demo_codes.current_code()`."""
    return [DemoAccount(str(person.role), f"{person.login}@{_DOMAIN}", PASSWORD) for person in _PEOPLE]


@transaction.atomic
def create_demo_people() -> list[DemoAccount]:
    """Create the accounts that are missing; a second call changes nothing.

    Raises `ImproperlyConfigured` where DEMO is off: their password is public.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("demonstration accounts have a public password: they need DEMO=1")
    now = timezone.now()
    region = Territory.objects.get(pk=_REGION)
    for person in _PEOPLE:
        if not User.objects.filter(email=f"{person.login}@{_DOMAIN}").exists():
            _create(person, region, now)
    cooperative = User.objects.get(email=f"cooperative@{_DOMAIN}")
    if not Organisation.objects.filter(is_demo=True).exists():
        create_organisation(
            kind=OrganisationKind.COOPERATIVE,
            name=_ORGANISATION,
            language="fr",
            commune=None,
            actor=cooperative,
            at=now,
            is_demo=True,
        )
    return demonstration_accounts()


def _create(person: _Person, region: Territory, now: Any) -> None:
    email = f"{person.login}@{_DOMAIN}"
    user = User.objects.create_user(
        email=email, password=PASSWORD, display_name=person.name, language=person.language, is_demo=True
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    give_consent(user=user, purpose=SERVICE, actor=user, at=now)
    if person.role:
        place = region if person.role in REGIONAL_ROLES else None
        grant_role(user=user, role=person.role, region=place, actor=None, at=now)
    if person.role in STAFF_ROLES and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, DEMO_SECRET)
        RecoveryCodes.activate(user)


@transaction.atomic
def remove_demo_people() -> None:
    """Remove the accounts and their organisation; what real people wrote stays."""
    Organisation.objects.filter(is_demo=True).delete()
    User.objects.filter(is_demo=True).delete()
