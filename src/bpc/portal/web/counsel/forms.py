"""The forms of requests: ask, answer, judge, hand on; what an advisor can take."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import SelectDateWidget
from django.utils.translation import gettext_lazy as _

from bpc.portal.counsel.states import Subject, Unhelpful
from bpc.portal.people.models import User
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.projects.forms import AdvisorChoice, FreshKey

LONGEST = 3000
_CHOOSE = {
    "required": _("Choisissez une réponse."),
    "invalid_choice": _("Choisissez une réponse de la liste."),
}
_STEP = re.compile(r"[A-Za-z0-9._:-]{1,60}")
_PAGE = re.compile(r"/[A-Za-z0-9._~/%-]{0,199}")
LANGUAGES = (("fr", _("Français")), ("ar", _("Arabe")), ("zgh", _("Amazighe")))


class RegionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Regions by their name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name)


class AskForm(forms.Form):
    """A question, short; what it came from goes along unseen."""

    subject = forms.ChoiceField(
        label=_("De quoi avez-vous besoin ?"),
        choices=Subject.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    text = PlainText(
        label=_("Votre question"),
        help_text=_(
            "Dites où vous en êtes, ce que vous avez essayé, ce qui bloque. En français ou en arabe."
        ),
        longest=LONGEST,
        shortest=10,
        lines=6,
        required_message=_("Écrivez votre question en quelques mots."),
    )
    region = RegionChoice(
        label=_("Votre région"),
        queryset=Territory.objects.none(),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez votre région."),
            "invalid_choice": _CHOOSE["invalid_choice"],
        },
    )
    call_me = forms.BooleanField(label=_("On peut m’appeler pour me répondre"), required=False)
    etape = forms.CharField(required=False, widget=forms.HiddenInput)
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    key = FreshKey()

    def __init__(self, *args: Any, asks_region: bool, phone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_region:
            regions = Territory.objects.filter(level=Territory.Level.REGION).order_by("code")
            self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        else:
            del self.fields["region"]
        if phone:
            self.fields["call_me"].help_text = _(
                "Votre numéro %(phone)s ne sera lu que par la personne qui vous répond."
            ) % {"phone": f"\u2066{phone}\u2069"}
        else:
            del self.fields["call_me"]

    def clean_etape(self) -> str:
        """A code, or nothing: what is not one is left out rather than refused."""
        typed = str(self.cleaned_data["etape"])
        return typed if _STEP.fullmatch(typed) else ""

    def clean_page(self) -> str:
        """A path of this site, or nothing."""
        typed = str(self.cleaned_data["page"])
        return typed if _PAGE.fullmatch(typed) and not typed.startswith("//") else ""


class WordsForm(forms.Form):
    """An answer, or a further question."""

    text = PlainText(
        label=_("Votre réponse"),
        longest=LONGEST,
        shortest=3,
        lines=5,
        required_message=_("Écrivez quelques mots."),
    )
    key = FreshKey()

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["text"].label = label


class JudgeForm(forms.Form):
    """Why an answer did not help."""

    because = forms.ChoiceField(
        label=_("Pourquoi cette réponse ne vous aide-t-elle pas ?"),
        choices=Unhelpful.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    words = PlainText(label=_("Voulez-vous en dire plus ?"), longest=1000, lines=3, required=False)


class TransferForm(forms.Form):
    """To whom, and why. The choices are given with what makes each fit."""

    to = forms.ChoiceField(
        label=_("À qui confier cette demande ?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    note = PlainText(
        label=_("Pourquoi ?"),
        help_text=_("La personne qui demande le lira aussi."),
        longest=500,
        lines=3,
        required_message=_("Dites pourquoi en quelques mots."),
    )
    turn = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """What an advisor can take."""

    languages = forms.MultipleChoiceField(
        label=_("Langues parlées"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )
    sectors = forms.MultipleChoiceField(
        label=_("Secteurs bien connus"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )
    requests_a_week = forms.IntegerField(
        label=_("Nouvelles demandes par semaine, au plus"), min_value=0, max_value=200
    )
    projects_most = forms.IntegerField(label=_("Projets suivis, au plus"), min_value=0, max_value=500)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sectors = Sector.objects.order_by("position", "pk")
        self.fields["sectors"].choices = [(row.pk, row.name) for row in sectors]  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    """From one day to another, both included."""

    from_on = forms.DateField(
        label=_("Absent à partir du"),
        widget=SelectDateWidget(years=range(2024, 2100)),
        error_messages={"required": _("Donnez un jour.")},
    )
    until_on = forms.DateField(
        label=_("Jusqu’au"),
        widget=SelectDateWidget(years=range(2024, 2100)),
        error_messages={"required": _("Donnez un jour.")},
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", ValidationError(_("Le dernier jour vient avant le premier."), "order"))
        return cleaned


class HandOverForm(forms.Form):
    """To one colleague, or each request to whoever is best placed."""

    to = AdvisorChoice(
        label=_("À qui confier toutes ses demandes ?"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=_("À la personne la mieux placée, demande par demande"),
        error_messages=_CHOOSE,
    )
    sure = forms.BooleanField(
        label=_("Oui, confier toutes ses demandes ouvertes"),
        error_messages={"required": _("Cochez cette case pour confirmer.")},
    )

    def __init__(self, *args: Any, advisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = advisors  # type: ignore[attr-defined]
