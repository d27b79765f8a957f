"""Proposing an idea: the form, the communes it offers, the thanks page, and amending."""

from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import deposit
from bpc.portal.ideas.follow_links import idea_to_amend
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.near import Near, near_ideas
from bpc.portal.ideas.queries import whole_ideas
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.timeline import last_reasons
from bpc.portal.reference.models import Sector
from bpc.portal.web.ideas.form_files import removed_attachments, take_files
from bpc.portal.web.ideas.form_guards import form_context, hold_off_machines, show_again
from bpc.portal.web.ideas.forms import IdeaForm, initial_answering, initial_of
from bpc.portal.web.ideas.photo_words import (
    KEPT,
    words_received,
)
from bpc.portal.web.ideas.places import Answer, commune_at, commune_coded, commune_named

_SENT_SALT, _SENT_LIFETIME = "ideas.sent", 30 * 86_400
_TOO_QUICK = "too-quick"
_UNACCEPTABLE = 422  # the form comes back with its faults


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request: HttpRequest) -> HttpResponse:
    """The three screens, empty or with their faults; the thanks page once sent."""
    if request.method != "POST":
        place = commune_coded(request.GET.get("commune", "")[:12])
        initial = (
            {"commune": place.pk, "commune_name": place.name, "commune_for": place.name} if place else {}
        )
        answering = initial_answering(request.GET.get("besoin", ""))
        form = IdeaForm(initial={**answering, **initial, "submission_key": uuid4()}, person=request.user)
        form.chosen_commune = place
        return _form_page(request, form)
    as_draft = request.POST.get("act") == "draft" and request.user.is_authenticated
    form = IdeaForm(request.POST, request.FILES, person=request.user, draft=as_draft)
    if (sent := _sent_before(request, form)) is not None:
        return _after(request, sent)
    form.is_valid()
    take_files(request, form)
    if form.is_valid() and not as_draft and "different" not in request.POST and (found := _resembling(form)):
        return _form_page(request, form, resembling=found)
    if not request.user.is_authenticated and form.is_valid():
        hold_off_machines(request, form)
    if form.errors:
        return _form_page(request, form)
    return _write(request, form, as_draft=as_draft)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Amend one's draft or returned idea, signed in or by the link that was sent."""
    idea, actor = _to_amend(request, reference)
    if request.method != "POST":
        form = IdeaForm(initial=initial_of(idea), person=request.user, written=idea)
        form.chosen_commune = idea.commune
        return _form_page(request, form, idea)
    stays_draft = request.POST.get("act") == "draft" and idea.state == IdeaState.DRAFT
    form = IdeaForm(request.POST, request.FILES, person=request.user, draft=stays_draft, written=idea)
    form.is_valid()
    take_files(request, form, idea)
    if form.errors:
        return _form_page(request, form, idea)
    try:
        amended = deposit.amend(
            idea=idea, content=form.content(), version=form.cleaned_data["version"] or 0, actor=actor,
            submission_key=form.key, at=timezone.now(), removed_files=removed_attachments(request),
            photo_words=words_received(form, KEPT), then_submit=not stays_draft,
        )  # fmt: skip
    except deposit.StaleForm as stale:
        return _stale_page(request, form, stale.current)
    except IllegalMove:
        raise Http404("no longer to be amended") from None
    return _after(request, amended)


@require_GET
def communes(request: HttpRequest) -> HttpResponse:
    """The communes that answer a name, or hold a point, as choices for the form."""
    name = request.GET.get("commune_name", "")[:100]
    fault = ""
    if code := request.GET.get("commune", "")[:12]:
        kept = commune_coded(code)
        answer = Answer(kept, [kept] if kept else [])
    elif "lat" in request.GET:
        found = _commune_at(request)
        answer = Answer(found, [found] if found else [])
        fault = "" if found else _("Vous semblez être en mer ou hors du Maroc. Nommez la commune.")
    else:
        answer = commune_named(name) if len(name.strip()) > 1 else Answer(None, [])
        fault = (
            _("Aucune commune ne répond à ce nom.") if len(name.strip()) > 2 and not answer.choices else ""
        )
    context = {"choices": answer.choices, "chosen": answer.commune, "asked": name, "fault": fault}
    return render(request, "ideas/_commune_choices.html", context)


