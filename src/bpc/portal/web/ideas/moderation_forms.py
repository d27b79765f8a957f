"""What a moderator fills in: the filters of the queue, and one form per move."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.permissions import visible
from bpc.portal.ideas.models import Idea, Report
from bpc.portal.ideas.moderation_queue import QueueFilter, moderated_regions
from bpc.portal.ideas.reasons import (
    ARCHIVE_REASONS,
    HIDE_REASONS,
    MERGE_REASONS,
    RETURN_REASONS,
    compose,
    interface_language,
)
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState, ReportOutcome
from bpc.portal.reference.models import Sector, Territory

AGES = [("", _("Toutes")), ("7", _("Depuis plus de 7 jours")), ("30", _("Depuis plus de 30 jours"))]
_STATES = [(state.value, state.label) for state in IdeaState if state != IdeaState.DRAFT]


class QueueForm(forms.Form):
    """Filters of the queue. An address written by hand with a wrong value filters nothing."""

    state = forms.ChoiceField(label=_("État"), choices=[*_STATES, ("all", _("Tous"))], required=False)
    region = forms.ModelChoiceField(
        label=_("Région"), queryset=Territory.objects.none(), required=False, empty_label=_("Toutes")
    )
    sector = forms.ModelChoiceField(
        label=_("Secteur"), queryset=Sector.objects.all(), required=False, empty_label=_("Tous")
    )
    age = forms.ChoiceField(label=_("Attente"), choices=AGES, required=False)

    def __init__(self, data: Any, *, person: Any) -> None:
        super().__init__(data)
        self.fields["region"].queryset = moderated_regions(person)  # type: ignore[attr-defined]

    def chosen(self) -> QueueFilter:
        """The filter to apply; what waits when nothing was asked."""
        self.full_clean()
        state = self.cleaned_data.get("state") or IdeaState.SUBMITTED
        region, sector = self.cleaned_data.get("region"), self.cleaned_data.get("sector")
        return QueueFilter(
            state="" if state == "all" else state,
            region=region.pk if region else "",
            sector=sector.pk if sector else "",
            older_than=int(self.cleaned_data.get("age") or 0),
        )


class MoveForm(forms.Form):
    """A move on an idea (or whatever else is moderated alike) as the moderator read it."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, idea: Any, person: Any, name: str) -> None:
        super().__init__(data, prefix=name, initial={"seen_version": idea.version})
        self.idea, self.person = idea, person

    def arguments(self) -> dict[str, Any]:
        """What the action takes beside the idea, the actor and the time."""
        return {"seen_version": self.cleaned_data["seen_version"]}


class PublishForm(MoveForm):
    """Publishing is confirmed: it shows a person's words to everybody."""

    confirmed = forms.BooleanField(
        label=_("J’ai lu l’idée entière et regardé les photos : rien n’y désigne une personne privée"),
        error_messages={"required": _("Cochez cette case quand vous avez tout lu.")},
    )


class RestoreForm(MoveForm):
    """Nothing to fill in."""


class ReasonForm(MoveForm):
    """A reason: ready-made sentences, one's own words, or both."""

    ready_reasons: dict[str, str | Promise] = {}
    ready = forms.MultipleChoiceField(
        label=_("Raisons toutes prêtes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Vos mots"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["ready"].choices = list(self.ready_reasons.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one of both."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("ready") and not (cleaned.get("words") or "").strip():
            self.add_error(
                "words", ValidationError(_("Donnez une raison : l’auteur la lira."), code="reason")
            )
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The reason is written in the author's language."""
        ready = [self.ready_reasons[code] for code in self.cleaned_data["ready"]]
        return {**super().arguments(), "reason": compose(ready, self.cleaned_data["words"], self.language())}

    def language(self) -> str:
        """The language in which whoever reads the reason is written to."""
        author = self.idea.author
        return interface_language(author.language if author is not None else self.idea.language)

    def language_name(self) -> str:
        """Its own name for itself, for the hint beside the words."""
        code = self.language()
        return format_html('<bdi lang="{}">{}</bdi>', code, dict(settings.LANGUAGES)[code])


class ReturnForm(ReasonForm):
    """What is missing."""

    ready_reasons = RETURN_REASONS


class ArchiveForm(ReasonForm):
    """Why it is not, or no longer, online."""

    ready_reasons = ARCHIVE_REASONS


class MergeForm(ReasonForm):
    """Into which idea, by its code, and why."""

    ready_reasons = MERGE_REASONS
    into = forms.CharField(
        label=_("Code de l’idée qui regroupe"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez le code de l’idée, par exemple K7M4-2QX.")},
    )
    field_order = ["into", "ready", "words"]

    def clean_into(self) -> Idea:
        """The published idea of that code."""
        typed = self.cleaned_data["into"]
        code = normalise(typed) or typed.strip().upper()
        found = visible(self.person, Idea).filter(reference=code, state=IdeaState.PUBLISHED).first()
        if found is None or found.pk == self.idea.pk:
            raise ValidationError(
                _("Aucune autre idée publiée ne porte ce code. Vérifiez-le."), code="unknown"
            )
        return found

    def arguments(self) -> dict[str, Any]:
        """With the idea that receives."""
        return {**super().arguments(), "into": self.cleaned_data["into"]}


class HideForm(ReasonForm):
    """Why a comment (or another text with an author and a language) is hidden; its author reads it."""

    ready_reasons = HIDE_REASONS
    comment: Any = None

    def language(self) -> str:
        """That of whoever wrote the comment, where there is one."""
        if self.comment is None:
            return super().language()
        writer = self.comment.author
        return interface_language(writer.language if writer is not None else self.comment.language)

    def arguments(self) -> dict[str, Any]:
        """A comment has no version: it is never edited."""
        return {"reason": super().arguments()["reason"]}


class ReportForm(HideForm):
    """What is decided on a report; a reason only where something goes."""

    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une décision.")},
    )
    field_order = ["outcome", "ready", "words"]

    def __init__(self, data: Any = None, *, report: Report, person: Any) -> None:
        self.ready_reasons = ARCHIVE_REASONS if report.comment is None else HIDE_REASONS
        super().__init__(data, idea=report.idea, person=person, name="report")
        self.report, self.comment = report, report.comment
        left_out = ReportOutcome.HIDDEN if report.comment is None else ReportOutcome.ARCHIVED
        choices = [choice for choice in ReportOutcome.choices if choice[0] != left_out]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keeping the text online needs no reason."""
        if self.cleaned_data.get("outcome") == ReportOutcome.KEPT:
            return self.cleaned_data
        return super().clean()

    def arguments(self) -> dict[str, Any]:
        """With the outcome."""
        return {**super().arguments(), "outcome": self.cleaned_data["outcome"]}
