"""A step that asks for a certificate: held it is done, revoked it is to do again, and the page says which."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.datasets.path_templates import InvalidTemplate, parse_template
from bpc.portal.badges.awarding import revoke
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup.actions import open_path
from bpc.portal.followup.models import PathTemplate, ProjectPath
from bpc.portal.followup.queries import fact_state, read_project
from bpc.portal.followup.states import StepState
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.badges.badge_world import awarded
from tests.portal.followup.followup_world import NOW, TODAY, say
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
BADGE, STEP = "course:price-and-margin", "idea_check"


@pytest.fixture
def keeper() -> User:
    return make_user(Role.ADMINISTRATOR)


def opened(keeper: User, badge: str | None = BADGE) -> tuple[Group, ProjectPath]:
    """The path of creation, whose step on the idea asks for the badge."""
    draft = actions.start_draft(template=PathTemplate.objects.get(slug="creation"), actor=keeper, at=NOW)
    steps = [
        {**one, "badge": badge} if one["id"] == STEP and badge else one for one in draft.content["steps"]
    ]
    content = {
        **draft.content,
        "steps": steps,
        "name": {**draft.content["name"], "fr": "Créer, et savoir compter"},
    }
    actions.save_draft(draft=draft, content=content, revision=draft.revision, actor=keeper, at=NOW)
    draft.refresh_from_db()
    actions.publish(draft=draft, revision=draft.revision, note="Une attestation.", actor=keeper, at=NOW)
    group = make_group()
    return group, open_path(project=group.project, slug="creation", actor=group.inside["owner"], at=NOW)


def state(group: Group) -> tuple[str, str | None]:
    (reading,) = read_project(group.project, TODAY).paths
    step = reading.standing.named(STEP)
    return step.state, step.reason


def test_an_award_ticks_the_step_and_its_revocation_flips_it_back(keeper: User) -> None:
    group, _path = opened(keeper)
    assert state(group) == (StepState.TODO, None)
    given = awarded(group.inside["reader"])  # any member of the group
    assert state(group) == (StepState.DONE, "badge")
    revoke(award=given, reason="Une erreur de nom.", actor=keeper, at=NOW)
    assert state(group) == (StepState.TODO, None)


def test_the_badge_of_an_adviser_or_of_another_group_ticks_nothing(keeper: User) -> None:
    group, _path = opened(keeper)
    awarded(group.inside["advisor"])
    awarded(make_group().inside["owner"])
    awarded(group.inside["owner"], code="course:five-founders")
    assert state(group) == (StepState.TODO, None)


def test_the_word_of_a_person_stands_over_the_badge(keeper: User) -> None:
    group, path = opened(keeper)
    say(path, STEP, "blocked", group.inside["owner"], note="Nous attendons.")
    awarded(group.inside["owner"])
    assert state(group)[0] == StepState.BLOCKED
    (reading,) = read_project(group.project, TODAY).paths
    assert fact_state(group.project, reading.standing.named(STEP).step, TODAY) == StepState.DONE


def test_the_page_of_the_step_says_what_is_asked_and_whether_it_is_held(keeper: User) -> None:
    group, path = opened(keeper)
    client = Client()
    sign_in_with_factor(client, group.inside["owner"])
    address = f"/fr/mon-espace/projets/{group.project.reference}/parcours/{path.pk}/etapes/{STEP}"
    page = client.get(address).content.decode()
    assert "Cette étape demande l’attestation du cours « Le prix et la marge »" in plain(page)
    assert "Personne du groupe ne l’a encore." in page
    assert '<a href="/fr/formations/price-and-margin">Voir le cours</a>' in page
    awarded(group.inside["editor"])
    page = client.get(address).content.decode()
    assert "Vous l’avez." in page
    assert "Une personne du groupe a l’attestation demandée." in page


def test_the_office_chooses_the_certificate_among_the_published_courses(client: Client, keeper: User) -> None:
    opened(keeper, badge=None)
    actions.start_draft(template=PathTemplate.objects.get(slug="creation"), actor=keeper, at=NOW)
    sign_in_with_factor(client, keeper)
    page = client.get(f"/fr/administration/parcours/creation/brouillon/etapes/{STEP}")
    form = page.context["form"]
    assert (BADGE, "Le prix et la marge") in form.fields["badge"].choices
    assert not form.fields["badge"].required


def test_only_a_course_can_be_asked(keeper: User) -> None:
    opened(keeper)
    content = PathTemplate.objects.get(slug="creation").versions.last().content  # type: ignore[union-attr]
    broken = {**content, "steps": [{**content["steps"][0], "badge": "https://elsewhere"}]}
    with pytest.raises(InvalidTemplate):
        parse_template(broken)


def test_one_query_more_where_a_badge_is_asked_and_none_elsewhere(keeper: User) -> None:
    group = make_group()
    open_path(project=group.project, slug="creation", actor=group.inside["owner"], at=NOW)
    asking, _path = opened(keeper)

    def cost(one: Group) -> int:
        read_project(one.project, TODAY)
        with CaptureQueriesContext(connection) as queries:
            read_project(one.project, TODAY)
        return len(queries)

    assert cost(asking) == cost(group) + 1
