"""What the group wants of its financing plan: own money, the least cash, the goal, sources set aside or wanted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.financing.proposal_words import WISHES
from bpc.portal.financing.studies import GOALS, MOST_OWN, MOST_SOURCES, Options
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number, shown_number


class AmountField(forms.CharField):
    """An amount in dirhams as people type it; empty is « not said »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value: Any) -> float | None:
        """The amount, or None."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            amount = read_number(typed)
        except NotANumber as fault:
            raise ValidationError(str(fault)) from fault
        if not 0 <= amount <= MOST_OWN:
            raise ValidationError(_("Écrivez un montant entre 0 et un milliard de dirhams."))
        return round(amount, 2)


class WishForm(forms.Form):
    """The options of a study. `known`: slugs of the directory, all a form may name."""

    own_cash = AmountField(
        label=_("Argent que le groupe peut mettre"),
        help_text=_(
            "Tout ce que les membres peuvent verser, parts sociales comprises. Vide : comme dans le plan."
        ),
    )
    own_in_kind = AmountField(
        label=_("Ce que le groupe apporte en nature"),
        help_text=_(
            "La valeur d’un local, d’un terrain, d’un matériel, d’un travail. Vide : comme dans le plan."
        ),
    )
    floor = AmountField(
        label=_("Argent à garder toujours en caisse"),
        help_text=_("La caisse ne descendra jamais dessous. Vide : comme dans le plan."),
    )
    goal = forms.ChoiceField(
        label=_("Ce qui compte le plus pour vous"),
        choices=[(goal, WISHES[goal]) for goal in GOALS],
        widget=forms.RadioSelect,
        initial=GOALS[0],
    )
    to_confirm = forms.BooleanField(
        label=_("Montrer aussi les sources dont le droit est à confirmer avec l’organisme"),
        required=False,
        initial=True,
    )
    struck = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    forced = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("struck", "forced"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(known.items())

    def clean(self) -> dict[str, Any]:
        """A source set aside is not wanted too: the last word is to set it aside."""
        cleaned = super().clean() or self.cleaned_data
        struck = list(cleaned.get("struck") or [])[:MOST_SOURCES]
        cleaned["struck"] = struck
        cleaned["forced"] = [slug for slug in cleaned.get("forced") or [] if slug not in struck][
            :MOST_SOURCES
        ]
        return cleaned

    def options(self) -> Options:
        """What was asked; the form must be valid."""
        return Options(**self.cleaned_data)


def initial_of(options: Options) -> dict[str, Any]:
    """The boxes as they were when these options were asked."""
    typed = {
        name: "" if value is None else shown_number(value)
        for name in ("own_cash", "own_in_kind", "floor")
        for value in [getattr(options, name)]
    }
    return {
        **typed,
        "goal": options.goal,
        "to_confirm": options.to_confirm,
        "struck": list(options.struck),
        "forced": list(options.forced),
    }
