"""What the page of an idea shows beside the idea: support, comments, history, grouped ideas."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.discussion import grouped_ideas, support_of, thread
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.visibility import is_author, moderates
from bpc.portal.web.ideas.reaction_forms import CommentForm
from bpc.portal.web.ideas.story import idea_story

COMMENTS_PER_PAGE = 30


def support_context(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """What `ideas/_support.html` needs. Strangers get a link to sign in and come back, so no form token."""
    comes_back = reverse("web:idea", args=[idea.reference])
    own = support_of(request.user, idea)
    return {
        "idea": idea,
        "may_react": can(request.user, "ideas.react", idea),
        "is_supporter": own is not None,
        "carried_from": own.carried_from if own is not None else None,
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': comes_back})}",
    }


def reactions_context(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """Everything `ideas/_reactions.html` and `ideas/_timeline.html` need."""
    person = request.user
    wrote = is_author(person, idea)
    own_view = wrote or moderates(person, idea)
    timeline = idea_story(person, idea, own_view=own_view)
    to_mend = wrote and idea.state == IdeaState.RETURNED
    comments = Paginator(thread(person, idea), COMMENTS_PER_PAGE)
    return {
        **support_context(request, idea),
        "comments": comments.get_page(request.GET.get("page")),
        "comment_form": CommentForm() if person.is_authenticated else None,
        "timeline": timeline,
        "asked": next((step.reason for step in reversed(timeline) if step.reason), "") if to_mend else "",
        "grouped": grouped_ideas(idea),
        "moderates": moderates(person, idea),
    }
