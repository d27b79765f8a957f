"""Every address declares a right that exists, and answers every role without a server error."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from bpc.portal.foundation.permissions import PUBLIC, can, is_declared
from bpc.portal.web.urls import urlpatterns as web_patterns
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import people_of_every_role


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def _all_patterns() -> list[URLPattern]:
    return list(_patterns(get_resolver()))


def test_every_address_declares_a_right_that_exists() -> None:
    undeclared = [
        str(pattern)
        for pattern in _all_patterns()
        if not is_declared(getattr(pattern.callback, "declared_right", ""))
    ]
    assert not undeclared
    assert len(_all_patterns()) > 30


def test_an_address_of_the_site_has_a_name_of_its_own() -> None:
    named = Counter(pattern.name for pattern in web_patterns)
    assert [name for name, times in named.items() if times > 1] == []


def _plain_pages(language: str) -> list[tuple[str, str]]:
    """(right, address) of the pages whose address takes no argument."""
    pages = []
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and isinstance(resolver.pattern, LocalePrefixPattern):
            for room in resolver.url_patterns:
                assert isinstance(room, URLResolver)
                for pattern in _patterns(room):
                    route = f"{room.pattern}{pattern.pattern}"
                    if "<" not in route and "(" not in route:
                        pages.append((pattern.callback.declared_right, f"/{language}/{route}"))
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_guarded_page_opens_to_its_roles_only(language: str) -> None:
    """Walk the guarded pages as each role, second factor shown: the page where allowed, else 302 or 403."""
    pages = _plain_pages(language)
    assert len(pages) > 20
    people = people_of_every_role()
    for role, person in people.items():
        client = Client()
        if person.is_authenticated:
            sign_in_with_factor(client, person)
        for right, address in pages:
            if right == PUBLIC or "/compte/" in address or "deconnexion" in address:
                continue
            response = client.get(address)
            if can(person, right):
                assert response.status_code == 200, (role, address, response.status_code)
            else:
                assert response.status_code in {302, 403}, (role, address, response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_public_page_opens_to_a_stranger(language: str) -> None:
    """Without an account and without a fault; 302 where a page first asks for something."""
    for right, address in _plain_pages(language):
        if right == PUBLIC:
            # some pages of the sign-in library only exist in the middle of a sign-in
            allowed = {200, 302, 404, 405} if "/compte/" in address else {200, 302}
            assert Client().get(address).status_code in allowed, address
