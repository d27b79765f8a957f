"""For organisers: their editions, one edition and what still lacks, its parts, its days, what is decided of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests import edition_actions as actions
from bpc.portal.contests.calendar import WrongDates
from bpc.portal.contests.defaults import default_content, default_days
from bpc.portal.contests.edition_content import EditionContent
from bpc.portal.contests.edition_queries import edition_cards, organised_editions
from bpc.portal.contests.models import Edition
from bpc.portal.contests.phases import Verb, WrongPhase, allows, phase_of
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.web.contests.edition_desk import desk_context, lacking_words
from bpc.portal.web.contests.edition_forms import DaysForm, NewEditionForm, ReasonForm
from bpc.portal.web.contests.edition_parts import PARTS, PartForm
from bpc.portal.web.contests.edition_views import Trail
from bpc.portal.web.contests.edition_words import told_cards
from bpc.portal.web.ideas.list_views import page_number

_UNACCEPTABLE = 422
_ALL_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The editions the person organises, those in preparation first."""
    now = timezone.now()
    page = edition_cards(organised_editions(request.user, now), page_number(request))
    cards = [
        {**card, "url": reverse("web:edition_kept", args=[card["edition"].slug])}
        for card in told_cards(page.rows, now)
    ]
    return render(request, "contests/kept.html", {"page": page, "cards": cards, "trail": desk_trail()})


