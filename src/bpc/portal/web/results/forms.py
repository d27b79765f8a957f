"""The two-minute form of a period, the day of the start, what the group agrees to once support is over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bpc.portal.projects.states import Answer
from bpc.portal.results.answering import FIGURES
from bpc.portal.results.jumps import MONEY, Jump
from bpc.portal.results.models import LONGEST_CAUSE, LONGEST_STORY, Following, PeriodResult
from bpc.portal.results.periods import Period
from bpc.portal.results.states import Cause
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number, shown_number
from bpc.portal.web.results.words import NAMES, UNITS, hint_of

MOST_PEOPLE, MOST_MAD = 100_000, 10_000_000_000
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class CountField(forms.CharField):
    """A whole number as people type it; empty is unknown, never 0."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self._most = most
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        """The number, or None."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = read_number(typed)
        except NotANumber as fault:
            raise ValidationError(str(fault)) from fault
        if not 0 <= number <= self._most:
            raise ValidationError(_("Ce nombre est trop grand ou négatif : vérifiez-le."))
        return round(number)


class PeriodForm(forms.Form):
    """What became of the project during a period. Filled with the last answer; nothing is compulsory."""

    alive = forms.ChoiceField(
        label=_("Le projet vit-il encore ?"),
        choices=[(Answer.YES, _("Oui")), (Answer.NO, _("Non, il s’est arrêté")), (Answer.UNKNOWN, _("Je ne sais pas"))],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            most = MOST_MAD if name in MONEY else MOST_PEOPLE
            self.fields[name] = CountField(most=most, label=NAMES[name], help_text=hint_of(name, period))
            self.fields[name].unit = UNITS[name]  # type: ignore[attr-defined]

    def questions(self) -> int:
        """How many are asked: said at the top, so that nobody fears an endless form."""
        return len(self.fields)

    def unconfirmed(self, found: Sequence[Jump]) -> list[Jump]:
        """The jumps that were not confirmed just as they are."""
        sent = self.data.getlist("confirmed") if isinstance(self.data, QueryDict) else []
        return [one for one in found if one.token not in sent]

    def figures(self) -> Mapping[str, int | None]:
        """The figures told; the form must be valid."""
        return {name: self.cleaned_data[name] for name in FIGURES}


class CauseForm(forms.Form):
    """Why a period went otherwise than planned."""

    cause = forms.ChoiceField(
        label=_("Qu’est-ce qui l’explique le plus ?"),
        choices=[(cause.value, cause.label) for cause in Cause],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la raison la plus proche, ou « autre chose ».")},
    )
    words = forms.CharField(
        label=_("En quelques mots, si vous voulez"),
        help_text=_("Lu par votre groupe et votre conseiller, jamais publié."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=LONGEST_CAUSE,
        required=False,
    )


class StoryForm(forms.Form):
    """What a delegate decides of the words of a group, as read at `revision`."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    step = forms.ChoiceField(
        label=_("Votre décision"),
        choices=[
            ("publish", _("Mettre en ligne : j’ai tout lu, rien n’y désigne une personne privée")),
            ("return", _("Renvoyer au groupe, avec une raison")),
            ("withdraw", _("Retirer de la page publique, avec une raison")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une décision.")},
    )
    reason = forms.CharField(
        label=_("Votre raison"),
        help_text=_("Le groupe la lira. Écrivez-la si possible dans sa langue. Rien à écrire pour mettre en ligne."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=1000,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever refuses says why."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("step") in ("return", "withdraw") and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Donnez une raison : le groupe la lira."))
        return cleaned


def filled_with(own: PeriodResult | None, former: PeriodResult | None) -> dict[str, Any]:
    """What the boxes hold first: the answer itself, else people as told last time; amounts belong to their period."""
    source = own if own is not None and own.answered_at is not None else former
    if source is None:
        return {}
    names = FIGURES if source is own else [name for name in FIGURES if name not in MONEY]
    found = {name: getattr(source, name) for name in names}
    typed = {name: shown_number(value) for name, value in found.items() if value is not None}
    return {**typed, "alive": source.alive} if source is own else typed


class LaunchForm(forms.Form):
    """The day the project started."""

    launched_on = forms.DateField(
        label=_("Quand le projet a-t-il démarré ?"),
        help_text=_("Le jour de la première vente, ou du premier travail fait ensemble. À peu près suffit."),
        widget=forms.SelectDateWidget(years=range(_FIRST_YEAR, _LAST_YEAR)),
        error_messages={
            "required": _("Donnez cette date."),
            "invalid": _("Cette date n’existe pas. Vérifiez le jour et le mois."),
        },
    )


class AlumniForm(forms.Form):
    """What an owner agrees to once support is over, and takes back at any time."""

    is_over = forms.BooleanField(
        label=_("L’accompagnement est terminé : notre projet devient un ancien projet"), required=False
    )
    contact = forms.BooleanField(
        label=_("Nous acceptons qu’on nous écrive encore une fois par an, pour savoir ce que nous devenons"),
        required=False,
    )
    public = forms.BooleanField(
        label=_(
            "Nous acceptons que tout le monde lise le nom du projet, sa commune, et les lignes ci-dessous"
        ),
        required=False,
    )
    story = forms.CharField(
        label=_("Ce que le projet est devenu"),
        help_text=_(
            "Quelques lignes, sans nom de personne ni numéro. Elles ne sont montrées que si vous l’acceptez, et après "
            "que la délégation de votre région les a lues."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=LONGEST_STORY,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A card to show says what the project became."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_over") and cleaned.get("public") and not cleaned.get("story", "").strip():
            self.add_error(
                "story", _("Écrivez ce que le projet est devenu, ou ne cochez pas la case au-dessus.")
            )
        return cleaned  # fmt: skip


def wishes_of(following: Following) -> dict[str, Any]:
    """The boxes as they were last kept."""
    return {
        "is_over": following.alumni_since is not None,
        "contact": following.contact_agreed_at is not None,
        "public": following.public_agreed_at is not None,
        "story": following.story,
    }
