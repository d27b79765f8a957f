"""The desk walked as trainers do: a course written part by part, and corrected."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bpc.core.learning.gift import read_gift
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import Part
from bpc.portal.web.teaching.words import GIFT_PROBLEMS, LACKS
from tests.portal.training.teaching_world import (
    changed,
    edit,
    trainer,
)
from tests.portal.training.training_world import CODE, QUIZ
from tests.portal.web.teaching.desk_reading import DESK, HOME, LESSON, beside, boxes, plain, stored

pytestmark = pytest.mark.django_db
PARTS = ("presentation", "lecons/cost", "lecons/cost/texte/fr", "lecons/cost/texte/ar", "lecons/cost/schema",
         "lecons/cost/exercice", "lecons/cost/quiz/rent", "lecons/cost/quiz/sum", "lecons/cost/quiz/both",
         "lecons/cost/quiz/who", "lecons/cost/quiz/true")  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_part_sent_back_as_it_was_changes_nothing(
    language: str, client: Client, draft: CourseVersion
) -> None:
    for part in PARTS:
        address = f"/{language}/mon-espace/cours/{CODE}/{part}"
        page = client.get(address)
        assert page.status_code == 200, part
        response = client.post(address, boxes(page))
        assert response.status_code == 302, (part, plain(response))
    row = CourseVersion.objects.get(pk=draft.pk)
    assert (row.revision, row.content) == (1, draft.content)


def test_a_course_is_begun_from_its_name(client: Client) -> None:
    faulty = client.post(f"{DESK}/nouveau", {"stage": "run", "icon": "souk"})
    assert faulty.status_code == 422
    assert "Cochez au moins une case." in beside(faulty, "roles")
    assert "dans une langue au moins" in beside(faulty, "name_fr")
    sent = {"stage": "run", "icon": "souk", "roles": ["holder", "board"], "name_fr": "Élever des chèvres",
            "about_fr": "Un troupeau.", "outcome_ar": "قطيع"}  # fmt: skip
    response = client.post(f"{DESK}/nouveau", sent)
    assert response["Location"] == f"{DESK}/elever-des-chevres/lecons"
    page = plain(client.get(f"{DESK}/elever-des-chevres"))
    assert "La présentation du cours n’est pas écrite en arabe." in page
    assert "Un cours a 3 leçons au moins." in page
    assert "Donner à relire" not in page


def test_a_lesson_is_added_translated_moved_and_removed(client: Client, draft: CourseVersion) -> None:
    sent = {
        "language": "fr",
        "minutes": "9",
        "title": "Dire son prix",
        "aim": "Vous saurez dire.",
        "body": "# Un",
    }
    page = client.post(f"{HOME}/lecons/nouvelle", sent)
    assert "Les titres s’écrivent avec ## ou ###." in beside(page, "body")
    assert (
        client.post(f"{HOME}/lecons/nouvelle", {**sent, "body": "## Un\r\n\r\n**Deux**"}).status_code == 302
    )
    assert stored(Part("text", "dire-son-prix", "fr"))["body"] == "## Un\n\n**Deux**"
    page = client.get(f"{HOME}/lecons/dire-son-prix/texte/ar")
    assert "**Deux**" in plain(page), "the other language stands beside"
    look = client.post(f"{HOME}/lecons/dire-son-prix/texte/ar", {**sent, "body": "**ثلاثة**", "act": "look"})
    assert "<strong>ثلاثة</strong>" in look.content.decode()
    assert stored(Part("text", "dire-son-prix", "ar")) is None
    arabic = {**boxes(page), "title": "قولوا ثمنكم", "aim": "ستعرفون القول.", "body": "## واحد"}
    assert client.post(f"{HOME}/lecons/dire-son-prix/texte/ar", arabic).status_code == 302
    client.post(f"{HOME}/lecons/dire-son-prix/place", {"act": "up"})
    page = client.get(f"{HOME}/lecons")
    assert re.findall(r"lecons/([a-z-]+)\"><bdi>", page.content.decode()) == [
        "cost",
        "margin",
        "dire-son-prix",
        "seller",
    ]
    assert "4 choses manquent" in plain(page)
    assert client.get(f"{HOME}/lecons/dire-son-prix/retirer").status_code == 200
    client.post(f"{HOME}/lecons/dire-son-prix/retirer")
    assert client.get(f"{HOME}/lecons/dire-son-prix").status_code == 404


def test_what_a_lesson_does_not_show_is_said_in_words(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/texte/fr"
    for body, told in (
        ("<b>gras</b>", "Les balises comme <b> ne sont pas acceptées"),
        ("[là](https://example.org)", "Un lien ne mène qu’à une autre leçon"),
        ("![x](lesson:a/b)", "Les images ne sont pas acceptées"),
        ("a\n\n    b", "Une ligne commence par quatre espaces"),
    ):
        response = client.post(address, {**boxes(client.get(address)), "body": body})
        assert (response.status_code, told in beside(response, "body")) == (422, True), body
        assert boxes(response)["body"] == body
    assert CourseVersion.objects.get(pk=draft.pk).revision == 1


def test_two_trainers_on_one_text_the_second_is_shown_the_first(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/texte/fr"
    sent = boxes(client.get(address))
    changed(draft, trainer(), "Le coût d’un pot")
    response = client.post(address, {**sent, "title": "Le vrai coût"})
    assert response.status_code == 422
    assert "Le coût d’un pot" in plain(response)
    assert "Une autre personne a enregistré cette partie" in plain(response)
    assert client.post(address, boxes(response)).status_code == 302
    assert stored(Part("text", "cost", "fr"))["title"] == "Le vrai coût"
    # the same for boxes
    sent = boxes(client.get(f"{LESSON}/exercice"))
    exercise = stored(Part("exercise", "cost"))
    edit(draft, Part("exercise", "cost"), {**exercise, "aim": {"fr": "Calculez."}}, trainer())
    response = client.post(f"{LESSON}/exercice", {**sent, "aim-fr": "Comptez."})
    assert response.status_code == 422
    assert client.post(f"{LESSON}/exercice", boxes(response)).status_code == 302
    assert stored(Part("exercise", "cost"))["aim"]["fr"] == "Comptez."


def test_formulas_are_told_beside_their_box(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/exercice"
    sent = boxes(client.get(address))
    sent |= {"results-0-formula": "price -", "verdicts-0-when": "left < margin", "fields-1-code": "Coût"}
    response = client.post(address, sent)
    assert response.status_code == 422
    assert "n’est pas compris" in beside(response, "results-0-formula")
    assert "La formule lit margin" in beside(response, "verdicts-0-when")
    assert "Des lettres minuscules sans accent" in beside(response, "fields-1-code")
    assert boxes(response)["results-0-formula"] == "price -"


def test_an_exercise_is_made_and_tried_without_a_script(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/exercice"
    more = boxes(client.post(address, {**boxes(client.get(address)), "act": "add:fields"}))
    more |= {
        "fields-3-ask-fr": "Où vendez-vous ?",
        "fields-3-ask-ar": "أين تبيعون؟",
        "fields-3-kind": "choice",
    }
    more = boxes(client.post(address, {**more, "act": "add:fields-3-options"}))
    more |= {"fields-3-options-0-words-fr": "Au souk", "fields-3-options-0-words-ar": "في السوق"}
    more = boxes(client.post(address, {**more, "act": "up:fields:3"}))
    assert more["fields-2-ask-fr"] == "Où vendez-vous ?"
    assert client.post(address, more).status_code == 302
    fields = stored(Part("exercise", "cost"))["fields"]
    assert [one["code"] for one in fields] == ["price", "cost", "ou_vendez_vous", "sure"]
    assert fields[2]["options"] == [{"code": "au_souk", "words": {"fr": "Au souk", "ar": "في السوق"}}]
    page = plain(client.get(f"{address}?x-price=10&x-cost=12,5"))
    assert "Vous perdez." in page
    assert "-2,50 MAD" in page.replace("\u2212", "-").replace("−", "-")


def test_a_diagram_asks_what_its_kind_needs(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/schema"
    sent = boxes(client.get(address))
    response = client.post(address, {**sent, "kind": "compare"})
    assert "Dites de quel côté il est." in beside(response, "items-0-side")
    response = client.post(address, {**sent, "items-0-value": ""})
    assert "demande une valeur" in beside(response, "items-0-value")
    assert "douze éléments" in plain(client.post(address, {**sent, "kind": "months"}))
    half = {**sent, "items-1-label-ar": ""}
    assert client.post(address, half).status_code == 302
    assert stored(Part("diagram", "cost"))["ar"] is None, "not drawn with a name missing"
    assert "Le schéma manque en arabe." in plain(client.get(LESSON))


def _options(*rows: dict[str, str]) -> dict[str, str]:
    """The boxes of these rows."""
    named = {f"options-{at}-{name}": said for at, row in enumerate(rows) for name, said in row.items()}
    return {"options-count": str(len(rows)), **named}


def test_a_question_of_each_kind_is_written_and_corrected(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/quiz/nouvelle/one"
    sent = boxes(client.post(address, {**boxes(client.get(address)), "act": "add:options"}))
    sent = boxes(client.post(address, {**sent, "act": "add:options"}))
    sent |= {"text-fr": "Quel prix\r\nchoisir ?", "text-ar": "أي ثمن؟"}
    sent |= _options(
        {"text-fr": "Le coût", "fraction": "0"}, {"text-fr": "Plus que le coût", "fraction": "0"}
    )
    response = client.post(address, sent)
    assert "écrivez aussi ceci" in beside(response, "options-0-text-ar")
    sent |= {"options-0-text-ar": "الكلفة", "options-1-text-ar": "أكثر من الكلفة"}
    assert "Aucune réponse n’est juste" in plain(client.post(address, sent))
    assert client.post(address, {**sent, "options-1-fraction": "100"}).status_code == 302
    kept = stored(Part("question", "cost", "quel-prix-choisir"))
    assert kept["words"]["fr"]["text"] == "Quel prix choisir ?"
    assert "n’est pas expliquée en français" in plain(client.get(f"{LESSON}/quiz"))
    half = [{"text-fr": one, "fraction": "50"} for one in "ab"]
    number = {"number": "12,5", "tolerance": "0,5", "fraction": "100"}
    pairs = [{"text-fr": one, "match-fr": one.upper()} for one in "ab"]
    for kind, more in (
        ("true_false", {"text-fr": "Vrai ou faux ?", "right": "false", "if_true-fr": "Non."}),
        ("number", {"text-fr": "Combien ?", **_options(number), "otherwise-fr": "Recomptez."}),
        ("pairs", {"text-fr": "Qui fait quoi ?", **_options(*pairs)}),
        ("several", {"text-fr": "Lesquelles ?", **_options(*half)}),
        ("short", {"text-fr": "Quel mot ?", **_options({"text-fr": "coût", "fraction": "100"})}),
    ):
        address = f"{LESSON}/quiz/nouvelle/{kind}"
        response = client.post(address, {**boxes(client.get(address)), **more})
        assert response.status_code == 302, (kind, plain(response))
    kinds = [one["kind"] for one in stored(Part("questions", "cost"))]
    assert kinds[-6:] == ["one", "true_false", "number", "pairs", "several", "short"]
    codes = [one["code"] for one in stored(Part("questions", "cost"))]
    client.post(f"{LESSON}/quiz", {"act": f"up:{codes[1]}"})
    client.post(f"{LESSON}/quiz/{codes[0]}/retirer")
    assert [one["code"] for one in stored(Part("questions", "cost"))] == codes[1:]
    assert client.get(f"{LESSON}/quiz/nouvelle/essay").status_code == 404


GIFT_AR = "::rent:: ثابتة؟ { ~عسل#لا. =كراء#نعم. }"


def test_gift_is_pasted_or_given_in_one_language_or_both(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/quiz/gift"
    response = client.post(address, {"text_fr": "::rent:: Fixe ?? { ~miel#Non. =loyer#Oui. }"})
    assert response.status_code == 302, plain(response)
    assert stored(Part("question", "cost", "rent"))["words"]["fr"]["text"] == "Fixe ??"
    assert len(stored(Part("questions", "cost"))) == len(read_gift(QUIZ).questions), "the others stay"
    file = SimpleUploadedFile("ar.gift", ("\ufeff" + GIFT_AR).encode())
    assert client.post(address, {"file_ar": file}).status_code == 302
    assert stored(Part("question", "cost", "rent"))["words"]["ar"]["text"] == "ثابتة؟"
    # titles as people give them in Moodle, in two languages: the first goes with the first
    both = {
        "text_fr": "::Q1 loyer:: Fixe ? { ~miel =loyer }",
        "text_ar": "::سؤال:: ثابتة؟ { ~عسل =كراء }",
        "replace": "on",
    }
    assert client.post(address, both).status_code == 302
    (kept,) = stored(Part("questions", "cost"))
    assert (kept["code"], sorted(kept["words"])) == ("q1-loyer", ["ar", "fr"])


def test_problems_of_gift_stand_beside_the_box_with_their_line(client: Client, draft: CourseVersion) -> None:
    address = f"{LESSON}/quiz/gift"
    text = "::a:: Un { =x ~y }\n\n::b:: Deux {\n\n::c:: Trois"
    response = client.post(address, {"text_fr": text, "text_ar": "::z:: س { =1 }"})
    assert response.status_code == 422
    assert "Ligne 3" in beside(response, "text_fr")
    assert str(GIFT_PROBLEMS["brace_open"]) in beside(response, "text_fr")
    assert boxes(response)["text_fr"] == text
    other = client.post(address, {"text_ar": "::rent:: ثابتة؟ { =عسل ~كراء }"})
    assert "n’a pas le même genre" in beside(other, "text_ar")
    assert "Ce fichier n’est pas du texte" in plain(
        client.post(address, {"file_fr": SimpleUploadedFile("a.gift", b"\xff\xfe\x00")})
    )
    assert client.post(address, {}).status_code == 422
    many = "\n\n".join(f"::m{rank}:: Un {{ =x ~y }}" for rank in range(13))
    assert "douze questions" in plain(client.post(address, {"text_fr": many, "replace": "on"}))
    assert CourseVersion.objects.get(pk=draft.pk).revision == 1


def test_every_code_of_a_problem_or_a_lack_has_words(root: Any) -> None:
    source = (root / "src/bpc/core/learning/gift.py").read_text("utf-8")
    codes = set(re.findall(r'_Refused\("(\w+)"\)', source)) | set(re.findall(r'GiftProblem\("(\w+)"', source))
    assert codes <= GIFT_PROBLEMS.keys()
    source = (root / "src/bpc/datasets/training_courses.py").read_text("utf-8")
    codes = set(re.findall(r'Unready\("(\w+)"', source)) | set(re.findall(r'"(\w+_lessons)"', source))
    assert codes | {"sound_behind"} == LACKS.keys()
