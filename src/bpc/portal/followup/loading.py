"""Fill the templates from `data/`: a newer file makes a new version, and never undoes what a person did."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bpc.datasets.path_templates import FILE, Template, read_templates
from bpc.portal.followup.contents import hash_content, write_content
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.states import VERSION_MOVES, VersionOrigin, VersionState
from bpc.portal.foundation.states import move
from bpc.portal.reference.loading import Say
from bpc.portal.reference.models import LoadedFile

STEPS_FILE = "law/steps.yaml"


def load_paths(say: Say, *, force: bool = False) -> None:
    """Bring the templates up to date with the files, unless these did not change."""
    digest = _digest(settings.DATA)
    loaded = LoadedFile.objects.filter(name=FILE, sha256=digest)
    if not force and PathTemplate.objects.exists() and loaded.exists():
        return
    with transaction.atomic():
        templates = read_templates(settings.DATA)
        for position, template in enumerate(templates.values()):
            load_template(template, position=position)
        read = {"sha256": digest, "loaded_at": timezone.now()}
        LoadedFile.objects.update_or_create(name=FILE, defaults=read)
    say(f"  {FILE}: {len(templates)}")


def load_template(template: Template, *, position: int = 0) -> TemplateVersion | None:
    """A new version from a file that says something newer; None when it does not.

    Published at once, unless a person wrote or published the last version: then it waits as a draft; while
    somebody's draft is open, nothing is made.
    """
    row, _ = PathTemplate.objects.get_or_create(slug=template.slug)
    last = row.versions.order_by("number").last()
    PathTemplate.objects.filter(pk=row.pk).update(position=position, file_version=template.version)
    if last is not None and (last.state == VersionState.DRAFT or template.version < row.file_version):
        return None
    number = last.number + 1 if last is not None else 1
    content = write_content(template, number=number)
    if last is not None and last.content_hash == hash_content(content):
        return None
    by_person = last is not None and last.origin == VersionOrigin.PERSON
    if by_person and template.version == row.file_version:
        return None
    version = TemplateVersion.objects.create(
        template=row, number=number, content=content, content_hash=hash_content(content),
        origin=VersionOrigin.FILE,
    )  # fmt: skip
    if not by_person:
        _publish(version)
    return version


def _publish(version: TemplateVersion) -> None:
    at = timezone.now()
    for former in TemplateVersion.objects.filter(template=version.template, state=VersionState.PUBLISHED):
        move(former, VERSION_MOVES, "supersede", actor=None, at=at)
    # dated first: a published version without its date is refused by the table
    TemplateVersion.objects.filter(pk=version.pk).update(published_at=at)
    move(version, VERSION_MOVES, "publish", actor=None, at=at)


def _digest(data: Path) -> str:
    digest = hashlib.sha256()
    for name in (FILE, STEPS_FILE):
        digest.update((data / name).read_bytes())
    return digest.hexdigest()
