"""Taking one's own idea back, signed in or by the link of the follow-up page."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.ideas import deposit
from bpc.portal.ideas.follow_links import idea_to_follow
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.queries import whole_ideas
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then delete a draft or archive what was handed in; published ideas stay."""
    idea, actor = _own_idea(request, reference)
    if idea.state not in IDEA_MOVES.named("withdraw").sources:
        raise Http404("no longer to be withdrawn")
    if request.method != "POST":
        return render(
            request, "ideas/withdraw.html", {"idea": idea, "is_draft": idea.state == IdeaState.DRAFT}
        )
    if idea.state == IdeaState.DRAFT:
        deposit.discard(idea=idea, actor=actor, at=timezone.now())
    else:
        deposit.withdraw(idea=idea, actor=actor, at=timezone.now())
    if actor is not None:
        return redirect("web:my_ideas")
    return redirect(f"{reverse('web:idea_follow')}?{urlencode({'lien': request.GET['lien']})}")


def _own_idea(request: HttpRequest, reference: str) -> tuple[Idea, Any]:
    """The idea and who takes it back: None for the holder of a link. 404 or 403 for anybody else."""
    code = normalise(reference) or reference
    if (token := request.GET.get("lien")) and (linked := idea_to_follow(token)) and linked.reference == code:
        return linked, None
    idea = get_visible_or_404(request.user, whole_ideas(), reference=code)
    if not can(request.user, "ideas.withdraw", idea):
        raise PermissionDenied("ideas.withdraw")
    return idea, request.user
