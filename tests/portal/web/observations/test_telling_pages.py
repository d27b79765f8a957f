"""The form by which a need or an opportunity is told, as a browser sends it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.ideas import limits
from bpc.portal.ideas.models import PendingFile
from bpc.portal.observations.follow_links import LINKS
from bpc.portal.observations.models import Evidence, Observation
from bpc.portal.people.roles import Role
from bpc.portal.resources.queries import all_active
from tests.portal.observations.observation_world import make_observation
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.web.ideas.sending import errors, jpeg, text_of
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
NEW = "/fr/besoins/signaler"
WORDS = {
    "commune_name": "Taroudannt", "commune": HERE, "category": "N08", "title": "Le puits est à sec",
    "text": "Depuis l’été, les femmes marchent une heure.", "speaker": "citizen", "contact": "06 12 34 56 78",
    "agreed": "on",
}  # fmt: skip


def send(client: Client, url: str = NEW, **changes: Any) -> Any:
    """Send the form with some answers changed, by a form opened long enough ago."""
    key = str(changes.pop("submission_key", uuid4()))
    opened = limits.stamp(key, timezone.now() - limits.QUICKEST)
    return client.post(url, {**WORDS, "submission_key": key, "opened": opened, **changes})


def test_a_stranger_tells_of_a_need_with_its_evidence(client: Client) -> None:
    answer = send(
        client, photos=[jpeg()], alt_new_1="Le puits vide", link="https://exemple.ma/article",
        other_categories=["N08", "N10"], sector="agriculture", audience="women",
    )  # fmt: skip
    assert answer.status_code == 303
    told = Observation.objects.get()
    assert (told.kind, told.state, told.category_id, told.other_categories) == (
        "need", "submitted", "N08", ["N10"]
    )  # fmt: skip
    assert (told.commune_id, told.province_id, told.region_id) == (HERE, HERE[:6], "09")
    assert (told.contact_phone, told.author_id, told.language) == ("+212612345678", None, "fr")
    photo = Evidence.objects.get()
    assert (photo.observation_id, photo.alt, photo.content_type) == (told.pk, "Le puits vide", "image/jpeg")
    assert told.reference in text_of(client.get(answer["Location"]))
    assert client.get(f"/fr/besoins/{told.reference}").status_code == 404


def test_faults_keep_what_was_typed_and_stand_beside_their_field(client: Client) -> None:
    refused = send(
        client, category="", title="", text="court", contact="", agreed="", link="javascript:alert(1)"
    )
    assert errors(refused, "category") == ["Choisissez le sujet le plus proche."]
    assert errors(refused, "title") == ["Dites-le en une phrase courte."]
    assert errors(refused, "text") == ["C’est un peu court\xa0: écrivez-en quelques mots de plus."]
    assert errors(refused, "link") == ["Écrivez une adresse qui commence par https://"]
    assert len(errors(refused, "contact")) == len(errors(refused, "agreed")) == 1
    page = text_of(refused)
    assert ">\ncourt</textarea>" in page
    assert 'value="javascript:alert(1)"' in page
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": "O01"}, "category"),
        ({"category": "N99"}, "category"),
        ({"other_categories": ["N01", "N02", "N03"]}, "other_categories"),
        ({"other_categories": ["O01"]}, "other_categories"),
        ({"commune_name": "Nulle part", "commune": ""}, "commune_name"),
        ({"lat": "48.85", "lon": "2.35"}, "lat"),
        ({"lat": "abc", "lon": "1"}, "lat"),
        ({"title": "<b>gras</b> texte"}, "title"),
        ({"link": "ftp://exemple.ma/x"}, "link"),
        ({"link": "https://" + "a" * 400 + ".ma"}, "link"),
        ({"sector": "nothing"}, "sector"),
        ({"website": "http://spam"}, "website"),
        ({"opened": "forged"}, "__all__"),
    ],
)
def test_bad_answers_are_refused(client: Client, changes: dict[str, Any], field: str) -> None:
    assert len(errors(send(client, **changes), field)) >= 1
    assert not Observation.objects.exists()


def test_nul_and_controls_are_refused(client: Client) -> None:
    for title in ("Le puits\x00 à sec", "Le puits\u202e à sec"):
        assert errors(send(client, title=title), "title")


def test_the_same_form_twice_tells_once(client: Client) -> None:
    key = str(uuid4())
    assert [send(client, submission_key=key).status_code for _ in range(2)] == [303, 303]
    assert Observation.objects.count() == 1


def test_what_is_already_told_is_shown_before_a_second_one(client: Client) -> None:
    known = make_observation(title="Le puits est à sec", text="Depuis l’été, les femmes marchent une heure.")
    key = str(uuid4())
    asked = send(client, submission_key=key, photos=[jpeg()])
    assert asked.status_code == 422
    assert known.reference in text_of(asked)
    assert Observation.objects.count() == 1
    assert PendingFile.objects.count() == 1
    assert send(client, submission_key=key, different="on").status_code == 303
    assert Observation.objects.count() == 2
    assert Evidence.objects.count() == 1


def test_a_place_elsewhere_or_another_subject_is_no_double(client: Client) -> None:
    make_observation(
        ELSEWHERE, title="Le puits est à sec", text="Depuis l’été, les femmes marchent une heure."
    )
    make_observation(title="Le pont est tombé dans l’oued", text="Les enfants ne vont plus à l’école.")
    assert send(client).status_code == 303


def test_only_moderators_speak_of_a_whole_province(client: Client) -> None:
    delegate = make_user(Role.DELEGATE)
    client.force_login(make_user())
    assert send(client, whole_province="on").status_code == 303  # the box is not theirs: it says nothing
    assert Observation.objects.get().commune_id == HERE
    client.logout()
    sign_in_with_factor(client, delegate)
    assert (
        send(
            client, whole_province="on", title="Toute la province le dit", text="Partout il manque de l’eau."
        ).status_code
        == 303
    )
    whole = Observation.objects.get(commune=None)
    assert (whole.territory_id, whole.province_id, whole.author_id) == ("09.541", "09.541", delegate.pk)
    away = send(client, whole_province="on", commune=ELSEWHERE, commune_name="Oujda", title="Chez les autres")
    assert errors(away, "whole_province") == [
        "Vous ne pouvez parler de toute une province que dans votre région."
    ]


def test_an_opportunity_names_a_resource_of_its_place(client: Client) -> None:
    url = "/fr/opportunites/signaler"
    offered = dict(client.get(url).context["form"].fields["resource"].choices)
    near = next(fact for fact in all_active() if HERE.startswith(fact.territory))
    far = next(fact for fact in all_active() if fact.territory.startswith("02"))
    assert near.reference in dict(offered["Souss-Massa"])
    assert errors(send(client, url, category="O03", resource=far.reference), "resource") == [
        "Cette ressource est connue ailleurs, pas ici. Choisissez-en une autre, ou aucune."
    ]
    assert send(client, url, category="O03", resource=near.reference).status_code == 303
    told = Observation.objects.select_related("resource").get(kind="opportunity")
    assert told.resource is not None
    assert told.resource.reference == near.reference
    assert errors(send(client, url, category="O03", resource="R999"), "resource")


def test_a_stranger_amends_by_the_link_what_was_returned(client: Client) -> None:
    told = make_observation(state="returned", contact_email="f@example.org", published_at=None)
    link = f"/fr/besoins/{told.reference}/modifier?lien={LINKS.to_amend(told)}"
    form = client.get(link)
    assert form.status_code == 200
    stale = send(client, link, version="7", title="Un titre plus précis")
    assert stale.status_code == 422
    assert "modifié dans une autre fenêtre" in text_of(stale)
    assert send(client, link, version="1", title="Un titre plus précis").status_code == 303
    told.refresh_from_db()
    assert (told.title, told.state, told.version, told.contact_email) == (
        "Un titre plus précis", "submitted", 2, "f@example.org"
    )  # fmt: skip
    assert client.get(link).status_code == 404


def test_following_by_code_and_contact(client: Client) -> None:
    assert send(client).status_code == 303
    told = Observation.objects.get()
    wrong = client.post("/fr/besoins/suivre", {"reference": told.reference, "contact": "0699999999"})
    assert wrong.status_code == 422
    right = client.post("/fr/besoins/suivre", {"reference": told.reference.lower(), "contact": "0612345678"})
    page = text_of(client.get(right["Location"]))
    assert told.title in page
    withdrawing = f"/fr/besoins/{told.reference}/retirer?lien={right['Location'].partition('lien=')[2]}"
    assert client.post(withdrawing).status_code == 302
    told.refresh_from_db()
    assert told.state == "archived"


def test_a_flood_from_one_contact_stops(client: Client) -> None:
    for number in range(limits.PER_CONTACT):
        words = {
            "title": f"Autre chose {number}",
            "text": f"{'mot' * (number + 3)} tout autre {number} sujet",
        }
        assert send(client, different="on", **words).status_code == 303
    assert "Revenez demain" in errors(send(client, different="on"), "contact")[0]
