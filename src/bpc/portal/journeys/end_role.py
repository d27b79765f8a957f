"""A role ends: whoever held it has no request and no mandate left, from the same instant."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.counsel.assigning import settle_assignments
from bpc.portal.counsel.handing import settle
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.people.actions import end_role
from bpc.portal.people.models import RoleGrant
from bpc.portal.projects.mandates.ending import end_for_role


@transaction.atomic
def end_role_and_hand_over(*, grant: RoleGrant, reason: str, actor: Any, at: datetime) -> int:
    """End the role and give its requests to whoever still works there; returns how many went.

    Raises what `people.actions.end_role` raises.
    """
    end_role(grant=grant, reason=reason, actor=actor, at=at)
    settle_assignments(at=at, actor=actor)
    end_for_role(advisor=grant.user, region=grant.region_id, actor=actor, at=at)
    held = HelpRequest.objects.filter(holder=grant.user_id, region=grant.region_id)
    return sum(settle(request=one, at=at) for one in list(held.order_by("pk")))
