"""The exercise of a draft tried with figures of one's own: nothing is kept."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from bpc.datasets.training_exercises import Exercise
from bpc.portal.web.training.exercise_form import ExerciseForm, outcome_of


def tried(request: HttpRequest, stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The boxes of the saved exercise, and what it answers to what was typed in them; None without an exercise."""
    if stored is None:
        return None
    exercise = Exercise.model_validate(stored)
    asked = request.GET if any(name.startswith("x-") for name in request.GET) else None
    form = ExerciseForm(asked, exercise=exercise, kept={}, known={})
    outcome = outcome_of(exercise, form.values()) if asked is not None and form.is_valid() else None
    return {"rows": list(form.rows()), "outcome": outcome}
