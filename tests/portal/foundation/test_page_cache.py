"""Pages for strangers: kept, right again at once when the content moves, never shown to or from people."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from bpc.portal.foundation.page_cache import generations, kept_for_strangers, outdate

pytestmark = pytest.mark.django_db


class Counted:
    """A view that says how often it ran."""

    def __init__(self, status: int = 200) -> None:
        self.runs = 0
        self.status = status

    def view(self, request: HttpRequest) -> HttpResponse:
        self.runs += 1
        return HttpResponse(f"run {self.runs}", status=self.status)


@pytest.fixture
def counted() -> Iterator[Counted]:
    with override("fr"):  # another test may have left another language on
        yield Counted()


def _ask(counted: Counted, path: str = "/fr/idees", **extra: object) -> str:
    view = kept_for_strangers("ideas")(counted.view)
    return view(RequestFactory().get(path, **extra)).content.decode()  # type: ignore[arg-type]


def test_the_second_stranger_gets_the_kept_page(counted: Counted) -> None:
    assert [_ask(counted), _ask(counted)] == ["run 1", "run 1"]


def test_a_change_is_seen_at_the_next_request(counted: Counted) -> None:
    assert _ask(counted) == "run 1"
    outdate("ideas")
    assert _ask(counted) == "run 2"
    outdate("something else")
    assert _ask(counted) == "run 2"


def test_addresses_and_languages_are_different_pages(counted: Counted) -> None:
    assert _ask(counted, "/fr/idees?page=2") == "run 1"
    assert _ask(counted, "/fr/idees?page=3") == "run 2"
    with override("ar"):
        assert _ask(counted, "/fr/idees?page=3") == "run 3"
    assert _ask(counted, "/fr/idees?page=3", HTTP_HX_REQUEST="true") == "run 4"


def test_a_person_neither_reads_nor_fills_the_cache(counted: Counted) -> None:
    view = kept_for_strangers("ideas")(counted.view)
    request = RequestFactory().get("/fr/idees")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    assert view(request).content == b"run 1"
    assert _ask(counted) == "run 2"
    assert view(request).content == b"run 3"


def test_a_message_waiting_in_a_cookie_is_shown_to_its_reader_alone(counted: Counted) -> None:
    """Who signs out or leaves has no session any more: what they are told waits in a cookie."""
    view = kept_for_strangers("ideas")(counted.view)
    request = RequestFactory().get("/fr/idees")
    request.COOKIES[CookieStorage.cookie_name] = "something to say"
    assert view(request).content == b"run 1"
    assert _ask(counted) == "run 2"
    assert view(request).content == b"run 3"


def test_errors_are_not_kept() -> None:
    counted = Counted(status=404)
    _ask(counted)
    _ask(counted)
    assert counted.runs == 2


def test_generations_grow_by_one() -> None:
    before = generations("ideas", "reference")
    outdate("ideas")
    after = generations("ideas", "reference")
    ideas_before, reference_before = map(int, before.split("."))
    ideas_after, reference_after = map(int, after.split("."))
    assert reference_after == reference_before
    assert ideas_after > ideas_before
