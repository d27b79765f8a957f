"""From files to versions: a newer file is published, unless a person has had a hand in the model."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bpc.datasets.project_models import read_models
from bpc.portal.blueprints.actions import bring_back, discard_draft, publish, retire, save_draft, start_draft
from bpc.portal.blueprints.loading import load_blueprints, load_model
from bpc.portal.blueprints.models import BlueprintVersion
from bpc.portal.blueprints.states import VersionState
from bpc.portal.people.roles import Role
from tests.portal.blueprints.blueprint_world import NOW, SLUG, blueprint, dearer, published_version
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
MODEL = read_models()[SLUG]


def _newer(version: int) -> BlueprintVersion | None:
    return load_model(MODEL.model_copy(update={"version": version, "summary_fr": f"Essai {version}."}))


def _states() -> list[tuple[int, str]]:
    return list(blueprint().versions.values_list("number", "state"))


def test_loading_again_changes_nothing() -> None:
    before = list(BlueprintVersion.objects.values())
    said: list[str] = []
    load_blueprints(said.append)
    assert said == []
    load_blueprints(said.append, force=True)
    assert said == ["  models/: 34"]
    assert list(BlueprintVersion.objects.values()) == before


def test_a_newer_file_is_published_and_an_older_one_ignored() -> None:
    version = _newer(3)
    assert version is not None
    assert (version.number, version.file_version, version.state) == (3, 3, VersionState.PUBLISHED)
    assert _states() == [(1, "superseded"), (3, "published")]
    assert _newer(3) is None
    assert _newer(2) is None


def test_a_file_corrected_under_the_same_number_is_published_where_only_files_have_spoken() -> None:
    version = _newer(1)
    assert version is not None
    assert (version.number, version.file_version, version.content["summary_fr"]) == (2, 1, "Essai 1.")
    assert _newer(1) is None
    keeper = make_user(Role.ADMINISTRATOR)
    draft = start_draft(blueprint=blueprint(), actor=keeper, at=NOW)
    draft = save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    publish(draft=draft, revision=2, note="Prix", actor=keeper, at=NOW)
    assert load_model(MODEL) is None
    assert published_version().number == 3


def test_a_file_newer_than_a_persons_work_waits_as_a_draft() -> None:
    keeper = make_user(Role.ADMINISTRATOR)
    draft = start_draft(blueprint=blueprint(), actor=keeper, at=NOW)
    assert _newer(2) is None, "a person's draft is open: the file waits"
    draft = save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    publish(draft=draft, revision=2, note="Prix", actor=keeper, at=NOW)
    version = _newer(2)
    assert version is not None
    assert (version.number, version.content["version"], version.state) == (3, 3, VersionState.DRAFT)
    assert published_version().number == 2
    discard_draft(draft=version, actor=keeper, at=NOW)
    assert _newer(2) is None, "what was thrown away does not come back"


def test_a_file_a_person_corrected_and_published_is_theirs() -> None:
    keeper = make_user(Role.ADMINISTRATOR)
    retire(blueprint=blueprint(), reason="Fermé", actor=keeper, at=NOW)
    version = _newer(2)
    assert version is not None
    bring_back(blueprint=blueprint(), actor=keeper, at=NOW)
    publish(draft=version, revision=1, note="Relu", actor=keeper, at=NOW)
    assert _newer(3) is not None
    assert _states() == [(1, "superseded"), (2, "published"), (3, "draft")]


def test_a_file_that_waits_is_tried_again_at_the_next_load(settings: Any, tmp_path: Path) -> None:
    shutil.copytree(settings.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("census", "boundaries"))
    settings.DATA = tmp_path / "data"
    file = settings.DATA / "models" / f"{SLUG}.yaml"
    file.write_text(file.read_text("utf-8").replace("version: 1\n", "version: 2\n"), "utf-8")
    keeper = make_user(Role.ADMINISTRATOR)
    draft = start_draft(blueprint=blueprint(), actor=keeper, at=NOW)
    load_blueprints(lambda line: None)
    assert _states() == [(1, "published"), (2, "draft")]
    discard_draft(draft=draft, actor=keeper, at=NOW)
    load_blueprints(lambda line: None)
    assert _states() == [(1, "superseded"), (2, "published")]
    said: list[str] = []
    load_blueprints(said.append)
    assert said == []


def test_a_file_does_not_bring_back_what_a_person_retired() -> None:
    retire(blueprint=blueprint(), reason="Fermé", actor=make_user(Role.ADMINISTRATOR), at=NOW)
    assert _newer(2) is not None
    assert _states() == [(1, "retired"), (2, "draft")]
