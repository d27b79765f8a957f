"""The jury board: how far readings are, for the organisers and the president. No mark, and no order that tells one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bpc.portal.contests.blind import titles_as_read
from bpc.portal.contests.jury_board import JurorSort, Sort, board, juror_board
from bpc.portal.contests.models import Edition
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import Phase
from bpc.portal.contests.visibility.editions import organises, presides
from bpc.portal.foundation.permissions import check, get_visible_or_404


@never_cache
def jury_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Entries, then jurors with `vue=jures`; `tri` and `page` choose the order and the page."""
    edition, at = get_visible_or_404(request.user, Edition, slug=slug), timezone.now()
    check(request.user, "contests.follow_jury", edition)
    sort, page = request.GET.get("tri", ""), request.GET.get("page", 1)
    shows_jurors = request.GET.get("vue") == "jures"
    phase = phase_of(edition, at)
    context: dict[str, Any] = {
        "edition": edition, "phase": phase, "shows_jurors": shows_jurors,
        "is_before": phase in (Phase.ANNOUNCED, Phase.ENTRIES, Phase.CHECKING),
        "organises": organises(request.user, edition), "presides": presides(request.user, edition),
        "tabs": [
            {"label": _("Candidatures"), "url": request.path, "current": not shows_jurors},
            {"label": _("Jurés"), "url": "?vue=jures", "current": shows_jurors},
        ],
    }  # fmt: skip
    if shows_jurors:
        order = JurorSort(sort) if sort in set(JurorSort) else JurorSort.NAME
        context |= {"found": juror_board(edition, at=at, page=page, sort=order), "sort": order}
        context["sorts"] = _sorts(
            {JurorSort.NAME: _("Par nom"), JurorSort.SILENT: _("Silencieux d’abord")}, order
        )
        return render(request, "contests/marking_board.html", context)
    chosen = Sort(sort) if sort in set(Sort) else Sort.REFERENCE
    found = board(edition, page=page, sort=chosen)
    if not context["organises"]:  # a president is a juror: a title may name its team
        found = found.entitled(titles_as_read(edition, list(found.page), at=at))
    context |= {"found": found, "sort": chosen}
    labels = {
        Sort.REFERENCE: _("Par référence"),
        Sort.FEWEST_DONE: _("Les moins lues d’abord"),
        Sort.FEWEST_ASKED: _("Les moins confiées d’abord"),
    }
    context["sorts"] = _sorts(labels, chosen)
    return render(request, "contests/marking_board.html", context)


def _sorts(labels: Mapping[Any, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": str(key), "label": label, "current": key == chosen} for key, label in labels.items()]
