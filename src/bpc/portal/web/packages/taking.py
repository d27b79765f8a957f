"""Pages of those who take packages: the list, one package, its player, what the player tells us."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.passes import pass_to
from bpc.portal.packages.queries import own_runs, run_of, shown_packages
from bpc.portal.packages.running import NeverOpened, open_run, report_run, state_of
from bpc.portal.packages.states import Kind
from bpc.portal.packages.told import LONGEST_REPORT, Unfit, told_from
from bpc.portal.web.packages.contents import first_address, folder_of
from bpc.portal.web.packages.words import about_of, player_words, standing, title_of

_PER_PAGE = 20
_CONFLICT, _TOO_LONG, _UNACCEPTABLE = 409, 413, 422


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """The published packages, the last first."""
    page_obj = Paginator(shown_packages(), _PER_PAGE).get_page(request.GET.get("page"))
    runs = own_runs(request.user)
    rows = [
        {"package": row, "title": title_of(row), "about": about_of(row), "run": runs.get(row.pk)}
        for row in page_obj
    ]
    return render(request, "packages/list.html", {"page_obj": page_obj, "rows": rows})


@require_safe
def package(request: HttpRequest, reference: str) -> HttpResponse:
    """What a package is about, whose it is, where one stands in it."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    run = run_of(request.user, row)
    context = {
        "package": row, "title": title_of(row), "about": about_of(row), "run": run, "standing": standing(run),
        "takes": can(request.user, "packages.take", row), "keeps": can(request.user, "packages.change", row),
    }  # fmt: skip
    return render(request, "packages/package.html", context)


@never_cache
@require_safe
def package_play(request: HttpRequest, reference: str) -> HttpResponse:
    """The page around the sandbox, for who takes the package."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    if not can(request.user, "packages.take", row):
        return redirect("web:package", reference)
    return _player(request, row, standing=standing(run_of(request.user, row)))


@never_cache
@require_safe
def package_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The same for who keeps packages, whatever its state; nothing is written."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    return _player(request, row, given=_given(row, PackageRun(opening=1)))


def _player(request: HttpRequest, row: Package, **more: Any) -> HttpResponse:
    signed = pass_to(row, request.user)
    context = {
        "package": row, "title": title_of(row), "launch": first_address(row, signed), "words": player_words(), **more
    }  # fmt: skip
    response = render(request, "packages/play.html", context)
    # django-csp's own way for a view: the frame goes nowhere but to the files of this package
    response._csp_update = {"frame-src": [folder_of(request, signed)]}  # type: ignore[attr-defined]
    return response


@never_cache
@require_POST
def package_open(request: HttpRequest, reference: str) -> JsonResponse:
    """A run begins or goes on: what the lesson is given."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    run = open_run(package=row, actor=request.user, at=timezone.now())
    return JsonResponse(_given(row, run))


def _given(row: Package, run: PackageRun) -> dict[str, Any]:
    mastery = None if row.mastery is None else float(row.mastery)
    return {
        **state_of(run),
        "mastery": mastery,
        "launch_data": row.launch_data,
        "newer": row.kind == Kind.SCORM_2004,
    }


@never_cache
@require_POST
def package_told(request: HttpRequest, reference: str) -> JsonResponse:
    """What the lesson says, through our page. Whatever it is, it is judged first."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    said = request.POST.get("told", "")
    if len(said) > LONGEST_REPORT:
        return JsonResponse({"problem": "long"}, status=_TOO_LONG)
    try:
        told = told_from(json.loads(said))
        run = report_run(package=row, told=told, actor=request.user, at=timezone.now())
    except (Unfit, ValueError, RecursionError):
        return JsonResponse({"problem": "unfit"}, status=_UNACCEPTABLE)
    except NeverOpened:
        return JsonResponse({"problem": "never opened"}, status=_CONFLICT)
    done = run.completed_at is not None
    return JsonResponse(
        {"completed": done, "sentence": standing(run) if done else _("Votre avancée est enregistrée.")}
    )
