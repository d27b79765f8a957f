"""What a moderator of needs and opportunities fills in: the filters of the queue, one form per move."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.moderation_queue import moderated_regions
from bpc.portal.observations.moderation_queue import QueueFilter
from bpc.portal.observations.reasons import ARCHIVE_REASONS, HIDE_REASONS, RETURN_REASONS
from bpc.portal.observations.states import Closing, Kind, ObservationState
from bpc.portal.reference.models import Territory
from bpc.portal.web.ideas.moderation_forms import AGES, HideForm, MoveForm, ReasonForm

_STATES = [(state.value, state.label) for state in ObservationState if state != ObservationState.DRAFT]


class QueueForm(forms.Form):
    """Filters of the queue. An address written by hand with a wrong value filters nothing."""

    state = forms.ChoiceField(label=_("État"), choices=[*_STATES, ("all", _("Tous"))], required=False)
    kind = forms.ChoiceField(label=_("Nature"), choices=[("", _("Toutes")), *Kind.choices], required=False)
    region = forms.ModelChoiceField(
        label=_("Région"), queryset=Territory.objects.none(), required=False, empty_label=_("Toutes")
    )
    age = forms.ChoiceField(label=_("Attente"), choices=AGES, required=False)

    def __init__(self, data: Any, *, person: Any) -> None:
        super().__init__(data)
        self.fields["region"].queryset = moderated_regions(person)  # type: ignore[attr-defined]

    def chosen(self) -> QueueFilter:
        """The filter to apply; what waits when nothing was asked."""
        self.full_clean()
        state = self.cleaned_data.get("state") or ObservationState.SUBMITTED
        region = self.cleaned_data.get("region")
        return QueueFilter(
            state="" if state == "all" else state,
            kind=self.cleaned_data.get("kind") or "",
            region=region.pk if region else "",
            older_than=int(self.cleaned_data.get("age") or 0),
        )


class PublishForm(MoveForm):
    """Publishing is confirmed: it shows a person's words to everybody."""

    confirmed = forms.BooleanField(
        label=_("J’ai tout lu et regardé les photos : rien n’y désigne une personne privée"),
        error_messages={"required": _("Cochez cette case quand vous avez tout lu.")},
    )


class ReturnForm(ReasonForm):
    """What is missing."""

    ready_reasons = RETURN_REASONS


class ArchiveForm(ReasonForm):
    """Why it is not, or no longer, online."""

    ready_reasons = ARCHIVE_REASONS


class CloseForm(ReasonForm):
    """Why it is closed; everybody reads it."""

    closing = forms.ChoiceField(
        label=_("Pourquoi le clore ?"),
        choices=Closing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites pourquoi.")},
    )
    field_order = ["closing", "words"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["ready"]

    def arguments(self) -> dict[str, Any]:
        """With the choice."""
        self.cleaned_data["ready"] = []
        return {**super().arguments(), "closing": self.cleaned_data["closing"]}


class HideAnswerForm(HideForm):
    """Why an answer is hidden; who wrote it reads it."""

    ready_reasons = HIDE_REASONS
