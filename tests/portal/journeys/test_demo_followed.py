"""The demonstration projects that have started: by the real verbs, once, read by everybody, gone without a trace."""

import pytest
from django.conf import LazySettings
from django.test import Client

from bpc.portal.journeys.demo_followed import create_demo_followed
from bpc.portal.people.demo import create_demo_people, remove_demo_people
from bpc.portal.people.models import User
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.projects.models import Project
from bpc.portal.results.demo_texts import CROWD, FOLLOWED
from bpc.portal.results.models import Following, PeriodResult, PublishedQuarter
from bpc.portal.results.public_figures import row_of
from bpc.portal.results.publishing import remove_demo_quarters
from bpc.portal.results.queries import alumni_cards, waiting_stories
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain

pytestmark = pytest.mark.django_db


def test_every_page_has_something_to_show_and_nothing_stays(settings: LazySettings, client: Client) -> None:
    settings.DEMO = True
    create_demo_people()
    create_demo_projects()
    everybody = len(FOLLOWED) + sum(number for _place, _sector, number in CROWD)
    assert (create_demo_followed(), create_demo_followed()) == (everybody, 0)
    row = row_of("MA")
    assert row is not None
    assert row.is_demo
    assert row.answered is not None
    assert row.answered > 80
    assert row.figures["turnover_mad"].low is not None
    assert sorted(card.language for card in alumni_cards()) == ["ar", "fr"]
    delegate = User.objects.get(email="delegue@demo.invalid")
    assert waiting_stories(delegate) == 1
    words = plain(client.get("/fr/resultats").content.decode())
    assert "Chiffres de démonstration" in words
    assert "l’huile d’argan d’Aït Baha" in words
    _read_as_the_group()
    _leave_nothing()


def _read_as_the_group() -> None:
    """One grows, one struggles with a gap, one stopped."""
    client = Client()
    sign_in_with_factor(client, User.objects.get(email="cooperative@demo.invalid"))

    def page(**of: object) -> str:
        project = Project.objects.get(following__isnull=False, **of)
        return plain(client.get(f"/fr/mon-espace/projets/{project.reference}/resultats").content.decode())

    growing = page(plans__blueprint_slug="huile-argan")
    assert growing.count('role="img"') == 7
    assert "Pourquoi :" in growing
    assert "de moins que prévu" in growing
    struggling = page(plans__blueprint_slug="miel")
    assert "Pas de réponse." in struggling
    assert "un tiers des ruches est perdu" in struggling
    assert "Le projet s’est arrêté." in page(name="Un gîte d’étape à Tabant")


def _leave_nothing() -> None:
    remove_demo_projects()
    remove_demo_quarters()
    remove_demo_people()
    for model in (Following, PeriodResult, PublishedQuarter, Project):
        assert not model.objects.exists()
