"""The questions of one family, as boxes to tick; none is compulsory, and « je ne sais pas » is an answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bpc.datasets.diagnosis import Family
from bpc.portal.web.diagnosis.words import FACTS, said

UNKNOWN = "-"


class FamilyForm(forms.Form):
    """A question each field, by its code."""

    def __init__(
        self, data: Any = None, *, family: Family, answers: Mapping[str, Any], facts: Mapping[str, str]
    ) -> None:
        initial = {code: UNKNOWN if answer is None else answer for code, answer in answers.items()}
        super().__init__(data, initial=initial)
        self.family, self._facts = family, facts
        for question in family.questions:
            choices = [(one.id, said(one)) for one in question.answers]
            self.fields[question.id] = forms.ChoiceField(
                label=said(question.ask),
                help_text=said(question.why),
                choices=[*choices, (UNKNOWN, _("Je ne sais pas"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each question as the page shows it."""
        return [
            {
                "question": question,
                "box": self[question.id],
                "article": said(question.article) if question.article else "",
                "fact": str(FACTS[self._facts[question.id]]) if question.id in self._facts else "",
            }
            for question in self.family.questions
        ]

    def answers(self) -> dict[str, str | None]:
        """What was ticked; the form must be valid. Nothing ticked is not known."""
        return {
            code: None if answer in ("", UNKNOWN) else answer for code, answer in self.cleaned_data.items()
        }