@never_cache
@require_http_methods(_ALL_METHODS)
def new_edition(request: HttpRequest) -> HttpResponse:
    """Begin an edition: a place, a name, a first day. The rest is proposed and can be changed."""
    form = NewEditionForm(request.POST if request.method == "POST" else None, request.user)
    if form.is_valid():
        days = default_days(form.cleaned_data["first"])
        edition = actions.create_edition(
            content=default_content(form.names(), days), region=form.region_row(),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(
            request, _("L’idéathon est en préparation : relisez chaque partie, puis annoncez-le.")
        )
        return redirect("web:edition_kept", edition.slug)
    context = {"form": form, "trail": desk_trail(None, _("Nouvel idéathon"))}
    return render(request, "contests/new.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_safe
def kept_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition for its organisers: what lacks, what may be done in the phase that runs, its past."""
    edition = kept_or_404(request, slug)
    context = desk_context(request.user, edition, timezone.now())
    return render(request, "contests/kept_edition.html", {**context, "trail": desk_trail(None, edition.name)})


@never_cache
@require_http_methods(_ALL_METHODS)
def edit_part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One part: written at once before the announcement; afterwards, until the jury reads, as new rules."""
    edition = kept_or_404(request, slug)
    if part not in PARTS:
        raise Http404(part)
    now = timezone.now()
    revising = allows(Verb.REVISE, edition, now)
    if not revising and not allows(Verb.EDIT, edition, now):
        return _too_late(request, edition)
    form = PARTS[part](request.POST if request.method == "POST" else None, edition, revising=revising)
    if request.method == "POST" and form.is_valid() and _written(request, edition, form, revising=revising):
        messages.success(request, _saved(revising))
        return redirect("web:edition_kept", slug)
    context = {
        "edition": edition,
        "form": form,
        "revising": revising,
        "trail": desk_trail(edition, str(form.title)),
    }
    status = _UNACCEPTABLE if form.forms_at_fault else 200
    return render(request, "contests/edit_part.html", context, status=status)


def _written(request: HttpRequest, edition: Edition, form: PartForm, *, revising: bool) -> bool:
    content, revision = form.content(), form.cleaned_data["revision"]
    try:
        _write(request, edition, content, revision, form.cleaned_data.get("reason", ""), revising=revising)
    except actions.StaleEdition as stale:
        refresh_revision(form, stale)
        form.add_error(None, form.stale)
    except actions.NothingNew:
        form.add_error(None, _("Rien n’a changé : le règlement dit déjà cela."))
    except actions.NotReady as error:
        for code in error.missing:
            form.add_error(None, _("Il manquerait : %(what)s.") % {"what": lacking_words(code)})
    except WrongPhase:
        form.add_error(None, _("La phase a changé pendant que vous écriviez : ce n’est plus possible."))
    return not form.errors


def _write(
    request: HttpRequest, edition: Edition, content: EditionContent, revision: int, reason: str, *, revising: bool
) -> None:  # fmt: skip
    given: dict[str, Any] = {"edition": edition, "content": content, "revision": revision}
    given |= {"actor": request.user, "at": timezone.now()}
    if revising:
        actions.revise_rules(reason=reason, language=get_language() or "fr", **given)
    else:
        actions.edit_edition(**given)


@never_cache
@require_http_methods(_ALL_METHODS)
def edit_days(request: HttpRequest, slug: str) -> HttpResponse:
    """The days: free before the announcement; afterwards they only move back, with a reason."""
    edition, now = kept_or_404(request, slug), timezone.now()
    extending = allows(Verb.EXTEND, edition, now)
    if not extending and not allows(Verb.EDIT, edition, now):
        return _too_late(request, edition)
    phase = phase_of(edition, now) if extending else None
    form = DaysForm(request.POST if request.method == "POST" else None, edition, phase=phase)
    if request.method == "POST" and form.is_valid() and _moved(request, edition, form, extending=extending):
        messages.success(
            request, _("Les nouvelles dates sont publiées.") if extending else _saved(revising=False)
        )
        return redirect("web:edition_kept", slug)
    own = _("Prolonger") if extending else _("Dates")
    context = {
        "edition": edition,
        "form": form,
        "extending": extending,
        "trail": desk_trail(edition, own),
        "own": own,
    }
    return render(request, "contests/edit_days.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _moved(request: HttpRequest, edition: Edition, form: DaysForm, *, extending: bool) -> bool:
    given: dict[str, Any] = {"edition": edition, "actor": request.user, "at": timezone.now()}
    try:
        if extending:
            reason, language = form.cleaned_data["reason"], get_language() or "fr"
            actions.extend(days=form.given(), reason=reason, language=language, **given)
        else:
            content = EditionContent(days=form.given())
            actions.edit_edition(content=content, revision=form.cleaned_data["revision"], **given)
    except WrongDates as wrong:
        form.show_problems(wrong.problems)
    except actions.StaleEdition as stale:
        refresh_revision(form, stale)
        form.add_error(
            None, _("Quelqu’un a changé cet idéathon entre-temps. Relisez, puis envoyez de nouveau.")
        )
    except actions.NothingNew:
        form.add_error(None, _("Aucune date n’a changé."))
    except WrongPhase:
        form.add_error(None, _("La phase a changé pendant que vous écriviez : ce n’est plus possible."))
    return not form.errors


@never_cache
@require_POST
def announce_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce it: its rules become version 1."""
    edition = kept_or_404(request, slug)

    def act() -> None:
        actions.announce(edition=edition, actor=request.user, at=timezone.now())

    _done(request, act, _("L’idéathon est annoncé. Son règlement est publié en version 1."))
    return redirect("web:edition_kept", slug)


@never_cache
@require_POST
def delete_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove one that was never announced."""
    edition = kept_or_404(request, slug)

    def act() -> None:
        actions.delete_draft(edition=edition, actor=request.user, at=timezone.now())

    done = _done(request, act, _("L’idéathon en préparation est supprimé."))
    return redirect("web:editions_kept") if done else redirect("web:edition_kept", slug)


@never_cache
@require_http_methods(_ALL_METHODS)
def end_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Cancel it, or lift a cancellation, with the reason everybody reads."""
    edition, now = kept_or_404(request, slug), timezone.now()
    lifting = allows(Verb.REINSTATE, edition, now)
    if not lifting and not allows(Verb.CANCEL, edition, now):
        return _too_late(request, edition)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verb, reason = (actions.reinstate if lifting else actions.cancel), form.cleaned_data["reason"]

        def act() -> None:
            language = get_language() or "fr"
            verb(edition=edition, reason=reason, language=language, actor=request.user, at=now)

        _done(request, act, _("C’est publié, et les équipes sont prévenues."))
        return redirect("web:edition_kept", slug)
    own = _("Lever l’annulation") if lifting else _("Annuler l’idéathon")
    context = {
        "edition": edition,
        "form": form,
        "lifting": lifting,
        "own": own,
        "trail": desk_trail(edition, own),
    }
    return render(request, "contests/end.html", context, status=_UNACCEPTABLE if form.errors else 200)


def refresh_revision(form: Any, stale: actions.StaleEdition) -> None:
    """The form is sent again against what stands now."""
    form.data = form.data.copy()
    form.data["revision"] = str(stale.current.revision)


def kept_or_404(request: HttpRequest, slug: str) -> Edition:
    """The edition, for one who organises it: 404 for who may not see it, 403 for who may only see it."""
    edition = get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)
    check(request.user, actions.ORGANISE, edition)
    return edition


def desk_trail(edition: Edition | None = None, own: str = "") -> Trail:
    """The way back up: the public list, the desk, the edition."""
    trail: Trail = [
        (_("Idéathons"), reverse("web:editions")),
        (_("Tenir les idéathons"), reverse("web:editions_kept")),
    ]
    if edition is not None:
        trail.append((edition.name, reverse("web:edition_kept", args=[edition.slug])))
    if own:
        trail.append((own, None))
    return [*trail[:-1], (trail[-1][0], None)]


def _saved(revising: bool) -> str:
    if revising:
        return _("La nouvelle version du règlement est publiée, et les équipes sont prévenues.")
    return _("C’est enregistré.")


def _too_late(request: HttpRequest, edition: Edition) -> HttpResponse:
    messages.warning(request, _("Dans la phase en cours, cela ne peut plus changer."))
    return redirect("web:edition_kept", edition.slug)


def _done(request: HttpRequest, act: Callable[[], None], said: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except ReasonMissing:
        messages.error(request, _("Dites pourquoi en quelques mots."))
    except actions.NotReady as error:
        for code in error.missing:
            messages.error(request, _("Il manque : %(what)s.") % {"what": lacking_words(code)})
    except (IllegalMove, WrongPhase, ValidationError):
        messages.warning(request, _("C’était déjà fait, ou ce n’est pas possible dans la phase en cours."))
    else:
        messages.success(request, said)
        return True
    return False
