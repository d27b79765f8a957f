"""Every notice has its words in the reader's language and leads to a page that exists."""

import pytest
from django.urls import resolve
from django.utils.translation import override

from bpc.portal.ideas.notices import NOTICES
from bpc.portal.ideas.states import ReportOutcome
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import address_of, is_declared_notice, text_of

DATA = {"reference": "K7M4-2QX", "title": "Le miel", "reason": "Précisez le lieu.", "into": "C6NX-432"}


@pytest.mark.parametrize("kind", NOTICES)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_words_and_address(kind: str, language: str) -> None:
    notice = Notification(kind=kind, data=DATA)
    with override(language):
        assert "Le miel" in text_of(notice)
        address = address_of(notice)
    assert address.startswith(f"/{language}/")
    with override(language):
        assert hasattr(resolve(address).func, "declared_right")


@pytest.mark.parametrize("kind", ["idea.returned", "idea.archived", "idea.merged", "comment.hidden"])
def test_a_refusal_gives_its_reason(kind: str) -> None:
    assert "Précisez le lieu." in text_of(Notification(kind=kind, data=DATA))


def test_each_outcome_of_a_report_has_its_answer() -> None:
    assert all(is_declared_notice(f"report.{outcome}") for outcome in ReportOutcome.values)
