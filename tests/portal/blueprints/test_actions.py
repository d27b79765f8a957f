"""Keepers draft, save, publish, retire and duplicate; nothing is half-saved, nothing published is changed."""

import copy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.project_models import InvalidModel
from bpc.portal.blueprints.actions import (
    SlugTaken,
    bring_back,
    discard_draft,
    duplicate,
    publish,
    retire,
    save_draft,
    start_draft,
)
from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VersionState
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.foundation.versions import NothingNew, StaleDraft
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.blueprints.blueprint_world import NOW, SLUG, blueprint, changed, dearer, published_version
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    """A national administrator."""
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def draft(keeper: User) -> BlueprintVersion:
    """A draft just begun."""
    return start_draft(blueprint=blueprint(), actor=keeper, at=NOW)


def _states() -> list[tuple[int, str]]:
    return list(blueprint().versions.values_list("number", "state"))


def test_a_draft_begins_as_the_last_version_and_is_opened_once(keeper: User, draft: BlueprintVersion) -> None:
    assert draft.content_hash == published_version().content_hash
    assert (draft.number, draft.content["version"]) == (2, 2)
    assert start_draft(blueprint=blueprint(), actor=keeper, at=NOW) == draft
    assert _states() == [(1, "published"), (2, "draft")]
    assert [entry.verb for entry in trail_of(draft)] == ["draft project model"]


def test_saving_keeps_the_slug_the_number_and_the_results(keeper: User, draft: BlueprintVersion) -> None:
    before = draft.headline["npv"]
    content = changed(dearer(draft.content), slug="autre", version=77)
    saved = save_draft(draft=draft, content=content, revision=1, actor=keeper, at=NOW)
    stored = BlueprintVersion.objects.get(pk=draft.pk)
    assert (stored.content["slug"], stored.content["version"]) == (SLUG, 2)
    assert stored.content["updated"] == NOW.date().isoformat()
    assert stored.revision == saved.revision == 2
    assert stored.headline["npv"] > before
    assert trail_of(draft).last().data == {"fields": ["products"]}  # type: ignore[union-attr]


def test_saving_what_is_stored_changes_nothing(keeper: User, draft: BlueprintVersion) -> None:
    saved = save_draft(draft=draft, content=draft.content, revision=0, actor=keeper, at=NOW)
    assert saved.revision == 1
    assert trail_of(draft).count() == 1


def _broken(content: dict[str, Any]) -> dict[str, Any]:
    copied = copy.deepcopy(content)
    copied["capex"][0]["life_years"] = -3
    copied["name_ar"] = ""
    copied["products"][0]["seasonality"][0] += 0.5
    return copied


def test_a_wrong_content_is_refused_whole_with_every_path(keeper: User, draft: BlueprintVersion) -> None:
    content = _broken(draft.content)
    with pytest.raises(InvalidModel) as refused:
        save_draft(draft=draft, content=content, revision=1, actor=keeper, at=NOW)
    assert {problem.path for problem in refused.value.problems} == {
        "name_ar", "capex[0].life_years", "products[0].seasonality",
    }  # fmt: skip
    stored = BlueprintVersion.objects.get(pk=draft.pk)
    assert (stored.content, stored.revision) == (draft.content, 1)


def test_a_content_the_engine_refuses_is_refused(keeper: User, draft: BlueprintVersion) -> None:
    content = copy.deepcopy(draft.content)
    content["capex"][0]["life_years"] = 0.01
    with pytest.raises(InvalidPlan) as refused:
        save_draft(draft=draft, content=content, revision=1, actor=keeper, at=NOW)
    item = content["capex"][0]["id"]
    assert [problem.path for problem in refused.value.problems] == [f"assets.{item}.life_years"]
    assert BlueprintVersion.objects.get(pk=draft.pk).revision == 1


def test_two_keepers_never_lose_each_others_work(keeper: User, draft: BlueprintVersion) -> None:
    save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    other = make_user(Role.ADMINISTRATOR)
    with pytest.raises(StaleDraft) as refused:
        save_draft(draft=draft, content=dearer(draft.content, 3), revision=1, actor=other, at=NOW)
    assert refused.value.current.revision == 2
    with pytest.raises(StaleDraft):
        publish(draft=draft, revision=1, note="Prix", actor=other, at=NOW)


def test_publishing_supersedes_and_outdates(keeper: User, draft: BlueprintVersion) -> None:
    kept, generation = published_version().content, generations("blueprints")
    draft = save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    publish(draft=draft, revision=2, note=" Prix relevés ", actor=keeper, at=NOW)
    assert _states() == [(1, "superseded"), (2, "published")]
    assert blueprint().versions.get(number=1).content == kept
    now = published_version()
    assert (now.note, now.published_by, now.published_at) == ("Prix relevés", keeper, NOW)
    assert generations("blueprints") != generation


