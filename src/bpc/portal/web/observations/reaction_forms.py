"""What a reader of a need or an opportunity fills in: an answer, why it is closed, a code to follow."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import Closing
from bpc.portal.people.models import Organisation
from bpc.portal.people.queries import organisations_of
from bpc.portal.web.ideas.fields import PlainText


class AnswerForm(forms.Form):
    """An answer with its language, in whose name, and perhaps what answers; `key`: sent twice makes one answer."""

    text = PlainText(
        label=_("Votre réponse"),
        longest=3000,
        shortest=10,
        lines=5,
        required_message=_("Écrivez votre réponse."),
    )
    language = forms.ChoiceField(label=_("Langue de votre texte"), choices=settings.LANGUAGES)
    organisation = forms.ModelChoiceField(
        label=_("Au nom de qui répondez-vous ?"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        blank=True,
        error_messages={
            "required": _("Dites au nom de qui vous répondez."),
            "invalid_choice": _("Choisissez une organisation dont vous êtes membre."),
        },
    )
    idea = forms.CharField(
        label=_("Code d’une idée publiée qui y répond"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    model_slug = forms.ChoiceField(label=_("Modèle de projet qui y répond"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, person: Any, observation: Observation) -> None:
        super().__init__(data, initial={"language": get_language(), "key": uuid.uuid4()}, auto_id="answer_%s")
        arabic = get_language() == "ar"
        models = [
            (slug, one.model.name_ar if arabic else one.model.name_fr) for slug, one in catalogue().items()
        ]
        self.fields["model_slug"].choices = [("", _("Aucun")), *models]  # type: ignore[attr-defined]
        whose: Any = self.fields["organisation"]
        whose.queryset = organisations_of(person)
        if can(person, "observations.moderate", observation):
            whose.required = False
            whose.empty_label = _("La délégation de la région")
        else:
            whose.empty_label = None

    def clean_idea(self) -> Idea | None:
        """The published idea of the code typed."""
        typed = self.cleaned_data["idea"]
        if not typed.strip():
            return None
        code = normalise(typed) or typed.strip().upper()
        found = Idea.objects.filter(reference=code, state=IdeaState.PUBLISHED).first()
        if found is None:
            raise ValidationError(_("Aucune idée publiée ne porte ce code. Vérifiez-le."), code="unknown")
        return found

    def arguments(self) -> dict[str, Any]:
        """What `reactions.answer` takes beside the observation, the actor and the time."""
        data = self.cleaned_data
        organisation = data["organisation"]
        return {
            "text": data["text"],
            "language": data["language"],
            "key": data["key"],
            "organisation_id": organisation.pk if organisation is not None else None,
            "idea": data["idea"],
            "model_slug": data["model_slug"],
        }


class ClosingForm(forms.Form):
    """Why it is closed: a choice, and a sentence everybody reads."""

    closing = forms.ChoiceField(
        label=_("Pourquoi le clore ?"),
        choices=Closing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites pourquoi.")},
    )
    reason = PlainText(
        label=_("En une phrase, pour ceux qui le suivent"),
        longest=500,
        shortest=5,
        lines=3,
        required_message=_("Écrivez une phrase : elle sera lue par tout le monde."),
    )


class FollowForm(forms.Form):
    """The code received and the contact given with it."""

    reference = forms.CharField(
        label=_("Le code que vous avez reçu"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez le code reçu à l’envoi, par exemple K7M4-2QX.")},
    )
    contact = forms.CharField(
        label=_("L’e-mail ou le téléphone que vous aviez donné"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={"required": _("Écrivez l’adresse e-mail ou le numéro que vous aviez donné.")},
    )
