"""The financing plan as people see it: what is needed, who could pay, what is accepted, what is printed."""

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.applications.actions import open_application
from bpc.portal.applications.models import Application
from bpc.portal.applications.states import Step
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import Proposal, Study, read_options, read_study
from bpc.portal.funding.queries import all_sources
from bpc.portal.plans.models import Plan
from tests.portal.applications.application_world import tell
from tests.portal.financing.financing_world import impossible_study, kept, small_proposal, small_study
from tests.portal.html_text import said_texts
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import NOW, edit, make_plan, world
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db
GRANT, LOAN = "fda-materiel-agricole", "tamwil-el-fellah"


def address(plan: Plan, more: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{plan.project.reference}/plan-de-financement{more}"


def real_proposal(goal: str = "cost", **changes: Any) -> Proposal:
    """The small proposal with sources of the directory."""
    one = small_proposal(goal)
    slugs = (GRANT, LOAN, "")
    parts = tuple(
        part.model_copy(update={"source": slug}) for part, slug in zip(one.parts, slugs, strict=True)
    )
    told = tuple(reason.model_copy(update={"source": GRANT}) for reason in one.warnings)
    steps = tuple(
        step.model_copy(update={"source": slug}) for step, slug in zip(one.steps, (GRANT, LOAN), strict=True)
    )
    left = tuple(reason.model_copy(update={"source": "indh-p3-ess"}) for reason in one.left_out)
    return one.model_copy(
        update={"parts": parts, "warnings": told, "steps": steps, "left_out": left, **changes}
    )


def three() -> Study:
    return small_study(
        real_proposal(),
        real_proposal("time", cost=5_000.0, months_to_money=4),
        real_proposal("own_cash", own_cash=2_000.0, optimistic=True),
    )


def text_of(page: str) -> str:
    """All that the page says, as words are compared."""
    return plain(" ".join(text for _language, text in said_texts(page)))


def seen(client: Any, url: str, status: int = 200) -> Any:
    response = client.get(url)
    assert response.status_code == status
    return response


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_before_any_search_the_need_is_told(language: str) -> None:
    group, plan = world()
    page = seen(entered(group.inside["owner"]), address(plan, language=language))
    # 60 000 MAD of press at once, and the plan's loan and shares taken out
    values = [one.value for one in page.context["need"]]
    assert len(values) == 4
    assert values[1].startswith("60\u202f000")
    assert page.context["row"] is None
    assert page.content.decode().count('<svg class="chart"') == 2


def test_only_those_who_change_the_project_get_the_form() -> None:
    group, plan = world()
    for name in ("reader", "advisor"):
        client = entered(group.inside[name])
        assert "wish-form" not in seen(client, address(plan)).content.decode()
        assert client.post(address(plan), {"goal": "cost"}).status_code == 403
    for name in ("person", "administrator"):
        assert entered(group.outside[name]).get(address(plan)).status_code == 404
    assert FinancingPlan.objects.count() == 0


def test_a_search_is_kept_with_what_was_asked() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    typed = {
        "plan": plan.pk,
        "own_cash": "12 000",
        "own_in_kind": "٣٠٠٠",
        "goal": "own_cash",
        "struck": [GRANT],
    }
    sent = client.post(address(plan), typed)
    assert (sent.status_code, sent["Location"]) == (302, address(plan, "/1#trouve"))
    row = FinancingPlan.objects.get()
    options = read_options(row.options)
    assert (options.own_cash, options.own_in_kind, options.floor) == (12_000, 3_000, None)
    assert (options.goal, options.struck, options.to_confirm) == ("own_cash", (GRANT,), False)
    assert (row.plan_revision, row.answers["own_cash_mad"]) == (1, 12_000)
    assert read_study(row.study).need.own_cash_max == 12_000
    page = seen(client, address(plan, "/1"))
    assert page.context["form"]["own_cash"].value() == "12\u202f000"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"own_cash": "beaucoup"}, "own_cash"),
        ({"own_cash": "-5"}, "own_cash"),
        ({"floor": "9" * 15}, "floor"),
        ({"goal": "rich"}, "goal"),
        ({"struck": ["../x"]}, "struck"),
    ],
)
def test_what_is_no_wish_is_refused_beside_its_box(typed: dict[str, Any], fault: str) -> None:
    group, plan = world()
    page = entered(group.inside["owner"]).post(address(plan), {"plan": plan.pk, "goal": "cost", **typed})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [fault]
    assert FinancingPlan.objects.count() == 0


def test_a_scenario_of_another_project_is_not_found() -> None:
    group, plan = world()
    _other, elsewhere = world()
    client = entered(group.inside["owner"])
    assert client.get(address(plan), {"plan": elsewhere.pk}).status_code == 404
    assert client.post(address(plan), {"plan": elsewhere.pk, "goal": "cost"}).status_code == 404
    own = make_plan(group, name="Autre")
    assert seen(client, f"{address(plan)}?plan={own.pk}").context["plan"] == own


