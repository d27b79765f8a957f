"""The demonstration ideathon whose results are out: by the real verbs, once, and gone without a trace."""

import pytest
from django.conf import LazySettings
from django.test import Client

from bpc.core.jury.verdict_file import check
from bpc.portal.contests.demo import remove_demo_contests
from bpc.portal.contests.models import AdvisorSlot, Certificate, Decision, Edition, Feedback, Publication
from bpc.portal.contests.states import EditionState, Outcome
from bpc.portal.journeys.demo_results import create_demo_results
from bpc.portal.people.demo import create_demo_people

pytestmark = pytest.mark.django_db


def test_it_is_closed_with_laureates_feedback_and_an_appointment(
    settings: LazySettings, client: Client
) -> None:
    settings.DEMO = True
    create_demo_people()
    assert (create_demo_results(), create_demo_results()) == (1, 0)
    edition = Edition.objects.get()
    assert (edition.state, edition.is_demo) == (EditionState.CLOSED, True)
    outcomes = list(Decision.objects.values_list("outcome", flat=True))
    assert (outcomes.count(Outcome.LAUREATE), len(outcomes)) == (3, 7)
    assert Feedback.objects.filter(sent_at__isnull=False).count() == 4
    assert AdvisorSlot.objects.exclude(entry=None).count() == 1
    assert check(Publication.objects.get().text) == ()
    reasons = set(Decision.objects.values_list("reason", flat=True))
    assert len(reasons) > 1  # a tie at the border was settled with its reasons
    page = client.get(f"/fr/ideathons/{edition.slug}/resultats")
    assert page.status_code == 200
    assert "Idéathon fictif" in page.content.decode()
    assert remove_demo_contests() == 1
    for model in (Edition, Decision, Certificate, Publication):
        assert not model.objects.exists()
