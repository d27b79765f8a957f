"""What a president writes to decide, what an advisor offers."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.engaging import LONGEST
from bpc.portal.contests.models import Edition
from bpc.portal.contests.slots import SHORTEST
from bpc.portal.contests.states import Outcome

MOST_PLACES = 99
_REASON_HINT = _("Elle sera publiée avec le verdict : n’y nommez ni une équipe, ni un juré.")


class ReasonForm(forms.Form):
    """An act that needs a written reason."""

    reason = forms.CharField(
        label=_("Votre raison"),
        max_length=2000,
        help_text=_REASON_HINT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """What becomes of one entry."""

    outcome = forms.ChoiceField(label=_("Décision"), choices=Outcome.choices, widget=forms.RadioSelect)
    place = forms.IntegerField(
        label=_("Place"), required=False, min_value=1, max_value=MOST_PLACES,
        help_text=_("Pour un lauréat : 1 pour le premier. Deux lauréats peuvent partager une place."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Votre raison"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_REASON_HINT,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A laureate has a place, nobody else has one."""
        data = super().clean() or {}
        is_laureate = data.get("outcome") == Outcome.LAUREATE
        if is_laureate and data.get("place") is None and "place" not in self.errors:
            self.add_error("place", _("Dites la place de ce lauréat."))
        if not is_laureate:
            data["place"] = None
        return data


class WordsForm(forms.Form):
    """The jury's own words to a team that was not chosen; none takes them away."""

    words = forms.CharField(
        label=_("Mot du jury à l’équipe"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("L’équipe le lira en tête de son retour, dans la langue où vous l’écrivez. N’y nommez aucun juré."),
    )  # fmt: skip


class SlotForm(forms.Form):
    """A moment that an advisor keeps for teams."""

    edition = forms.ModelChoiceField(label=_("Idéathon"), queryset=Edition.objects.none())
    day = forms.DateField(label=_("Jour"), widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=_("Heure"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(
        label=_("Durée en minutes"), min_value=SHORTEST, max_value=LONGEST, initial=30
    )
    place = forms.CharField(
        label=_("Lieu, ou comment vous joindre"), max_length=160,
        help_text=_("Par exemple : délégation d’Agadir, bureau 4, ou un numéro de téléphone."),
    )  # fmt: skip

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions  # type: ignore[attr-defined]
        self.fields["edition"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The moment is to come, in the country's own time."""
        data = super().clean() or {}
        day, hour = data.get("day"), data.get("hour")
        if day is not None and hour is not None:
            data["starts_at"] = timezone.make_aware(datetime.combine(day, hour))
            if data["starts_at"] <= timezone.now():
                raise ValidationError(_("Ce moment est passé : choisissez-en un à venir."))
        return data


class CodeForm(forms.Form):
    """The code of a certificate, as somebody copies it."""

    code = forms.CharField(label=_("Code de l’attestation"), max_length=40)
