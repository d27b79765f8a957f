"""Fill the project models from `data/models`: a newer file makes a new version, and never undoes what a person did."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bpc.core.plan.document import ENGINE_VERSION
from bpc.datasets.project_models import ProjectModel, read_models
from bpc.portal.blueprints.catalogue import GENERATION
from bpc.portal.blueprints.contents import hash_content, write_content
from bpc.portal.blueprints.headlines import calculate_headline
from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VERSION_MOVES, VersionOrigin, VersionState
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.reference.loading import Say
from bpc.portal.reference.models import LoadedFile

FOLDER = "models/"


def load_blueprints(say: Say, *, force: bool = False) -> None:
    """Bring the models up to date with the files, unless neither they nor what calculates them has changed."""
    digest = _digest(settings.DATA)
    complete = LoadedFile.objects.filter(name=FOLDER, sha256=digest).exists() and Blueprint.objects.exists()
    if complete and not force:
        return
    with transaction.atomic():
        models = read_models(settings.DATA / "models")
        for model in models.values():
            load_model(model)
        refresh_headlines()
        if not _waiting(models):
            loaded = {"sha256": digest, "loaded_at": timezone.now()}
            LoadedFile.objects.update_or_create(name=FOLDER, defaults=loaded)
        outdate(GENERATION)
    say(f"  {FOLDER}: {len(models)}")


def load_model(model: ProjectModel) -> BlueprintVersion | None:
    """A new version from a file, when it is newer than the last file seen; None when it is not.

    It is published at once, unless a person has written, published or retired something since the last file:
    then it waits as a draft. While a person's draft is open the file waits for the next load. A file that says
    something else under the number already seen is newer too, as long as only files have spoken.
    """
    blueprint, _ = Blueprint.objects.get_or_create(slug=model.slug)
    last = blueprint.versions.order_by("number").last()
    if last is not None and last.state == VersionState.DRAFT:
        return None
    by_person = last is not None and (
        last.origin == VersionOrigin.PERSON or last.published_by_id is not None or bool(blueprint.retired_at)
    )
    is_newer = model.version > blueprint.file_version
    if not is_newer and (last is None or by_person or not _is_corrected(model, blueprint, last)):
        return None
    version = _write_version(blueprint, max(last.number + 1 if last else 1, model.version), model)
    if not by_person:
        _publish(version)
    return version


def _is_corrected(model: ProjectModel, blueprint: Blueprint, last: BlueprintVersion) -> bool:
    """Whether a file changed without a new number since it was read: an older file never is."""
    if model.version != blueprint.file_version:
        return False
    return hash_content(write_content(model, version=last.number)) != last.content_hash


def _waiting(models: Mapping[str, ProjectModel]) -> bool:
    """Whether a newer file waits for somebody's draft: the next load then tries again."""
    seen = dict(Blueprint.objects.values_list("slug", "file_version"))
    return any(model.version > seen[slug] for slug, model in models.items())


def refresh_headlines() -> None:
    """Calculate again the results shown: the engine or the law may have changed. Contents are left alone."""
    for version in BlueprintVersion.objects.exclude(state=VersionState.SUPERSEDED):
        version.headline = calculate_headline(version.content)
        version.engine_version = ENGINE_VERSION
        version.save(update_fields=["headline", "engine_version"])


def _write_version(blueprint: Blueprint, number: int, model: ProjectModel) -> BlueprintVersion:
    content = write_content(model, version=number)
    blueprint.file_version = model.version
    blueprint.save(update_fields=["file_version"])
    return BlueprintVersion.objects.create(
        blueprint=blueprint,
        number=number,
        content=content,
        content_hash=hash_content(content),
        origin=VersionOrigin.FILE,
        file_version=model.version,
    )


def _publish(version: BlueprintVersion) -> None:
    at = timezone.now()
    former = BlueprintVersion.objects.filter(blueprint=version.blueprint, state=VersionState.PUBLISHED)
    for row in former:
        move(row, VERSION_MOVES, "supersede", actor=None, at=at)
    # dated first: a published version without its date is refused by the table
    BlueprintVersion.objects.filter(pk=version.pk).update(published_at=at)
    version.published_at = at
    move(version, VERSION_MOVES, "publish", actor=None, at=at)


def _digest(data: Path) -> str:
    """What the rows depend on: the files of models and the law, and the engine."""
    digest = hashlib.sha256(ENGINE_VERSION.encode())
    for path in _files(data):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(data: Path) -> Iterator[Path]:
    yield from sorted((data / "models").iterdir())
    yield from sorted((data / "law").iterdir())
