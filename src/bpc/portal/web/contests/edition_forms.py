"""Beginning an edition, its days, a reason."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.calendar import COLUMNS, MOVABLE, REQUIRED, DateProblem, days_of
from bpc.portal.contests.edition_queries import NATION
from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import Phase
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.web.contests.edition_parts import reason_field
from bpc.portal.web.contests.edition_words import DAY_LABELS, problem_words
from bpc.portal.web.contests.rules_words import place_name
from bpc.portal.web.ideas.fields import PlainText

_BAD_DAY = {
    "invalid": _("Cette date n’existe pas : vérifiez le jour, le mois et l’année."),
    "required": _("Donnez ce jour."),
}


def day_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    """A day in three boxes."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.SelectDateWidget,
        error_messages=_BAD_DAY,
    )  # fmt: skip


class NewEditionForm(forms.Form):
    """What an edition needs to begin; the rest is proposed."""

    use_required_attribute = False
    region = forms.ChoiceField(label=_("Pour quelle région ?"))
    name_fr = PlainText(label=_("Nom en français"), longest=120)
    name_ar = PlainText(label=_("Nom en arabe"), longest=120)
    theme_fr = PlainText(label=_("Thème en français, en une phrase"), longest=300, lines=2, required=False)
    theme_ar = PlainText(label=_("Thème en arabe, en une phrase"), longest=300, lines=2, required=False)
    first = day_field(
        _("Candidatures : premier jour"),
        required=True,
        help_text=_("Les autres dates seront proposées d’après celle-ci ; vous les changerez ensuite."),
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Any) -> None:
        super().__init__(data)
        offered = [(one.code, place_name(one.code)) for one in reference().at(Territory.Level.REGION)]
        if is_administrator(person):
            offered.insert(0, (NATION, place_name(None)))
        else:
            own = person.regions_as(Role.DELEGATE)
            offered = [choice for choice in offered if choice[0] in own]
        self.fields["region"].choices = offered  # type: ignore[attr-defined]

    def region_row(self) -> Territory | None:
        """The region chosen; None for the nation."""
        code = self.cleaned_data["region"]
        return None if code == NATION else Territory.objects.get(pk=code)

    def names(self) -> dict[str, str]:
        """Names and theme by column."""
        return {name: self.cleaned_data[name] for name in ("name_fr", "name_ar", "theme_fr", "theme_ar")}


class DaysForm(forms.Form):
    """The days of an edition. With `phase`, only those that may still move, and why they do."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None, edition: Edition, *, phase: Phase | None = None
    ) -> None:
        super().__init__(data, initial={**days_of(edition), "revision": edition.revision})
        self.days = days_of(edition)
        for name in COLUMNS:
            movable = phase is None or (name in MOVABLE[phase] and self.days[name] is not None)
            if movable:
                self.fields[name] = day_field(DAY_LABELS[name], required=name in REQUIRED)
        self.shown = list(self.fields)
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1
        )
        if phase is not None:
            self.fields["reason"] = reason_field()

    def boxes(self) -> list[forms.BoundField]:
        """The days one may give."""
        return [self[name] for name in self.shown]

    def given(self) -> dict[str, date | None]:
        """The days written."""
        return {name: self.cleaned_data[name] for name in self.shown}

    def show_problems(self, problems: Iterable[DateProblem]) -> None:
        """What is wrong with a day, beside its box where it has one."""
        for problem in problems:
            words = ValidationError(problem_words(problem), problem.code)
            self.add_error(problem.column if problem.column in self.fields else None, words)


class ReasonForm(forms.Form):
    """Why."""

    use_required_attribute = False
    reason = reason_field()