@never_cache
@require_GET
def idea_sent(request: HttpRequest, token: str) -> HttpResponse:
    """The code of the idea just sent, what happens next and when; only whoever sent it has the address."""
    try:
        key = signing.loads(token, salt=_SENT_SALT, max_age=_SENT_LIFETIME)
    except signing.BadSignature:
        raise Http404("unknown thanks page") from None
    idea = whole_ideas().filter(pk=key).first()
    if idea is None:
        raise Http404("the idea is gone")
    return render(request, "ideas/sent.html", {"idea": idea})


def _resembling(form: IdeaForm) -> list[Near]:
    """Published ideas that may say the same: better to support one than to repeat it."""
    said = form.content()
    return near_ideas(
        None, title=said.title, text=f"{said.need}\n{said.proposal}", commune=said.commune,
        state=IdeaState.PUBLISHED, limit=3,
    )  # fmt: skip


def _form_page(request: HttpRequest, form: IdeaForm, idea: Idea | None = None, **more: Any) -> HttpResponse:
    context = {
        **form_context(form, idea), "idea": idea, "written": idea, "thumbnail_view": "web:idea_thumbnail",
        "sectors": Sector.objects.all(),
        "draft_name": f"bpc:idea:{idea.reference if idea else 'new'}",
        "reason": last_reasons([idea]).get(idea.pk, "") if idea else "",
        **more,
    }  # fmt: skip
    return render(request, "ideas/deposit.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _stale_page(request: HttpRequest, form: IdeaForm, current: Idea) -> HttpResponse:
    """Both texts: the one stored meanwhile, and the one typed, which stays in the form."""
    form.add_error(
        None,
        _(
            "Cette idée a été modifiée dans une autre fenêtre. Comparez les deux textes, puis envoyez le vôtre."
        ),
    )
    show_again(form, "version", str(current.version))
    return _form_page(request, form, current, stale=current)


def _write(request: HttpRequest, form: IdeaForm, *, as_draft: bool) -> HttpResponse:
    actor = request.user if request.user.is_authenticated else None
    words: dict[str, Any] = {"content": form.content(), "submission_key": form.key, "actor": actor}
    words["at"] = timezone.now()
    try:
        idea = deposit.start(**words) if as_draft else deposit.propose(**words)[0]
    except deposit.KeyTaken:
        show_again(form, "submission_key", str(uuid4()))
        form.add_error(
            None, _("Cette page a déjà servi à envoyer une autre idée. Vérifiez, puis envoyez de nouveau.")
        )
        return _form_page(request, form)
    return _after(request, idea)


def _after(request: HttpRequest, idea: Idea) -> HttpResponse:
    if idea.state == IdeaState.DRAFT:
        return HttpResponseRedirect(reverse("web:my_ideas"))
    token = signing.dumps(idea.pk, salt=_SENT_SALT)
    response = HttpResponseRedirect(reverse("web:idea_sent", args=[token]))
    response.status_code = 303
    return response


def _sent_before(request: HttpRequest, form: IdeaForm) -> Idea | None:
    """The idea this very form has made already, by the same person."""
    author = request.user.pk if request.user.is_authenticated else None
    return Idea.objects.filter(submission_key=form.key, author=author).first()


def _to_amend(request: HttpRequest, reference: str) -> tuple[Idea, Any]:
    """The idea and who amends it: None for the holder of a link. 404 or 403 for anybody else."""
    code = normalise(reference) or reference
    if (token := request.GET.get("lien")) and (linked := idea_to_amend(token)) and linked.reference == code:
        return linked, None
    idea = get_visible_or_404(request.user, whole_ideas(), reference=code)
    if not can(request.user, "ideas.edit", idea):
        raise PermissionDenied("ideas.edit")
    return idea, request.user


def _commune_at(request: HttpRequest) -> Any:
    try:
        return commune_at(float(request.GET["lat"]), float(request.GET.get("lon", "")))
    except ValueError:
        return None
