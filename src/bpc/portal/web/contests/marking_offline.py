"""The worker that shows a juror's pages without network. Its address gives it its scope: the jury's pages alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bpc.portal.web.kept_pages import worker_script


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script itself."""
    return worker_script("bpc-jury-")
