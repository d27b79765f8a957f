"""Files of the register, made for the tests: rows as people keep them, as CSV or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.register.actions import upload
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.states import ImportState
from bpc.portal.register.tasks import apply_file, check_file, undo_import

TITLES = (
    "N° d'immatriculation", "Dénomination", "الاسم بالعربية", "Secteur", "Activité", "Région", "Province", "Commune",
    "Date d'immatriculation", "Nombre de membres", "Dont femmes", "Coopérative féminine", "Statut", "Téléphone",
)  # fmt: skip
AMAL = (
    "12/2019", "Coopérative Al Amal", "تعاونية الأمل", "Agriculture", "Huile d'argan", "Souss-Massa", "Taroudannt",
    "Taroudannt", "03/05/2019", "12", "12", "Oui", "Active", "0612345678",
)  # fmt: skip
NOUR = (
    "13/2019", "Annour", "", "Artisanat", "Tapis", "Drâa-Tafilalet", "Ouarzazate", "Taznakht", "2018", "1 034", "",
    "Mixte", "En activité", "",
)  # fmt: skip


def as_csv(
    rows: Iterable[Sequence[str]], *, titles: Sequence[str] = TITLES, encoding: str = "utf-8-sig"
) -> bytes:
    """The table as a spreadsheet saves it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([titles, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]], *, titles: Sequence[str] = TITLES) -> bytes:
    """The table as a workbook."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([titles, *rows]):
            sheet.write_row(number, 0, row)
    return raw.getvalue()


def send(
    content: bytes, actor: User, *, name: str = "registre.csv", is_whole: bool = False
) -> RegisterImport:
    """A file sent, its columns as they are proposed."""
    row = upload(file=SimpleUploadedFile(name, content), actor=actor, at=timezone.now())
    row.is_whole = is_whole
    row.save()
    return row


def run(row: RegisterImport, *steps: str) -> RegisterImport:
    """Do the background work of these steps: "check", "apply", "undo"."""
    works: dict[str, tuple[ImportState, Any]] = {
        "check": (ImportState.CHECKING, check_file),
        "apply": (ImportState.APPLYING, apply_file),
        "undo": (ImportState.UNDOING, undo_import),
    }
    for step in steps:
        state, work = works[step]
        RegisterImport.objects.filter(pk=row.pk).update(state=state)
        work.call(row.pk)
        row.refresh_from_db()
    return row


def bring_in(content: bytes, actor: User, **more: Any) -> RegisterImport:
    """A file sent, checked and applied."""
    return run(send(content, actor, **more), "check", "apply")
