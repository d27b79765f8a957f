"""Where a request comes from."""

from django.http import HttpRequest

from bpc.portal.ideas.limits import network
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
