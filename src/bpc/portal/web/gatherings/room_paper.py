"""Paper forms: how many, in which language; the same codes are printed again without drawing others."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.room.paper import Print, paper_forms
from bpc.portal.gatherings.room.slips import MOST_AT_ONCE, TooManySlips, print_slips
from bpc.portal.web.gatherings.room_page import place_of
from bpc.portal.web.gatherings.room_views import room_of

_METER = Meter(most=10)


class PaperForm(forms.Form):
    """How many forms, and in which language."""

    number = forms.IntegerField(
        label=_("Combien de formulaires ?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=30,
        error_messages={
            "required": _("Écrivez un nombre."), "invalid": _("Écrivez un nombre."),
            "min_value": _("Imprimez au moins un formulaire."), "max_value": _("Imprimez-en 200 au plus à la fois."),
        },
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Dans quelle langue ?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


@never_cache
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """What was printed, and how much came back; POST draws new codes."""
    gathering = room_of(request, key)
    form = PaperForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            slips = print_slips(
                gathering=gathering, actor=request.user, at=timezone.now(), **form.cleaned_data
            )
        except TooManySlips:
            form.add_error(
                "number", _("Cette rencontre a déjà 2 000 formulaires, le plus qu’elle puisse avoir.")
            )
        else:
            return redirect(f"{request.path}#{_stamp(slips[0].printed_at)}")
    context = {
        "gathering": gathering,
        "place": place_of(gathering),
        "form": form,
        "prints": _prints(gathering),
    }
    return render(request, "gatherings/room_paper.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def paper_file(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The PDF of one print; without a print, the page where one is made."""
    gathering = room_of(request, key)
    if language not in dict(settings.LANGUAGES):
        raise Http404(language)
    at = _moment(request.GET.get("tirage", ""))
    if at is None:
        return redirect("web:room_paper", key=gathering.key)
    codes = list(gathering.slips.filter(language=language, printed_at=at).values_list("code", flat=True))
    if not codes:
        raise Http404("no such print")
    if wait := _METER.count(client_address(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    with translation.override(language):
        follow = f"{settings.PUBLIC_URL}{reverse('web:follow_code')}/"
    printed = paper_forms(Print(gathering, codes, language, timezone.localdate(at), follow))
    name = f"formulaire-{gathering.key}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


def _prints(gathering: Gathering) -> list[dict[str, Any]]:
    """Each print with its number of forms and those typed in, the latest first: one query."""
    rows = gathering.slips.order_by("-printed_at").values("printed_at", "language")
    counted = rows.annotate(number=Count("pk"), entered=Count("entered_at"))
    names = dict(settings.LANGUAGES)
    return [row | {"stamp": _stamp(row["printed_at"]), "name": names[row["language"]]} for row in counted]


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S.%fZ")


def _moment(stamp: str) -> datetime | None:
    """The moment of a stamp of ours."""
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=timezone.now().tzinfo)
    except ValueError:
        return None
