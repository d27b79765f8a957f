"""The pages of a juror: what is left, marking with and without its script, discussion, amended marks."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bpc.portal.contests.models import DiscussionMessage, Edition, Entry, EntryMember, Mark, Reading
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import Organisation, User
from tests.portal.contests.contest_world import (
    CRITERIA,
    NOW,
    make_edition,
    make_entry,
    make_juror,
    make_reading,
)
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def asked(phase: Phase = Phase.MARKING, **edition: Any) -> tuple[Reading, Client]:
    """A reading asked, and its juror signed in."""
    user = make_user()
    found = make_edition(phase, **edition)
    reading = make_reading(make_juror(found, user), make_entry(found, make_user()))
    client = entered(user)
    return reading, client


def page_of(reading: Reading) -> str:
    return f"/fr/mon-espace/jury/lectures/{reading.pk}"


def filled(revision: int = 0, value: int = 4, **changes: Any) -> dict[str, Any]:
    """A form that may be finished."""
    told: dict[str, Any] = {"revision": revision, "key": str(uuid4()), "comment": "Un projet solide."}
    for code in CRITERIA:
        told |= {f"mark_{code}": value, f"why_{code}": f"Parce que {code}."}
    return {**told, **changes}


def values_of(reading: Reading) -> dict[str, int | None]:
    return dict(Mark.objects.filter(reading=reading).values_list("criterion__code", "value"))


def test_the_list_says_what_is_left() -> None:
    user = make_user()
    edition = make_edition(Phase.MARKING)
    juror = make_juror(edition, user)
    entries = [make_entry(edition, make_user()) for _ in range(4)]
    make_reading(juror, entries[0], (3, 3, 3, 3))
    Reading.objects.filter(pk=make_reading(juror, entries[1]).pk).update(saved_at=NOW)
    make_reading(juror, entries[2])
    Reading.objects.filter(pk=make_reading(juror, entries[3]).pk).update(state="released")
    client = entered(user)
    html = client.get(f"/fr/mon-espace/jury/{edition.slug}").content.decode()
    assert '<progress id="progress" value="1" max="3">' in html
    assert [html.count(entry.title) for entry in entries] == [1, 1, 1, 0]
    only = client.get(f"/fr/mon-espace/jury/{edition.slug}?etape=draft").content.decode()
    assert [only.count(entry.title) for entry in entries] == [0, 1, 0, 0]
    stranger = entered(make_user("administrator"))
    assert stranger.get(f"/fr/mon-espace/jury/{edition.slug}").status_code == 404


def test_marking_without_its_script() -> None:
    reading, client = asked()
    html = client.get(page_of(reading)).content.decode()
    assert html.count('type="radio"') == 5 * len(CRITERIA)
    assert "Niveau 4" in html
    saved = client.post(page_of(reading), filled(mark_impact="", why_impact="", act="draft"))
    assert saved["Location"] == page_of(reading)
    assert values_of(reading) == {"innovation": 4, "environment": 4, "territory": 4, "impact": None}
    refused = client.post(page_of(reading), filled(1, mark_impact="", why_impact="", act="finish"))
    assert refused.status_code == 422
    assert "Choisissez une des cinq phrases." in refused.content.decode()
    assert Reading.objects.get(pk=reading.pk).state == "assigned"
    done = client.post(page_of(reading), filled(1, act="finish"))
    assert done["Location"] == f"/fr/mon-espace/jury/{reading.juror.edition.slug}"
    assert Reading.objects.get(pk=reading.pk).state == "done"
    client.post(f"{page_of(reading)}/rouvrir")
    assert Reading.objects.get(pk=reading.pk).state == "assigned"


def test_a_page_left_open_does_not_overwrite_what_came_after() -> None:
    reading, client = asked()
    client.post(page_of(reading), filled(0, 5))
    stale = client.post(page_of(reading), filled(0, 2))
    html = stale.content.decode()
    assert stale.status_code == 409
    assert "sur un autre appareil" in html
    assert 'name="revision" value="1"' in html
    assert values_of(reading) == dict.fromkeys(CRITERIA, 5)


def test_drafts_sent_by_a_device() -> None:
    reading, client = asked()
    url = f"{page_of(reading)}/brouillon"
    first = filled(0, 2, act="draft")
    for _ in range(2):
        answer = client.post(url, first)
        assert (answer.status_code, answer.json()["revision"], answer.json()["state"]) == (200, 1, "assigned")
    assert client.post(url, filled(0, 5)).json() == {"problem": "stale", "revision": 1}
    assert client.post(url, filled(1, 9)).status_code == 422
    incomplete = client.post(url, filled(1, why_impact=" ", act="finish"))
    assert (incomplete.status_code, incomplete.json()["fields"]) == (422, ["impact"])
    last = filled(1, 3, act="finish")
    assert [client.post(url, last).json()["state"] for _ in range(2)] == ["done", "done"]
    assert client.post(url, filled(2, 1)).json() == {"problem": "done"}
    Edition.objects.update(marking_until=NOW, discussion_until=NOW)
    assert client.post(url, filled(2, 1)).json() == {"problem": "closed"}
    assert values_of(reading) == dict.fromkeys(CRITERIA, 3)


@pytest.mark.parametrize("told", [
    {"revision": "-1"}, {"revision": "x"}, {"key": "zut"}, {"mark_impact": "6"}, {"mark_impact": "abc"},
    {"why_impact": "x" * 1501}, {"comment": "x" * 3001}, {"why_impact": "nul\x00"},
])  # fmt: skip
def test_hostile_drafts_are_refused(told: dict[str, str]) -> None:
    reading, client = asked()
    assert client.post(f"{page_of(reading)}/brouillon", {**filled(), **told}).status_code == 422
    assert client.post(page_of(reading), {**filled(), **told}).status_code == 422
    assert values_of(reading) == {}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.MARKING])
def test_no_form_outside_the_phase(phase: Phase) -> None:
    reading, client = asked(phase)
    html = client.get(page_of(reading)).content.decode()
    assert 'type="radio"' not in html
    assert client.post(f"{page_of(reading)}/brouillon", filled()).json() == {"problem": "closed"}
    assert client.post(page_of(reading), filled()).status_code == 302
    assert values_of(reading) == {}


def test_nobody_else_opens_a_reading() -> None:
    reading, _client = asked()
    president = make_user()
    make_juror(reading.juror.edition, president, is_president=True)
    author = reading.entry.created_by
    assert author is not None
    for person in (president, make_user("administrator"), make_user("delegate"), author):
        client = entered(person)
        assert client.get(page_of(reading)).status_code == 404
        assert client.post(f"{page_of(reading)}/brouillon", filled()).status_code == 404
    assert Client().get(page_of(reading)).status_code == 302


def named_entry(edition: Edition) -> Entry:
    """An entry whose texts name its people, its organisation, and how to reach them."""
    body = Organisation.objects.create(kind="cooperative", name="Coopérative Tifaouine")
    entry = make_entry(
        edition, make_user(), organisation=body, title="Le séchoir de Fatima Aït Baha",
        summary="AÏT BAHA Fatima et la coopérative  Tifaouine sèchent : f.baha@example.org, 06 12 34 56 78.",
        answers={"need": "Voyez https://tifaouine.example.org/nous et Fatima."}, video_url="https://video.example.org/1",
    )  # fmt: skip
    EntryMember.objects.create(
        entry=entry, name="Fatima  Aït Baha", woman="yes", consent="given", answered_at=NOW
    )
    entry.attachments.create(kind="photo", original_name="equipe.jpg", content_type="image/jpeg", size=1)
    return entry


_FORM = [{"code": "need", "label_fr": "Le besoin", "label_ar": "الحاجة", "max": 500, "required": True}]


def test_a_blind_edition_hides_who_they_are() -> None:
    reading, client = asked(form=_FORM)
    entry = named_entry(reading.juror.edition)
    other = make_reading(reading.juror, entry)
    pages = [page_of(other), f"/fr/mon-espace/jury/{reading.juror.edition.slug}"]
    for html in (client.get(page).content.decode() for page in pages):
        for word in (
            "Aït Baha",
            "AÏT BAHA",
            "Tifaouine",
            "tifaouine",
            "f.baha",
            "34 56",
            "video.example",
            "equipe.jpg",
        ):
            assert word not in html
    html = client.get(page_of(other)).content.decode()
    assert "Le besoin" in html
    assert "█████ et la █████ sèchent : █████, █████." in html
    assert "Taroudannt" in html  # the place is judged
    file = entry.attachments.get()
    assert client.get(f"/fr/candidatures/{entry.reference}/fichiers/{file.pk}").status_code == 404


def test_an_edition_that_is_not_blind_shows_them() -> None:
    reading, client = asked(is_blind=False)
    html = client.get(
        page_of(make_reading(reading.juror, named_entry(reading.juror.edition)))
    ).content.decode()
    assert "Le séchoir de Fatima Aït Baha" in html
    assert "Coopérative Tifaouine" in html
    assert "equipe.jpg" in html
    assert "█" not in html


def discussed() -> tuple[Reading, Client, User]:
    reading, client = asked(Phase.DISCUSSION)
    for number, criterion in enumerate(reading.juror.edition.criteria.all()):
        Mark.objects.create(
            reading=reading, criterion=criterion, value=1 + number, comment="Lu.", language="fr"
        )
    Reading.objects.filter(pk=reading.pk).update(state="done", done_at=NOW)
    other = make_user()
    make_reading(make_juror(reading.juror.edition, other, name="Juré Ahmed"), reading.entry, (5, 5, 4, 4))
    return reading, client, other


def test_the_discussion_page() -> None:
    reading, client, other = discussed()
    url = f"/fr/mon-espace/jury/{reading.juror.edition.slug}/{reading.entry.reference}"
    html = client.get(url).content.decode()
    assert 'data-label="Juré Ahmed">5</td>' in html
    told = {"text": "Le prix me paraît bas.", "key": str(uuid4())}
    for _ in range(2):
        assert client.post(url, told).status_code == 302
    assert DiscussionMessage.objects.count() == 1
    assert client.post(url, {"text": " ", "key": str(uuid4())}).status_code == 422
    second = entered(other)
    assert "Le prix me paraît bas." in second.get(url).content.decode()
    idle = make_user()
    make_reading(make_juror(reading.juror.edition, idle), reading.entry)
    assert entered(idle).get(url).status_code == 403
    stranger = entered(make_user("administrator"))
    assert stranger.get(url).status_code in (403, 404)


def test_marks_amended_with_a_reason() -> None:
    reading, client, other = discussed()
    url = f"{page_of(reading)}/modifier"
    assert client.get(url).status_code == 200
    told = filled(0, 4, reason="")
    assert client.post(url, told).status_code == 422
    assert client.post(url, {**told, "reason": "J’avais mal lu le plan."}).status_code == 302
    assert values_of(reading) == dict.fromkeys(CRITERIA, 4)
    second = entered(other)
    html = second.get(
        f"/fr/mon-espace/jury/{reading.juror.edition.slug}/{reading.entry.reference}"
    ).content.decode()
    assert "J’avais mal lu le plan." in html
    assert '<bdi dir="ltr">1 → 4</bdi>' in html


def test_nothing_is_amended_before_the_discussion() -> None:
    reading, client = asked()
    assert client.get(f"{page_of(reading)}/modifier").status_code == 302
