"""The pages of an entry, as a person goes through them: begin, write, name, send, be answered; and the vote."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from django.utils.translation import override

from bpc.portal.contests import team
from bpc.portal.contests.models import Ballot, Decision, Edition, Entry, IdeaInvitation, Ranking
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.writing import written_date
from bpc.portal.people.models import Notification
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
FORM = [
    {"code": "need", "label_fr": "Quel besoin ?", "label_ar": "ما الحاجة؟", "max": 1000, "required": True}
]


def text_of(response: Any) -> str:
    """What a page says, on one line, tags taken out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def words(entry: Entry, **said: Any) -> dict[str, Any]:
    """The form of an entry's words, filled."""
    return {
        "name": "Séchoir partagé", "summary": "Vingt familles sèchent.", "answer_need": "Les figues se perdent.",
        "entrant": "group", "commune": HERE, "commune_name": "Taroudannt", "commune_for": "Taroudannt",
        "sector": "food", "version": entry.version, "video_url": "", **said,
    }  # fmt: skip


def test_from_an_idea_to_the_receipt(client: Client) -> None:
    author = make_user(display_name="Fatima")
    idea = make_idea(author=author, title="Le séchoir de Tata")
    edition = make_edition(form=FORM, who_may_enter={"members_min": 2})
    client.force_login(author)
    begin = f"/fr/ideathons/{edition.slug}/participer"
    page = text_of(client.get(begin))
    assert "Le séchoir de Tata" in page
    key = str(uuid4())
    first = client.post(begin, {"idee": idea.reference, "submission_key": key})
    again = client.post(begin, {"idee": idea.reference, "submission_key": key})
    entry = Entry.objects.get()
    assert first["Location"] == again["Location"] == f"/fr/mon-espace/candidatures/{entry.reference}"
    own = first["Location"]
    assert entry.answers == {"need": idea.need}
    page = text_of(client.get(own))
    assert "Dites qui se présente." in page
    assert f'{own}/texte#id_entrant"' in client.get(own).content.decode()
    refused = client.post(f"{own}/envoyer", {"agreed": "1"})
    assert refused.status_code == 422
    assert "Dites qui se présente." in text_of(refused)
    saved = client.post(f"{own}/texte", words(entry, name="Le séchoir de Tata", act="next"))
    assert saved["Location"] == f"{own}/fichiers"
    client.post(f"{own}/equipe/nouveau", {"name": "Zineb", "woman": "yes", "young": "unknown", "contact": ""})
    member = entry.members.get(name="Zineb")
    assert "1 personne n’a pas encore donné son accord." in text_of(client.get(own))
    told = {"witness": "M. Idrissi, instituteur, le 3 mai", "sure": "on"}
    client.post(f"{own}/equipe/{member.pk}/accord", told)
    assert "Devant : M. Idrissi, instituteur, le 3 mai" in text_of(client.get(f"{own}/equipe"))
    assert client.post(f"{own}/envoyer", {}).status_code == 422  # not agreed
    sent = client.post(f"{own}/envoyer", {"agreed": "1"})
    assert sent["Location"] == f"{own}/recu"
    receipt = text_of(client.get(sent["Location"]))
    assert entry.reference in receipt
    assert "Fatima , Zineb" in receipt  # tags became spaces
    assert client.post(f"{own}/envoyer", {"agreed": "1"})["Location"] == f"{own}/recu"
    assert "Remplie · Être au moins 2 personnes" in text_of(client.get(own))
    assert client.get(f"{own}/texte")["Location"] == own


def test_words_are_kept_whatever_is_wrong_and_a_stale_form_shows_both(client: Client) -> None:
    author = make_user()
    entry = make_entry(make_edition(form=FORM), author, state="draft")
    client.force_login(author)
    address = f"/fr/mon-espace/candidatures/{entry.reference}/texte"
    wrong = client.post(address, words(entry, video_url="http://exemple.ma/v", summary="Mes mots à moi"))
    assert wrong.status_code == 422
    assert "Elle commence par https://" in text_of(wrong)
    assert "Mes mots à moi" in wrong.content.decode()
    for disguised in (
        "javascript:alert(1)",
        "https://a:b@exemple.ma/",
        "https://exemple.ma:8080/",
        "ftp://exemple.ma",
    ):
        assert client.post(address, words(entry, video_url=disguised)).status_code == 422
    assert client.post(address, words(entry, summary="Texte de Fatima")).status_code == 302
    stale = client.post(address, words(entry, summary="Texte d’Ahmed"))  # opened at version 1
    assert stale.status_code == 422
    assert "Texte de Fatima" in text_of(stale)
    assert "Texte d’Ahmed" in stale.content.decode()
    assert client.post(address, words(entry, summary="Texte d’Ahmed", version=2)).status_code == 302
    assert Entry.objects.get().summary == "Texte d’Ahmed"


