"""Addresses of the life of an idea: reactions, following, moderation."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.ideas import author_views, moderation_views, reaction_views

_MODERATE = "ideas.moderate"
_DESK = "moderation/idees/<str:reference>"

# Before `idees/<reference>`, which would take `idees/suivre` for a code.
life_patterns = [
    page("idees/suivre", author_views.follow, name="idea_follow", right=PUBLIC),
    page("mon-espace/idees", author_views.my_ideas, name="my_ideas", right=SIGNED_IN),
    page(
        "mon-espace/idees/<str:reference>/reprendre",
        author_views.claim_idea,
        name="idea_claim",
        right=SIGNED_IN,
    ),
    page("idees/<str:reference>/soutien", reaction_views.support, name="idea_support", right=SIGNED_IN),
    page("idees/<str:reference>/commenter", reaction_views.comment, name="idea_comment", right=SIGNED_IN),
    page(
        "idees/<str:reference>/commentaires/<int:pk>/retirer",
        reaction_views.withdraw_comment,
        name="idea_comment_withdraw",
        right=SIGNED_IN,
    ),
    page("idees/<str:reference>/signaler", reaction_views.report, name="idea_report", right=SIGNED_IN),
    page("moderation", moderation_views.moderation_queue, name="moderation", right=_MODERATE),
    page(
        "moderation/signalements",
        moderation_views.moderation_reports,
        name="moderation_reports",
        right=_MODERATE,
    ),
    page(
        "moderation/signalements/<int:pk>",
        moderation_views.moderation_report,
        name="moderation_report",
        right=_MODERATE,
    ),
    page(
        "moderation/commentaires/<int:pk>",
        moderation_views.moderation_comment,
        name="moderation_comment",
        right=_MODERATE,
    ),
    page(_DESK, moderation_views.moderation_idea, name="moderation_idea", right=_MODERATE),
    page(f"{_DESK}/contact", moderation_views.moderation_contact, name="moderation_contact", right=_MODERATE),
    page(f"{_DESK}/<slug:step>", moderation_views.moderation_move, name="moderation_move", right=_MODERATE),
]
