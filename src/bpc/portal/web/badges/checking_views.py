"""Is it true? For anybody, without an account: a code, or a file handed over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.badges.checking import Finding, check_code, check_file, shown_holder
from bpc.portal.badges.states import Verdict
from bpc.portal.contests.certificates import find_certificate
from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.ideas.references import normalise
from bpc.portal.web.badges.forms import CodeForm, CredentialForm

_NOT_FOUND, _UNACCEPTABLE, _TOO_MANY = 404, 422, 429
meter = Meter(most=40)  # checks a minute and address


def _waits(request: HttpRequest) -> HttpResponse | None:
    """The page that asks to wait, for an address that checks as no person does."""
    wait = meter.count(client_address(request))
    if not wait:
        return None
    response = render(request, "badges/later.html", status=_TOO_MANY)
    response["Retry-After"] = str(wait)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badge_check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed, or a file handed over."""
    if request.method == "POST":
        return _waits(request) or _check_file(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_valid():
        return _page(request, form)
    if code := normalise(form.cleaned_data["code"]):
        return redirect("web:badge_checked", code)
    return _told(request, Finding(Verdict.MISCOPIED), form, _NOT_FOUND)


def _check_file(request: HttpRequest) -> HttpResponse:
    form = CredentialForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, CodeForm(), file_form=form, status=_UNACCEPTABLE)
    return _told(request, check_file(form.bytes_given()), CodeForm(), 200, from_file=True)


@never_cache
@require_safe
def badge_checked(request: HttpRequest, code: str) -> HttpResponse:
    """What the award of a code is worth, and what it says."""
    if (waits := _waits(request)) is not None:
        return waits
    found = check_code(code)
    if found.award is None:
        if find_certificate(code) is not None:  # a laureate's: the same kind of code, another paper
            return redirect("web:attestation", normalise(code))
        return _told(request, found, CodeForm(initial={"code": code[:40]}), _NOT_FOUND)
    if code != found.award.code:
        return redirect("web:badge_checked", found.award.code)
    return _told(request, found, CodeForm(), 200)


def _page(request: HttpRequest, form: CodeForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "file_form": CredentialForm(), **more}
    return render(request, "badges/check.html", context, status=status)


def _told(
    request: HttpRequest, found: Finding, form: CodeForm, status: int, *, from_file: bool = False
) -> HttpResponse:
    """What was found; without an award, the question again."""
    row = found.award
    if row is None:
        return _page(request, form, status=status, found=found, from_file=from_file)
    language = get_language() or "fr"
    context = {
        "language": language, "found": found, "award": row, "from_file": from_file, "holder": shown_holder(row),
        "name": row.version.told("name", language), "criteria": row.version.told("criteria", language),
        "evidence": row.evidence(language), "has_file": row.key_id is not None and row.revoked_at is None,
        "key_revoked": row.key is not None and row.key.revoked_at is not None,
    }  # fmt: skip
    return render(request, "badges/checked.html", context, status=status)