def test_a_video_is_a_link_and_nothing_of_it_is_opened(client: Client) -> None:
    author = make_user()
    entry = make_entry(make_edition(), author, video_url="https://exemple.ma/v?id=1")
    client.force_login(author)
    page = client.get(f"/fr/mon-espace/candidatures/{entry.reference}").content.decode()
    link = 'href="https://exemple.ma/v?id=1" rel="noopener noreferrer nofollow"'
    assert link in page
    assert "<iframe" not in page


@pytest.mark.parametrize(
    "phase", [Phase.ANNOUNCED, Phase.CHECKING, Phase.MARKING, Phase.RESULTS, Phase.CANCELLED]
)
def test_outside_its_phase_the_form_says_when(client: Client, phase: Phase) -> None:
    author = make_user()
    edition = make_edition(phase)
    client.force_login(author)
    address = f"/fr/ideathons/{edition.slug}/participer"
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Séchoir", "commune": HERE, "sector": "food"}).status_code == 409
    draft = make_entry(edition, author, state="draft")
    assert client.get(f"/fr/mon-espace/candidatures/{draft.reference}").status_code == 200
    assert (
        client.post(f"/fr/mon-espace/candidatures/{draft.reference}/texte", words(draft)).status_code == 409
    )
    assert not Entry.objects.exclude(pk=draft.pk).exists()


def test_an_entry_is_its_team_s_alone(client: Client) -> None:
    entry = make_entry(make_edition(), make_user(), state="draft")
    own = f"/fr/mon-espace/candidatures/{entry.reference}"
    for role in (None, "delegate", "administrator", "juror"):
        if role is None:
            client.force_login(make_user())
        else:
            sign_in_with_factor(client, make_user(role))
        for page in ("", "/texte", "/fichiers", "/equipe", "/envoyer", "/recu", "/retirer"):
            assert client.get(f"{own}{page}").status_code == 404
        assert client.get(
            f"/fr/ideathons/{entry.edition.slug}/candidatures/{entry.reference}"
        ).status_code in {403, 404}


def test_the_link_asks_once_and_refusing_erases(client: Client) -> None:
    author = make_user(display_name="Fatima")
    entry = make_entry(make_edition(), author, state="draft")
    member = team.name_member(
        entry=entry, person=team.Person("Aïcha", phone="+212612345678"), actor=author, at=NOW
    )
    address = f"/fr/candidatures/accord/{team.consent_token(member)}"
    page = client.get(address)
    assert entry.title in text_of(page)
    assert 'content="noindex"' in page.content.decode()
    assert "+212" not in page.content.decode()
    assert "votre accord est noté" in text_of(client.post(address, {"act": "yes"}))
    member.refresh_from_db()
    assert (member.consent, member.door) == ("given", "link")
    assert "votre nom est effacé" in text_of(client.post(address, {"act": "no"}))
    assert not entry.members.filter(name="Aïcha").exists()
    assert client.get(address).status_code == 410
    assert client.get("/fr/candidatures/accord/faux").status_code == 410


def test_the_desk_lists_decides_and_tells(client: Client) -> None:
    author, delegate = make_user(), make_user("delegate")
    edition = make_edition(who_may_enter={"members_min": 3})
    entry = make_entry(edition, author, state="submitted", title="Safran d’Igherm", entrant="group")
    make_entry(edition, author, state="draft", title="Brouillon secret")
    sign_in_with_factor(client, delegate)
    desk = f"/fr/ideathons/{edition.slug}/candidatures"
    page = text_of(client.get(desk))
    assert "Safran d’Igherm" in page
    assert "Brouillon secret" not in text_of(client.get(f"{desk}?etat="))
    one = f"{desk}/{entry.reference}"
    assert "Non remplie · Être au moins 3 personnes" in text_of(client.get(one))
    form = {"decision": "refuse", "reason": "", "seen_version": 1}
    assert client.post(one, form).status_code == 422
    assert client.post(one, {**form, "decision": "accept"}).status_code == 422  # against the rules: why?
    assert client.post(one, {**form, "reason": "Soyez trois.", "seen_version": 7}).status_code == 422
    assert client.post(one, {**form, "reason": "Soyez trois."})["Location"] == desk
    client.force_login(author)
    own = f"/fr/mon-espace/candidatures/{entry.reference}"
    assert "Soyez trois." in text_of(client.get(own))
    asked = client.post(f"{own}/recours", {"words": "Nous sommes trois depuis hier."})
    assert asked["Location"] == own
    sign_in_with_factor(client, delegate)
    assert "Nous sommes trois depuis hier." in text_of(client.get(one))
    sign_in_with_factor(client, make_user("delegate", region="02"))
    assert client.get(desk).status_code == 403


def test_the_desk_costs_the_same_at_every_size(client: Client) -> None:
    delegate, edition = make_user("delegate"), make_edition()
    first = make_entry(edition, make_user(), state="submitted")
    sign_in_with_factor(client, delegate)
    address = f"/fr/ideathons/{edition.slug}/candidatures"

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    queries()
    few = queries()
    Entry.objects.bulk_create(
        Entry(
            edition=edition, reference=f"B{number:07d}", title="Autre", language="fr", sector_id="food",
            commune_id=first.commune_id, province_id=first.province_id, region_id="09", state="submitted",
            submitted_at=NOW,
        )
        for number in range(300)
    )  # fmt: skip
    assert queries() == few


