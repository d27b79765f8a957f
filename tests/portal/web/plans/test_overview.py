"""The plan on one page, its files, and a plan taken from a file."""

import io
import json
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bpc.core.plan.document import ENGINE_VERSION
from bpc.portal.plans.models import MOST_SCENARIOS, Plan
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import edit, make_plan, small_document, world
from tests.portal.web.plans.plan_pages import base, stored
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def seen(plan: Plan, who: Any, language: str = "fr") -> Any:
    response = entered(who).get(base(plan, language))
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_whole_plan_is_told_in_words(language: str) -> None:
    group, plan = world()
    page = seen(plan, group.inside["owner"], language)
    assert len(page.context["figures"]) == 8
    assert len(page.context["months"]) == 5
    assert page.context["accounts"].columns == ("2027", "2028", "2029", "2030", "2031")
    sales = page.context["accounts"].rows[0]
    assert sales.cells[0] == "120\u202f000"


def test_debt_is_told_per_dirham() -> None:
    group, plan = world()
    figures = {plain(one.label): one for one in seen(plan, group.inside["owner"]).context["figures"]}
    told = figures["Peut-on rembourser ?"]
    assert "pour 1 MAD à rembourser, la coopérative dispose de" in told.text
    edit(plan, group.inside["owner"], 1, {"loans.bank": None})
    figures = {plain(one.label): one for one in seen(plan, group.inside["owner"]).context["figures"]}
    assert figures["Peut-on rembourser ?"].value == "sans objet"
    assert figures["Prêt"].value == "aucun"


def test_money_missing_is_an_error_that_leads_to_the_money() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"assets.press.amount": 600_000})
    page = seen(plan, group.inside["owner"])
    first = page.context["problems"][0]
    assert (first["severity"], first["question"]) == ("error", 10)
    assert f"{base(plan)}/questions/10" in page.content.decode()
    lowest = next(one for one in page.context["figures"] if "plus bas" in one.label)
    assert lowest.bad


def test_what_no_question_asks_leads_to_the_assumption() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"tax.activity": "services"})
    page = seen(plan, group.inside["owner"])
    told = next(one for one in page.context["problems"] if "services" in one["words"])
    assert told["question"] is None
    assert told["field"] in page.content.decode()
    assert entered(group.inside["owner"]).get(told["field"]).status_code == 200


def test_a_year_the_plan_does_not_finish_is_marked() -> None:
    group, plan = world()
    star = "* Exercice que la durée du plan ne termine pas."
    assert not page_says(plan, group, star)
    edit(plan, group.inside["owner"], 1, {"start": "2027-04"})
    assert page_says(plan, group, star)
    assert seen(plan, group.inside["owner"]).context["accounts"].columns[-1].endswith(" *")


def test_estimates_raise_the_honest_banner() -> None:
    group, plan = world()
    assert page_says(plan, group, "Ce plan est une prévision, pas une promesse")
    edit(plan, group.inside["owner"], 1, {"products.oil.price": {"mode": 100, "conf": "E"}})
    assert page_says(plan, group, "100\u202f% des ventes reposent sur des prix estimés")


def page_says(plan: Plan, group: Any, words: str) -> bool:
    return words in seen(plan, group.inside["owner"]).content.decode()


def test_what_would_save_a_losing_project_is_not_called_what_breaks_it() -> None:
    group, plan = world()
    price = {"mode": 45, "low": 40, "high": 60, "conf": "D"}
    edit(plan, group.inside["owner"], 1, {"products.oil.price": price})
    limits = seen(plan, group.inside["owner"]).context["threats"].limits
    assert limits
    assert all("pour que le projet ne perde rien" in one for one in limits)


