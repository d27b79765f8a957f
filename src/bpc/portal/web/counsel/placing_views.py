"""A delegate gives projects an advisor: several at once, or one from the ranking with its reasons."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.counsel.assigning import (
    CannotAdvise,
    Chosen,
    ChosenMeanwhile,
    assign_advisor,
    assign_several,
    running_assignment,
)
from bpc.portal.counsel.places import (
    advisors_of,
    history_of,
    laureates_first,
    named,
    place_of,
    places_of,
    projects_to_place,
    seats_in,
    seen_by_delegation,
)
from bpc.portal.counsel.placing import propose, rank_seats
from bpc.portal.counsel.silence import advisors_of_project
from bpc.portal.foundation.permissions import can
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.portfolio import is_laureate
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage
from bpc.portal.web.counsel.placing_forms import ChooseForm, SeveralForm
from bpc.portal.web.counsel.reading import UNACCEPTABLE
from bpc.portal.web.counsel.steering_views import region_wanted
from bpc.portal.web.counsel.words import reason_words

_PER_PAGE = 25
MOST_AT_ONCE = 50  # projects placed together: a page somebody reads


@never_cache
@require_safe
def region_projects(request: HttpRequest) -> HttpResponse:
    """The projects nobody advises, laureates first: choose for one, or several to be shared out."""
    region, regions = region_wanted(request)
    rows = laureates_first(projects_to_place(region.pk), is_laureate())
    page_obj = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "region": region,
        "regions": regions,
        "page_obj": page_obj,
        "has_advisors": advisors_of(region.pk).exists(),
        "rows": [
            {"project": row, "stage": Stage(row.stage).label,
             "silent": (today - timezone.localtime(row.last_sign_at).date()).days}
            for row in page_obj
        ],
    }  # fmt: skip
    return render(request, "counsel/region_projects.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def region_proposal(request: HttpRequest) -> HttpResponse:
    """An advisor proposed for each project ticked, within what each can take; nothing stands before it is confirmed."""
    region, _regions = region_wanted(request)
    now = timezone.now()
    codes = (request.POST if request.method == "POST" else request.GET).getlist("projet")[:MOST_AT_ONCE]
    wanted = laureates_first(projects_to_place(region.pk), is_laureate()).filter(reference__in=codes)
    rows = {row.pk: row for row in wanted if can(request.user, "counsel.assign", row)}
    if not rows and request.method == "POST":
        messages.info(request, _("Cochez au moins un projet sans conseiller."))
        return redirect(f"{reverse('web:region_projects')}?region={region.pk}")
    if not rows:
        return render(request, "counsel/region_proposal.html", {"region": region})
    laureates = {row.pk for row in rows.values() if row.laureate}  # type: ignore[attr-defined]
    places, seats = places_of(rows.values(), laureates), seats_in(region.pk, now, list(rows))
    form = SeveralForm(
        request.POST if request.method == "POST" else None, proposals=propose(places, seats), seats=seats,
        people=named(one.person for one in seats), rows=rows, groups={one.project: one.group for one in places},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _confirmed(request, form):
        return redirect(f"{reverse('web:region_projects')}?region={region.pk}")
    context = {"region": region, "form": form, "lines": form.lines()}
    return render(
        request, "counsel/region_proposal.html", context, status=UNACCEPTABLE if form.errors else 200
    )


def _confirmed(request: HttpRequest, form: SeveralForm) -> bool:
    """Whether every choice was written; somebody else's are left and told."""
    chosen = [(row, Chosen(to, note)) for row, to, note in form.chosen()]
    try:
        made, settled = assign_several(chosen=chosen, actor=request.user, at=timezone.now())
    except (CannotAdvise, ReasonMissing):
        form.add_error(None, _("La charge d’un conseiller a changé entre-temps. Relisez la répartition."))
        return False
    told = ngettext("%(n)d projet a un conseiller.", "%(n)d projets ont un conseiller.", len(made))
    messages.success(request, told % {"n": len(made)})
    if settled:
        left = ngettext(
            "%(n)d projet avait déjà reçu un conseiller entre-temps.",
            "%(n)d projets avaient déjà reçu un conseiller entre-temps.",
            len(settled),
        )
        messages.info(request, left % {"n": len(settled)})
    return True


def project_to_place_or_404(request: HttpRequest, reference: str) -> Project:
    """The project of this code as a delegation reads it, if the person may choose its advisor."""
    rows = laureates_first(seen_by_delegation(), is_laureate()).filter(archived_at=None)
    found = rows.filter(reference=normalise(reference) or reference).first()
    if found is None or not can(request.user, "counsel.assign", found):
        raise Http404("no project one may choose for")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_advisor(request: HttpRequest, reference: str) -> HttpResponse:
    """One project: the advisors ranked with the reasons; who was chosen before, and why."""
    row = project_to_place_or_404(request, reference)
    now = timezone.now()
    laureate = row.laureate  # type: ignore[attr-defined]
    ranked = rank_seats(place_of(row, is_laureate=laureate), seats_in(row.region_id, now, [row.pk]))
    running = running_assignment(row)
    form = ChooseForm(
        request.POST if request.method == "POST" else None, ranked=ranked,
        people=named(one.seat.person for one in ranked),
        initial={"before": running.pk if running is not None else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _chosen(request, row, form):
        return redirect("web:choose_advisor", row.reference)
    context: dict[str, Any] = {
        "place": row,  # never under the name that the trail of pages shows the name of
        "stage": Stage(row.stage).label,
        "form": form,
        "ranked": ranked,
        "running": running,
        "let_in": advisors_of_project(row),
        "history": [{"row": one, "reasons": reason_words(one.reasons)} for one in history_of(row)],
    }
    return render(
        request, "counsel/choose_advisor.html", context, status=UNACCEPTABLE if form.errors else 200
    )


def _chosen(request: HttpRequest, row: Project, form: ChooseForm) -> bool:
    given = form.cleaned_data
    chosen = Chosen(int(given["to"]), given["note"], given["before"])
    try:
        made = assign_advisor(project=row, chosen=chosen, actor=request.user, at=timezone.now())
    except ChosenMeanwhile:
        form.add_error(None, _("Une autre personne vient de choisir un conseiller. Rechargez la page."))
    except CannotAdvise:
        form.add_error(
            "to", _("Cette personne ne peut plus accompagner ce projet : choisissez-en une autre.")
        )
    except ReasonMissing:
        form.add_error("note", _("Ce conseiller vient de recevoir un autre projet : écrivez pourquoi lui."))
    else:
        messages.success(request, _("C’est noté : le groupe et le conseiller sont prévenus."))
        return made is not None
    return False
