"""The templates of paths as files give them."""

import copy
from typing import Any

import pytest

from bpc.core.law.events import Event
from bpc.datasets.path_templates import InvalidTemplate, Template, parse_template, read_templates


@pytest.fixture(scope="module")
def creation() -> Template:
    return read_templates()["creation"]


def test_the_five_paths_stand_with_their_steps() -> None:
    found = {slug: len(one.steps) for slug, one in read_templates().items()}
    assert found == {"creation": 23, "launch": 7, "mourafaka": 16, "diversification": 7, "laureate": 10}


def test_the_creation_follows_the_procedure_of_the_law(creation: Template) -> None:
    ids = [step.id for step in creation.steps]
    assert ids[2:4] == ["name_request", "name_certificate"]
    certificate = creation.steps[3]
    assert certificate.asks == Event.NAME_APPROVED
    assert certificate.delay is not None
    assert certificate.delay.days == 60
    assert certificate.article is not None
    assert certificate.article.fr == "Décret 2-15-617, articles 3 et 4"


def test_repeated_steps_follow_one_another_and_what_comes_next_follows_the_last() -> None:
    steps = {step.id: step for step in read_templates()["laureate"].steps}
    assert steps["monthly_point_01"].after == ("jury_points", "use_of_prize")
    assert steps["monthly_point_06"].after == ("monthly_point_05",)
    assert steps["six_months_told"].after == ("monthly_point_06",)
    assert steps["monthly_point_03"].title.fr == "Point du mois 3 sur 6"
    assert steps["monthly_point_03"].title.ar == "لقاء الشهر 3 من 6"


def test_a_cost_that_is_an_estimate_says_so(creation: Template) -> None:
    costs = {step.id: step.cost for step in creation.steps if step.cost is not None}
    assert (costs["legalise_signatures"].low, costs["legalise_signatures"].high) == (2, 200)
    assert costs["legalise_signatures"].confidence == "estimate"
    assert "Estimation" in costs["legalise_signatures"].note.fr
    assert costs["statutes_draft"].low is None  # not known is not zero


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["steps"][0].update(after=["first_year"]), "unknown or below"),
        (lambda c: c["steps"][3].update(sources=["nowhere"]), "sources names nowhere"),
        (lambda c: c["steps"][3].update(phase="nowhere"), "phase names nowhere"),
        (lambda c: c["steps"][3].update(sources=[]), "requires a source"),
        (lambda c: c["steps"].append(copy.deepcopy(c["steps"][0])), "step repeated"),
        (lambda c: c["steps"][1]["title"].update(ar="Pas en arabe"), "not an Arabic text"),
        (lambda c: c["steps"][1].update(ticked_by=["full_moon"]), "five_founders"),
        (lambda c: c["steps"][7]["cost"].update(low=300), "low cost is above"),
        (lambda c: c["steps"][7]["cost"].update(high=None), "both ends"),
    ],
)
def test_what_is_wrong_is_refused(creation: Template, change: Any, said: str) -> None:
    content = creation.model_dump(mode="json")
    change(content)
    with pytest.raises(InvalidTemplate, match=said):
        parse_template(content)
