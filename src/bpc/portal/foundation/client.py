"""Where a request comes from."""

import ipaddress

from django.http import HttpRequest

from bpc.portal.settings.environment import ENVIRONMENT


def client_address(request: HttpRequest, *, behind_proxy: bool | None = None) -> str:
    """The sender's address as it is counted.

    Behind our proxy, the last entry of `X-Forwarded-For` is the one it wrote; earlier ones are what the
    sender claims. Without a proxy the header is not believed at all.
    """
    trusted = ENVIRONMENT.behind_proxy if behind_proxy is None else behind_proxy
    if trusted and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return network(forwarded.rsplit(",", 1)[-1])
    return network(str(request.META.get("REMOTE_ADDR", "")))


def network(address: str) -> str:
    """The address as counted: whole in IPv4; in IPv6 the /64 that one household or phone has.

    >>> network("196.12.3.4"), network("2001:db8:1:2:3:4:5:6"), network("nonsense")
    ('196.12.3.4', '2001:db8:1:2::', '')
    """
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False).network_address)
