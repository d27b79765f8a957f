"""How far an idea, a need or an opportunity is, in words for whoever holds its code."""

from datetime import datetime

from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_date
from bpc.portal.gatherings.room.codes import Whereabouts
from bpc.portal.ideas.states import IdeaState
from bpc.portal.observations.states import Kind, ObservationState


def heading(found: Whereabouts) -> str:
    """What the code is of."""
    if found.told is None:
        return _("L’idée")
    return _("Le besoin") if found.told.kind == Kind.NEED else _("L’opportunité")


def sentence(found: Whereabouts) -> str:
    """Where it is now, and what happens next, in one sentence or two."""
    row = found.idea or found.told
    by_account = row is not None and row.author_id is not None
    sentences = _told_sentences(by_account) if found.told is not None else _idea_sentences(by_account)
    return sentences[found.state]


def _idea_sentences(by_account: bool) -> dict[str, str]:
    return {
        "paper": _("Votre formulaire n’est pas encore saisi sur le site. Revenez dans quelques jours."),
        IdeaState.SUBMITTED: _("Votre idée est arrivée. La délégation de votre région la lit."),
        IdeaState.RETURNED: _(
            "La délégation a une question avant de publier votre idée. Connectez-vous pour la lire et répondre."
        )
        if by_account
        else _(
            "La délégation a une question avant de publier votre idée. Lisez-la avec le contact que vous avez laissé, "
            "ou demandez-la à la délégation de votre région."
        ),
        IdeaState.PUBLISHED: _("Votre idée est publiée : chacun peut la lire et la soutenir."),
        IdeaState.MERGED: _("Votre idée a été regroupée avec une idée proche : vos soutiens y comptent."),
        IdeaState.ARCHIVED: _("Votre idée n’est pas en ligne. La délégation de votre région peut vous dire pourquoi."),
    }  # fmt: skip


def _told_sentences(by_account: bool) -> dict[str, str]:
    return {
        ObservationState.SUBMITTED: _("Ce que vous avez dit est arrivé. La délégation de votre région le lit."),
        ObservationState.RETURNED: _(
            "La délégation a une question avant de publier ce que vous avez dit. Connectez-vous pour la lire et "
            "répondre."
        )
        if by_account
        else _(
            "La délégation a une question avant de publier ce que vous avez dit. Lisez-la avec le contact que vous "
            "avez laissé, ou demandez-la à la délégation de votre région."
        ),
        ObservationState.PUBLISHED: _("C’est publié : chacun peut le lire, et dire qu’il le vit aussi."),
        ObservationState.ANSWERED: _("C’est publié, et la délégation a répondu : lisez sa réponse en ligne."),
        ObservationState.CLOSED: _("C’est clos. La raison est écrite en ligne."),
        ObservationState.ARCHIVED: _(
            "Ce n’est pas en ligne. La délégation de votre région peut vous dire pourquoi."
        ),
    }  # fmt: skip


def steps(found: Whereabouts) -> list[dict[str, str]]:
    """Received, read, published, and answered where an answer is due: what is done and what is to come."""
    row = found.idea or found.told
    is_read = row is not None and found.state != IdeaState.SUBMITTED
    is_public = found.public_idea is not None or found.public_told is not None
    told = found.told
    published_on = written_day(row.published_at) if row is not None and is_public else ""
    received = _step(row is not None, True, written_day(row.submitted_at) if row is not None else "")
    read = _step(is_read, row is not None, "")
    published = _step(is_public, is_read, published_on)
    if told is None:
        titles = (_("Reçue"), _("Lue par la délégation"), _("Publiée"))
        return [
            {"title": title, **one} for title, one in zip(titles, (received, read, published), strict=True)
        ]
    answered = _step(is_public and told.answered_at is not None, is_public, written_day(told.answered_at))
    titles_told = (_("Réception"), _("Lecture par la délégation"), _("Publication"), _("Réponse"))
    every = (received, read, published, answered)
    return [{"title": title, **one} for title, one in zip(titles_told, every, strict=True)]


def written_day(moment: datetime | None) -> str:
    """The day in words; empty when there is none."""
    return written_date(moment) if moment is not None else ""


def _step(done: bool, is_next: bool, text: str) -> dict[str, str]:
    return {"state": "done" if done else "current" if is_next else "", "text": text if done else ""}
