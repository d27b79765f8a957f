"""The group's answer to the advisor that the delegation chose: open the project to them, or say no."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.counsel.assigning import ChosenMeanwhile, answer_assignment, running_assignment
from bpc.portal.foundation.permissions import can, check
from bpc.portal.projects.queries import running_accesses
from bpc.portal.projects.sharing import NotAnAdvisor
from bpc.portal.web.projects.reading import project_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposed_advisor(request: HttpRequest, reference: str) -> HttpResponse:
    """Who it is and what they would read; only an owner answers."""
    row = project_or_404(request, reference)
    person: Any = request.user
    running = running_assignment(row)
    if request.method == "POST":
        check(person, "projects.own", row)
        if running is not None:
            _answer(request, running, person)
        return redirect("web:project", row.reference)
    let_in = {access.advisor_id for access in running_accesses(row)}
    context = {
        "project": row,
        "running": running,
        "is_open": running is not None and running.advisor_id in let_in,
        "owns": can(person, "projects.own", row),
    }
    return render(request, "counsel/proposed_advisor.html", context)


def _answer(request: HttpRequest, running: Any, person: Any) -> None:
    accept = request.POST.get("answer") == "open"
    if str(running.pk) != request.POST.get("assignment", ""):
        messages.info(request, _("Le conseiller proposé a changé entre-temps. Relisez la page."))
        return
    try:
        answer_assignment(assignment=running, accept=accept, actor=person, at=timezone.now())
    except (ChosenMeanwhile, NotAnAdvisor):
        messages.info(request, _("Le conseiller proposé a changé entre-temps. Relisez la page."))
        return
    if accept:
        messages.success(
            request, _("Votre projet est ouvert à ce conseiller. Vous pouvez le lui fermer à tout moment.")
        )
    else:
        messages.success(
            request, _("C’est noté. La délégation est prévenue et peut vous en proposer un autre.")
        )