def test_organisers_invite_the_author_of_an_idea_who_enters_with_it(client: Client) -> None:
    author, delegate = make_user(language="ar"), make_user("delegate")
    idea = make_idea(author=author)
    midnight = localtime(NOW).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=5)
    edition = make_edition(entries_until=midnight, name_ar="مسابقة الواحات")
    make_edition(Phase.MARKING)
    client.force_login(author)
    assert client.get(f"/fr/ideathons/inviter/{idea.reference}").status_code == 403
    sign_in_with_factor(client, delegate)
    address = f"/fr/ideathons/inviter/{idea.reference}"
    assert client.get(address).content.decode().count('name="edition"') == 1
    sent = client.post(address, {"edition": edition.pk, "message": "Venez."})
    assert sent.status_code == 302
    assert IdeaInvitation.objects.get().idea == idea
    told = Notification.objects.get(user=author, kind="entry.invited")
    with override("ar"):
        last_day = written_date((midnight - timedelta(days=1)).date())
    assert (told.data["slug"], told.data["edition"], told.data["until"]) == (
        edition.slug,
        "مسابقة الواحات",
        last_day,
    )
    assert client.post(address, {"edition": edition.pk, "message": ""}).status_code == 422  # once
    client.force_login(author)
    assert "Venez." in text_of(client.get("/fr/mon-espace/notifications"))


def test_the_public_reads_and_votes_without_counts(client: Client) -> None:
    edition = make_edition(
        Phase.MARKING, vote_from=NOW - timedelta(days=1), vote_until=NOW + timedelta(days=1)
    )
    shown = make_entry(edition, make_user(), shown_to_voters="yes", title="Miel de Tata")
    hidden = make_entry(edition, make_user(), title="Pas au vote")
    address = f"/fr/ideathons/{edition.slug}/vote"
    page = text_of(client.get(address))
    assert "Miel de Tata" in page
    assert "Pas au vote" not in page
    one = f"{address}/{shown.reference}"
    assert "Responsable" not in text_of(client.get(one))  # never its people
    assert client.get(f"{address}/{hidden.reference}").status_code == 404
    voter = make_user()
    client.force_login(voter)
    assert client.post(one).status_code == 409  # nothing proved
    EmailAddress.objects.create(user=voter, email=str(voter.email), verified=True)
    assert client.post(one)["Location"] == address
    assert Ballot.objects.get().entry == shown
    page = text_of(client.get(address))
    assert "Votre vote : Miel de Tata" in page
    assert not re.search(r"\b1 vote", page)
    desk = f"{address}/verification"
    assert client.get(desk).status_code == 403
    sign_in_with_factor(client, make_user("delegate"))
    assert "Rien ne se décide avant la fin du vote" in text_of(client.get(desk))
    Edition.objects.update(vote_until=NOW - timedelta(minutes=1))
    client.post(desk, {"decision": "count"})
    assert Ballot.objects.get().state == "counted"
    assert client.get(one).status_code == 404  # the vote is over
    Edition.objects.update(state="closed", closed_at=NOW)
    assert "Miel de Tata 1" in text_of(client.get(address))
    assert client.get(f"/fr/ideathons/{make_edition().slug}/vote").status_code == 404


def test_the_idea_tells_its_author_of_every_entry_and_others_of_laureates_alone(client: Client) -> None:
    author, delegate = make_user(), make_user("delegate")
    idea = make_idea(author=author)
    edition = make_edition(Phase.DECIDING, name_fr="Idéathon du souk")
    entry = make_entry(edition, author, idea=idea)
    invited = make_edition(name_fr="Idéathon des oasis")
    IdeaInvitation.objects.create(edition=invited, idea=idea, message="Venez donc.", language="fr")
    address = f"/fr/idees/{idea.reference}"
    for stranger in (True, False):
        if not stranger:
            client.force_login(make_user())
        page = text_of(client.get(address))
        assert "Idéathon du souk" not in page
        assert "Idéathon des oasis" not in page
    client.force_login(author)
    page = text_of(client.get(address))
    assert "Présentée à l’idéathon « Idéathon du souk »" in page
    assert "Venez donc." in page
    assert f"/fr/ideathons/{invited.slug}/participer?idee=" in client.get(address).content.decode()
    assert entry.title in text_of(client.get("/fr/mon-espace"))
    sign_in_with_factor(client, delegate)
    assert "Inviter à un idéathon" in text_of(client.get(address))
    ranking = Ranking.objects.create(
        edition=edition, method="m", software="s", marks_sha256="0" * 64, content={}
    )
    Decision.objects.create(ranking=ranking, entry=entry, outcome="laureate", place=1, decided_at=NOW)
    Edition.objects.filter(pk=edition.pk).update(state="closed", closed_at=NOW)
    client.logout()
    outdate("contests")
    page = text_of(client.get(address))
    assert "Récompensée à l’idéathon « Idéathon du souk »" in page
    assert "Idéathon des oasis" not in page