def test_three_proposals_side_by_side() -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    page = seen(entered(group.inside["owner"]), address(plan))
    told = text_of(page.content.decode())
    cards = page.context["cards"]
    assert [(card.letter, card.title) for card in cards] == [
        ("A", "La moins chère pour les membres"),
        ("B", "La plus rapide"),
    ]
    assert [card.letter for card in page.context["optimistic"]] == ["C"]
    payers = cards[0].payers
    assert [(one.letter, one.amount, one.share) for one in payers] == [
        ("1", "12\u202f000 MAD", "19\u202f%"),
        ("2", "30\u202f000 MAD", "48\u202f%"),
        ("3", "20\u202f000 MAD", "32\u202f%"),
        ("", "30\u202f000 MAD", ""),
    ]
    assert payers[1].name == all_sources()[GRANT].name_fr
    assert "Sans elle, aucun plan ne tient." in told
    assert "ne commencez ni achats ni travaux avant son accord écrit" in told
    assert "Un dirham de plus d’apport ferait économiser 0,12 MAD" in told
    best = {
        row["label"]: [cell["letter"] for cell in row["cells"] if cell["best"]]
        for row in page.context["compared"]
    }
    assert (best["Coût pour les membres"], best["L’argent est là dans"]) == (["A", "C"], ["B"])
    assert best["Apport en argent"] == ["C"]


def test_nothing_fits_and_what_would_help_is_told() -> None:
    group, plan = world()
    study = impossible_study()
    reasons = tuple(one.model_copy(update={"source": LOAN if one.source else ""}) for one in study.reasons)
    kept(plan, group.inside["owner"], study.model_copy(update={"reasons": reasons}))
    told = text_of(seen(entered(group.inside["owner"]), address(plan)).content.decode())
    assert "Rien ne tient encore" in told
    assert "L’apport en argent des membres ne suffit pas." in told
    assert "son plafond est trop bas pour ce projet" in told
    assert "Réunir 8 000 MAD d’apport de plus dès le premier mois." in told
    assert "Choisir la proposition" not in told


def test_a_plan_changed_since_is_told_and_no_longer_accepted() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    kept(plan, owner, three())
    client = entered(owner)
    edit(plan, owner, 1, {"years": 6})
    told = text_of(seen(client, address(plan)).content.decode())
    assert "Le plan a changé depuis ce calcul." in told
    assert client.post(address(plan, "/1/accepter/0")).status_code == 302
    assert FinancingPlan.objects.get().state == "proposed"


def test_accepted_after_a_second_look_then_taken_back() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    kept(plan, owner, three())
    client = entered(owner)
    page = seen(client, address(plan, "/1/accepter/0"))
    assert [(one["kind"], one["amount"]) for one in page.context["written"]] == [
        ("Subvention", "30\u202f000 MAD"),
        ("Prêt", "20\u202f000 MAD"),
        ("Parts sociales", "12\u202f000 MAD"),
    ]
    assert page.context["moved"]
    assert client.post(address(plan, "/1/accepter/0")).status_code == 302
    plan.refresh_from_db()
    assert [loan["id"] for loan in plan.document["loans"]] == ["tamwil"]
    after = seen(client, address(plan))
    told = text_of(after.content.decode())
    assert "Cette proposition est écrite dans le plan" in told
    assert "a changé depuis" not in told
    assert after.context["cards"][0].chosen
    assert client.post(address(plan, "/1/defaire")).status_code == 302
    plan.refresh_from_db()
    assert [loan["id"] for loan in plan.document["loans"]] == ["bank"]


def test_a_file_that_says_another_amount_is_told_before_and_one_sent_never_changes() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    kept(plan, owner, three())
    sent = open_application(
        project=group.project, source_slug=GRANT, amount=Decimal(25_000), actor=owner, at=NOW
    )
    tell(sent, owner, Step.SEND)
    open_application(project=group.project, source_slug=LOAN, amount=Decimal(18_000), actor=owner, at=NOW)
    client = entered(owner)
    page = seen(client, address(plan, "/1/accepter/0"))
    assert {(one["application"].source_slug, one["severity"]) for one in page.context["apart"]} == {
        (GRANT, "warning"),
        (LOAN, "info"),
    }
    told = text_of(page.content.decode())
    assert "Le dossier déjà envoyé demande 25 000 MAD ; la proposition compte 30 000 MAD" in told
    assert "demande 18 000 MAD : il demandera 20 000 MAD" in told
    assert client.post(address(plan, "/1/accepter/0")).status_code == 302
    asked = Application.objects.filter(project=group.project).values_list("source_slug", "amount_asked")
    assert dict(asked) == {GRANT: 25_000, LOAN: 20_000}


