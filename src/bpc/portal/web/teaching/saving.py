"""Saving one part of a draft from a form: what was typed is kept, what somebody else wrote meanwhile is shown."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.datasets.training_courses import InvalidCourse
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import StaleDraft
from bpc.portal.training.editing import save_part
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import GonePart, Part, hash_part, read_part
from bpc.portal.web.teaching.differences import Told, told_parts


@dataclass
class Saved:
    """How it went: `done`; or `problems` with their paths in the course; or what is stored now in `conflict`."""

    done: bool = False
    problems: tuple[tuple[str, str], ...] = ()
    conflict: tuple[Told, ...] = ()
    base: str = ""
    gone: bool = False


def base_of(draft: CourseVersion, part: Part) -> str:
    """What a page keeps of the part as it was opened."""
    return hash_part(read_part(draft.content, part))


def save(request: HttpRequest, draft: CourseVersion, part: Part, value: Any, base: str) -> Saved:
    """Save the part, or say why not."""
    try:
        save_part(draft=draft, part=part, value=value, base=base, actor=request.user, at=timezone.now())
    except InvalidCourse as error:
        return Saved(problems=tuple(error.problems), base=base)
    except StaleDraft as stale:
        stored = read_part(stale.current.content, part)
        return Saved(conflict=tuple(told_parts(stored, value)), base=hash_part(stored))
    except (GonePart, IllegalMove):
        return Saved(gone=True)
    messages.success(request, _("Le brouillon est enregistré."))
    return Saved(done=True)


def save_form(request: HttpRequest, draft: CourseVersion, part: Part, form: Any) -> Saved:
    """Save what a valid form says; what is refused is said on the form."""
    saved = save(request, draft, part, form.written(), form.cleaned_data["base"])
    for path, _why in saved.problems:
        field = next((step for step in reversed(path.split(".")) if step in form.fields), None)
        form.add_error(field, _("Cette réponse n’est pas possible."))
    if saved.conflict:
        form.add_error(None, stale_words())
        _put_base(form, saved.base)
    if saved.gone:
        form.add_error(
            None, _("Cette leçon n’est plus dans le brouillon, ou le brouillon n’est plus ouvert.")
        )
    return saved


def stale_words() -> str:
    """What is said to the second of two people on one part."""
    return _(
        "Une autre personne a enregistré cette partie pendant ce temps. "
        "Comparez, reprenez ce qu’il faut garder, puis enregistrez de nouveau."
    )


def _put_base(form: forms.Form, base: str) -> None:
    """The next press is made knowing what is stored now."""
    posted: Any = form.data
    changed = posted.copy()
    changed["base"] = base
    form.data = changed
