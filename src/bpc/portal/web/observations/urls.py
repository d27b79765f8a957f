"""Addresses of the pages in `web/observations`."""

from functools import partial

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.observations.states import Kind
from bpc.portal.web.observations import (
    author_views,
    list_views,
    moderation_views,
    reaction_views,
    telling_views,
)
from bpc.portal.web.observations.page_words import WORDS

_MODERATE = "observations.moderate"
_DESK = "moderation/besoins/<str:reference>"
_ONE = "besoins/<str:reference>"  # what is done with one, be it a need or an opportunity


def _room(kind: Kind, folder: str) -> list[URLPattern]:
    """The list, the form and the page of one kind."""
    words = WORDS[kind]
    return [
        page(folder, partial(list_views.observations, kind=kind), name=words.room, right=PUBLIC),
        page(f"{folder}/signaler", partial(telling_views.tell, kind=kind), name=words.new, right=PUBLIC),
    ]


def _page(kind: Kind, folder: str) -> URLPattern:
    view = partial(list_views.observation, kind=kind)
    return page(f"{folder}/<str:reference>", view, name=WORDS[kind].page, right=PUBLIC)


patterns: list[URLPattern] = [
    *_room(Kind.NEED, "besoins"),
    *_room(Kind.OPPORTUNITY, "opportunites"),
    page("besoins/suivre", author_views.follow, name="observation_follow", right=PUBLIC),
    page("besoins/envoye/<str:token>", telling_views.sent, name="observation_sent", right=PUBLIC),
    page("mon-espace/besoins", author_views.my_observations, name="my_observations", right=SIGNED_IN),
    _page(Kind.NEED, "besoins"),
    _page(Kind.OPPORTUNITY, "opportunites"),
    page(f"{_ONE}/modifier", telling_views.edit, name="observation_edit", right=PUBLIC),
    page(f"{_ONE}/retirer", author_views.withdraw, name="observation_withdraw", right=PUBLIC),
    page(f"{_ONE}/fichiers/<int:pk>", list_views.evidence, name="observation_evidence", right=PUBLIC),
    page(f"{_ONE}/apercus/<int:pk>", list_views.thumbnail, name="observation_thumbnail", right=PUBLIC),
    page(f"{_ONE}/confirmer", reaction_views.confirm, name="observation_confirm", right=SIGNED_IN),
    page(f"{_ONE}/repondre", reaction_views.answer, name="observation_answer", right=SIGNED_IN),
    page(
        f"{_ONE}/reponses/<int:pk>/retirer",
        reaction_views.withdraw_answer,
        name="observation_answer_withdraw",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/clore", reaction_views.close, name="observation_close", right=SIGNED_IN),
    page(f"{_ONE}/rouvrir", reaction_views.reopen, name="observation_reopen", right=_MODERATE),
    page(
        "moderation/besoins",
        moderation_views.moderation_queue,
        name="moderation_observations",
        right=_MODERATE,
    ),
    page(
        "moderation/reponses/<int:pk>",
        moderation_views.moderation_answer,
        name="moderation_answer",
        right=_MODERATE,
    ),
    page(_DESK, moderation_views.moderation_observation, name="moderation_observation", right=_MODERATE),
    page(
        f"{_DESK}/contact",
        moderation_views.moderation_contact,
        name="moderation_observation_contact",
        right=_MODERATE,
    ),
    page(
        f"{_DESK}/<str:step>",
        moderation_views.moderation_move,
        name="moderation_observation_move",
        right=_MODERATE,
    ),
]
