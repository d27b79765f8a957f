"""A source that asks for a certificate, invented here (no real one does today): award, verdict, revocation."""

from typing import Any

import pytest
from django.utils import timezone, translation

from bpc.core.matching.verdict import Verdict
from bpc.portal.badges.awarding import revoke
from bpc.portal.financing.models import FundingProfile
from bpc.portal.funding.matching import match_profile
from bpc.portal.funding.verdict_words import change_words, reason_words
from bpc.portal.journeys.project_funding import answers_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage
from tests.portal.badges.badge_world import NOW, awarded
from tests.portal.funding.funding_world import make_document, put
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
BADGE = "course:price-and-margin"
ASKS = [{"field": "badges", "op": "contains", "value": BADGE}]


def verdict_of(project: Project) -> Verdict:
    (found,) = match_profile(answers_of(project).answers, today=timezone.localdate())
    return found.verdict


def told(found: Verdict) -> tuple[str, str]:
    (reason,) = (one for one in found.reasons if one.field == "badges")
    return reason.truth.value, plain(reason_words(reason))


def asking(**fields: Any) -> None:
    put(make_document(beneficiaries=["cooperative_in_creation"], conditions=ASKS, **fields))


def test_an_award_opens_the_funding_and_its_revocation_closes_it_with_the_reason() -> None:
    asking()
    group = make_group(stage=Stage.CREATION)
    closed = verdict_of(group.project)
    assert closed.verdict == "excluded"
    assert told(closed) == (
        "unmet",
        "Il faut l’attestation « Le prix et la marge », et personne de votre groupe ne l’a.",
    )
    assert [plain(change_words(one)) for one in closed.changes] == [
        "Suivre le cours et obtenir l’attestation : « Le prix et la marge »."
    ]
    given = awarded(group.inside["editor"])
    opened = verdict_of(group.project)
    assert opened.verdict == "eligible"
    assert told(opened)[0] == "met"
    assert answers_of(group.project).origins["badges"] == "badges"
    revoke(award=given, reason="Une erreur de nom.", actor=make_user(Role.ADMINISTRATOR), at=NOW)
    assert told(verdict_of(group.project)) == told(closed)


def test_of_a_stranger_it_is_not_known() -> None:
    asking()
    (found,) = match_profile({}, today=timezone.localdate())
    assert found.verdict.verdict == "to_complete"
    assert told(found.verdict)[0] == "unknown"
    with translation.override("ar"):
        assert "الثمن" in told(found.verdict)[1]


def test_a_certificate_is_held_not_said_and_an_adviser_is_not_of_the_group() -> None:
    asking()
    group = make_group()
    FundingProfile.objects.create(project=group.project, answers={"badges": [BADGE], "rural": True})
    awarded(group.inside["advisor"])
    assert answers_of(group.project).answers["badges"] == ()
    assert verdict_of(group.project).verdict == "excluded"


def test_while_no_source_asks_nothing_is_read_nor_told() -> None:
    put(make_document())
    group = make_group()
    awarded(group.inside["owner"])
    assert "badges" not in answers_of(group.project).answers


@pytest.mark.parametrize(
    "wrong", [{"op": "eq"}, {"op": "in", "value": [BADGE]}, {"field": "members"}, {"value": 3}]
)
def test_only_contains_suits_certificates(wrong: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"suit|value"):
        make_document(conditions=[{**ASKS[0], **wrong}])
