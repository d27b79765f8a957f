"""What a real tool sends back: a token asked as it should be, a score kept once; and everything else refused."""

import json
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import jwt
import pytest
import requests
from django.utils import timezone
from pylti1p3.exception import LtiServiceException
from pylti1p3.lineitem import LineItem

from bpc.portal.partner_courses.claims import LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerResult, UsedAssertion
from bpc.portal.partner_courses.notices import COMPLETED
from bpc.portal.partner_courses.tokens import ASSERTION_TYPE, give_token, read_token
from bpc.portal.people.models import Notification, User
from tests.portal.partner_courses.browsing import Browser
from tests.portal.partner_courses.partner_tool import PartnerTool, key_pair
from tests.portal.partner_courses.partner_world import make_course, make_partner, opened
from tests.portal.world import make_user

LATE = "2026-11-02T10:00:00+00:00"


@pytest.fixture
def course(site: str, tool: PartnerTool) -> PartnerCourse:
    """A course of the running tool."""
    partner = make_partner(tool.address)
    tool.learn(site, partner.client_id)
    return make_course(partner, pass_percent=60)


@pytest.fixture
def learner(browser: Browser, tool: PartnerTool, course: PartnerCourse) -> User:
    """A person who opened the course."""
    person = make_user(display_name="Fatima", language="ar")
    browser.sign_in(person)
    assert browser.open(course.pk).status_code == 200
    return person


def assertion(tool: PartnerTool, partner: Partner, site: str, **changes: Any) -> str:
    """What a tool signs to ask for a token; `key` and `kid` are taken out of the changes."""
    now = int(time.time())
    private, kid = changes.pop("key", tool.private), changes.pop("kid", None)
    said = {
        "iss": partner.client_id, "sub": partner.client_id, "aud": f"{site}/lti/token", "iat": now, "exp": now + 60,
        "jti": str(time.monotonic_ns()), **changes,
    }  # fmt: skip
    named = kid or tool.config.get_jwks()["keys"][0]["kid"]
    return jwt.encode(
        {k: v for k, v in said.items() if v is not None}, private, "RS256", headers={"kid": named}
    )


def ask(site: str, signed: str, **changes: str) -> requests.Response:
    """Ask for a token."""
    said = {
        "grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": signed,
        "scope": SCORE, **changes,
    }  # fmt: skip
    with requests.Session() as web:
        return web.post(f"{site}/lti/token", data=said)


def call(method: str, address: str, token: str, body: Any = None) -> requests.Response:
    """Call a service with a token."""
    with requests.Session() as web:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return web.request(method, address, json=body, headers=headers)


def token_of(tool: PartnerTool, course: PartnerCourse, site: str, scope: str = SCORE) -> str:
    """A token for a scope."""
    return str(ask(site, assertion(tool, course.partner, site), scope=scope).json()["access_token"])


def score(course: PartnerCourse, person: User, **changes: Any) -> dict[str, Any]:
    """A whole score."""
    result = PartnerResult.objects.get(course=course, identity__person=person)
    return {
        "userId": str(result.identity.subject), "timestamp": LATE, "scoreGiven": 17, "scoreMaximum": 20,
        "activityProgress": "Completed", "gradingProgress": "FullyGraded", **changes,
    }  # fmt: skip


