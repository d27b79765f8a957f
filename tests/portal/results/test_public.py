"""What everybody reads: nothing below five, nothing found again by subtraction, no demonstration, no name."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.projects.models import Project
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.public_figures import Told, last_quarter, public_figures, rows_by
from tests.portal.results.result_world import TODAY, many
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db


def test_a_small_region_hides_itself_and_the_smallest_other() -> None:
    owner = make_user()
    many(owner, 7, commune=HERE)
    many(owner, 3, commune=ELSEWHERE)
    many(owner, 9, commune="06.111.01.01")
    found = public_figures(timezone.now())
    assert found.whole.answered == 19
    assert found.whole.figures["members"].value == 190
    assert {row.code: row.answered for row in found.regions} == {"09": None, "02": None, "06": 9}
    shown = {row.code: row.figures["members"].value for row in found.regions}
    assert shown == {"09": None, "02": None, "06": 90}
    assert all(row.figures["members"].hidden for row in found.regions if row.code != "06")


def test_below_five_projects_nothing_is_shown_at_all() -> None:
    many(make_user(), 4)
    found = public_figures(timezone.now())
    assert found.whole.answered is None
    assert all(figure.value is None for figure in found.whole.figures.values())
    assert "Pas encore assez de réponses" in Client().get("/fr/resultats").content.decode()


def test_few_people_in_many_projects_are_hidden_too_and_so_are_the_few_others() -> None:
    def told(**figures: int) -> list[Told]:
        return [Told("09", "food", True, "yes", 12, figures) for _ in range(6)]

    few_women = [
        *told(members=10, women=0)[:5],
        Told("09", "food", True, "yes", 12, {"members": 10, "women": 3}),
    ]
    (row,) = rows_by(few_women, lambda one: one.region)
    assert (row.figures["women"].hidden, row.figures["members"].value) == (True, 60)
    few_men = [
        *told(members=10, women=10)[:5],
        Told("09", "food", True, "yes", 12, {"members": 10, "women": 8}),
    ]
    (row,) = rows_by(few_men, lambda one: one.region)
    assert row.figures["women"].hidden
    (row,) = rows_by(told(members=10, women=6), lambda one: one.region)
    assert row.figures["women"].value == 36


def test_unknown_is_not_zero_silence_is_counted_and_a_quarter_is_no_year() -> None:
    told = [
        Told("09", "food", True, "yes", 12, {"turnover_mad": amount}) for amount in (1, 2, 30, 4000, 50000)
    ]
    told += [Told("09", "food", True, "yes", 3, {"turnover_mad": 10**6}) for _ in range(9)]
    told += [Told("09", "food", False) for _ in range(6)]
    (row,) = rows_by(told, lambda one: one.region)
    assert row.answered == 14
    assert row.figures["silent"].value == 6
    assert (row.figures["turnover_mad"].value, row.figures["turnover_mad"].projects) == (30, 5)
    assert (row.figures["members"].value, row.figures["members"].projects, row.figures["members"].hidden) == (
        None, 0, False,
    )  # fmt: skip


def test_the_last_answer_counts_from_the_end_of_its_quarter_and_no_demonstration() -> None:
    assert [last_quarter(day) for day in (date(2026, 1, 1), date(2026, 11, 23))] == [
        date(2026, 1, 1), date(2026, 10, 1),
    ]  # fmt: skip
    owner = make_user()
    projects = many(owner, 6)
    PeriodResult.objects.create(
        project=projects[0], ends_on=TODAY, months=12, answered_at=timezone.now(), members=500
    )
    Project.objects.filter(pk=projects[5].pk).update(is_demo=True)
    found = public_figures(timezone.now())
    assert (found.whole.answered, found.whole.figures["members"].value) == (5, 50)


def test_the_page_and_its_table_say_the_same_and_cost_the_same() -> None:
    owner = make_user()
    costs = []
    for number in (6, 60):
        many(owner, number)
        outdate("results")
        with CaptureQueriesContext(connection) as asked:
            page = Client().get("/fr/resultats")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 8
    words = page.content.decode()
    assert "660" in words
    answer = Client().get("/fr/resultats.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    members = {row["by"]: row for row in rows if row["measure"] == "members"}
    assert (members["country"]["value"], members["country"]["projects"], members["country"]["hidden"]) == (
        "660", "66", "no",
    )  # fmt: skip
    assert next(row for row in rows if row["measure"] == "youth")["value"] == ""
    arabic = Client().get("/ar/resultats")
    assert arabic.status_code == 200


def test_cards_of_those_who_agreed_and_of_no_other() -> None:
    owner = make_user(display_name="Amina Secret")
    shown, hidden = many(owner, 2)
    for project, agreed in ((shown, timezone.now()), (hidden, None)):
        Following.objects.create(
            project=project, launched_on=TODAY - timedelta(days=400), alumni_since=TODAY,
            public_agreed_at=agreed, story=f"Histoire de {project.reference} <b>", language="fr",
        )  # fmt: skip
    words = Client().get("/fr/resultats").content.decode()
    assert f"Histoire de {shown.reference} &lt;b&gt;" in words
    assert hidden.reference not in words
    assert "Amina" not in words
