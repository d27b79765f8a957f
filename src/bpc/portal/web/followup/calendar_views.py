"""One's calendar address, and the file it gives."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.followup.feed import calendar_of, feed_by_token, renew_feed, token_of, withdraw_feed
from bpc.portal.followup.models import CalendarFeed
from bpc.portal.people.notices import full_address

_ICS = "text/calendar; charset=utf-8"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The address, and the buttons that make, replace or withdraw it."""
    assert request.user.is_authenticated  # the page asks to be signed in
    if request.method == "POST":
        if request.POST.get("act") == "withdraw":
            withdraw_feed(user=request.user, at=timezone.now())
            messages.success(request, _("L’adresse est retirée : elle ne répond plus."))
        else:
            renew_feed(user=request.user, at=timezone.now())
            messages.success(
                request, _("Voici votre adresse. Si vous en aviez une autre, elle ne répond plus.")
            )
        return redirect("web:calendar_feed")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    address = full_address(reverse("web:calendar_file", args=[feed.pk, token_of(feed)])) if feed else ""
    return render(request, "followup/calendar.html", {"feed": feed, "address": address})


@never_cache
@require_safe
def calendar_file(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The calendar of this address, in the language of its person; a wrong address tells nothing."""
    feed = feed_by_token(pk, token)
    if feed is None:
        raise Http404("no such calendar")
    with translation.override(feed.user.language):
        body = calendar_of(feed.user, at=timezone.now(), host=urlsplit(settings.PUBLIC_URL).hostname or "bpc")
    headers = {"Content-Disposition": 'inline; filename="mes-etapes.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type=_ICS, headers=headers)
