"""The deposit form as a browser sends it: each fault beside its field, in the page's language, nothing lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpc.portal.ideas import limits, moderation
from bpc.portal.ideas.follow_links import make_amend_token, make_follow_token
from bpc.portal.ideas.models import Attachment, Idea, PendingFile
from tests.portal.web.ideas.sending import NEW, WORDS, errors, jpeg, said, send, text_of
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db


def test_a_stranger_sends_an_idea_and_gets_its_code(client: Client) -> None:
    response = send(client, photos=[jpeg()])
    assert response.status_code == 303
    idea = Idea.objects.get()
    assert (idea.state, idea.contact_phone, idea.commune_id, idea.language) == (
        "submitted",
        "+212612345678",
        HERE,
        "fr",
    )
    page = client.get(response["Location"])
    assert idea.reference in text_of(page)
    assert "+212" not in text_of(page)
    assert client.get(response["Location"][:-1] + "x").status_code == 404


def test_sending_twice_gives_the_same_thanks(client: Client) -> None:
    words = said()
    first, second = client.post(NEW, words), client.post(NEW, words)
    assert Idea.objects.count() == 1
    reference = Idea.objects.get().reference
    for answer in (first, second):
        assert answer.status_code == 303
        assert reference in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "Donnez un titre"),
        ("title", "x" * 10_000, "10\u202f000 caractères"),
        ("title", "<script>alert(1)</script>", "texte simple"),
        ("need", "Un besoin <img src=x onerror=alert(1)>", "texte simple"),
        ("title", "Un titre \x00 coupé", "ne s’affichent pas"),
        ("title", "Un titre \u202eretourné", "sens de lecture"),
        ("need", "", "quel est le besoin"),
        ("sector", "", "secteur"),
        ("sector", "inconnu", "liste"),
        ("speaker", "", "au nom de qui"),
        ("contact", "", "e-mail ou un numéro"),
        ("contact", "0612", "e-mail ou un numéro"),
        ("contact", "nom@", "incomplète"),
        ("agreed", "", "Cochez"),
        ("website", "http://spam", "vide"),
    ],
)
def test_each_fault_is_told_beside_its_field_and_the_rest_is_kept(
    client: Client, field: str, value: str, told: str
) -> None:
    response = send(client, **{field: value})
    assert any(told in message for message in errors(response, field))
    assert Idea.objects.count() == 0
    page = text_of(response)
    for name in {"title", "need", "proposal"} - {field}:
        assert WORDS[name] in page


def test_a_typed_text_is_never_read_as_markup(client: Client) -> None:
    page = send(client, title="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_lengths_are_counted_as_people_see_them(client: Client) -> None:
    # a browser sends each line break as two characters
    assert send(client, need="a" * 2998 + "\r\n" + "b").status_code == 303
    assert Idea.objects.get().need == "a" * 2998 + "\nb"


def test_messages_follow_the_page_s_language(client: Client) -> None:
    response = client.post("/ar/idees/proposer", said(title=""))
    assert response.status_code == 422
    assert response.context["LANGUAGE_CODE"] == "ar"


@pytest.mark.parametrize(
    ("answers", "field", "told"),
    [
        ({"commune": "", "commune_name": ""}, "commune_name", "dans quelle commune"),
        ({"commune": "", "commune_name": "Xyzzyville"}, "commune_name", "ne trouvons pas"),
        ({"commune": "", "commune_name": "Oulad"}, "commune_name", "Plusieurs communes"),
        ({"lat": "31.0", "lon": "-12.0"}, "lat", "en mer"),
        ({"lat": "48.85", "lon": "2.35"}, "lat", "hors du Maroc"),
        ({"lat": "34.68", "lon": "-1.91"}, "lat", "Taroudannt"),
        ({"lat": "31.0"}, "lon", "ou aucune"),
        ({"lat": "nord", "lon": "-8"}, "lat", "nombre"),
        ({"lat": "nan", "lon": "-8"}, "lat", "compris"),
        ({"lat": "91", "lon": "-8"}, "lat", "compris"),
    ],
)
def test_faults_of_place(client: Client, answers: dict[str, str], field: str, told: str) -> None:
    assert any(told in message for message in errors(send(client, **answers), field))


def test_the_point_alone_gives_the_commune(client: Client) -> None:
    assert send(client, commune="", commune_name="", lat="34,68", lon="-1,91").status_code == 303
    idea = Idea.objects.get()
    assert (idea.commune_id, idea.region_id, idea.lat, idea.lon) == ("02.411.01.23", "02", 34.68, -1.91)


def test_the_name_alone_gives_the_commune_and_homonyms_are_offered(client: Client) -> None:
    assert send(client, commune="", commune_name="taroudant").status_code == 303
    offered = client.get("/fr/idees/proposer/communes", {"commune_name": "oulad"})
    assert offered.content.count(b'type="radio"') == 8
    # another name typed after a choice was offered counts more than the choice
    assert errors(send(client, commune=HERE, commune_for="tarou", commune_name="Xyzzyville"), "commune_name")


def test_a_bad_file_is_named_and_the_good_one_is_kept(client: Client) -> None:
    key = uuid4()
    heavy = SimpleUploadedFile("enorme.jpg", b"\xff\xd8" + bytes(40 * 1024 * 1024), "image/jpeg")
    wrong = SimpleUploadedFile("notes.pdf", b"hello", "application/pdf")
    response = send(client, submission_key=key, photos=[jpeg(), heavy], document=wrong)
    assert errors(response, "photos") == [
        "enorme.jpg\u00a0: cette photo pèse plus de 15 Mo. Envoyez-en une plus légère."
    ]
    assert errors(response, "document")[0].startswith("notes.pdf\u00a0: ce fichier n’est pas un PDF")
    assert "red.jpg" in text_of(response)
    assert PendingFile.objects.count() == 1
    assert send(client, submission_key=key).status_code == 303
    assert [row.original_name for row in Idea.objects.get().attachments.all()] == ["red.jpg"]
    assert not PendingFile.objects.exists()


def test_a_kept_file_can_be_let_go(client: Client) -> None:
    key = uuid4()
    send(client, submission_key=key, title="", photos=[jpeg()])
    waiting = PendingFile.objects.get()
    assert send(client, submission_key=key, remove_pending=str(waiting.pk)).status_code == 303
    assert Attachment.objects.count() == 0


def test_too_quick_is_told_and_the_second_sending_passes(client: Client) -> None:
    key = uuid4()
    hasty = limits.stamp(str(key), timezone.now())
    response = send(client, submission_key=key, opened=hasty)
    assert "trop vite" in errors(response, "__all__")[0]
    assert send(client, submission_key=key).status_code == 303


def test_the_sixth_idea_of_a_contact_is_told_kindly(client: Client) -> None:
    for _ in range(limits.PER_CONTACT):
        assert send(client).status_code == 303
    response = send(client)
    assert "Revenez demain" in errors(response, "contact")[0]
    assert WORDS["need"] in text_of(response)


def test_with_an_account_no_contact_no_trap_no_limit(client: Client) -> None:
    author = make_user()
    client.force_login(author)
    page = text_of(client.get(NEW))
    assert 'name="contact"' not in page
    assert 'name="agreed"' not in page
    words = said()
    for name in ("contact", "agreed", "opened"):
        del words[name]
    assert client.post(NEW, words).status_code == 303
    assert Idea.objects.get().author == author


def test_a_draft_needs_little_and_is_amended_later(client: Client) -> None:
    author = make_user()
    client.force_login(author)
    response = client.post(NEW, said(act="draft", need="", proposal="", speaker=""))
    assert (response.status_code, response["Location"]) == (302, reverse("web:my_ideas"))
    idea = Idea.objects.get()
    edit = reverse("web:idea_edit", args=[idea.reference])
    assert WORDS["title"] in text_of(client.get(edit))
    assert client.post(edit, said(version=1, act="send")).status_code == 303
    idea.refresh_from_db()
    assert (idea.state, idea.version) == ("submitted", 2)


def test_a_stale_form_shows_both_texts(client: Client) -> None:
    author = make_user()
    idea = make_idea(state="returned", author=author, title="Texte enregistré", version=3)
    client.force_login(author)
    edit = reverse("web:idea_edit", args=[idea.reference])
    response = client.post(edit, said(version=2, title="Texte tapé"))
    assert "autre fenêtre" in errors(response, "__all__")[0]
    assert "Texte enregistré" in text_of(response)
    assert 'value="Texte tapé"' in text_of(response)
    assert 'name="version" value="3"' in text_of(response)
    assert client.post(edit, said(version=3, title="Texte tapé")).status_code == 303


def test_only_the_author_amends(client: Client) -> None:
    idea = make_idea(state="returned", author=make_user())
    edit = reverse("web:idea_edit", args=[idea.reference])
    assert client.get(edit).status_code == 404
    assert client.get(f"{edit}?lien=forged").status_code == 404
    client.force_login(make_user())
    assert client.get(edit).status_code == 404


def test_who_must_mend_an_idea_reads_first_what_is_asked(client: Client) -> None:
    author, delegate = make_user(), make_user("delegate")
    idea = make_idea(state="submitted", author=author)
    moderation.return_to_author(idea=idea, actor=delegate, at=timezone.now(), reason="Précisez le lieu.")
    address = reverse("web:idea", args=[idea.reference])
    client.force_login(author)
    page = text_of(client.get(address))
    assert "Ce que la délégation vous demande" in page
    assert page.index("Précisez le lieu.") < page.index("Compléter mon idée") < page.index("Le besoin")
    Idea.objects.update(state="submitted")
    assert "Ce que la délégation vous demande" not in text_of(client.get(address))


def test_an_author_without_account_amends_by_the_link_sent(client: Client) -> None:
    idea = make_idea(state="returned", contact_phone="+212612345678")
    edit = f"{reverse('web:idea_edit', args=[idea.reference])}?lien={make_amend_token(idea)}"
    assert client.get(edit).status_code == 200
    words = said(version=1, title="Un rucher bien décrit")
    del words["contact"], words["agreed"]
    assert client.post(edit, words).status_code == 303
    idea.refresh_from_db()
    assert (idea.title, idea.state, idea.contact_phone) == (
        "Un rucher bien décrit",
        "submitted",
        "+212612345678",
    )
    assert client.get(edit).status_code == 404  # it waits again: the link opens nothing more
    other = make_idea(state="returned")
    assert (
        client.get(f"{reverse('web:idea_edit', args=[other.reference])}?{edit.split('?')[1]}").status_code
        == 404
    )


def test_the_form_starts_in_the_commune_it_was_opened_from(client: Client) -> None:
    page = text_of(client.get(NEW, {"commune": HERE}))
    assert f'value="{HERE}" data-name="Taroudannt" checked' in page
    assert client.get(NEW, {"commune": "99.999.99.99"}).status_code == 200


def test_an_author_takes_an_idea_back_by_account_or_by_link(client: Client) -> None:
    author = make_user()
    draft, sent = make_idea(state="draft", author=author), make_idea(state="submitted", author=author)
    online, linked = make_idea(author=author), make_idea(state="submitted", contact_phone="+212612345678")
    addresses = {
        idea.pk: reverse("web:idea_withdraw", args=[idea.reference]) for idea in (draft, sent, online, linked)
    }
    assert client.post(addresses[sent.pk]).status_code == 404
    by_link = f"{addresses[linked.pk]}?lien={make_follow_token(linked)}"
    assert client.get(by_link).status_code == 200
    assert client.get(f"{addresses[sent.pk]}?lien={make_follow_token(linked)}").status_code == 404
    assert client.post(by_link).status_code == 302
    client.force_login(author)
    assert addresses[sent.pk] in text_of(client.get(reverse("web:idea", args=[sent.reference])))
    assert [client.post(addresses[idea.pk]).status_code for idea in (draft, sent, online)] == [302, 302, 404]
    assert set(Idea.objects.values_list("pk", "state")) == {
        (sent.pk, "archived"), (linked.pk, "archived"), (online.pk, "published")
    }  # fmt: skip
