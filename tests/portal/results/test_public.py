"""What everybody reads: published once a quarter, the same on pages, in files and over the API; no demonstration."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.projects.models import Project
from bpc.portal.results.models import Following, PeriodResult, PublishedQuarter, PublishedRow
from bpc.portal.results.public_figures import row_of
from bpc.portal.results.publishing import last_quarter, publish_quarter, remove_demo_quarters
from tests.portal.api.test_territories import read
from tests.portal.plans.plain_words import plain
from tests.portal.results.result_world import TODAY, bulk, many
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
THIRD = "06.111.01.01"


def published() -> None:
    PublishedQuarter.objects.all().delete()
    assert publish_quarter(at=timezone.now()) is not None


def figure(place: str, measure: str = "members") -> Any:
    row = row_of(place)
    assert row is not None
    return row.figures[measure]


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
    published()
    row = row_of("MA")
    assert row is not None
    assert (row.answered, row.figures["members"].value, row.is_demo) == (5, 50, False)
    assert row.last_day == last_quarter(TODAY) - timedelta(days=1)


def test_a_quarter_is_published_once_and_one_answer_changes_nothing() -> None:
    projects = many(make_user(), 6)
    published()
    PeriodResult.objects.filter(project=projects[0]).update(members=9_000)
    Project.objects.filter(pk=projects[1].pk).delete()
    assert publish_quarter(at=timezone.now()) is None
    assert figure("MA").value == 60
    later = publish_quarter(at=timezone.now() + timedelta(days=100))
    assert later is not None
    assert [one.pk for one in PublishedQuarter.objects.all()] == [later.pk]
    assert figure("MA").value == 9_040


def test_nothing_is_published_while_nobody_was_asked() -> None:
    assert publish_quarter(at=timezone.now()) is None
    assert "Pas encore assez de réponses" in Client().get("/fr/resultats").content.decode()
    assert read("results") == {
        "last_day": None, "confidence": "estimate", "demonstration": False, "licence": "CC BY 4.0", "count": 0,
        "page": 1, "size": 100, "results": [],
    }  # fmt: skip


def test_demonstration_is_read_only_while_nothing_real_was_published_and_leaves() -> None:
    owner = make_user()
    Project.objects.filter(pk__in=[one.pk for one in many(owner, 6)]).update(is_demo=True)
    assert publish_quarter(at=timezone.now(), is_demo=True) is not None
    assert "Chiffres de démonstration" in Client().get("/fr/resultats").content.decode()
    assert read("results?level=country")["demonstration"] is True
    many(owner, 7)
    assert publish_quarter(at=timezone.now()) is not None
    assert figure("MA").value == 70
    assert "Chiffres de démonstration" not in Client().get("/fr/resultats").content.decode()
    assert remove_demo_quarters() == 1
    assert PublishedQuarter.objects.count() == 1


def three_regions() -> None:
    owner = make_user()
    many(owner, 7, commune=HERE)
    many(owner, 3, commune=ELSEWHERE)
    many(owner, 9, commune=THIRD, sector="crafts")
    published()


def test_the_page_and_the_file_say_the_same(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    three_regions()
    words = plain(Client().get("/fr/resultats").content.decode())
    assert "190" in words
    answer = Client().get("/fr/donnees/fichiers/results.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    members = {(row["territory"], row["sector"]): row for row in rows if row["measure"] == "members"}
    assert (members["MA", ""]["value"], members["MA", ""]["projects"], members["MA", ""]["hidden"]) == (
        "190",
        "19",
        "no",
    )
    assert (members["09", ""]["value"], members["09", ""]["hidden"], members["09", ""]["projects_answered"]) == (
        "", "yes", "",
    )  # fmt: skip
    assert {row["confidence"] for row in rows} == {"estimate"}
    youth = next(row for row in rows if row["measure"] == "youth" and row["territory"] == "MA")
    assert (youth["value"], youth["hidden"]) == ("", "no")


def test_the_interface_and_the_sheets_say_the_same() -> None:
    three_regions()
    regions = {row["territory"]: row for row in read("results?level=region")["results"]}
    assert {code: row["projects_answered"] for code, row in regions.items()} == {
        "09": None,
        "02": None,
        "06": 9,
    }
    of = {one["measure"]: one for one in regions["06"]["figures"]}
    assert (of["members"]["value"], of["members"]["projects"], of["youth"]["value"]) == (90, 9, None)
    inside = read("results?region=06&sector=all")["results"]
    assert {(row["territory"], row["sector"]) for row in inside} == {
        ("06", None), ("06", "crafts"), ("06.111", None), (THIRD, None),
    }  # fmt: skip
    assert read("results?region=06&province=09.541", 404)["code"] == "contradiction"
    shown = plain(Client().get(f"/fr/territoires/{THIRD}").content.decode())
    assert "9 sur 9" in shown
    hidden = plain(Client().get(f"/fr/territoires/{HERE}").content.decode())
    assert "Trop peu de projets ont répondu ici" in hidden
    assert "7 sur 7" not in hidden
    none = plain(Client().get("/fr/territoires/12").content.decode())
    assert "Aucun projet démarré ici" in none
    for code in ("MA", "06", "06.111"):
        assert Client().get(f"/ar/territoires/{code}").status_code == 200


def test_narrowed_by_region_and_sector_what_is_hidden_stays_hidden() -> None:
    owner = make_user()
    many(owner, 12, commune=HERE)
    many(owner, 3, commune=HERE, sector="crafts")
    many(owner, 8, commune=THIRD, sector="crafts")
    many(owner, 20, commune=THIRD)
    published()
    words = plain(Client().get("/fr/resultats?region=09&sector=crafts").content.decode())
    assert "Caché : trop peu de projets" in words
    # the country's crafts less the third region's would give it back
    assert "Caché" in plain(Client().get("/fr/resultats?region=06&sector=crafts").content.decode())
    whole = Client().get("/fr/resultats?region=09")
    assert whole.context["row"].answered == 15
    assert [row[1] for table in whole.context["tables"] for row in table["rows"]] == ["15", "caché", "caché"]
    assert Client().get("/fr/resultats?region=99&sector=%3Cb%3E").context["row"].place == "MA"


def test_pages_cost_the_same_for_a_hundred_projects_and_ten_thousand() -> None:
    owner = make_user()
    places = [(HERE, "09.541", "09"), (ELSEWHERE, ELSEWHERE[:6], "02"), (THIRD, "06.111", "06")]
    addresses = (
        "/fr/resultats",
        "/fr/resultats?region=09&sector=food",
        "/fr/territoires/09",
        "/api/v1/results",
    )
    costs = []
    for number in (100, 9_900):
        bulk(owner, number, places, ["food", "crafts", "tourism"])
        published()
        Client().get("/fr/territoires/09")  # what the process holds of places
        costs.append([_cost(address) for address in addresses])
        rows = PublishedRow.objects.count()
        assert rows == 1 + 3 * 3 + 3 + 9
    assert costs[0] == costs[1]
    assert costs[0][0] <= 8
    assert figure("MA", "silent").value == 0
    assert figure("MA", "living").projects == 10_000


def _cost(address: str) -> int:
    outdate("results")
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    read_whole = [one["sql"] for one in asked if "results_periodresult" in one["sql"]]
    assert not read_whole, "a page reads published rows, never the answers"
    return len(asked)


def test_cards_of_those_who_agreed_and_were_read_and_of_no_other() -> None:
    owner = make_user(display_name="Amina Secret")
    shown, waiting, hidden = many(owner, 3)
    now = timezone.now()
    for project, agreed, state in ((shown, now, "published"), (waiting, now, "waiting"), (hidden, None, "")):
        Following.objects.create(
            project=project, launched_on=TODAY - timedelta(days=400), alumni_since=TODAY,
            public_agreed_at=agreed, story=f"Histoire de {project.reference} <b>", language="fr",
            story_state=state, story_sent_at=agreed,
        )  # fmt: skip
    words = Client().get("/fr/resultats").content.decode()
    assert f"Histoire de {shown.reference} &lt;b&gt;" in words
    assert waiting.reference not in words
    assert hidden.reference not in words
    assert "Amina" not in words
    assert shown.reference not in Client().get("/fr/resultats?region=02").content.decode()
