"""The organisers' pages: prepare an ideathon, correct it, announce it, change its rules and days, cancel it."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.contests.calendar import days_of
from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import EditionState, Phase
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.contests.contest_world import NOW, make_edition
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
DESK = "/fr/ideathons/tenir"
TODAY = timezone.localdate(NOW)


@pytest.fixture
def delegate(client: Client) -> User:
    """The delegate of Souss-Massa, signed in."""
    person = make_user(Role.DELEGATE, region="09")
    sign_in_with_factor(client, person)
    return person


def day(name: str, when: Any) -> dict[str, str]:
    """A day as its three boxes send it."""
    parts = ("", "", "") if when is None else (when.day, when.month, when.year)
    return {f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year"), parts, strict=True)}


def begin(client: Client) -> Edition:
    """An edition begun by the page."""
    said = {"region": "09", "name_fr": "Idéathon Argan", "name_ar": "إيدياثون", "theme_fr": "L’argan"}
    answer = client.post(f"{DESK}/nouveau", {**said, **day("first", TODAY + timedelta(days=1))})
    assert answer.status_code == 302
    return Edition.objects.get(name_fr="Idéathon Argan")


def part_url(edition: Edition, part: str = "") -> str:
    return f"/fr/ideathons/{edition.slug}/tenir{part}"


def test_an_edition_is_prepared_corrected_and_announced(client: Client, delegate: User) -> None:
    edition = begin(client)
    page = html.unescape(client.get(part_url(edition)).content.decode())
    assert "Le thème dans les deux langues" in page
    client.post(part_url(edition, "/annoncer"))
    assert Edition.objects.get().state == EditionState.DRAFT
    said = {"name_fr": "Idéathon Argan", "name_ar": "إيدياثون", "theme_fr": "L’argan", "theme_ar": "أركان"}
    assert client.post(part_url(edition, "/presentation"), {**said, "revision": "1"}).status_code == 302
    assert client.get(f"/fr/ideathons/{edition.slug}").status_code == 200  # the preview
    client.post(part_url(edition, "/annoncer"))
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED
    assert Client().get(f"/ar/ideathons/{edition.slug}").status_code == 200


@pytest.mark.parametrize(
    "part", ["presentation", "participants", "formulaire", "criteres", "jury", "prix", "reglement"]
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_part_opens(client: Client, delegate: User, part: str, language: str) -> None:
    edition = begin(client)
    url = part_url(edition, f"/{part}").replace("/fr/", f"/{language}/")
    assert client.get(url).status_code == 200


def sent(client: Client, url: str) -> dict[str, str]:
    """What the form of the page would send untouched."""
    form = client.get(url).context["form"]
    said = {"revision": str(form["revision"].value()), "rows": str(len(form.rows))}
    for bound in [*form.boxes(), *(bound for row in form.rows for bound in row)]:
        value = bound.value()
        if value not in (None, False, ""):
            said[bound.html_name] = value if isinstance(value, list) else str(value)
    return said


@pytest.mark.parametrize(
    "part", ["presentation", "participants", "formulaire", "criteres", "jury", "prix", "reglement"]
)
def test_a_part_sent_untouched_changes_nothing(client: Client, delegate: User, part: str) -> None:
    edition = begin(client)
    Edition.objects.update(theme_ar="أركان", who_may_enter={"kinds": ["group"], "sectors": ["food"]})
    edition.refresh_from_db()
    before = _state(edition)
    url = part_url(edition, f"/{part}")
    assert client.post(url, sent(client, url)).status_code == 302
    edition.refresh_from_db()
    assert _state(edition) == before


def _state(edition: Edition) -> list[Any]:
    own = ["form", "prizes", "who_may_enter", "rules_fr", "rules_ar", "theme_fr", "laureates", "is_blind"]
    criteria = edition.criteria.values("code", "weight", "descriptors", "name_ar", "question_ar")
    return [*(getattr(edition, name) for name in own), list(criteria)]


def test_rows_are_added_taken_away_and_kept_apart(client: Client, delegate: User) -> None:
    edition = begin(client)
    url = part_url(edition, "/formulaire")
    said = sent(client, url)
    said |= {"r0-gone": "on", "r6-label_fr": "Votre calendrier ?", "r6-label_ar": "ما هو برنامجكم؟"}
    assert client.post(url, said).status_code == 302
    edition.refresh_from_db()
    codes = [one["code"] for one in edition.form]
    assert "need" not in codes
    assert codes[-1] == "votre-calendrier"


def test_a_criterion_needs_all_its_sentences(client: Client, delegate: User) -> None:
    edition = begin(client)
    url = part_url(edition, "/criteres")
    said = sent(client, url)
    del said["r1-mark4_ar"]
    answer = client.post(url, said)
    assert answer.status_code == 422
    assert 'href="#id_r1-mark4_ar"' in answer.content.decode()


def test_days_are_refused_beside_their_boxes(client: Client, delegate: User) -> None:
    edition = begin(client)
    url = part_url(edition, "/dates")
    days = days_of(edition)
    said = {"revision": "1"}
    for name, when in {**days, "marking_until": TODAY, "vote_from": TODAY}.items():
        said |= day(name, when)
    answer = client.post(url, said)
    errors = answer.context["form"].errors.as_data()
    assert answer.status_code == 422
    assert {name: [one.code for one in faults] for name, faults in errors.items()} == {
        "marking_until": ["order"],
        "vote_from": ["order"],
        "vote_until": ["pair"],
    }
    impossible = {**said, **day("marking_until", None), "marking_until_day": "31", "marking_until_month": "2"}
    impossible["marking_until_year"] = "2027"
    assert "marking_until" in client.post(url, impossible).context["form"].errors


def test_an_announced_edition_is_extended_and_its_rules_revised_with_reasons(
    client: Client, delegate: User
) -> None:
    edition = begin(client)
    Edition.objects.update(theme_ar="أركان")
    client.post(part_url(edition, "/annoncer"))
    url = part_url(edition, "/jury")
    without = client.post(url, {**sent(client, url), "laureates": "5"})
    assert without.status_code == 422
    assert "reason" in without.context["form"].errors
    client.post(url, {**sent(client, url), "laureates": "5", "reason": "Une place de plus"})
    later = days_of(edition)["results_on"] + timedelta(days=5)  # type: ignore[operator]
    said = {"revision": "1", "reason": "Le jury demande du temps"}
    for name, when in {**days_of(edition), "results_on": later}.items():
        said |= day(name, when)
    assert client.post(part_url(edition, "/dates"), said).status_code == 302
    sheet = html.unescape(client.get(f"/fr/ideathons/{edition.slug}").content.decode())
    assert "Une place de plus" in sheet
    assert "Le jury demande du temps" in sheet
    assert edition.rules_versions.count() == 3
    rules = html.unescape(client.get(f"/fr/ideathons/{edition.slug}/reglement/2").content.decode())
    assert "Nombre de lauréats" in rules


def test_a_stale_form_keeps_what_was_written(client: Client, delegate: User) -> None:
    edition = begin(client)
    url = part_url(edition, "/jury")
    said = {**sent(client, url), "laureates": "7"}
    Edition.objects.update(revision=9)
    answer = client.post(url, said)
    assert answer.status_code == 422
    assert answer.context["form"]["laureates"].value() == "7"
    assert answer.context["form"]["revision"].value() == "9"
    assert client.post(url, {**said, "revision": "9"}).status_code == 302


def test_cancelling_and_lifting_it_leave_a_trace(client: Client, delegate: User) -> None:
    edition = make_edition(Phase.MARKING)
    url = part_url(edition, "/annuler")
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Salle indisponible"})
    edition.refresh_from_db()
    assert edition.state == EditionState.CANCELLED
    client.post(url, {"reason": "Salle trouvée"})
    page = html.unescape(Client().get(f"/fr/ideathons/{edition.slug}").content.decode())
    assert "Salle indisponible" in page
    assert "Salle trouvée" in page


def test_a_draft_is_deleted(client: Client, delegate: User) -> None:
    edition = begin(client)
    assert client.post(part_url(edition, "/supprimer")).status_code == 302
    assert not Edition.objects.exists()


@pytest.mark.parametrize("phase", Phase)
def test_the_desk_offers_what_the_phase_allows(client: Client, delegate: User, phase: Phase) -> None:
    edition = make_edition(phase)
    page = client.get(part_url(edition)).content.decode()
    may_extend = phase not in {Phase.DRAFT, Phase.RESULTS, Phase.CANCELLED}
    assert (">Prolonger<" in page) == may_extend
    assert ('id="announce"' in page) == (phase == Phase.DRAFT)
    for part in ("/jury", "/dates", "/annuler"):
        assert client.get(part_url(edition, part)).status_code in {200, 302}


def test_others_do_not_enter(client: Client) -> None:
    edition, draft = make_edition(Phase.ENTRIES), make_edition(Phase.DRAFT)
    sign_in_with_factor(client, make_user(Role.DELEGATE, region="02"))
    assert client.get(DESK).status_code == 200
    assert edition.name_fr not in client.get(DESK).content.decode()
    assert client.get(part_url(edition)).status_code == 403
    assert client.get(part_url(draft)).status_code == 404
    assert client.post(part_url(edition, "/annuler"), {"reason": "Non"}).status_code == 403


@pytest.mark.parametrize("phase", Phase)
def test_every_door_of_the_desk_and_of_the_sheet_opens(client: Client, delegate: User, phase: Phase) -> None:
    edition = make_edition(phase, vote_from=NOW - timedelta(days=1), vote_until=NOW + timedelta(days=1))
    for url in (part_url(edition), f"/fr/ideathons/{edition.slug}"):
        answer = client.get(url)
        assert answer.status_code == 200
        for door in answer.context["doors_of_edition"]:
            if not door.url.endswith("/resultats"):  # this small world closed it without publishing a verdict
                assert client.get(door.url).status_code == 200, (phase, door)


def test_the_sheet_leads_a_stranger_to_enter_and_to_the_results() -> None:
    shown = {
        phase: Client().get(f"/fr/ideathons/{make_edition(phase).slug}").context["doors_of_edition"]
        for phase in (Phase.ANNOUNCED, Phase.ENTRIES, Phase.MARKING, Phase.RESULTS)
    }
    assert [[door.label for door in doors] for doors in shown.values()] == [
        [], ["Présenter une candidature"], [], ["Voir les résultats"],
    ]  # fmt: skip
