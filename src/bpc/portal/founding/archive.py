"""Every paper of a file in one archive: numbered in the order they are needed, as PDF to sign and DOCX to edit."""

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import IO

from bpc.datasets.founding import PaperKind
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.papers import fill_paper, paper_kinds

_IN_MEMORY = 8 * 1024 * 1024


def paper_stem(kind: PaperKind) -> str:
    """A file name of plain letters, whatever the language: old computers read it too."""
    plain = (
        unicodedata.normalize("NFKD", kind.fr.replace("’", "-")).encode("ascii", "ignore").decode().lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")


def write_archive(
    file: CreationFile, founders: Sequence[FoundingMember], language: str, today: date
) -> IO[bytes]:
    """A ZIP to be read from its beginning."""
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # read by the answer, which closes it
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, kind in enumerate(paper_kinds(), start=1):
            document = fill_paper(kind, file, founders, language).document
            name = f"{number:02d}-{paper_stem(kind)}-{language}"
            archive.writestr(f"pdf/{name}.pdf", piece_pdf(document, today))
            archive.writestr(f"docx/{name}.docx", piece_docx(document))
    written.seek(0)
    return written
