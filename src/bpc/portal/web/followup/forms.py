"""The forms of a path: where a step stands, a date, the questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.followup.actions import Said
from bpc.portal.followup.states import Holder, Question, StepState
from bpc.portal.ideas.languages import language_of
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.vault.forms import day_field

_CHOICES = (
    (StepState.DONE, gettext_lazy("C’est fait")),
    (StepState.DOING, gettext_lazy("C’est en cours")),
    (StepState.TODO, gettext_lazy("C’est à faire")),
    (StepState.BLOCKED, gettext_lazy("C’est bloqué")),
    (StepState.SKIPPED, gettext_lazy("Nous laissons cette étape de côté")),
)


class MarkForm(forms.Form):
    """Where a step stands, in the words of the group."""

    state = forms.ChoiceField(
        label=gettext_lazy("Où en êtes-vous ?"),
        choices=_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez une réponse.")},
    )
    on = day_field(
        gettext_lazy("Si c’est fait : quel jour ?"),
        help_text=gettext_lazy("Celui qui est écrit sur le papier reçu, s’il y en a un."),
    )
    due_on = day_field(
        gettext_lazy("Sinon : pour quel jour ?"),
        help_text=gettext_lazy("La date que le groupe se donne. Un délai de la loi passe avant."),
    )
    waits_on = forms.ChoiceField(
        label=gettext_lazy("Si c’est bloqué : qui attendez-vous ?"),
        choices=[("", gettext_lazy("Je ne sais pas")), *Holder.choices],
        required=False,
    )
    note = PlainText(
        longest=500,
        lines=3,
        required=False,
        label=gettext_lazy("Un mot pour expliquer"),
        help_text=gettext_lazy("Il est nécessaire pour dire pourquoi c’est bloqué ou laissé de côté."),
    )

    def __init__(self, *args: Any, needs_day: bool, today: date, **kwargs: Any) -> None:
        """`needs_day`: a delay of the law starts or ends on the day this step is done."""
        super().__init__(*args, **kwargs)
        self.needs_day, self.today = needs_day, today

    def clean(self) -> dict[str, Any]:
        """What is missing is told beside its field."""
        data: dict[str, Any] = super().clean() or {}
        state, on, due = data.get("state"), data.get("on"), data.get("due_on")
        if state == StepState.DONE:
            if on is not None and on > self.today:
                self.add_error("on", _("Ce jour n’est pas encore venu."))
            elif on is None and self.needs_day and "on" not in self.errors:
                self.add_error("on", _("Donnez ce jour : un délai de la loi en dépend."))
        elif due is not None and due < self.today:
            self.add_error("due_on", _("Ce jour est passé : choisissez-en un à venir."))
        if state in (StepState.BLOCKED, StepState.SKIPPED) and not data.get("note"):
            self.ask_note()
        return data

    def ask_note(self) -> None:
        """The reason is missing."""
        if "note" not in self.errors:
            self.add_error("note", _("Dites pourquoi, en quelques mots."))

    def said(self) -> Said:
        """What the action is given."""
        data = self.cleaned_data
        return Said(
            StepState(data["state"]), data["on"], data["due_on"], data["note"], language_of(data["note"]),
            data["waits_on"],
        )  # fmt: skip


class DateForm(forms.Form):
    """The day of a fact; empty, it is not known after all."""

    on = day_field(gettext_lazy("Quel jour ?"), help_text=gettext_lazy("Laissez vide si vous ne savez plus."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        """A fact is not of tomorrow."""
        on: date | None = self.cleaned_data["on"]
        if on is not None and on > self.today:
            raise forms.ValidationError(_("Ce jour n’est pas encore venu."))
        return on


class QuestionsForm(forms.Form):
    """Yes, no, or not known, for each question."""

    ANSWERS = (
        ("yes", gettext_lazy("Oui")),
        ("no", gettext_lazy("Non")),
        ("", gettext_lazy("Je ne sais pas")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label, choices=self.ANSWERS, widget=forms.RadioSelect, required=False
            )

    def answers(self) -> dict[Question, bool | None]:
        """By question; None where nobody knows."""
        values = {"yes": True, "no": False}
        return {question: values.get(self.cleaned_data[question.value]) for question in Question}


def written_answers(answers: Mapping[str, bool]) -> dict[str, str]:
    """The answers as the form first shows them."""
    return {question: "yes" if yes else "no" for question, yes in answers.items()}
