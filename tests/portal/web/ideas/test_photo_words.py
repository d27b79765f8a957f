"""What a photo shows follows it: typed beside it, kept with it, told to those who do not see it."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bpc.portal.ideas.models import Attachment, Idea, PendingFile
from bpc.portal.people.personal_data import holdings
from tests.portal.web.ideas.sending import errors, jpeg, said, send, text_of
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
WRONG = "texte simple"


def not_a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("notes.jpg", b"hello", "image/jpeg")


def alts() -> list[tuple[str, str]]:
    return list(Attachment.objects.order_by("position").values_list("original_name", "alt"))


def add_photo(idea: Idea, name: str = "four.jpg", **fields: Any) -> Attachment:
    stored = {"file": jpeg(), "original_name": name, "content_type": "image/jpeg", "size": 9}
    return idea.attachments.create(kind="photo", width=40, height=30, **{**stored, **fields})


def test_each_photo_keeps_its_words_and_the_page_says_them(client: Client) -> None:
    photos = [jpeg("red"), jpeg("green"), jpeg("blue")]
    assert send(client, photos=photos, alt_new_1="Le four", alt_new_3="  Le souk  ").status_code == 303
    assert alts() == [("red.jpg", "Le four"), ("green.jpg", ""), ("blue.jpg", "Le souk")]
    idea = Idea.objects.get()
    Idea.objects.update(state="published", published_at=idea.submitted_at)
    page = text_of(client.get(reverse("web:idea", args=[idea.reference])))
    assert 'lang="fr" alt="Le four"' in page
    assert f'alt="Photo 2 de l’idée «\xa0{idea.title}\xa0»"' in page
    assert 'alt="Le souk"' in page


def test_words_without_a_photo_say_nothing(client: Client) -> None:
    assert send(client, alt_new_1="Rien").status_code == 303
    assert alts() == []


def test_a_form_sent_back_keeps_the_words_beside_the_photo_that_waits(client: Client) -> None:
    key = uuid4()
    response = send(
        client, submission_key=key, title="", photos=[jpeg("red"), not_a_photo(), jpeg("blue")],
        alt_new_1="Le four", alt_new_2="Le souk", alt_new_3="Le puits",
    )  # fmt: skip
    red, blue = PendingFile.objects.all()
    assert (red.alt, blue.alt) == ("Le four", "Le puits")
    form = response.context["form"]
    assert form[f"alt_pending_{blue.pk}"].value() == "Le puits"
    # one more may be chosen, and the words of the refused one wait for it
    assert [words.name for words in response.context["new_words"]] == ["alt_new_1"]
    assert form["alt_new_1"].value() == "Le souk"
    changed = {f"alt_pending_{red.pk}": "Le grand four", f"alt_pending_{blue.pk}": ""}
    assert send(client, submission_key=key, **changed).status_code == 303
    assert alts() == [("red.jpg", "Le grand four"), ("blue.jpg", "")]


def test_the_same_photo_chosen_again_keeps_its_words(client: Client) -> None:
    key = uuid4()
    send(client, submission_key=key, title="", photos=[jpeg()], alt_new_1="Le four")
    waiting = PendingFile.objects.get()
    kept = {f"alt_pending_{waiting.pk}": "Le four"}
    assert send(client, submission_key=key, photos=[jpeg()], **kept).status_code == 303
    assert alts() == [("red.jpg", "Le four")]


@pytest.mark.parametrize(
    ("words", "told"),
    [("<b>four</b>", WRONG), ("x" * 161, "161 caractères"), ("a\u202eb", "sens de lecture")],
)
def test_wrong_words_are_told_beside_their_photo_which_is_kept(client: Client, words: str, told: str) -> None:
    key = uuid4()
    response = send(client, submission_key=key, photos=[jpeg()], alt_new_1=words)
    waiting = PendingFile.objects.get()
    assert waiting.alt == ""
    assert told in errors(response, f"alt_pending_{waiting.pk}")[0]
    assert response.context["form"][f"alt_pending_{waiting.pk}"].value() == words
    again = send(client, submission_key=key, **{f"alt_pending_{waiting.pk}": words})
    assert told in errors(again, f"alt_pending_{waiting.pk}")[0]
    assert send(client, submission_key=key, **{f"alt_pending_{waiting.pk}": "Le four"}).status_code == 303
    assert alts() == [("red.jpg", "Le four")]


def test_faults_are_told_in_the_order_of_the_page(client: Client) -> None:
    response = send(client, photos=[jpeg()], alt_new_1="<b>", title="", contact="")
    told = [name for name in response.context["form"].fields if name in response.context["form"].errors]
    assert told == ["title", f"alt_pending_{PendingFile.objects.get().pk}", "contact"]


def test_words_are_amended_with_the_idea_and_only_its_own(client: Client) -> None:
    author = make_user()
    idea, other = make_idea(state="returned", author=author), make_idea(state="returned", author=make_user())
    mine, theirs = add_photo(idea, alt="Un four"), add_photo(other, alt="Un puits")
    client.force_login(author)
    edit = reverse("web:idea_edit", args=[idea.reference])
    page = text_of(client.get(edit))
    assert f'name="alt_kept_{mine.pk}" value="Un four"' in page
    assert reverse("web:idea_thumbnail", args=[idea.reference, mine.pk]) in page
    changed = {f"alt_kept_{mine.pk}": "Le four commun", f"alt_kept_{theirs.pk}": "Volé"}
    assert client.post(edit, said(version=1, title="", **changed)).status_code == 422
    mine.refresh_from_db()
    assert mine.alt == "Un four"  # a form with a fault changes nothing of the idea
    assert client.post(edit, said(version=1, **changed)).status_code == 303
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.alt, theirs.alt) == ("Le four commun", "Un puits")


def test_words_are_given_back_with_ones_data() -> None:
    author = make_user()
    add_photo(make_idea(author=author), alt="Le four")
    (row,) = next(holding for holding in holdings() if holding.key == "ideas").rows(author)
    assert row["files"] == ["four.jpg (Le four)"]
