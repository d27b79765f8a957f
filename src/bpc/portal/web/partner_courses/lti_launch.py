"""Where a tool sends the browser to learn who opened a course, and where it reads our keys."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.partner_courses.keys import published_keys
from bpc.portal.partner_courses.launching import NotOurs, StaleLaunch, answer_authentication
from bpc.portal.web.partner_courses.policy import let_forms_reach


@require_safe
@cache_control(public=True, max_age=3600)
def keys(request: HttpRequest) -> HttpResponse:
    """Our public keys."""
    return JsonResponse(published_keys(timezone.now()))


@csrf_exempt  # a tool sends the browser here by GET or POST; what it may do is in the hint, and in who is signed in
@never_cache
@require_http_methods(["GET", "POST"])
def authentication(request: HttpRequest) -> HttpResponse:
    """The page that posts the signed launch to the tool; a page of ours where nothing may be answered to it."""
    if request.method == "POST" and not request.user.is_authenticated:
        # a browser keeps its cookies from a form of another site, and shows them to a plain address
        return HttpResponseRedirect(f"{request.path}?{urlencode(request.POST.dict())}", status=303)
    asked = (request.POST if request.method == "POST" else request.GET).dict()
    try:
        answer = answer_authentication(asked, person=request.user, at=timezone.now())
    except NotOurs as refusal:
        return render(request, "partner_courses/launch_stopped.html", {"code": refusal.code}, status=400)
    except StaleLaunch as stale:
        context = {"code": "stale", "course": stale.course}
        return render(request, "partner_courses/launch_stopped.html", context, status=400)
    with translation.override(answer.language or translation.get_language()):
        response = render(request, "partner_courses/launch.html", {"answer": answer})
    return let_forms_reach(response, answer.address)