def test_a_file_granted_otherwise_is_told_with_what_was_granted() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    kept(plan, owner, three())
    made = open_application(
        project=group.project, source_slug=GRANT, amount=Decimal(30_000), actor=owner, at=NOW
    )
    client = entered(owner)
    assert not seen(client, address(plan, "/1/accepter/0")).context["apart"]
    tell(made, owner, Step.SEND)
    tell(made, owner, Step.GRANT, amount=Decimal(21_000))
    told = text_of(seen(client, address(plan, "/1/accepter/0")).content.decode())
    assert "L’organisme a accordé 21 000 MAD ; la proposition compte 30 000 MAD" in told


@pytest.mark.parametrize("action", ["/1/accepter/0", "/1/retirer", "/1/sans", "/1/defaire"])
def test_a_reader_decides_nothing(action: str) -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    for name in ("reader", "advisor"):
        client = entered(group.inside[name])
        assert client.post(address(plan, action), {"source": GRANT}).status_code == 403
        seen(client, address(plan, "/1"))
    outsider = entered(group.outside["person"])
    assert outsider.post(address(plan, action), {"source": GRANT}).status_code == 404
    plan.refresh_from_db()
    assert (plan.revision, FinancingPlan.objects.get().state) == (1, "proposed")


def test_without_a_source_is_a_new_study() -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    client = entered(group.inside["editor"])
    assert client.post(address(plan, "/1/sans"), {"source": GRANT})["Location"] == address(plan, "/2#trouve")
    assert client.post(address(plan, "/1/sans"), {"source": "nobody"}).status_code == 404
    rows = {row.number: row for row in FinancingPlan.objects.all()}
    assert (rows[1].state, rows[2].state) == ("outdated", "proposed")
    assert read_options(rows[2].options).struck == (GRANT,)
    used = {part.source for one in read_study(rows[2].study).proposals for part in one.parts}
    assert GRANT not in used
    history = seen(client, address(plan, "/etudes"))
    assert [row.number for row in history.context["rows"]] == [2, 1]


def test_withdrawn_it_stays_in_the_history() -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    client = entered(group.inside["owner"])
    assert client.post(address(plan, "/1/retirer"))["Location"] == address(plan, "/etudes")
    assert seen(client, address(plan)).context["row"] is None
    assert seen(client, address(plan, "/1")).context["row"].state == "withdrawn"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_paper_tells_each_proposal_until_one_is_chosen(language: str) -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    client = entered(group.inside["owner"])
    printed = client.get(address(plan, "/1/plan.pdf", language))
    assert printed["Content-Type"] == "application/pdf"
    assert 3 <= len(Paper(printed.content).pages) <= 6
    client.post(address(plan, "/1/accepter/0"))
    alone = client.get(address(plan, "/1/plan.pdf", language))
    assert 1 <= len(Paper(alone.content).pages) <= 2


def test_the_cash_of_each_month_as_tables() -> None:
    group, plan = world()
    study = small_study(real_proposal(), real_proposal("time", postponed=2, first="2027-03"))
    kept(plan, group.inside["owner"], study)
    client = entered(group.inside["owner"])
    rows = list(
        csv.reader(io.StringIO(client.get(address(plan, "/1/caisse.csv")).content.decode("utf-8-sig")))
    )
    assert len(rows) == 61
    assert rows[1] == ["janvier 2027", "60000.0", "-60000.0", "2000.0", "", "2000.0"]
    assert rows[3][3:5] == ["3000.0", "2000.0"]  # the later one begins in March
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(plan, "/1/caisse.xlsx")).content))
    sheet = book.active
    assert [cell.value for cell in sheet[2]] == ["janvier 2027", 60_000, -60_000, 2_000, None, 2_000]
    kept(plan, group.inside["owner"], impossible_study())
    assert client.get(address(plan, "/2/caisse.csv")).status_code == 404
    assert client.get(address(plan, "/2/plan.pdf")).status_code == 302


def test_an_unreadable_study_is_said_so() -> None:
    group, plan = world()
    row = kept(plan, group.inside["owner"], three())
    FinancingPlan.objects.filter(pk=row.pk).update(study={"format": 0})
    told = text_of(seen(entered(group.inside["owner"]), address(plan)).content.decode())
    assert "ne se lit plus" in told


def test_as_many_queries_for_one_study_as_for_thirty() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    kept(plan, owner, three())
    client = entered(owner)
    seen(client, address(plan))

    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            seen(client, url)
        return len(caught)

    before = queries(address(plan)), queries(address(plan, "/etudes"))
    for _ in range(29):
        kept(plan, owner, three())
    assert (queries(address(plan)), queries(address(plan, "/etudes"))) == before
    assert before[0] <= 20


def test_a_project_without_a_plan_is_sent_to_begin_one() -> None:
    group, plan = world()
    Plan.objects.all().delete()
    page = seen(entered(group.inside["owner"]), address(plan))
    assert f"/fr/mon-espace/projets/{group.project.reference}/plans/commencer" in page.content.decode()
