"""What people fill in to book, and advisors to keep their hours."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from bpc.portal.appointments.booking import Ask
from bpc.portal.appointments.calendars import BadHours, Weekly
from bpc.portal.appointments.models import LONGEST, SHORTEST, OpeningRule
from bpc.portal.appointments.openings import ZONE
from bpc.portal.appointments.states import Audience, ChangeKind, Manner, Spoken, Subject
from bpc.portal.people.phones import NotAPhoneNumber, normalise
from bpc.portal.projects.models import Project
from bpc.portal.web.ideas.fields import ExpectedText, PlainText
from bpc.portal.web.ideas.places import Answer, commune_answered, commune_fault

_NUMBER = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
_FAULTS = {
    "order": ("to_time", _("La fin vient après le début.")),
    "step": (None, _("Les heures, les durées et les pauses se comptent de cinq en cinq minutes.")),
    "length": ("minutes", _("Cette durée ne tient pas dans ces heures.")),
    "days": ("weekdays", _("Choisissez au moins un jour.")),
    "where": (None, _("Dites où : le lieu, ou le lien de la vidéo qui commence par https://.")),
    "dates": (None, _("Ces dates ne vont pas ensemble.")),
    "many": (None, _("Vous tenez déjà beaucoup d’heures : arrêtez celles qui ne servent plus.")),
}


def tell_fault(form: forms.Form, fault: BadHours) -> None:
    """Say at the right field why the hours cannot be kept."""
    name, words = _FAULTS[fault.why]
    form.add_error(name if name in form.fields else None, words)


class AskForm(forms.Form):
    """What an appointment is about, and a number where the advisor calls."""

    subject = forms.ChoiceField(
        label=_("De quoi voulez-vous parler ?"), choices=Subject.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un sujet : le conseiller se prépare.")},
    )  # fmt: skip
    words = PlainText(
        label=_("En quelques mots"), longest=300, lines=3, required=False,
        help_text=_("Le conseiller et votre groupe le lisent. N’écrivez pas de numéro de carte d’identité."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Votre numéro de téléphone"), required=False, max_length=30,
        help_text=_("Seul le conseiller le voit. Il est effacé six mois après."),
        widget=forms.TextInput({"type": "tel", "dir": "ltr", "autocomplete": "tel"}),
    )  # fmt: skip
    project = forms.ModelChoiceField(
        label=_("Pour quel projet ?"), queryset=Project.objects.none(), required=False, empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, manner: str, projects: QuerySet[Project], project_needed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.manner = manner
        self.fields["phone"].required = manner == Manner.PHONE
        self.fields["phone"].error_messages["required"] = _("Donnez le numéro où le conseiller vous appelle.")
        known = list(projects.order_by("name", "pk")[:50])
        if not known:
            del self.fields["project"]
            return
        choice: Any = self.fields["project"]
        choice.queryset = projects
        choice.label_from_instance = lambda row: row.name
        choice.required = project_needed
        if not project_needed:
            choice.empty_label = _("Aucun de mes projets")
        if len(known) == 1 and project_needed:
            choice.initial = known[0].pk

    def clean_phone(self) -> str:
        """In E.164; a landline too: a person calls it."""
        text = self.cleaned_data["phone"].strip()
        if not text:
            return ""
        try:
            return normalise(text)
        except NotAPhoneNumber:
            raise ValidationError(_("Écrivez un numéro complet. Exemple : 06 12 34 56 78"), "phone") from None

    @property
    def key(self) -> UUID:
        """The key of this form, even when the rest of it is wrong."""
        try:
            return UUID(str(self["submission_key"].value()))
        except ValueError:
            return uuid4()

    def ask(self, language: str) -> Ask:
        """What is asked, once valid."""
        said = self.cleaned_data
        return Ask(
            said["subject"], words=said["words"], phone=said["phone"], language=said.get("language") or language,
            name=said.get("name", ""), project=said.get("project"),
        )  # fmt: skip


class BehalfForm(AskForm):
    """The advisor books for somebody who came or called."""

    name = PlainText(
        label=_("Nom de la personne"), longest=80, shortest=2, required_message=_("Dites pour qui."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Dans quelle langue lui écrire ?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    field_order = ("name", "phone", "language", "project", "subject", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        phone.label = _("Son numéro de téléphone")
        phone.help_text = _("Pour la prévenir et lui rappeler l’heure par SMS. Il est effacé six mois après.")


class HourField(forms.TimeField):
    """An hour of the day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput({"type": "time", "dir": "ltr", "step": "300"}, format="%H:%M")
        messages = {
            "invalid": _("Écrivez l’heure ainsi : 09:30."),
            "required": _("Donnez l’heure."),
        }
        super().__init__(widget=widget, error_messages=messages, **kwargs)


