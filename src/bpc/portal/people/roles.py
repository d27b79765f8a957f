"""The roles of the service, and which of them work for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is to the service. One person may hold several."""

    HOLDER = "holder", _("Porteur de projet")
    COOPERATIVE = "cooperative", _("Coopérative")
    DELEGATE = "delegate", _("Délégué régional")
    ADVISOR = "advisor", _("Conseiller")
    JUROR = "juror", _("Membre du jury")
    TRAINER = "trainer", _("Formateur")
    FUNDER = "funder", _("Financeur")
    ADMINISTRATOR = "administrator", _("Administrateur national")


# They see other people's files: a password alone is not enough.
STAFF_ROLES = frozenset(
    {Role.DELEGATE, Role.ADVISOR, Role.JUROR, Role.TRAINER, Role.FUNDER, Role.ADMINISTRATOR}
)
# Only these are bound to a region; the others are national.
REGIONAL_ROLES = frozenset({Role.DELEGATE, Role.ADVISOR})


class OrganisationKind(models.TextChoices):
    """What kind of body an organisation is."""

    COOPERATIVE = "cooperative", _("Coopérative")
    UNION = "union", _("Union de coopératives")
    ASSOCIATION = "association", _("Association")
    ADMINISTRATION = "administration", _("Administration")
    FUNDER = "funder", _("Organisme de financement")
