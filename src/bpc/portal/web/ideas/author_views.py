"""What became of my ideas: with an account, or with a code and the contact given."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.client import client_address
from bpc.portal.ideas.claiming import claim, claimable
from bpc.portal.ideas.discussion import ideas_written_by
from bpc.portal.ideas.follow_links import idea_to_follow, make_amend_token, make_follow_token
from bpc.portal.ideas.following import TooManyTries, find_followed
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.timeline import author_timeline, last_reasons, next_step
from bpc.portal.web.ideas.reaction_forms import FollowForm

PER_PAGE = 20


def my_ideas(request: HttpRequest) -> HttpResponse:
    """One's own ideas, their state, the reason given, and what to do next."""
    page = Paginator(ideas_written_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    reasons = last_reasons(list(page))
    rows = [
        {
            "idea": idea,
            "next_step": next_step(idea),
            "reason": reasons.get(idea.pk, ""),
            "open": _is_open(idea),
        }
        for idea in page
    ]
    context = {"page_obj": page, "rows": rows, "given": claimable(request.user)[:PER_PAGE]}
    return render(request, "ideas/mine.html", context)


def claim_idea(request: HttpRequest, reference: str) -> HttpResponse:
    """POST: an idea given without an account, with one's own address or number, becomes one's own."""
    idea = get_object_or_404(claimable(request.user), reference=reference)
    if request.method == "POST" and claim(idea=idea, actor=request.user, at=timezone.now()):
        messages.success(request, _("L’idée est maintenant dans vos idées."))
    return redirect("web:my_ideas")


def follow(request: HttpRequest) -> HttpResponse:
    """POST code and contact: a signed, short-lived address shows the idea. One answer to any mistake."""
    if token := request.GET.get("lien"):
        return _followed(request, idea_to_follow(token))
    # the link of a message brings the code; the contact is never in an address
    known = {"reference": normalise(request.GET.get("code", ""))}
    form = FollowForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            idea = find_followed(address=client_address(request), at=timezone.now(), **form.cleaned_data)
        except TooManyTries:
            form.add_error(None, _("Trop d’essais. Attendez une heure, puis recommencez."))
        else:
            if idea is not None:
                return redirect(f"{reverse('web:idea_follow')}?lien={make_follow_token(idea)}")
            form.add_error(None, _("Aucune idée ne correspond à ce code et à ce contact. Vérifiez les deux."))
    return render(request, "ideas/follow.html", {"form": form}, status=422 if form.is_bound else 200)


def _followed(request: HttpRequest, idea: Idea | None) -> HttpResponse:
    if idea is None:
        form = FollowForm()
        return render(request, "ideas/follow.html", {"form": form, "expired": True}, status=410)
    edit_url = ""
    if idea.state == IdeaState.RETURNED:
        edit_url = f"{reverse('web:idea_edit', args=[idea.reference])}?lien={make_amend_token(idea)}"
    context = {
        "idea": idea,
        "edit_url": edit_url,
        "is_public": idea.state in {IdeaState.PUBLISHED, IdeaState.MERGED},
        "next_step": next_step(idea),
        "timeline": author_timeline(idea),
    }
    return render(request, "ideas/followed.html", context)


def _is_open(idea: Idea) -> bool:
    return idea.state in {IdeaState.DRAFT, IdeaState.RETURNED}
