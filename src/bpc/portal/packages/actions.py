"""What trainers do to packages: put in, described, published, withdrawn, a draft thrown away."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import delete_files, random_file, shown_name
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.ideas.references import new_reference
from bpc.portal.packages.models import Package
from bpc.portal.packages.receiving import ReceivedPackage, received_package
from bpc.portal.packages.states import PACKAGE_MOVES, Kind, Language, PackageState

_MOST_NAMED = 50  # files of the judge's report


class AlreadyHere(Exception):
    """The same file is kept already: `package`."""

    def __init__(self, package: Package) -> None:
        super().__init__(package.reference)
        self.package = package


class Unsaid(Exception):
    """Something must be written before it is published: the names of the columns, in `missing`."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NotADraft(Exception):
    """Only a draft is thrown away: what people took is withdrawn."""


@dataclass(frozen=True)
class Words:
    """What a trainer writes of a package."""

    title_fr: str = ""
    title_ar: str = ""
    about_fr: str = ""
    about_ar: str = ""
    language: str = Language.FRENCH
    licence: str = ""
    credit: str = ""


NEEDED = ("title_fr", "title_ar", "about_fr", "about_ar", "licence", "credit")


def add_package(*, file: BinaryIO, size: int, name: str, actor: Any, at: datetime) -> Package:
    """Keep a partner's package as a draft, with what it says of itself.

    Raises `RefusedPackage`, `AlreadyHere`, `PermissionDenied`.
    """
    check(actor, "packages.change")
    received = received_package(file, size, settings.SCANNER)
    with transaction.atomic():  # only now: judging and scanning a file takes a while
        known = Package.objects.filter(sha256=received.digest).first()
        if known is not None:
            raise AlreadyHere(known)
        made = _kept(received, name, actor, at)
        record(actor=actor, verb="add package", obj=made, at=at, data={"kind": made.kind})
        return made


def _kept(received: ReceivedPackage, name: str, actor: Any, at: datetime) -> Package:
    archive, said = received.archive, received.described
    left_out, missing = archive.left_out, said.missing
    ending = "h5p" if said.kind == Kind.H5P else "zip"
    arabic = said.language == "ar"
    return Package.objects.create(
        reference=new_reference(), kind=said.kind, own_title=said.title,
        title_fr="" if arabic else said.title, title_ar=said.title if arabic else "",
        language=said.language if said.language in Language.values else Language.FRENCH,
        licence=said.licence, credit=said.credit,
        file=random_file(archive.content), original_name=shown_name(name, ending, "module"),
        sha256=received.digest, size=len(archive.content), unpacked=archive.unpacked,
        file_count=len(archive.paths), launch=said.launch, launch_query=said.launch_query,
        launch_data=said.launch_data, main_library=said.main_library,
        mastery=None if said.mastery is None else Decimal(str(round(said.mastery, 2))),
        report={
            "left_out": list(left_out[:_MOST_NAMED]), "left_out_count": len(left_out), "missing": list(missing),
        },
        uploaded_by=actor, uploaded_at=at, changed_at=at,
    )  # fmt: skip


@transaction.atomic
def describe_package(*, package: Package, words: Words, actor: Any, at: datetime) -> None:
    """Change what is written of a package. Raises `Unsaid` when it is shown and something needed would be missing."""
    row = _locked(package, actor)
    for name, value in asdict(words).items():
        setattr(row, name, value.strip())
    if row.state != PackageState.DRAFT:
        _check_said(row)
    row.changed_at = at
    row.save()
    record(actor=actor, verb="describe package", obj=row, at=at)


@transaction.atomic
def publish_package(*, package: Package, actor: Any, at: datetime) -> None:
    """Show it to everybody. Raises `Unsaid`, `IllegalMove`, `PermissionDenied`."""
    _check_said(_locked(package, actor))
    move(package, PACKAGE_MOVES, "publish package", actor=actor, at=at)


@transaction.atomic
def withdraw_package(*, package: Package, actor: Any, at: datetime) -> None:
    """Show it no more; what people did in it stays theirs. Raises `IllegalMove`, `PermissionDenied`."""
    move(package, PACKAGE_MOVES, "withdraw package", actor=actor, at=at)


@transaction.atomic
def discard_package(*, package: Package, actor: Any, at: datetime) -> None:
    """Throw a draft away with its file. Raises `NotADraft`, `PermissionDenied`."""
    row = _locked(package, actor)
    if row.state != PackageState.DRAFT:
        raise NotADraft(row.reference)
    record(actor=actor, verb="discard package", obj=row, at=at, data={"title": row.own_title})
    delete_files([str(row.file.name)])
    row.delete()


def _locked(package: Package, actor: Any) -> Package:
    check(actor, "packages.change", package)
    return Package.objects.select_for_update().get(pk=package.pk)


def unsaid(package: Package) -> list[str]:
    """What must still be written before it is published."""
    return [name for name in NEEDED if not getattr(package, name).strip()]


def _check_said(package: Package) -> None:
    if missing := unsaid(package):
        raise Unsaid(missing)
