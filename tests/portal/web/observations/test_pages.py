"""Every page of needs and opportunities as it is served, to strangers, to a moderator, and how many queries it asks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.ideas.open_data import SLICE
from bpc.portal.observations import reactions
from bpc.portal.observations.models import Observation
from bpc.portal.observations.search import rebuild as rebuild_search
from bpc.portal.observations.tallies import rebuild as rebuild_tallies
from bpc.portal.people.models import Membership, Organisation, User
from bpc.portal.people.roles import Role
from tests.portal.observations.observation_world import make_observation
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.web.ideas.sending import text_of
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def delegate() -> User:
    """The delegate of the region."""
    return make_user(Role.DELEGATE, display_name="Najat")


@pytest.fixture
def told(delegate: User) -> dict[str, Observation]:
    """One of each kind and state that has a page."""
    rows = {
        "need": make_observation(),
        "chance": make_observation(kind="opportunity", category_id="O03", state="answered"),
        "closed": make_observation(state="closed"),
        "province": make_observation(HERE[:6]),
        "waiting": make_observation(state="submitted", author=delegate),
        "returned": make_observation(state="returned", author=delegate),
    }
    reactions.answer(
        observation=rows["need"], text="Un forage est prévu en mai.", language="fr", key=uuid4(), actor=delegate,
        at=NOW, model_slug="aide-a-domicile",
    )  # fmt: skip
    return rows


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_public_pages_open(client: Client, told: dict[str, Observation], language: str) -> None:
    chance = told["chance"].reference
    paths = [
        "besoins", "opportunites", "besoins?stage=closed", "besoins?region=09&category=N08&sector=food",
        "besoins/signaler", f"besoins/signaler?commune={HERE}&sujet=N08", "opportunites/signaler", "besoins/suivre",
        f"opportunites/{chance}", *(f"besoins/{told[key].reference}" for key in ("need", "closed", "province")),
        "", f"territoires/{HERE}", "territoires/09.541", "territoires/MA",
    ]  # fmt: skip
    for path in paths:
        assert client.get(f"/{language}/{path}").status_code == 200, path
    moved = client.get(f"/{language}/besoins/{chance}")
    assert (moved.status_code, moved["Location"]) == (302, f"/{language}/opportunites/{chance}")
    for key in ("waiting", "returned"):
        assert client.get(f"/{language}/besoins/{told[key].reference}").status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_of_the_moderator_open(
    client: Client, told: dict[str, Observation], delegate: User, language: str
) -> None:
    sign_in_with_factor(client, delegate)
    need, back = told["need"], told["returned"].reference
    answer = need.answers.get().pk
    paths = [
        "mon-espace", "mon-espace/besoins", "moderation", "moderation/besoins", "moderation/besoins?state=all",
        *(f"moderation/besoins/{told[key].reference}" for key in ("waiting", "need", "closed", "returned")),
        f"besoins/{back}", f"besoins/{back}/modifier", f"besoins/{told['waiting'].reference}/retirer",
        f"besoins/{need.reference}/repondre", f"besoins/{need.reference}/clore",
        f"moderation/reponses/{answer}", f"besoins/{need.reference}/reponses/{answer}/retirer",
    ]  # fmt: skip
    for path in paths:
        assert client.get(f"/{language}/{path}").status_code == 200, path


def test_a_page_says_what_was_told_and_who_answers(client: Client, told: dict[str, Observation]) -> None:
    page = text_of(client.get(f"/fr/besoins/{told['need'].reference}"))
    assert "Les femmes marchent une heure pour chercher l’eau." in page
    assert "Un forage est prévu en mai." in page
    assert "Réponse de la délégation" in page
    assert "/fr/modeles/aide-a-domicile" in page
    assert f"/fr/idees/proposer?besoin={told['need'].reference}&commune={HERE}" in page
    assert "Najat" not in page
    whole = text_of(client.get(f"/fr/besoins/{told['province'].reference}"))
    assert "toute la province" in whole


def test_an_idea_that_answers_begins_with_the_need(client: Client, told: dict[str, Observation]) -> None:
    page = client.get(f"/fr/idees/proposer?besoin={told['need'].reference}&commune={HERE}")
    form = page.context["form"]
    assert form["need"].value() == f"{told['need'].title}\n{told['need'].text}"
    assert form["commune"].value() == HERE
    hidden = client.get(f"/fr/idees/proposer?besoin={told['waiting'].reference}").context["form"]
    assert hidden["need"].value() is None


def test_lists_keep_to_their_filters(client: Client) -> None:
    water = make_observation(audience="women", title="Le puits est loin")
    money = make_observation(ELSEWHERE, category_id="N01", title="Un prêt refusé", other_categories=["N08"])
    closed = make_observation(state="closed", title="Le pont est tombé")
    whole = make_observation(HERE[:6], title="La route de toute la province", state="answered")
    make_observation(kind="opportunity", category_id="O03", title="Du miel de thym")

    def found(query: str) -> list[str]:
        return [card.title for card in client.get(f"/fr/besoins?{query}").context["page"].cards]

    assert found("") == [whole.title, money.title, water.title]
    assert found("stage=closed") == [closed.title]
    assert found("stage=all") == [whole.title, closed.title, money.title, water.title]
    assert found("stage=published") == [money.title, water.title]
    assert found("stage=answered") == [whole.title]
    assert found(f"commune={HERE}") == [water.title]
    assert found("region=09&province=09.541") == [whole.title, water.title]
    assert found("category=N08") == [whole.title, money.title, water.title]
    assert found("category=N01") == [money.title]
    assert found("audience=women") == [water.title]
    assert found("q=puits") == [water.title]
    assert found("q=zzz") == []
    assert found("category=nonsense&stage=nonsense&page=-3") == [whole.title, money.title, water.title]
    assert client.get("/fr/besoins?category=N08&page=1").context["page"].total == 3


def _in_bulk(number: int) -> None:
    model = make_observation()
    rows = []
    for position in range(number):
        row = Observation.objects.get(pk=model.pk)
        row.pk, row.reference, row.submission_key = None, f"B{position:07d}", uuid4()
        row.published_at = NOW + timedelta(seconds=position)
        rows.append(row)
    Observation.objects.bulk_create(rows)
    rebuild_search()
    rebuild_tallies()


@pytest.mark.parametrize(
    "path",
    [
        "besoins", "besoins?region=09&category=N08", "besoins?sector=food", "besoins?q=puits",
        "besoins?page=3", f"territoires/{HERE}",
    ],
)  # fmt: skip
def test_as_many_queries_for_a_thousand_as_for_ten(client: Client, path: str) -> None:
    counts = []
    for number in (10, 1000):
        Observation.objects.all().delete()
        _in_bulk(number)
        client.get(f"/fr/{path}")  # what the process holds is warm
        from_base = f"/fr/{path}{'&' if '?' in path else '?'}n={number}"  # not the kept page
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(from_base)
        assert page.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_a_page_kept_for_strangers_is_renewed_by_a_confirmation(client: Client) -> None:
    need = make_observation()
    address = f"/fr/besoins/{need.reference}"
    assert "Personne ne l’a encore confirmé." in text_of(client.get(address))
    reactions.confirm(observation=need, actor=make_user(), at=NOW)
    assert "<strong>1</strong> personne le confirme" in text_of(client.get(address))


def test_the_sheet_tells_voices_apart_from_figures(client: Client) -> None:
    make_observation()
    make_observation(HERE[:6], title="Toute la province le dit")
    commune = client.get(f"/fr/territoires/{HERE}").context["heard"]
    province = client.get("/fr/territoires/09.541").context["heard"]
    assert [kind.open for kind in commune] == [1, 0]
    assert [kind.open for kind in province] == [2, 0]
    assert province[0].recent[0].title == "Toute la province le dit"
    assert "Elles ne sont pas mêlées aux chiffres calculés" in text_of(client.get(f"/fr/territoires/{HERE}"))


def test_confirming_by_a_form_and_by_htmx(client: Client) -> None:
    need, person = make_observation(), make_user()
    client.force_login(person)
    address = f"/fr/besoins/{need.reference}/confirmer"
    moved = client.post(address, {"wish": "confirm"})
    assert (moved.status_code, moved["Location"]) == (302, f"/fr/besoins/{need.reference}#confirmations")
    part: Any = client.post(address, {"wish": "stop"}, headers={"HX-Request": "true"})
    assert "Nous vivons cela aussi" in text_of(part)
    assert "<html" not in text_of(part)
    need.refresh_from_db()
    assert need.confirmation_count == 0


def test_a_member_answers_in_the_name_of_an_organisation(client: Client) -> None:
    need, member = make_observation(), make_user()
    cooperative = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    address = f"/fr/besoins/{need.reference}/repondre"
    client.force_login(member)
    assert client.get(address).status_code == 403
    Membership.objects.create(organisation=cooperative, user=member, accepted_at=NOW)
    words = {"text": "Nous prêtons notre pompe.", "language": "fr", "key": str(uuid4())}
    refused = client.post(address, words)
    assert refused.status_code == 422
    assert refused.context["form"].errors["organisation"] == ["Dites au nom de qui vous répondez."]
    assert "Nous prêtons notre pompe." in text_of(refused)
    unknown = client.post(address, {**words, "organisation": cooperative.pk, "idea": "K7M4-2QX"})
    assert unknown.context["form"].errors["idea"] == ["Aucune idée publiée ne porte ce code. Vérifiez-le."]
    for _again in range(2):
        assert client.post(address, {**words, "organisation": cooperative.pk}).status_code == 302
    page = text_of(client.get(f"/fr/besoins/{need.reference}"))
    assert page.count("Nous prêtons notre pompe.") == 1
    assert "Réponse de <bdi" in page
    need.refresh_from_db()
    assert need.state == "published"  # only the delegation makes it answered


def test_closing_needs_a_choice_and_words(client: Client) -> None:
    author = make_user()
    need = make_observation(author=author)
    client.force_login(author)
    address = f"/fr/besoins/{need.reference}/clore"
    refused = client.post(address, {"reason": "ok"})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"closing", "reason"}
    assert client.post(address, {"closing": "solved", "reason": "L’eau est revenue."}).status_code == 302
    client.logout()
    page = text_of(client.get(f"/fr/besoins/{need.reference}"))
    assert "C’est réglé, ou réalisé" in page
    assert "L’eau est revenue." in page


def test_search_engines_are_told_of_what_is_public(client: Client, told: dict[str, Observation]) -> None:
    name = f"sitemap-besoins-{told['need'].pk // SLICE}.xml"  # keys go on growing on PostgreSQL
    assert name in text_of(client.get("/sitemap.xml"))
    part = text_of(client.get(f"/{name}"))
    assert f"/ar/besoins/{told['need'].reference}" in part
    assert f"/fr/opportunites/{told['chance'].reference}" in part
    assert told["waiting"].reference not in part
    assert client.get("/sitemap-besoins-x.xml").status_code == 404
