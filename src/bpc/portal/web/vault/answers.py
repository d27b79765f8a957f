"""The file of a paper as it is sent: downloaded, never shown, never kept on the way."""

from django.http import FileResponse, Http404

from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.vault.models import VaultDocument


def file_answer(paper: VaultDocument) -> FileResponse:
    """A paper to download; 404 when its file is gone."""
    try:
        content = paper.file.open("rb")
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    response = FileResponse(
        content, content_type=paper.content_type, as_attachment=True, filename=paper.original_name
    )
    return sent_file(response)
