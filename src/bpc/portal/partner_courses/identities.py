"""What a partner knows of a person: nothing but a number of its own, unless the person agreed to more."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.partner_courses.models import Partner, PartnerIdentity


@transaction.atomic
def choose_sharing(*, partner: Partner, name: bool, email: bool, actor: Any, at: datetime) -> PartnerIdentity:
    """Keep what the person lets this partner receive from now on; neither is a choice too, and withdraws the former."""
    check(actor, "partner_courses.own")
    identity, made = PartnerIdentity.objects.select_for_update().get_or_create(person=actor, partner=partner)
    before = (identity.shares_name, identity.shares_email)
    if not made and identity.decided_at is not None and before == (name, email):
        return identity
    identity.shares_name, identity.shares_email, identity.decided_at = name, email, at
    identity.save(update_fields=["shares_name", "shares_email", "decided_at"])
    told = {"partner": partner.pk, "name": name, "email": email}
    record(actor=actor, verb="choose sharing with partner", obj=identity, at=at, data=told)
    return identity


def identity_of(person: Any, partner: Partner) -> PartnerIdentity | None:
    """What this partner knows of the person; None before the first course of it."""
    return PartnerIdentity.objects.filter(person=person, partner=partner).first()
