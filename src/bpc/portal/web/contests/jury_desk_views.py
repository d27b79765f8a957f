"""The organisers' jury desk: who sits, who is invited, who fell silent, conflicts, who reads what and why so."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.jury.assignment import OutOfTime
from bpc.portal.contests import assigning, jury_actions, reassigning
from bpc.portal.contests.jury_queries import conflicts_of, is_silent, latest_run, members_of, progress_of
from bpc.portal.contests.models import AssignmentRun, Conflict, Edition, Juror
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import JurorState, ReadingState
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.web.contests.jury_forms import InviteForm, WhyForm
from bpc.portal.web.contests.jury_words import Names, loads, refusals, uneven_loads, ungranted

PER_PAGE = 100
_UNACCEPTABLE = 422


def organised_or_404(request: HttpRequest, slug: str) -> Edition:
    """The edition of this address, for its organisers."""
    edition = get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)
    check(request.user, "contests.organise", edition)
    return edition


def _juror_or_404(request: HttpRequest, edition: Edition, pk: int) -> Juror:
    rows = Juror.objects.select_related("edition__region", "region", "commune", "user")
    return get_visible_or_404(request.user, rows, pk=pk, edition=edition)


@never_cache
@require_http_methods(["GET", "HEAD"])
def jury_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the jury stands, and everybody in it."""
    edition, now = organised_or_404(request, slug), timezone.now()
    page_obj = Paginator(members_of(edition), PER_PAGE).get_page(request.GET.get("page"))
    for juror in page_obj:
        juror.silent = is_silent(juror, now)
    phase = phase_of(edition, now)
    context = {
        "edition": edition,
        "phase": phase,
        "progress": progress_of(edition),
        "has_president": edition.jurors.filter(is_president=True).exists(),
        "page_obj": page_obj,
        "silent": list(reassigning.silent_jurors(edition, now)[:PER_PAGE]),
        "can_invite": phase in jury_actions.INVITING,
        "can_assign": phase in assigning.ASSIGNING,
        "days": reassigning.SILENT_AFTER.days,
    }
    return render(request, "contests/jury_desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody to sit."""
    edition = organised_or_404(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            jury_actions.invite_juror(
                edition=edition, name=said["name"], contact=said["contact"], language=said["language"],
                is_president=said["is_president"], actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except jury_actions.AlreadyInvited:
            form.add_error("contact", _("Cette personne siège déjà, ou est déjà invitée."))
        except jury_actions.HasPresident:
            form.add_error("is_president", _("Le jury a déjà un président, invité ou installé."))
        except jury_actions.TooManyInvitations:
            form.add_error(None, _("Vous avez invité beaucoup de personnes aujourd’hui : continuez demain."))
        except jury_actions.NotNow:
            form.add_error(
                None, _("On invite un jury entre l’annonce de l’idéathon et la fin de la notation.")
            )
        else:
            messages.success(request, _("L’invitation est partie."))
            return redirect("web:jury_desk", edition.slug)
    context = {"edition": edition, "form": form}
    return render(request, "contests/jury_invite.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD"])
def jury_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One member: what they said, their readings without any mark, their conflicts."""
    edition = organised_or_404(request, slug)
    juror = _juror_or_404(request, edition, pk)
    readings = juror.readings.exclude(state=ReadingState.RELEASED).select_related("entry")
    page_obj = Paginator(
        readings.only("state", "saved_at", "done_at", "entry__reference", "entry__title", "juror_id"),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "juror": juror,
        "page_obj": page_obj,
        "conflicts": juror.conflicts.select_related("entry")[:PER_PAGE],
        "form": WhyForm(),
        "sits": juror.state == JurorState.ACCEPTED,
        "waits": juror.state == JurorState.INVITED,
        "has_president": edition.jurors.filter(is_president=True).exists(),
    }
    return render(request, "contests/jury_member.html", context)


@require_POST
def jury_member_act(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remind, invite again, name president: the button pressed says which."""
    edition = organised_or_404(request, slug)
    juror = _juror_or_404(request, edition, pk)
    common: dict[str, Any] = {"juror": juror, "actor": request.user, "at": timezone.now()}
    try:
        if request.POST.get("act") == "remind":
            reassigning.remind_juror(**common)
            messages.success(request, _("Un rappel est parti."))
        elif request.POST.get("act") == "again":
            language = "ar" if request.POST.get("language") == "ar" else "fr"
            jury_actions.invite_again(**common, language=language)
            messages.success(request, _("L’invitation est partie de nouveau ; le lien d’avant ne vaut plus."))
        elif request.POST.get("act") == "preside":
            jury_actions.name_president(**common)
            messages.success(request, _("Cette personne préside maintenant le jury."))
    except jury_actions.HasPresident:
        messages.error(request, _("Le jury a déjà un président, invité ou installé."))
    except reassigning.TooSoon:
        messages.error(
            request, _("Un rappel est parti il y a moins de trois jours, ou il n’y a rien à lire.")
        )
    except jury_actions.TooManyInvitations:
        messages.error(request, _("L’invitation est partie il y a moins d’un jour : attendez un peu."))
    except (jury_actions.InvitationGone, jury_actions.NotNow):
        messages.error(request, _("Cela ne se peut pas dans la phase où en est l’idéathon."))
    return redirect("web:jury_member", edition.slug, juror.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_member_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a seat or an invitation back, or replace a silent member: asked once, with the reason."""
    edition = organised_or_404(request, slug)
    juror = _juror_or_404(request, edition, pk)
    waiting = juror.readings.filter(state=ReadingState.ASSIGNED).count()
    form = WhyForm(request.POST if request.method == "POST" else None)
    refused: list[Any] = []
    if form.is_bound and form.is_valid():
        common: dict[str, Any] = {
            "juror": juror, "reason": form.cleaned_data["reason"], "actor": request.user, "at": timezone.now(),
        }  # fmt: skip
        try:
            if request.POST.get("act") == "replace" and waiting:
                replaced = reassigning.reassign(**common)
                if replaced.done:
                    messages.success(request, _passed_on(replaced.released))
                    return redirect("web:jury_desk", edition.slug)
                refused = refusals(replaced.run, Names(replaced.run))
            else:
                jury_actions.release_juror(**common)
                messages.success(request, _("Cette personne ne siège plus."))
                return redirect("web:jury_desk", edition.slug)
        except (assigning.TooLarge, OutOfTime):
            form.add_error(None, _("Il y a trop de candidatures et de membres pour un seul calcul."))
        except (jury_actions.NotNow, assigning.NothingToRead):
            form.add_error(None, _("Cela ne se peut pas dans la phase où en est l’idéathon."))
    context = {"edition": edition, "juror": juror, "waiting": waiting, "form": form, "refused": refused}
    status = _UNACCEPTABLE if form.errors or refused else 200
    return render(request, "contests/jury_release.html", context, status=status)


def _passed_on(count: int) -> str:
    words = ngettext(
        "%(count)d lecture est passée à un autre membre.",
        "%(count)d lectures sont passées à d’autres membres.",
        count,
    )
    return words % {"count": count}


@never_cache
@require_http_methods(["GET", "HEAD"])
def jury_conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every conflict, declared or found, standing or lifted."""
    edition = organised_or_404(request, slug)
    page_obj = Paginator(conflicts_of(edition), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contests/jury_conflicts.html", {"edition": edition, "page_obj": page_obj})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_conflict_lift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Judge that a conflict is none, with the reason."""
    edition = organised_or_404(request, slug)
    rows = Conflict.objects.select_related("juror__edition", "entry__commune")
    conflict = get_visible_or_404(request.user, rows, pk=pk, juror__edition=edition)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            jury_actions.lift_conflict(
                conflict=conflict, reason=form.cleaned_data["reason"], actor=request.user, at=timezone.now()
            )
        except jury_actions.NotNow:
            form.add_error(None, _("Cela ne se peut pas dans la phase où en est l’idéathon."))
        else:
            messages.success(request, _("Ce conflit est levé : la candidature pourra lui être confiée."))
            return redirect("web:jury_conflicts", edition.slug)
    context = {"edition": edition, "conflict": conflict, "form": form}
    status = _UNACCEPTABLE if form.errors else 200
    return render(request, "contests/jury_conflict_lift.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose who reads what, show it with its reasons, then give the readings."""
    edition = organised_or_404(request, slug)
    if request.method == "POST":
        _propose_or_apply(request, edition)
        return redirect("web:jury_assign", edition.slug)
    run, progress = latest_run(edition), progress_of(edition)
    told = None if run is None else _told(run)
    context = {
        "edition": edition,
        "progress": progress,
        "wanted": progress.eligible * edition.readings_per_entry,
        "run": run,
        "told": told,
        "can_assign": phase_of(edition, timezone.now()) in assigning.ASSIGNING,
    }
    return render(request, "contests/jury_assign.html", context)


def _told(run: AssignmentRun) -> dict[str, Any]:
    names = Names(run)
    lightest, heaviest = loads(run)
    return {
        "refusals": refusals(run, names),
        "woman": ungranted(run, names, "woman"),
        "outside": ungranted(run, names, "outside"),
        "uneven": uneven_loads(run, names),
        "lightest": lightest,
        "heaviest": heaviest,
    }


def _propose_or_apply(request: HttpRequest, edition: Edition) -> None:
    common: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
    try:
        if request.POST.get("act") == "propose":
            assigning.propose_assignment(edition=edition, **common)
        elif request.POST.get("act") == "apply":
            key = request.POST.get("run", "")
            run = get_visible_or_404(
                request.user, AssignmentRun, pk=int(key) if key.isdecimal() else 0, edition=edition
            )
            assigning.apply_assignment(run=run, **common)
            messages.success(request, _("Les lectures sont confiées ; chaque membre concerné est prévenu."))
    except assigning.ProposalStale:
        messages.error(request, _("Quelque chose a changé depuis cette proposition : demandez-en une autre."))
    except assigning.NothingToRead:
        messages.error(request, _("Aucune candidature n’est encore recevable : vérifiez-les d’abord."))
    except jury_actions.NotNow:
        messages.error(request, _("On répartit entre la clôture des candidatures et la fin de la notation."))
    except (assigning.TooLarge, OutOfTime):
        messages.error(request, _("Il y a trop de candidatures et de membres pour un seul calcul."))