def test_publishing_needs_a_note_and_something_new(keeper: User, draft: BlueprintVersion) -> None:
    with pytest.raises(ReasonMissing):
        publish(draft=draft, revision=1, note="  ", actor=keeper, at=NOW)
    with pytest.raises(NothingNew):
        publish(draft=draft, revision=1, note="Rien", actor=keeper, at=NOW)
    assert _states() == [(1, "published"), (2, "draft")]


def test_a_plan_in_error_is_not_published(keeper: User, draft: BlueprintVersion) -> None:
    cheap = save_draft(draft=draft, content=dearer(draft.content, 0.2), revision=1, actor=keeper, at=NOW)
    assert "E05" in cheap.headline["problems"]
    with pytest.raises(InvalidPlan) as refused:
        publish(draft=cheap, revision=2, note="Essai", actor=keeper, at=NOW)
    assert [problem.code for problem in refused.value.problems] == ["E05"]
    assert _states() == [(1, "published"), (2, "draft")]


def test_a_discarded_draft_leaves_the_published_version(keeper: User, draft: BlueprintVersion) -> None:
    discard_draft(draft=draft, actor=keeper, at=NOW)
    assert _states() == [(1, "published")]
    with pytest.raises(IllegalMove):
        save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    with pytest.raises(IllegalMove):
        discard_draft(draft=published_version(), actor=keeper, at=NOW)


def test_retiring_and_bringing_back(keeper: User) -> None:
    model = blueprint()
    with pytest.raises(ReasonMissing):
        retire(blueprint=model, reason="", actor=keeper, at=NOW)
    retire(blueprint=model, reason="Filière fermée", actor=keeper, at=NOW)
    assert (_states(), blueprint().retired_at) == ([(1, "retired")], NOW)
    with pytest.raises(IllegalMove):
        retire(blueprint=model, reason="Encore", actor=keeper, at=NOW)
    draft = start_draft(blueprint=model, actor=keeper, at=NOW)
    draft = save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    with pytest.raises(IllegalMove):
        publish(draft=draft, revision=2, note="Prix", actor=keeper, at=NOW)
    bring_back(blueprint=model, actor=keeper, at=NOW)
    assert (_states(), blueprint().retired_at) == ([(1, "published"), (2, "draft")], None)
    with pytest.raises(IllegalMove):
        bring_back(blueprint=model, actor=keeper, at=NOW)


def test_a_duplicate_is_a_draft_under_its_own_slug(keeper: User) -> None:
    copied = duplicate(source=published_version(), slug="huile-argan-rif", actor=keeper, at=NOW)
    assert (copied.number, copied.state, copied.content["slug"]) == (1, "draft", "huile-argan-rif")
    with pytest.raises(SlugTaken):
        duplicate(source=published_version(), slug="miel", actor=keeper, at=NOW)
    with pytest.raises(InvalidModel):
        duplicate(source=published_version(), slug="Avec espaces", actor=keeper, at=NOW)
    publish(draft=copied, revision=1, note="Pour le Rif", actor=keeper, at=NOW)
    assert published_version("huile-argan-rif").content["products"] == published_version().content["products"]


def test_a_duplicate_never_published_goes_with_its_draft(keeper: User) -> None:
    copied = duplicate(source=published_version(), slug="huile-argan-rif", actor=keeper, at=NOW)
    discard_draft(draft=copied, actor=keeper, at=NOW)
    assert not Blueprint.objects.filter(slug="huile-argan-rif").exists()


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADVISOR, Role.HOLDER, Role.TRAINER, Role.FUNDER])
def test_others_change_nothing(role: str, draft: BlueprintVersion) -> None:
    other, model = make_user(role), blueprint()
    for attempt in (
        lambda: start_draft(blueprint=model, actor=other, at=NOW),
        lambda: save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=other, at=NOW),
        lambda: discard_draft(draft=draft, actor=other, at=NOW),
        lambda: publish(draft=draft, revision=1, note="Oui", actor=other, at=NOW),
        lambda: retire(blueprint=model, reason="Non", actor=other, at=NOW),
        lambda: bring_back(blueprint=model, actor=other, at=NOW),
        lambda: duplicate(source=published_version(), slug="copie", actor=other, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert _states() == [(1, "published"), (2, "draft")]


def test_the_table_holds_one_draft_and_one_published_version(draft: BlueprintVersion) -> None:
    for state in (VersionState.DRAFT, VersionState.PUBLISHED):
        with pytest.raises(IntegrityError), transaction.atomic():
            BlueprintVersion.objects.create(
                blueprint=draft.blueprint, number=9, state=state, content={}, content_hash="", origin="file",
                published_at=NOW,
            )  # fmt: skip
