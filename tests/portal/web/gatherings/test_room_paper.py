"""Paper: codes printed once, typed in once, and « que devient mon idée ? » with the code alone."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.gatherings.models import GatheredIdea, Gathering, PaperSlip
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from tests.portal.gatherings.room_world import make_gathering
from tests.portal.observations.observation_world import make_observation
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    """An advisor of the region."""
    client = Client()
    sign_in_with_factor(client, make_user("advisor"))
    return client


def _print(clerk: Client, gathering: Gathering, number: int = 3, language: str = "fr") -> list[str]:
    answer = clerk.post(f"/fr/rencontres/{gathering.key}/papier", {"number": number, "language": language})
    assert answer.status_code == 302
    return list(gathering.slips.order_by("-pk").values_list("code", flat=True)[:number])


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_page_has_its_own_code_and_a_print_is_made_again(clerk: Client, language: str) -> None:
    gathering = make_gathering()
    codes = _print(clerk, gathering, 3, language)
    assert all(normalise(code) == code and code.startswith("P") for code in codes)
    page = clerk.get(f"/fr/rencontres/{gathering.key}/papier").content.decode()
    link = re.search(rf'href="(/fr/rencontres/[^"]+formulaire-{language}\.pdf\?tirage=[^"]+)"', page)
    assert link is not None
    for _ in range(2):
        answer = clerk.get(link[1])
        assert answer["Content-Type"] == "application/pdf"
        paper = Paper(answer.content)
        assert (len(paper.pages), paper.says_it_is_accessible) == (3, True)
        text = paper.text().replace("\n", "")
        assert [text.count(code) for code in codes] == [2, 2, 2]  # at the top, and on the receipt
    assert PaperSlip.objects.count() == 3


@pytest.mark.parametrize("number", ["0", "201", "-1", "x", ""])
def test_a_print_is_of_one_to_two_hundred(clerk: Client, number: str) -> None:
    gathering = make_gathering()
    answer = clerk.post(f"/fr/rencontres/{gathering.key}/papier", {"number": number, "language": "fr"})
    assert answer.status_code == 422
    assert not PaperSlip.objects.exists()


def test_without_a_print_the_file_sends_to_the_page_that_makes_one(clerk: Client) -> None:
    gathering = make_gathering()
    address = f"/fr/rencontres/{gathering.key}/formulaire-fr.pdf"
    assert clerk.get(address).status_code == 302
    assert clerk.get(f"{address}?tirage=20200101T000000.000000Z").status_code == 404
    assert clerk.get(f"/fr/rencontres/{gathering.key}/formulaire-xx.pdf").status_code == 404


def _typed(clerk: Client, gathering: Gathering, code: str, **changes: Any) -> Any:
    key = re.search(
        r'name="submission_key" value="([^"]+)"',
        clerk.get(f"/fr/rencontres/{gathering.key}/saisie").content.decode(),
    )
    assert key is not None
    form = {
        "code": code, "title": "Four solaire", "need": "Le bois est loin", "proposal": "Un four partagé",
        "commune_name": "Taroudannt", "sector": "food", "speaker": "association", "contact_name": "Amina",
        "contact_phone": "06 12 34 56 78", "agreed": "on", "show_author": "on", "hands": "34",
        "submission_key": key[1], **changes,
    }  # fmt: skip
    return clerk.post(f"/fr/rencontres/{gathering.key}/saisie", form)


def test_a_form_is_typed_in_under_its_code_and_the_next_keeps_the_place(clerk: Client) -> None:
    gathering = make_gathering()
    code = _print(clerk, gathering)[0]
    answer = _typed(clerk, gathering, code.lower().replace("-", " "))
    assert answer.status_code == 302
    idea = Idea.objects.get()
    assert (idea.reference, idea.door, idea.state, idea.commune_id) == (code, "paper", "submitted", HERE)
    assert (idea.contact_name, idea.contact_phone, idea.show_author) == ("Amina", "+212612345678", True)
    assert (idea.need, idea.proposal, idea.speaker) == ("Le bois est loin", "Un four partagé", "association")
    assert (idea.gathered.hands, idea.gathered.paper_code, idea.support_count) == (34, code, 0)
    page = clerk.get(answer["Location"]).content.decode()
    assert 'value="Taroudannt"' in page
    assert re.search(r'<option value="food" selected', page)
    assert code in page
    assert "Four solaire" in page


def test_a_name_is_kept_only_when_the_box_is_ticked(clerk: Client) -> None:
    gathering = make_gathering()
    assert _typed(clerk, gathering, _print(clerk, gathering)[0], agreed="").status_code == 302
    idea = Idea.objects.get()
    assert (idea.contact_name, idea.contact_phone, idea.show_author) == ("", "", False)


def test_a_form_typed_twice_is_refused_with_what_it_said(clerk: Client) -> None:
    gathering = make_gathering()
    code = _print(clerk, gathering)[0]
    _typed(clerk, gathering, code)
    answer = _typed(clerk, gathering, code, title="Encore")
    assert answer.status_code == 422
    assert "déjà saisi : « Four solaire »" in plain(answer.content.decode())
    assert Idea.objects.count() == 1


def test_the_same_page_sent_twice_is_one_idea(clerk: Client) -> None:
    gathering = make_gathering()
    code = _print(clerk, gathering)[0]
    same = "11111111-1111-4111-8111-111111111111"
    answers = [_typed(clerk, gathering, code, submission_key=same).status_code for _ in range(2)]
    assert (answers, Idea.objects.count(), GatheredIdea.objects.count()) == ([302, 302], 1, 1)


def test_wrong_codes_are_told_beside_the_field(clerk: Client) -> None:
    gathering, other = make_gathering(), make_gathering()
    wrong = "K7M4-2QK"
    elsewhere = _print(clerk, other)[0]
    for code, words in (
        (wrong, "un signe est faux"), ("K7M4-2QX", "imprimé pour aucune rencontre"),
        (elsewhere, "une autre rencontre"), ("", "Écrivez le code"),
    ):  # fmt: skip
        answer = _typed(clerk, gathering, code)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    for name, value in (
        ("commune_name", "Nulle Part"),
        ("sector", ""),
        ("title", ""),
        ("contact_phone", "12"),
    ):
        assert _typed(clerk, gathering, _print(clerk, gathering)[0], **{name: value}).status_code == 422
    assert not Idea.objects.exists()


def _followed(code: str) -> tuple[int, str]:
    answer = Client().get(f"/fr/suivre/{code}")
    return answer.status_code, answer.content.decode()


def test_the_code_alone_tells_the_state_and_never_the_words() -> None:
    gathering = make_gathering()
    said = {
        "submitted": "La délégation de votre région la lit",
        "returned": "une question",
        "archived": "pas en ligne",
    }
    for state, words in said.items():
        idea = make_idea(
            state=state, reference=f"K7M4-2Q{state}"[:12], contact_name="Amina", contact_phone="+212612345678"
        )
        Idea.objects.filter(pk=idea.pk).update(reference="K7M4-2QX")
        GatheredIdea.objects.create(gathering=gathering, idea=idea, hands=34)
        status, page = _followed("k7m4 2qx")
        assert status == 200
        assert words in page
        assert "34 mains levées" in page
        for private in (idea.title, idea.need, idea.proposal, "Amina", "612345678"):
            assert private not in page
        GatheredIdea.objects.all().delete()
        idea.delete()


def test_a_published_idea_is_linked_a_grouped_one_leads_to_the_other() -> None:
    target = make_idea(reference="C2C2-C2P")
    make_idea(reference="K7M4-2QX", state="merged", merged_into=target)
    status, page = _followed("K7M4-2QX")
    assert status == 200
    assert 'href="/fr/idees/C2C2-C2P"' in page
    assert "regroupée" in page


@pytest.mark.parametrize(("kind", "word"), [("need", "Le besoin"), ("opportunity", "L’opportunité")])
def test_needs_and_opportunities_have_their_answer_too(kind: str, word: str) -> None:
    gathering = make_gathering(title_fr="La salle d’Agadir")
    category = {"need": "N08", "opportunity": "O01"}[kind]
    folder = {"need": "besoins", "opportunity": "opportunites"}[kind]
    told = {
        "submitted": "La délégation de votre région le lit", "returned": "une question", "published": "C’est publié",
        "answered": "la délégation a répondu", "closed": "C’est clos", "archived": "pas en ligne",
    }  # fmt: skip
    for state, words in told.items():
        row = make_observation(
            kind=kind, category_id=category, state=state, reference="K7M4-2QX", contact_name="Amina",
            contact_phone="+212612345678",
        )  # fmt: skip
        record(actor=None, verb="said", obj=row, at=timezone.now(), data={"gathering": gathering.key})
        status, page = _followed("k7m4 2qx")
        assert status == 200
        assert words in page
        assert word in page
        assert gathering.title in page
        is_public = state in {"published", "answered", "closed"}
        assert (f'href="/fr/{folder}/K7M4-2QX"' in page) is is_public
        assert ('href="/fr/besoins/suivre?code=K7M4-2QX"' in page) is (state == "returned")
        for private in (row.title, row.text, "Amina", "612345678"):
            assert private not in page
        row.delete()
    make_observation(reference="K7M4-2QX", state="draft")
    assert _followed("K7M4-2QX")[0] == 404


def test_a_draft_an_unknown_code_and_a_wrong_one() -> None:
    make_idea(reference="K7M4-2QX", state="draft")
    assert _followed("K7M4-2QX")[0] == 404
    status, page = _followed("K7M4-2QK")
    assert status == 422
    assert "un chiffre est faux" in page
    assert Client().get("/fr/suivre?code=k7m42qx").status_code == 302
    assert Client().get("/fr/suivre?code=zzz").status_code == 422


def test_a_printed_form_is_known_before_it_is_typed_in(clerk: Client) -> None:
    gathering = make_gathering()
    code = _print(clerk, gathering)[0]
    status, page = _followed(code)
    assert (status, "pas encore saisi" in page) == (200, True)
    _typed(clerk, gathering, code)
    assert "La délégation de votre région la lit" in _followed(code)[1]


def test_guessing_codes_is_stopped_and_known_ones_are_not_counted() -> None:
    make_idea(reference="K7M4-2QX", submitted_at=timezone.now())
    for _ in range(30):
        assert _followed("K7M4-2QX")[0] == 200
    for _ in range(20):
        assert _followed("C2C2-C2P")[0] == 404
    assert _followed("C2C2-C2P")[0] == 429
    assert _followed("K7M4-2QX")[0] == 429
