"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.observations.models import Answer, Confirmation, Evidence, Observation
from bpc.portal.observations.publication import GENERATION
from bpc.portal.observations.states import ObservationState
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding

# What nobody but its author can finish goes with them.
_UNFINISHED = (ObservationState.DRAFT, ObservationState.RETURNED)


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "observations",
            _("Les besoins et opportunités que vous avez signalés"),
            ("observations.Observation.author",),
            _observations,
            _("Ce qui est à compléter est effacé ; le reste est conservé sans votre nom."),
            _forget_observations,
        )
    )
    declare_holding(
        Holding(
            "confirmations",
            _("Vos confirmations"),
            ("observations.Confirmation.user",),
            _confirmations,
            _("Effacées."),
            _forget_confirmations,
        )
    )
    declare_holding(
        Holding(
            "answers",
            _("Vos réponses"),
            ("observations.Answer.by",),
            _answers,
            _("Conservées sans votre nom."),
            _forget_answers,
        )
    )


def _observations(user: User) -> list[Row]:
    rows = Observation.objects.filter(author=user).select_related("organisation")
    return [
        {
            "code": row.reference,
            "observation_kind": row.kind,
            "observation_state": row.state,
            "title": row.title,
            "text": row.text,
            "language": row.language,
            "subject": row.category_id,
            "sector": row.sector_id or "",
            "territory": row.territory_id,
            "speaker": row.speaker,
            "organisation": row.organisation.name if row.organisation is not None else "",
            "name_shown": row.show_author,
            "created": row.created_at,
            "submitted": row.submitted_at,
            "published": row.published_at,
            "files": [
                f"{file.original_name} ({file.alt})".removesuffix(" ()") for file in row.attachments.all()
            ],
        }
        for row in rows.prefetch_related("attachments").order_by("pk")
    ]


def _confirmations(user: User) -> list[Row]:
    rows = Confirmation.objects.filter(user=user).select_related("observation").order_by("pk")
    return [
        {
            "observation": row.observation.reference,
            "title": row.observation.title,
            "created": row.created_at,
        }
        for row in rows
    ]


def _answers(user: User) -> list[Row]:
    rows = Answer.objects.filter(by=user).select_related("observation").order_by("pk")
    return [
        {"observation": row.observation.reference, "text": row.text, "state": row.state, "created": row.at}
        for row in rows
    ]


def _forget_observations(user: User) -> None:
    unfinished = Observation.objects.filter(author=user, state__in=_UNFINISHED)
    for evidence in Evidence.objects.filter(observation__in=unfinished):
        for file in (evidence.file.name, evidence.thumbnail.name):
            if file:
                default_storage.delete(file)
    unfinished.delete()
    Observation.objects.filter(author=user).update(author=None, show_author=False)
    outdate(GENERATION)


def _forget_confirmations(user: User) -> None:
    """Each observation loses the confirmation it counted."""
    confirmed = Observation.objects.filter(confirmations__user=user)
    confirmed.update(confirmation_count=F("confirmation_count") - 1)
    Confirmation.objects.filter(user=user).delete()
    outdate(GENERATION)


def _forget_answers(user: User) -> None:
    Answer.objects.filter(by=user).update(by=None)
    outdate(GENERATION)
