"""The door: names must exist, strangers get 404, undeclared views are not served."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.middleware import DeclaredRightMiddleware
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN, can, declare_right, get_visible_or_404
from bpc.portal.ideas.models import Idea
from bpc.portal.people.roles import Role
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def test_a_right_nobody_declared_is_an_error_not_a_no() -> None:
    with pytest.raises(ImproperlyConfigured):
        can(AnonymousUser(), "ideas.publsh")


def test_a_right_is_declared_once() -> None:
    with pytest.raises(ImproperlyConfigured):
        declare_right("ideas.moderate", "again", lambda person, obj: True)


def test_hidden_and_missing_look_alike() -> None:
    draft = make_idea(state="draft", author=make_user())
    messages = set()
    for reference in (draft.reference, "T9999999"):
        with pytest.raises(Http404) as caught:
            get_visible_or_404(AnonymousUser(), Idea, reference=reference)
        messages.add(str(caught.value))
    assert len(messages) == 1
    assert get_visible_or_404(draft.author, Idea, reference=draft.reference) == draft


@pytest.mark.parametrize("rows", [Idea, Idea.objects.all()])
def test_nonsense_in_an_address_is_not_found(rows: Any) -> None:
    with pytest.raises(Http404):
        get_visible_or_404(AnonymousUser(), rows, pk="x")


def test_joins_of_a_queryset_are_kept(django_assert_num_queries: object) -> None:
    idea = make_idea()
    found = get_visible_or_404(AnonymousUser(), Idea.objects.select_related("commune"), pk=idea.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert found.commune.name_fr == "Taroudannt"


def test_a_view_without_a_right_is_not_served() -> None:
    guard = DeclaredRightMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        guard.process_view(RequestFactory().get("/"), _view, (), {})
    guard.process_view(RequestFactory().get("/"), page("x", _view, name="x", right=PUBLIC).callback, (), {})


def test_a_stranger_signs_in_and_comes_back() -> None:
    request = RequestFactory().get("/fr/secret?a=1")
    request.user = AnonymousUser()
    response = page("secret", _view, name="secret", right=SIGNED_IN).callback(request)
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/fr/secret%3Fa%3D1")


def test_a_person_without_the_right_is_refused() -> None:
    request = RequestFactory().get("/fr/moderation")
    request.user = make_user(Role.HOLDER)
    with pytest.raises(PermissionDenied):
        page("moderation", _view, name="moderation", right="ideas.moderate").callback(request)
