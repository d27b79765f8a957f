"""Certificates: checked by anybody with their code, printed by the team."""

from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.badges.checking import check_code
from bpc.portal.contests.certificate_print import certificate_pdf
from bpc.portal.contests.certificates import find_certificate, public_names
from bpc.portal.contests.models import Certificate
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.visibility.entries import in_team
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.ideas.references import normalise
from bpc.portal.people.notices import full_address
from bpc.portal.web.contests.result_forms import CodeForm
from bpc.portal.web.contests.result_words import outcome_words

_NOT_FOUND = 404


@require_safe
@kept_for_strangers(GENERATION, "reference")
def attestations(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if code := normalise(typed):
            return redirect("web:attestation", code)
        return _page(request, form, typed)
    return _page(request, form, "")


@require_safe
@kept_for_strangers(GENERATION, "reference")
def attestation(request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate of this code says; an unknown code says so, and is asked again."""
    found = find_certificate(code)
    if found is None:
        if check_code(code).award is not None:  # a learner's: the same kind of code, another paper
            return redirect("web:badge_checked", normalise(code))
        return _page(request, CodeForm(initial={"code": code[:40]}), code[:40])
    decision = found.entry.decision
    context = {
        "certificate": found,
        "entry": found.entry,
        "edition": found.entry.edition,
        "outcome": outcome_words(decision.outcome, decision.place),
        "names": public_names(found.entry),
    }
    return render(request, "contests/attestation.html", context)


def _page(request: HttpRequest, form: CodeForm, unknown: str) -> HttpResponse:
    context = {"form": form, "unknown": unknown}
    return render(request, "contests/attestations.html", context, status=_NOT_FOUND if unknown else 200)


@require_safe
@never_cache
def attestation_pdf(request: HttpRequest, code: str, language: Literal["fr", "ar"]) -> HttpResponse:
    """The page to print, for the team; organisers print it from theirs."""
    rows = Certificate.objects.select_related("entry__edition", "entry__commune", "entry__decision")
    found = rows.filter(code=normalise(code)).first()
    if found is None or language not in ("fr", "ar") or not in_team(request.user, found.entry):
        raise Http404("no certificate of one's own")
    address = full_address(f"/{language}{_without_language(reverse('web:attestation', args=[found.code]))}")
    name = f"attestation-{found.code.lower()}-{language}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        certificate_pdf(found, language, address), content_type="application/pdf", headers=headers
    )


def _without_language(path: str) -> str:
    """The path below its language."""
    return "/" + path.split("/", 2)[2]
