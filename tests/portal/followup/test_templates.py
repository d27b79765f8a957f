"""Templates kept without code: drafts, differences, publication; running paths keep theirs."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from bpc.datasets.path_templates import InvalidTemplate, parse_template, read_templates
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup.actions import move_to_version
from bpc.portal.followup.catalogue import published_versions
from bpc.portal.followup.loading import load_paths, load_template
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.states import VersionState
from bpc.portal.followup.template_editing import moved_step, step_in, with_step, without_step
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.foundation.versions import NothingNew, StaleDraft
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.followup.followup_world import NOW, done, open_creation, read
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.projects.project_world import make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    return make_user(Role.ADMINISTRATOR)


def drafted(keeper: User, slug: str = "creation") -> TemplateVersion:
    return actions.start_draft(template=PathTemplate.objects.get(slug=slug), actor=keeper, at=NOW)


def saved(draft: TemplateVersion, keeper: User, content: dict[str, Any]) -> TemplateVersion:
    return actions.save_draft(draft=draft, content=content, revision=draft.revision, actor=keeper, at=NOW)


def published(
    keeper: User, title: str = "Trouver cinq fondateurs", slug: str = "creation"
) -> TemplateVersion:
    draft = drafted(keeper, slug)
    first = draft.content["steps"][0]
    draft = saved(
        draft, keeper, with_step(draft.content, {**first, "title": {**first["title"], "fr": title}})
    )
    return actions.publish(draft=draft, revision=draft.revision, note="Plus clair.", actor=keeper, at=NOW)


def test_the_files_are_the_first_versions() -> None:
    assert list(published_versions()) == ["creation", "launch", "mourafaka", "diversification", "laureate"]
    assert {row.number for row in published_versions().values()} == {1}


def test_a_running_path_keeps_its_version_until_the_group_moves_it(keeper: User) -> None:
    group = make_group()
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    done(path, "founders", owner)
    newer = published(keeper)
    assert newer.number == 2
    assert read(group.project).standing.named("founders").step.title.fr == "Réunir au moins cinq fondateurs"
    other = make_group()
    open_creation(other.project, other.inside["owner"])
    assert read(other.project).standing.named("founders").step.title.fr == "Trouver cinq fondateurs"
    assert move_to_version(path=path, version=newer.pk, actor=owner, at=NOW)
    standing = read(group.project).standing.named("founders")
    assert (standing.step.title.fr, standing.state) == ("Trouver cinq fondateurs", "done")
    assert not move_to_version(path=path, version=newer.pk, actor=owner, at=NOW)


def test_a_group_moves_to_a_newer_version_or_stays_and_both_are_traced(client: Client, keeper: User) -> None:
    group = make_group()
    owner, reference = group.inside["owner"], group.project.reference
    path = open_creation(group.project, owner)
    done(path, "founders", owner)
    done(path, "publication", owner)
    draft = drafted(keeper)
    draft = saved(draft, keeper, without_step(draft.content, "publication"))
    newer = actions.publish(draft=draft, revision=draft.revision, note="Plus court.", actor=keeper, at=NOW)
    page = visit(client, owner, "path_update", reference, path.pk)
    move = page.context["move"]
    assert [(one.title, one.noted) for one in move.dropped] == [
        ("Publier une annonce légale : ce n’est pas demandé", True)
    ]
    assert move.kept_done == ("Réunir au moins cinq fondateurs",)
    visit(client, owner, "path_update", reference, path.pk, version=newer.pk, act="stay")
    path.refresh_from_db()
    assert (path.version.number, path.declined) == (1, newer)
    assert trail_of(path).filter(verb="stay on path version").get().actor == owner
    assert "Vous avez gardé la vôtre." in visit(client, owner, "path", reference, path.pk).content.decode()
    visit(client, owner, "path_update", reference, path.pk, version=newer.pk, act="move")
    path.refresh_from_db()
    assert path.version == newer
    assert path.marks.filter(undone_at=None).count() == 2  # what was noted is kept, even out of sight
    assert trail_of(path).filter(verb="move path to version").exists()


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADVISOR, Role.HOLDER])
def test_only_administrators_write(role: str) -> None:
    with pytest.raises(PermissionDenied):
        drafted(make_user(role))


def test_a_draft_stale_empty_or_broken_is_refused(keeper: User) -> None:
    draft = drafted(keeper)
    with pytest.raises(NothingNew):
        actions.publish(draft=draft, revision=1, note="Rien", actor=keeper, at=NOW)
    with pytest.raises(ReasonMissing):
        actions.publish(draft=draft, revision=1, note=" ", actor=keeper, at=NOW)
    with pytest.raises(InvalidTemplate):
        saved(draft, keeper, {**draft.content, "phases": []})
    changed = saved(draft, keeper, without_step(draft.content, "publication"))
    assert changed.revision == 2
    with pytest.raises(StaleDraft):
        actions.save_draft(
            draft=draft, content=without_step(draft.content, "ice"), revision=1, actor=keeper, at=NOW
        )
    actions.discard_draft(draft=changed, actor=keeper, at=NOW)
    with pytest.raises(IllegalMove):
        saved(changed, keeper, draft.content)


def test_what_followed_a_step_taken_out_follows_what_it_followed(keeper: User) -> None:
    content = without_step(drafted(keeper).content, "name_certificate")
    assert step_in(content, "legalise_signatures")["after"] == ["founding_meeting", "name_request"]
    parse_template(content)


def test_a_step_is_not_moved_above_what_it_waits_for(keeper: User) -> None:
    draft = drafted(keeper)
    with pytest.raises(InvalidTemplate, match="unknown or below"):
        saved(draft, keeper, moved_step(draft.content, "idea_check", -1))
    moved = saved(draft, keeper, moved_step(draft.content, "publication", 1))
    assert [step["id"] for step in moved.content["steps"]][-2:] == ["first_year", "publication"]


def test_a_newer_file_waits_as_a_draft_where_a_person_wrote(keeper: User) -> None:
    file = read_templates()["creation"]
    assert load_template(file) is None  # nothing new
    published(keeper)
    newer = file.model_copy(update={"version": 2, "icon": "flag"})
    made = load_template(newer)
    assert made is not None
    assert made.state == VersionState.DRAFT
    assert published_versions()["creation"].number == 2
    assert load_template(newer.model_copy(update={"version": 3})) is None  # the draft is open


def test_a_newer_file_is_published_where_only_files_wrote() -> None:
    made = load_template(read_templates()["launch"].model_copy(update={"version": 2, "icon": "flag"}))
    assert made is not None
    assert published_versions()["launch"].pk == made.pk
    lines: list[str] = []
    load_paths(lines.append)  # the same files: nothing is read
    assert lines == []


def visit(client: Client, person: User, name: str, *args: Any, **data: Any) -> Any:
    sign_in_with_factor(client, person)
    url = reverse(f"web:{name}", args=args)
    return client.post(url, data) if data else client.get(url)


def test_the_office_edits_previews_and_publishes_on_pages(client: Client, keeper: User) -> None:
    assert "Créer la coopérative" in visit(client, keeper, "path_templates").content.decode()
    visit(client, keeper, "path_template_draft", "creation", act="open")
    form = visit(client, keeper, "path_template_step", "creation", "founders").context["form"]
    data = {name: value for name in form.fields if (value := form.initial.get(name)) is not None}
    data |= {"title_fr": "Trouver cinq fondateurs", "papers_fr": "Une liste", "papers_ar": "لائحة"}
    answer = visit(client, keeper, "path_template_step", "creation", "founders", **data)
    assert answer.status_code == 302, answer.context["form"].errors
    page = visit(client, keeper, "path_template", "creation").content.decode()
    assert "Trouver cinq fondateurs" in page
    assert "Réunir au moins cinq fondateurs" in page  # before, beside after
    preview = visit(client, keeper, "path_template_preview", "creation", "founders").content.decode()
    assert "Réunissez au moins cinq personnes qui fonderont la coopérative avant le" in preview
    assert "Loi 112-12, article 14" in preview
    draft = TemplateVersion.objects.get(state=VersionState.DRAFT)
    told = {"revision": draft.revision, "note": "Plus clair.", "confirmed": "on"}
    assert visit(client, keeper, "path_template_publish", "creation", **told).status_code == 302
    assert published_versions()["creation"].pk == draft.pk


def test_every_step_goes_through_its_form_unchanged(client: Client, keeper: User) -> None:
    """What a form shows and sends back says what it said: nothing is lost by opening and saving."""
    for slug in published_versions():
        draft = drafted(keeper, slug)
        for step in [draft.content["steps"][0], *draft.content["steps"][-3:]]:
            form = visit(client, keeper, "path_template_step", slug, step["id"]).context["form"]
            data = {name: value for name in form.fields if (value := form.initial.get(name)) is not None}
            answer = visit(client, keeper, "path_template_step", slug, step["id"], **data)
            assert answer.status_code == 302, (slug, step["id"], answer.context["form"].errors)
        draft.refresh_from_db()
        assert draft.revision == 1, slug


def test_what_a_form_refuses(client: Client, keeper: User) -> None:
    drafted(keeper)
    answer = visit(
        client, keeper, "path_template_step", "creation", "founders", title_fr="Seul", revision="1"
    )
    assert answer.status_code == 422
    assert "Écrivez ce texte dans les deux langues." in answer.content.decode()


@pytest.mark.parametrize("name", ["path_templates", "path_template"])
def test_others_do_not_open_the_office(client: Client, name: str) -> None:
    args = ["creation"] if name == "path_template" else []
    assert visit(client, make_user(Role.ADVISOR), name, *args).status_code == 403
