"""The exercise of a lesson as a form, filled with what is known; and what it comes to."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bpc.core.learning.formulas import parse, value
from bpc.datasets.training_exercises import Exercise, ExerciseField
from bpc.portal.foundation.writing import written_amount, written_number
from bpc.portal.journeys.exercise_facts import Known
from bpc.portal.web.training.numbers import NumberBox, written
from bpc.portal.web.training.words import said


class ExerciseForm(forms.Form):
    """`written`: what the person kept; `known`: facts of the project that fill what they did not write."""

    def __init__(
        self,
        data: Any = None,
        *,
        exercise: Exercise,
        kept: Mapping[str, Any],
        known: Mapping[str, Known],
        prefix: str = "x",
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.exercise = exercise
        self.from_project: dict[str, Known] = {}
        for field in exercise.fields:
            initial = kept.get(field.code)
            if initial is None and field.known is not None and field.known in known:
                self.from_project[field.code] = known[field.known]
                initial = known[field.known].value
            box = _box(field, initial)
            box.unmarked = True  # type: ignore[attr-defined]  # no field is compulsory: none says so
            self.fields[field.code] = box

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each field, and the fact of the project that filled it."""
        for field in self.exercise.fields:
            yield {"box": self[field.code], "filled": self.from_project.get(field.code), "kind": field.kind}

    def values(self) -> dict[str, Any]:
        """Each field as it is kept; None where nothing is said. The form must be valid."""
        return {one.code: _kept(one, self.cleaned_data.get(one.code)) for one in self.exercise.fields}


def _box(field: ExerciseField, initial: Any) -> forms.Field:
    label, hint = said(field.ask), said(field.hint) if field.hint else ""
    if field.kind in ("amount", "number", "percent"):
        unit = {"amount": _("MAD"), "percent": "%"}.get(field.kind, "")
        shown = written(initial) if isinstance(initial, int | float) else ""
        return NumberBox(label=label, help_text=hint, initial=shown, unit=unit)
    if field.kind == "yes_no":
        choices = [("yes", _("Oui")), ("no", _("Non"))]
        picked = {True: "yes", False: "no"}.get(initial) if isinstance(initial, bool) else None
        return forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=picked,
        )
    if field.kind == "choice":
        choices = [(one.code, said(one.words)) for one in field.options]
        return forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=initial,
        )
    if field.kind == "date":
        return forms.DateField(
            label=label,
            help_text=hint,
            required=False,
            initial=initial,
            widget=forms.DateInput(attrs={"type": "date"}),
        )
    area = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000, widget=area, initial=initial
    )


def _kept(field: ExerciseField, typed: Any) -> Any:
    if typed in (None, ""):
        return None
    if field.kind == "yes_no":
        return typed == "yes"
    return typed.isoformat() if field.kind == "date" else typed


def outcome_of(exercise: Exercise, values: Mapping[str, Any]) -> dict[str, Any]:
    """The figures and what is said of them; a figure that needs what is not known is None."""
    known = {code: float(one) for code, one in values.items() if isinstance(one, bool | int | float)}
    results = []
    for result in exercise.results:
        figure = value(parse(result.formula), known)
        if figure is not None:
            known[result.code] = figure
        results.append(
            {"say": said(result.say), "figure": _figure(result.kind, figure), "known": figure is not None}
        )
    verdicts = [said(one.say) for one in exercise.verdicts if value(parse(one.when), known)]
    return {"results": results, "verdicts": verdicts}


def _figure(kind: str, figure: float | None) -> str:
    if figure is None:
        return _("pas encore connu")
    if kind == "amount":
        return written_amount(figure, 2 if abs(figure) < 100 and figure % 1 else 0)
    text = written_number(figure, 1 if figure % 1 else 0)
    return f"{text}\u202f%" if kind == "percent" else text
