"""LibreOffice opens the text documents, lays them out, and says back what was written, in both languages."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from bpc.portal.applications.pieces import piece_document
from bpc.portal.applications.states import Piece
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from tests.portal.applications.application_world import TODAY
from tests.portal.applications.test_pieces import subject

pytestmark = [pytest.mark.django_db, pytest.mark.office]


def _converted(path: Path, form: str) -> bytes:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None, "needs LibreOffice"
    subprocess.run(
        [program, "--headless", "--convert-to", form, "--outdir", str(path.parent),
         f"-env:UserInstallation=file://{path.parent / 'office'}", str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return path.with_suffix(f".{form.split(':')[0]}").read_bytes()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_an_office_reads_the_budget_and_prints_it(tmp_path: Path, language: str) -> None:
    told = subject()
    path = tmp_path / "budget.docx"
    path.write_bytes(piece_docx(piece_document(Piece.BUDGET, told, language)))
    read = _converted(path, "txt:Text (encoded):UTF8").decode("utf-8")
    with translation.override(language):
        words = [gettext("Qui paie"), gettext("Total"), gettext("Ce que le projet coûte")]
    for expected in (
        *words,
        "60\u202f000",
        "80\u202f000",
        "50\u202f000",
        "30\u202f000",
        "62,5\u202f%",
        "Presse",
    ):
        assert expected in read, expected
    printed = _converted(path, "pdf")
    assert printed.startswith(b"%PDF-")
    assert str(TODAY.year) in read
