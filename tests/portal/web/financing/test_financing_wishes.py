"""Insisting on a source, a plan that waits, help in kind: as a group reads them."""

import pytest

from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import read_options
from bpc.portal.journeys.financing_offers import line_id
from tests.portal.financing.financing_world import kept
from tests.portal.plans.plan_world import world
from tests.portal.web.financing.test_financing_plan_pages import GRANT, LOAN, address, seen, text_of, three
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def test_a_source_left_out_may_be_insisted_on_then_no_longer() -> None:
    group, plan = world()
    kept(plan, group.inside["owner"], three())
    client = entered(group.inside["editor"])
    page = seen(client, address(plan))
    told = text_of(page.content.decode())
    assert ("L’exiger dans la recherche" in told) == any(
        one.asked for card in page.context["cards"] for one in card.left_out
    )
    assert client.post(address(plan, "/1/sans"), {"source": LOAN, "act": "force"}).status_code == 302
    rows = {row.number: row for row in FinancingPlan.objects.all()}
    assert read_options(rows[2].options).forced == (LOAN,)
    assert client.post(address(plan, "/2/sans"), {"source": LOAN, "act": "free"}).status_code == 302
    rows = {row.number: row for row in FinancingPlan.objects.all()}
    assert read_options(rows[3].options).forced == ()


def test_a_proposal_that_waits_says_so_at_its_title_and_in_the_table() -> None:
    group, plan = world()
    study = three()
    late = study.proposals[1].model_copy(update={"first": "2028-04", "postponed": 16})
    study = study.model_copy(update={"proposals": (study.proposals[0], late, *study.proposals[2:])})
    kept(plan, group.inside["owner"], study)
    page = seen(entered(group.inside["owner"]), address(plan))
    assert [bool(card.begins) for card in page.context["cards"]] == [False, True]
    row = next(one for one in page.context["compared"] if one["label"] == "Début du plan")
    assert [cell["text"] for cell in row["cells"]][:2] == [
        "à la date du plan",
        page.context["cards"][1].begins,
    ]
    assert "en avril 2028" in row["cells"][1]["text"]


def test_help_in_kind_is_told_as_such_before_it_is_accepted() -> None:
    group, plan = world()
    study = three()
    first = study.proposals[0]
    parts = tuple(
        one.model_copy(update={"kind": "in_kind"}) if one.source == GRANT else one for one in first.parts
    )
    grants = [{**one, "id": line_id(GRANT)} for one in first.funding["grants"]]
    first = first.model_copy(update={"parts": parts, "funding": {**first.funding, "grants": grants}})
    kept(plan, group.inside["owner"], study.model_copy(update={"proposals": (first, *study.proposals[1:])}))
    page = seen(entered(group.inside["owner"]), address(plan, "/1/accepter/0"))
    assert page.context["written"][0]["kind"].startswith("En nature")
    assert "aucun argent ne passe par la caisse" in text_of(page.content.decode())
