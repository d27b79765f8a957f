"""Under which address the public knows the site. Links in messages are made from it, never from a request."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def public_origin(url: str, *, hosts: list[str] | None = None) -> str:
    """The origin `url` names, without a slash at its end. With `hosts`: over TLS, and on one of them.

    Raises ImproperlyConfigured for anything but a scheme, a host and perhaps a port.

    >>> public_origin("https://projets.exemple.ma/")
    'https://projets.exemple.ma'
    """
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ImproperlyConfigured(f"PUBLIC_URL={url!r}: write https://host")
    if url.rstrip("/") != origin:
        raise ImproperlyConfigured(f"PUBLIC_URL={url!r}: the address of the site, without a path")
    if hosts is not None and parts.scheme != "https":
        raise ImproperlyConfigured(f"PUBLIC_URL={url!r}: the public is served over https")
    if hosts is not None and not _is_among(parts.hostname, hosts):
        raise ImproperlyConfigured(f"PUBLIC_URL={url!r}: its host must be one of ALLOWED_HOSTS")
    return origin


def _is_among(host: str, hosts: list[str]) -> bool:
    """Whether Django would answer to `host`: named, or under a name that begins with a point."""
    return any(
        host == known.lower()
        or known == "*"
        or (known.startswith(".") and f".{host}".endswith(known.lower()))
        for known in hosts
    )
