"""The address in a person's message by which they end a mandate in one tap, without signing in."""

from django.core import signing

from bpc.portal.projects.mandates.models import Mandate

_SALT = "projects.mandates.stop"
_LONGEST = 200


def stop_token(mandate: Mandate) -> str:
    """What the address holds. It does not expire: an end is never refused."""
    return signing.dumps(mandate.pk, salt=_SALT)


def mandate_to_stop(token: str) -> Mandate | None:
    """The mandate an address names; None for one that is not ours, or whose mandate is gone."""
    if len(token) > _LONGEST:
        return None
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if type(key) is not int:
        return None
    return Mandate.objects.select_related("project", "person", "advisor").filter(pk=key).first()