def test_hostile_names_are_letters_on_the_page_and_in_the_files() -> None:
    group, plan = world()
    hostile = "<b>x</b>\u202e\"'&"
    edit(plan, group.inside["owner"], 1, {"products.oil.name": hostile})
    Plan.objects.update(name='"><script>\r\nX: y')
    page = seen(plan, group.inside["owner"]).content.decode()
    assert "<b>x</b>" not in page
    assert "<script>\r\nX" not in page
    for part in ("banque.pdf", "plan.json"):
        answer = entered(group.inside["owner"]).get(f"{base(plan)}/{part}")
        disposition = answer.headers["Content-Disposition"]
        name = disposition.removeprefix('attachment; filename="').removesuffix('"')
        assert name.replace("-", "").replace(".", "").isalnum(), name


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("part", ["banque.pdf", "membres.pdf"])
def test_papers_are_pdf_in_the_language_of_the_address(part: str, language: str) -> None:
    group, plan = world()
    answer = entered(group.inside["reader"]).get(f"{base(plan, language)}/{part}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["X-Engine-Version"] == ENGINE_VERSION
    assert f"-{language}.pdf" in answer.headers["Content-Disposition"]
    assert f"/Lang ({language}".encode() in answer.content or b"/Lang" in answer.content


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_workbook_says_where_it_comes_from(language: str) -> None:
    group, plan = world()
    answer = entered(group.inside["reader"]).get(f"{base(plan, language)}/plan.xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.properties.description == plan.input_hash
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any(ENGINE_VERSION in one for one in words)


def upload(content: bytes, name: str = "plan.json") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content, "application/json")}


def test_what_goes_out_comes_back_as_a_new_scenario() -> None:
    group, plan = world()
    client = entered(group.inside["editor"])
    out = client.get(f"{base(plan)}/plan.json")
    read = json.loads(out.content)
    assert (read["engine_version"], read["input_hash"]) == (ENGINE_VERSION, plan.input_hash)
    response = client.post(f"{base(plan).rsplit('/', 1)[0]}/importer", upload(out.content))
    made = Plan.objects.exclude(pk=plan.pk).get()
    assert response.headers["Location"] == base(made)
    assert (made.document, made.is_main, made.input_hash) == (stored(plan), False, plan.input_hash)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ne se lit pas"),
        (b"not json", "ne se lit pas"),
        (b"[" * 100_000, "ne se lit pas"),
        (b'"plan"', "n’est pas un plan"),
        (b"\xff\xfe", "ne se lit pas"),
        (b"{}", "Il manque"),
        (b"x" * 700_000, "plus qu’un plan"),
        (json.dumps(small_document(years=99)).encode(), "years"),
        (json.dumps(small_document(secret=1)).encode(), "secret"),
        (json.dumps({**small_document(), "start": "\ud800"}).encode(), "start"),
        (
            json.dumps(small_document(), allow_nan=True).replace("1200,", "NaN,").encode(),
            "products.oil.capacity",
        ),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_every_place(content: bytes, said: str) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    response = client.post(f"{base(plan).rsplit('/', 1)[0]}/importer", upload(content))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Plan.objects.get() == plan


def test_no_file_is_said_and_the_thirteenth_scenario_refused() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    address = f"{base(plan).rsplit('/', 1)[0]}/importer"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    for number in range(MOST_SCENARIOS - 1):
        make_plan(group, name=f"Scénario {number}")
    response = client.post(address, upload(json.dumps(small_document()).encode()))
    assert response.status_code == 422
    assert "autant de scénarios" in response.content.decode()


def test_a_plan_of_an_older_engine_is_said_so_and_kept() -> None:
    group, plan = world()
    Plan.objects.update(document={"years": "long"})
    client = entered(group.inside["owner"])
    page = client.get(base(plan))
    assert "version plus ancienne du calcul" in page.content.decode()
    for part in ("/banque.pdf", "/membres.pdf", "/questions/1"):
        assert client.get(f"{base(plan)}{part}").headers["Location"] == base(plan)
    assert json.loads(client.get(f"{base(plan)}/plan.json").content)["plan"] == {"years": "long"}