def test_a_tool_sends_a_score_and_the_learner_reads_it(
    site: str, browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    tool.send_score(17, 20, LATE)
    result = PartnerResult.objects.get(identity__person=learner)
    assert (result.given, result.maximum, result.completed_percent) == (17, 20, 85)
    page = browser.get("/fr/mon-espace/cours-partenaires").text
    assert "Fixer son prix" in page
    assert "Réussi" in page
    assert "note 85,0 sur 100" in page
    assert 'datetime="2026-11-02T11:00+01:00"' in page
    notice = Notification.objects.get(user=learner, kind=COMPLETED)
    assert notice.data == {"title": "تحديد الثمن"}


def test_a_tool_reads_the_line_item_and_the_results(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    tool.send_score(8.5, 10, LATE)
    grades = tool.grades()
    line = grades.get_lineitem()
    assert (line.get_label(), line.get_score_maximum()) == ("Fixer son prix", 100)
    assert grades.find_lineitem_by_resource_link_id(str(course.key)).get_id() == line.get_id()
    (told,) = grades.get_grades()
    assert (told["resultScore"], told["resultMaximum"]) == (8.5, 10)
    assert told["userId"] == tool.launches[-1].get_launch_data()["sub"]
    assert tool.keys_asked == 1  # kept, not asked each time


def test_an_older_score_and_the_same_again_change_nothing(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    tool.send_score(17, 20, LATE)
    before = PartnerResult.objects.values().get()
    for _time in range(2):
        tool.send_score(17, 20, LATE)
    tool.send_score(3, 20, "2026-11-02T09:59:59.999+00:00")
    assert PartnerResult.objects.values().get() == before
    assert Notification.objects.filter(kind=COMPLETED).count() == 1
    tool.send_score(19, 20, "2026-11-02T11:00:00.001+01:00")  # the same minute, a thousandth later
    assert PartnerResult.objects.get().completed_percent == 95
    assert Notification.objects.filter(kind=COMPLETED).count() == 1


def test_what_was_finished_stays_when_the_course_is_begun_anew(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    tool.send_score(17, 20, LATE)
    token = token_of(tool, course, site)
    anew = score(course, learner, timestamp="2026-11-03T08:00:00Z", activityProgress="Started",
                 gradingProgress="NotReady")  # fmt: skip
    del anew["scoreGiven"]
    assert (
        call("POST", f"{site}/lti/courses/{course.key}/line-items/1/scores", token, anew).status_code == 200
    )
    result = PartnerResult.objects.get()
    assert (result.activity, result.given, result.completed_percent) == ("Started", None, 85)
    assert result.completed_at is not None


def test_moodle_writes_its_numbers_as_words_and_its_zones_without_a_colon(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    told = score(
        course, learner, scoreGiven="85.00000", scoreMaximum=100.0, timestamp="2026-11-02T10:00:00+0000"
    )
    response = call(
        "POST", f"{site}/lti/courses/{course.key}/line-items/1/scores", token_of(tool, course, site), told
    )
    assert (response.status_code, response.content) == (200, b"")
    assert PartnerResult.objects.get().completed_percent == Decimal(85)


@pytest.mark.parametrize(
    "changes",
    [
        {"scoreGiven": -1}, {"scoreGiven": "1e3"}, {"scoreGiven": True}, {"scoreMaximum": 0}, {"scoreMaximum": None},
        {"activityProgress": "Finished"}, {"gradingProgress": None}, {"timestamp": "2026-11-02"},
        {"timestamp": "2026-11-02T10:00:00"}, {"timestamp": "2999-01-01T00:00:00Z"}, {"timestamp": 12},
        {"timestamp": "2026-13-02T10:00:00Z"}, {"userId": 7}, {"userId": ""}, {"comment": ["a"]},
        {"scoreGiven": 10**9},
    ],
    ids=str,
)  # fmt: skip
def test_a_score_that_is_none_is_refused_with_the_reason(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User, changes: dict[str, Any]
) -> None:
    address = f"{site}/lti/courses/{course.key}/line-items/1/scores"
    response = call("POST", address, token_of(tool, course, site), score(course, learner, **changes))
    assert response.status_code == 400
    (name,) = changes
    expected = "scoreMaximum" if name == "scoreMaximum" else name
    assert response.json()["error_description"].startswith(expected)
    assert PartnerResult.objects.get().told_at is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"NaN", b'{"scoreGiven": NaN}', b"[" * 9000, b"\xff", b"{" + b" " * 20_000]
)
def test_what_is_no_score_at_all_is_refused(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User, body: bytes
) -> None:
    address = f"{site}/lti/courses/{course.key}/line-items/1/scores"
    headers = {"Authorization": f"Bearer {token_of(tool, course, site)}"}
    with requests.Session() as web:
        response = web.post(address, data=body, headers=headers)
    assert response.status_code == (413 if len(body) > 16_384 else 400)


def test_a_score_for_the_course_of_another_partner_is_refused(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    others = make_course(make_partner(name="Autre académie"))
    opened(others, learner)
    token = token_of(tool, course, site)
    address = f"{site}/lti/courses/{others.key}/line-items/1"
    assert call("POST", f"{address}/scores", token, score(others, learner)).status_code == 404
    every = token_of(tool, course, site, f"{LINE_ITEM} {RESULT_READ}")
    assert call("GET", address, every).status_code == 404
    assert call("GET", f"{address}/results", every).status_code == 404
    assert PartnerResult.objects.get(course=others).told_at is None


def test_a_score_for_who_never_opened_the_course_is_refused(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    other = make_course(course.partner)
    opened(other, make_user())
    stranger = score(other, PartnerResult.objects.get(course=other).identity.person)
    token = token_of(tool, course, site)
    address = f"{site}/lti/courses/{course.key}/line-items/1/scores"
    assert call("POST", address, token, stranger).status_code == 404
    assert call("POST", address, token, {**stranger, "userId": "personne"}).status_code == 404


@pytest.mark.parametrize(
    ("scope", "method", "end"),
    [
        (LINE_ITEM_READ, "POST", "/1/scores"), (RESULT_READ, "POST", "/1/scores"), (SCORE, "GET", "/1/results"),
        (SCORE, "GET", "/1"), (SCORE, "GET", ""), (RESULT_READ, "GET", "/1"), (LINE_ITEM_READ, "GET", "/1/results"),
    ],
)  # fmt: skip
def test_a_token_serves_what_it_was_asked_for(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User, scope: str, method: str, end: str
) -> None:
    address = f"{site}/lti/courses/{course.key}/line-items{end}"
    response = call(method, address, token_of(tool, course, site, scope), score(course, learner))
    assert response.status_code == 403
    assert response.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'


def test_without_a_token_that_holds_nothing_is_answered(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = f"{site}/lti/courses/{course.key}/line-items/1/scores"
    token = token_of(tool, course, site)
    for shown, challenge in (("", "Bearer"), ("rien", 'Bearer error="invalid_token"'), (f"{token}x", None)):
        response = call("POST", address, shown, score(course, learner))
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith(challenge or "Bearer error")
    assert call("GET", address, token).status_code == 405
    Partner.objects.update(state="paused")
    assert call("POST", address, token, score(course, learner)).status_code == 401


def test_a_token_lasts_an_hour(site: str, tool: PartnerTool, course: PartnerCourse, learner: User) -> None:
    now = timezone.now()
    said = {
        "grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "scope": f"openid {SCORE} {SCORE}",
        "client_assertion": assertion(tool, course.partner, site),
    }  # fmt: skip
    told = give_token(said, now)
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 3600, SCORE)
    held = read_token(told["access_token"], now + timedelta(minutes=59))
    assert held is not None
    assert (held.partner, held.scopes) == (course.partner, {SCORE})
    assert read_token(told["access_token"], now + timedelta(minutes=60)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://autre.example/token"}, {"aud": None}, {"exp": 1_000_000_000}, {"exp": None},
        {"exp": 99_999_999_999}, {"exp": 10**30}, {"jti": None}, {"sub": "autre"}, {"iss": "autre"},
        {"iat": 99_999_999_999}, {"key": key_pair(1)[0]}, {"kid": "inconnu"},
    ],
    ids=lambda changes: str(changes)[:40],
)  # fmt: skip
def test_an_assertion_that_proves_nothing_is_refused(
    site: str, tool: PartnerTool, course: PartnerCourse, changes: dict[str, Any]
) -> None:
    response = ask(site, assertion(tool, course.partner, site, **changes))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_an_assertion_serves_once(site: str, tool: PartnerTool, course: PartnerCourse) -> None:
    signed = assertion(tool, course.partner, site)
    assert ask(site, signed).status_code == 200
    again = ask(site, signed)
    assert (again.status_code, again.json()["error_description"]) == (401, "this jti came already")
    UsedAssertion.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert ask(site, assertion(tool, course.partner, site)).status_code == 200
    assert UsedAssertion.objects.count() == 1  # what is over is forgotten


def test_an_assertion_signed_by_a_shared_secret_is_refused(
    site: str, tool: PartnerTool, course: PartnerCourse
) -> None:
    """The confusion of algorithms: the public key taken for a secret."""
    said = jwt.decode(assertion(tool, course.partner, site), options={"verify_signature": False})
    kid = tool.config.get_jwks()["keys"][0]["kid"]
    for algorithm, key in (("HS256", "x" * 32), ("none", "")):
        signed = jwt.encode(said, key, algorithm, headers={"kid": kid})
        assert ask(site, signed).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_assertion_type": "autre"}, 400, "invalid_request"),
        ({"client_assertion": ""}, 400, "invalid_request"),
        ({"client_assertion": "a.b.c"}, 401, "invalid_client"),
        ({"client_assertion": "x" * 9000}, 400, "invalid_request"),
        ({"scope": "openid"}, 400, "invalid_scope"),
        ({"scope": ""}, 400, "invalid_scope"),
    ],
)
def test_a_request_for_a_token_is_held_to_the_standard(
    site: str, tool: PartnerTool, course: PartnerCourse, changes: dict[str, str], status: int, error: str
) -> None:
    response = ask(site, assertion(tool, course.partner, site), **changes)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert "no-store" in response.headers["Cache-Control"]


def test_too_many_requests_wait(site: str, tool: PartnerTool, course: PartnerCourse) -> None:
    statuses = [ask(site, "a.b.c").status_code for _time in range(62)]
    assert statuses == [401] * 60 + [429] * 2


def test_results_come_page_by_page(site: str, tool: PartnerTool, course: PartnerCourse) -> None:
    for number in range(3):
        row = opened(course, make_user())
        PartnerResult.objects.filter(pk=row.pk).update(given=number, maximum=3)
    opened(course, make_user())  # without a score: no result yet
    token = token_of(tool, course, site, RESULT_READ)
    address = f"{site}/lti/courses/{course.key}/line-items/1/results"
    first = call("GET", f"{address}?limit=2", token)
    assert [one["resultScore"] for one in first.json()] == [0, 1]
    following = first.links["next"]["url"]
    second = call("GET", following, token)
    assert ([one["resultScore"] for one in second.json()], "next" in second.links) == ([2], False)
    one = second.json()[0]
    assert call("GET", one["id"], token).json() == [one]
    assert call("GET", f"{address}?user_id=personne", token).json() == []


def test_pylti_refuses_to_make_line_items_of_its_own(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    """A course has one line item: the right to make others is not offered, nor given."""
    made = LineItem().set_tag("autre").set_score_maximum(10).set_label("Autre")
    with pytest.raises(Exception, match="Missing required scope"):
        tool.grades().find_or_create_lineitem(made)
    token = token_of(tool, course, site, LINE_ITEM)
    address = f"{site}/lti/courses/{course.key}/line-items"
    assert call("POST", address, token, json.loads(made.get_value())).status_code == 405


def test_a_tool_is_told_why_by_the_library(
    site: str, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    with pytest.raises(LtiServiceException) as refusal:
        tool.send_score(17, 20, LATE, user="personne")
    assert refusal.value.response.status_code == 404