class DayField(forms.DateField):
    """A day, in three boxes where the browser has no calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.SelectDateWidget(years=range(2026, 2060)), **kwargs)


class RuleForm(forms.Form):
    """Weekly hours."""

    weekdays = forms.MultipleChoiceField(
        label=_("Quels jours ?"), choices=[(day + 1, WEEKDAYS[day]) for day in range(7)],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choisissez au moins un jour.")},
    )  # fmt: skip
    from_time = HourField(label=_("De"))
    to_time = HourField(label=_("À"))
    minutes = forms.IntegerField(
        label=_("Durée d’un rendez-vous, en minutes"), min_value=SHORTEST, max_value=LONGEST, initial=30,
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    pause = forms.IntegerField(
        label=_("Pause entre deux, en minutes"), min_value=0, max_value=120, initial=0,
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    manner = forms.ChoiceField(label=_("Comment ?"), choices=Manner.choices, widget=forms.RadioSelect)
    place = PlainText(
        label=_("Lieu"),
        longest=160,
        required=False,
        help_text=_("Par exemple : délégation d’Agadir, bureau 4."),
    )
    address = PlainText(label=_("Adresse"), longest=200, required=False)
    commune_name = ExpectedText(
        label=_("Commune"), max_length=100, required=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    commune = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    video_link = forms.URLField(
        label=_("Lien de la vidéo"), required=False, max_length=300, assume_scheme="https",
        help_text=_("Montré seulement à la personne qui a pris le rendez-vous."),
        widget=forms.URLInput({"dir": "ltr"}),
    )  # fmt: skip
    spoken = forms.ChoiceField(label=_("Langue parlée"), choices=Spoken.choices, initial=Spoken.BOTH)
    audience = forms.ChoiceField(
        label=_("Pour qui ?"), choices=Audience.choices, initial=Audience.PROJECTS, widget=forms.RadioSelect
    )
    valid_from = DayField(label=_("À partir du"))
    valid_until = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide : sans fin prévue."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = Answer(None, [])

    def clean(self) -> dict[str, Any]:
        """The commune, when one was typed, is certain."""
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("commune_name") or "").strip():
            self.answer = commune_answered(cleaned)
            if self.answer.commune is None:
                self.add_error("commune_name", commune_fault(self.answer, cleaned["commune_name"], ""))
        return cleaned

    def weekly(self) -> Weekly:
        """What was filled in, once valid."""
        said = dict(self.cleaned_data)
        for name in ("commune_name", "commune_for"):
            said.pop(name)
        said["weekdays"] = tuple(int(day) for day in said["weekdays"])
        return Weekly(**{**said, "commune": self.answer.commune})


class ChangeForm(forms.Form):
    """An absence, or hours in plus."""

    kind = forms.ChoiceField(
        label=_("Qu’est-ce qui change ?"), choices=ChangeKind.choices, initial=ChangeKind.ABSENCE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    first = DayField(label=_("Le premier jour"))
    from_time = HourField(label=_("À partir de"), required=False)
    last = DayField(label=_("Le dernier jour"), required=False, help_text=_("Vide : le même jour."))
    to_time = HourField(label=_("Jusqu’à"), required=False)
    rule = forms.ModelChoiceField(
        label=_("Pour des heures en plus : comme lesquelles ?"), queryset=OpeningRule.objects.none(), required=False,
        help_text=_("Même durée, même lieu, mêmes personnes."), empty_label=_("Aucune"),
    )  # fmt: skip
    note = PlainText(label=_("Note"), longest=160, required=False, help_text=_("Vous seul la lisez."))

    def __init__(self, *args: Any, rules: Any, words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["rule"]
        choice.queryset, choice.label_from_instance = rules, words

    def clean(self) -> dict[str, Any]:
        """Whole days where no hour is given; hours in plus need theirs and a model."""
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("first")
        if first is None:
            return cleaned
        last = cleaned.get("last") or first
        if cleaned.get("kind") == ChangeKind.EXTRA:
            for name in ("from_time", "to_time"):
                if not cleaned.get(name) and not self.has_error(name):
                    self.add_error(name, _("Donnez l’heure."))
            if cleaned.get("rule") is None:
                self.add_error("rule", _("Choisissez comme lesquelles de vos heures."))
        begins, ends = cleaned.get("from_time"), cleaned.get("to_time")
        cleaned["starts_at"] = datetime.combine(first, begins or datetime.min.time(), ZONE)
        close = datetime.combine(last, ends or datetime.min.time(), ZONE)
        cleaned["ends_at"] = close if ends else close + timedelta(days=1)
        return cleaned


class DelaysForm(forms.Form):
    """How near and how far people book."""

    book_before = forms.IntegerField(
        label=_("Prendre un rendez-vous au plus tard, en heures avant"), min_value=0, max_value=336,
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    cancel_before = forms.IntegerField(
        label=_("Déplacer ou annuler au plus tard, en heures avant"), min_value=0, max_value=336,
        help_text=_("Plus tard, on peut encore annuler : vous êtes prévenu que c’est au dernier moment."),
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    days_ahead = forms.IntegerField(
        label=_("Jours ouverts à l’avance"), min_value=1, max_value=180, widget=forms.TextInput(_NUMBER)
    )


class CallOffForm(forms.Form):
    """Why the advisor cancels, and which other moments they propose."""

    reason = PlainText(
        label=_("Pourquoi"), longest=300, shortest=3, lines=2,
        required_message=_("Dites pourquoi : la personne le lira."),
    )  # fmt: skip
    proposed = forms.MultipleChoiceField(
        label=_("Proposer d’autres moments"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, moments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if moments:
            self.fields["proposed"].choices = moments  # type: ignore[attr-defined]
        else:
            del self.fields["proposed"]
