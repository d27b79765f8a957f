"""A course opened through a real tool: what it learns, what it is refused. The tool is PyLTI1p3's."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bpc.portal.partner_courses.claims import AGS, LTI
from bpc.portal.partner_courses.identities import choose_sharing
from bpc.portal.partner_courses.models import Launch, Partner, PartnerCourse, PartnerIdentity, PartnerResult
from bpc.portal.people.models import User
from tests.portal.partner_courses.browsing import Browser, altered, asked
from tests.portal.partner_courses.partner_tool import PartnerTool
from tests.portal.partner_courses.partner_world import make_course, make_partner
from tests.portal.world import make_user

EVERYTHING = {"name": "on", "email": "on"}


@pytest.fixture
def course(site: str, tool: PartnerTool) -> PartnerCourse:
    """A course of the running tool."""
    partner = make_partner(tool.address)
    tool.learn(site, partner.client_id)
    return make_course(partner, custom={"id": "c-12"})


@pytest.fixture
def learner(browser: Browser) -> User:
    """A person with a name and an address, signed in."""
    person = make_user(display_name="Fatima Ait Ali", email="fatima@example.org")
    browser.sign_in(person)
    return person


def launched(tool: PartnerTool) -> dict[str, Any]:
    """What the tool read of the last launch."""
    return dict(tool.launches[-1].get_launch_data())


def test_a_tool_finds_the_launch_valid_and_learns_nothing_of_the_person(
    site: str, browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    answer = browser.open(course.pk)
    assert (answer.status_code, tool.refused) == (200, [])
    said = launched(tool)
    identity = PartnerIdentity.objects.get(person=learner)
    assert answer.text == said["sub"] == str(identity.subject)
    assert not {"name", "email", "given_name", "family_name"} & said.keys()
    assert "fatima" not in str(said).lower()
    assert (said["iss"], said["aud"]) == (site, course.partner.client_id)
    assert said[f"{LTI}resource_link"] == {"id": str(course.key), "title": "Fixer son prix"}
    assert said[f"{LTI}roles"] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]
    assert said[f"{LTI}custom"] == {"id": "c-12"}
    assert said[f"{LTI}launch_presentation"] == {
        "document_target": "window", "return_url": f"{site}/fr/formations/partenaires/{course.pk}", "locale": "fr",
    }  # fmt: skip
    assert said[f"{AGS}claim/endpoint"]["lineitem"] == f"{site}/lti/courses/{course.key}/line-items/1"
    assert PartnerResult.objects.get(identity=identity).activity == ""


def test_what_the_person_agreed_to_is_sent_and_no_longer_once_withdrawn(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    browser.open(course.pk, **EVERYTHING)
    first = launched(tool)
    assert (first["name"], first["email"]) == ("Fatima Ait Ali", "fatima@example.org")
    choose_sharing(partner=course.partner, name=True, email=False, actor=learner, at=timezone.now())
    # the choice is remembered: the form of the course's page asks nothing
    where = browser.post(f"/fr/formations/partenaires/{course.pk}/ouvrir", {}).headers["Location"]
    address, fields = browser.authenticated(browser.at_login(where))
    assert browser.web.post(address, data=fields).status_code == 200
    second = launched(tool)
    assert (second["name"], "email" in second, second["sub"]) == ("Fatima Ait Ali", False, first["sub"])


def test_two_partners_know_one_person_by_two_numbers(
    site: str, browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    browser.open(course.pk)
    here = launched(tool)["sub"]
    other = make_partner(tool.address, name="Autre académie")
    tool.learn(site, other.client_id)
    browser.open(make_course(other).pk)
    assert launched(tool)["sub"] != here


def test_the_language_of_the_page_goes_with_the_launch(
    site: str, browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    choose_sharing(partner=course.partner, name=False, email=False, actor=learner, at=timezone.now())
    browser.get(f"/ar/formations/partenaires/{course.pk}")
    where = browser.post(f"/ar/formations/partenaires/{course.pk}/ouvrir", {}).headers["Location"]
    page = browser.get(browser.at_login(where)).text
    assert '<html lang="ar" dir="rtl">' in page
    address, fields = browser.authenticated(browser.at_login(browser.begin(course.pk)))
    browser.web.post(address, data=fields)
    said = launched(tool)
    assert (said["locale"], said[f"{LTI}launch_presentation"]["locale"]) == ("fr", "fr")


def test_the_page_that_posts_lets_forms_reach_the_partner_only(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    response = browser.get(browser.at_login(browser.begin(course.pk)))
    policy = response.headers["Content-Security-Policy"]
    assert f"form-action 'self' {tool.address};" in f"{policy};"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_tool_refuses_another_nonce_than_its_own(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = altered(browser.at_login(browser.begin(course.pk)), nonce="autre")
    where, fields = browser.authenticated(address)
    assert browser.web.post(where, data=fields).status_code == 400
    assert (tool.refused, tool.launches) == (["Invalid Nonce"], [])


def test_a_hint_serves_once(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    browser.authenticated(address)
    again = browser.get(address)
    assert again.status_code == 400
    assert "id_token" not in again.text
    assert f"/formations/partenaires/{course.pk}" in again.text


def test_a_hint_serves_for_five_minutes(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    Launch.objects.update(made_at=timezone.now() - timedelta(minutes=5, seconds=1))
    assert browser.get(address).status_code == 400
    assert not Launch.objects.exclude(used_at=None).exists()


@pytest.mark.parametrize("redirect", ["/launch/", "/launch?x=1", "/autre", "/LAUNCH"])
def test_nothing_is_sent_to_an_address_that_only_resembles(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User, redirect: str
) -> None:
    address = altered(browser.at_login(browser.begin(course.pk)), redirect_uri=f"{tool.address}{redirect}")
    response = browser.get(address)
    assert response.status_code == 400
    assert "data-submit-at-once" not in response.text
    assert not Launch.objects.exclude(used_at=None).exists()


def test_an_unknown_or_paused_client_is_answered_nothing(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    assert browser.get(altered(address, client_id="inconnu")).status_code == 400
    assert browser.get(altered(address, client_id=None)).status_code == 400
    Partner.objects.update(state="paused")
    assert browser.get(address).status_code == 400


def test_the_hint_of_one_person_serves_no_other_nor_a_stranger(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    browser.sign_in(make_user())
    assert browser.get(address).status_code == 400
    browser.web.cookies.clear()
    assert browser.get(address).status_code == 400
    browser.sign_in(learner)
    assert browser.get(altered(address, login_hint="autre")).status_code == 400
    browser.authenticated(address)  # and it still serves the person it was made for


def test_the_hint_of_one_partner_serves_no_other(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    other = make_partner(tool.address, name="Autre académie")
    assert browser.get(altered(address, client_id=other.client_id)).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": None}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"nonce": None}, "invalid_request"),
        ({"lti_message_hint": None}, "invalid_request"),
        ({"nonce": "n" * 3000}, "invalid_request"),
    ],
)
def test_the_fault_of_a_request_is_told_to_its_tool(
    browser: Browser,
    tool: PartnerTool,
    course: PartnerCourse,
    learner: User,
    changes: dict[str, str | None],
    error: str,
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    where, fields = browser.authenticated(altered(address, **changes))
    assert where == f"{tool.address}/launch"
    assert (fields["error"], fields["state"]) == (error, asked(address)["state"])
    assert "id_token" not in fields
    assert browser.authenticated(address)[1].keys() == {"id_token", "state"}  # the hint was not used up


def test_a_form_of_the_tool_becomes_a_plain_address(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    """A browser shows no cookie to a form of another site."""
    address = browser.at_login(browser.begin(course.pk))
    kept = browser.web.cookies.copy()
    browser.web.cookies.clear()
    response = browser.web.post(address.partition("?")[0], data=asked(address), allow_redirects=False)
    assert response.status_code == 303
    browser.web.cookies.update(kept)
    assert browser.authenticated(response.headers["Location"])[1].keys() == {"id_token", "state"}


def test_a_course_withdrawn_meanwhile_does_not_open(
    browser: Browser, tool: PartnerTool, course: PartnerCourse, learner: User
) -> None:
    address = browser.at_login(browser.begin(course.pk))
    PartnerCourse.objects.update(state="withdrawn")
    assert browser.get(address).status_code == 403
    assert tool.launches == []


def test_nobody_opens_a_course_before_saying_what_the_partner_may_know(
    browser: Browser, course: PartnerCourse, learner: User
) -> None:
    address = f"/fr/formations/partenaires/{course.pk}/ouvrir"
    browser.get(address)
    response = browser.post(address, {})
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert not Launch.objects.exists()


def test_former_launches_are_forgotten(browser: Browser, course: PartnerCourse, learner: User) -> None:
    browser.begin(course.pk)
    Launch.objects.update(made_at=timezone.now() - timedelta(days=2))
    browser.begin(course.pk)
    assert Launch.objects.count() == 1
