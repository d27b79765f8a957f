"""Telling of a need or an opportunity: the form, what resembles it, the thanks page, and amending."""

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
from bpc.portal.ideas.handing_in import KeyTaken, StaleForm
from bpc.portal.ideas.references import normalise
from bpc.portal.observations import telling
from bpc.portal.observations.follow_links import LINKS
from bpc.portal.observations.models import Observation
from bpc.portal.observations.moderation_queue import resembling
from bpc.portal.observations.queries import categories, whole_observations
from bpc.portal.observations.timeline import last_reasons
from bpc.portal.web.ideas.form_files import removed_attachments, take_files
from bpc.portal.web.ideas.form_guards import form_context, hold_off_machines, show_again
from bpc.portal.web.ideas.photo_words import KEPT, words_received
from bpc.portal.web.ideas.places import commune_coded
from bpc.portal.web.observations.forms import ObservationForm, initial_of
from bpc.portal.web.observations.page_words import WORDS

_SENT_SALT, _SENT_LIFETIME = "observations.sent", 30 * 86_400
_UNACCEPTABLE = 422  # the form comes back with its faults


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, kind: str) -> HttpResponse:
    """The three screens, empty or with their faults; the thanks page once sent."""
    if request.method != "POST":
        return _form_page(request, _new_form(request, kind))
    form = ObservationForm(request.POST, request.FILES, person=request.user, kind=kind)
    author = request.user.pk if request.user.is_authenticated else None
    if (sent := Observation.objects.filter(submission_key=form.key, author=author).first()) is not None:
        return _after(sent)
    form.is_valid()
    take_files(request, form)
    if form.is_valid() and not form.cleaned_data["different"] and (found := _resembling(form)):
        return _form_page(request, form, resembling=found)
    if not request.user.is_authenticated and form.is_valid():
        hold_off_machines(request, form)
    if form.errors:
        return _form_page(request, form)
    actor = request.user if request.user.is_authenticated else None
    try:
        told, _is_new = telling.propose(
            content=form.content(), submission_key=form.key, actor=actor, at=timezone.now()
        )
    except KeyTaken:
        show_again(form, "submission_key", str(uuid4()))
        form.add_error(
            None, _("Cette page a déjà servi à envoyer un autre texte. Vérifiez, puis envoyez de nouveau.")
        )
        return _form_page(request, form)
    return _after(told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Amend what was returned, signed in or by the link that was sent."""
    told, actor = _to_amend(request, reference)
    if request.method != "POST":
        form = ObservationForm(initial=initial_of(told), person=request.user, kind=told.kind, written=told)
        form.chosen_commune = told.commune
        return _form_page(request, form, told)
    form = ObservationForm(request.POST, request.FILES, person=request.user, kind=told.kind, written=told)
    form.is_valid()
    take_files(request, form, told)
    if form.errors:
        return _form_page(request, form, told)
    try:
        amended = telling.amend(
            observation=told, content=form.content(), version=form.cleaned_data["version"] or 0, actor=actor,
            submission_key=form.key, at=timezone.now(), removed_files=removed_attachments(request),
            photo_words=words_received(form, KEPT),
        )  # fmt: skip
    except StaleForm as stale:
        form.add_error(
            None,
            _("Ce texte a été modifié dans une autre fenêtre. Comparez les deux, puis envoyez le vôtre."),
        )
        show_again(form, "version", str(stale.current.version))
        return _form_page(request, form, stale.current, stale=stale.current)
    except IllegalMove:
        raise Http404("no longer to be amended") from None
    return _after(amended)


@never_cache
@require_GET
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The code, what happens next and when; only whoever sent it has the address."""
    try:
        key = signing.loads(token, salt=_SENT_SALT, max_age=_SENT_LIFETIME)
    except signing.BadSignature:
        raise Http404("unknown thanks page") from None
    told = whole_observations().filter(pk=key).first()
    if told is None:
        raise Http404("it is gone")
    return render(request, "observations/sent.html", {"observation": told, "words": WORDS[told.kind]})


def _new_form(request: HttpRequest, kind: str) -> ObservationForm:
    """Empty, save for the commune and the subject the address names."""
    place = commune_coded(request.GET.get("commune", "")[:12])
    initial: dict[str, Any] = {"submission_key": uuid4()}
    if place is not None:
        initial |= {"commune": place.pk, "commune_name": place.name, "commune_for": place.name}
    if (subject := request.GET.get("sujet", "")[:3]) in categories(kind):
        initial["category"] = subject
    form = ObservationForm(initial=initial, person=request.user, kind=kind)
    form.chosen_commune = place
    return form


def _form_page(
    request: HttpRequest, form: ObservationForm, told: Observation | None = None, **more: Any
) -> HttpResponse:
    context = {
        **form_context(form, told), "observation": told, "words": WORDS[form.kind], "subjects": form.subjects,
        "thumbnail_view": "web:observation_thumbnail", "written": told,
        "draft_name": f"bpc:{form.kind}:{told.reference if told else 'new'}",
        "reason": last_reasons([told]).get(told.pk, "") if told else "",
        **more,
    }  # fmt: skip
    return render(
        request, "observations/telling.html", context, status=_UNACCEPTABLE if form.is_bound else 200
    )


def _resembling(form: ObservationForm) -> list[Observation]:
    """Open ones of the same place that say nearly the same; asked once, before a new one is kept."""
    data = form.cleaned_data
    return resembling(form.kind, form.territory().pk, data["title"], data["text"])


def _after(told: Observation) -> HttpResponse:
    token = signing.dumps(told.pk, salt=_SENT_SALT)
    response = HttpResponseRedirect(reverse("web:observation_sent", args=[token]))
    response.status_code = 303
    return response


def _to_amend(request: HttpRequest, reference: str) -> tuple[Observation, Any]:
    """What is amended and who amends it: None for the holder of a link. 404 or 403 for anybody else."""
    code = normalise(reference) or reference
    if (token := request.GET.get("lien")) and (linked := LINKS.amended(token)) and linked.reference == code:
        return linked, None
    told = get_visible_or_404(request.user, whole_observations(), reference=code)
    if not can(request.user, "observations.edit", told):
        raise PermissionDenied("observations.edit")
    return told, request.user
