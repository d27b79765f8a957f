"""How partners' sites are reached: https at public addresses, unless the deployment says that partners are inside."""

from urllib.parse import urlsplit

from django.conf import settings

from bpc.portal.foundation.outward import Door, is_any, is_public

_TIMEOUT, _DEADLINE = 5.0, 10.0  # seconds: a tool waits for our answer meanwhile


def partner_door() -> Door:
    """What we open when a partner's address is read or written to."""
    agent = {"User-Agent": f"BanqueDeProjets-partenaires/1.0 (+{settings.PUBLIC_URL})"}
    inside = settings.PRIVATE_PARTNERS
    return Door(
        allows=is_any if inside else is_public, any_port=True, schemes=allowed_schemes(), timeout=_TIMEOUT,
        deadline=_DEADLINE, headers=agent,
    )  # fmt: skip


def allowed_schemes() -> tuple[str, ...]:
    """https; http too where partners are inside one's own network."""
    return ("https", "http") if settings.PRIVATE_PARTNERS else ("https",)


def is_reachable(address: str) -> bool:
    """Whether an address may be a partner's: its scheme, a host, nothing secret in it, no fragment.

    What it leads to is looked at each time it is opened.
    """
    try:
        parts = urlsplit(address)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return False
    whole = bool(parts.hostname) and not (parts.username or parts.password or parts.fragment)
    return parts.scheme in allowed_schemes() and whole and port_is_one
