"""An idea given without an account, in a hall or on paper, becomes its author's once they have one.

Proof is the contact given with the idea: the account's own verified address or number is the same.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas.models import Idea


def claimable(person: Any) -> QuerySet[Idea]:
    """The ideas of nobody's account that were given with the person's verified address or number, newest first."""
    if not person.is_authenticated:
        return Idea.objects.none()
    rule = Q(pk=None)
    if person.phone and person.phone_verified:
        rule |= Q(contact_phone=person.phone) & ~Q(contact_phone="")
    verified = EmailAddress.objects.filter(user=person, verified=True)
    if emails := list(verified.annotate(low=Lower("email")).values_list("low", flat=True)):
        rule |= Q(
            pk__in=Idea.objects.annotate(low=Lower("contact_email")).filter(low__in=emails).values("pk")
        )
    rows = Idea.objects.filter(rule, author=None).select_related("commune", "sector")
    return rows.defer("need", "proposal").order_by("-created_at", "-pk")


def claim(*, idea: Idea, actor: Any, at: Any) -> bool:
    """Make `actor` the author of an idea they may claim; the contact given with it is no longer kept.

    Returns whether it became theirs: False when it is somebody's, or was not given with their contact.
    """
    with transaction.atomic():
        row = Idea.objects.select_for_update(of=("self",)).filter(pk=idea.pk, author=None).first()
        if row is None or not claimable(actor).filter(pk=row.pk).exists():
            return False
        row.author = actor
        row.contact_name = row.contact_email = row.contact_phone = ""
        row.save(update_fields=["author", "contact_name", "contact_email", "contact_phone"])
        record(actor=actor, verb="claim", obj=row, at=at)
        outdate("ideas")
    return True
