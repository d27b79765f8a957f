"""What a juror fills in: a mark and its words for each criterion, and words on the whole."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.contests.marking import COMMENT_MAX, MARKS, WHOLE_MAX, Draft, Given, Incomplete
from bpc.portal.contests.models import Criterion, Reading
from bpc.portal.ideas.languages import language_of

_LONG = gettext_lazy("Ce texte est trop long : %(show_value)d caractères, %(limit_value)d au plus.")


class _Words(forms.CharField):
    """Somebody's words, in any language, that may wait to be written."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(required=False, widget=widget, error_messages={"max_length": _LONG}, **options)

    def to_python(self, value: Any) -> str:
        """Lines end as the browser shows them, so that lengths agree."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class MarkingForm(forms.Form):
    """The criteria of an edition: `mark_<code>`, `why_<code>`; nothing is required until the reading is finished."""

    use_required_attribute = False
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, criteria: Sequence[Criterion], reading: Reading, data: Any = None, *, amends: bool = False
    ) -> None:
        self.criteria = list(criteria)
        super().__init__(data, initial=_initial(reading), auto_id="marking_%s")
        for criterion in self.criteria:
            self.fields[f"mark_{criterion.code}"] = forms.TypedChoiceField(
                label=_("Votre note"), choices=_sentences(criterion), coerce=int, empty_value=None,
                required=False, widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choisissez une des cinq phrases.")},
            )  # fmt: skip
            self.fields[f"why_{criterion.code}"] = _Words(
                label=_("Pourquoi cette note ?"), max_length=COMMENT_MAX, rows=3
            )
        if amends:
            self.fields["reason"] = forms.CharField(
                label=_("Pourquoi vous changez d’avis"), max_length=600,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                error_messages={"required": _("Dites pourquoi vous changez vos notes."), "max_length": _LONG},
            )  # fmt: skip
        else:
            self.fields["comment"] = _Words(
                label=_("Votre avis sur l’ensemble"), max_length=WHOLE_MAX, rows=5
            )

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Each criterion with its two fields, drawn as needed: only a draft does without."""
        self.errors  # noqa: B018  (checked before: drawing changes what the check would ask)
        drawn = [(one, self[f"mark_{one.code}"], self[f"why_{one.code}"]) for one in self.criteria]
        for _one, mark, why in drawn:
            mark.field.required = why.field.required = True
        return drawn

    def given(self) -> dict[str, Given]:
        """What the valid form gives each criterion."""
        told = self.cleaned_data
        return {
            one.code: Given(told[f"mark_{one.code}"], told[f"why_{one.code}"].strip())
            for one in self.criteria
        }

    def draft(self) -> Draft:
        """The whole as a draft."""
        told = self.cleaned_data
        marks, comment = self.given(), told["comment"].strip()
        return Draft(told["revision"], told["key"], marks, comment, self.language())

    def language(self) -> str:
        """The language of what is written, from its letters; the page's when nothing is."""
        given = self.given()
        text = " ".join([*(one.comment for one in given.values()), self.cleaned_data.get("comment", "")])
        return language_of(text) if text.strip() else (get_language() or "fr")

    def tell(self, missing: Incomplete) -> None:
        """Write beside each field what the reading still needs."""
        for code in missing.unmarked:
            self.add_error(f"mark_{code}", _("Choisissez une des cinq phrases."))
        for code in missing.silent:
            self.add_error(f"why_{code}", _("Écrivez en quelques mots pourquoi cette note."))

    def started_from(self, revision: int) -> None:
        """The form is shown again with what was typed, now started from `revision`."""
        self.data = {**dict(self.data.items()), "revision": str(revision), "key": str(uuid.uuid4())}


def _initial(reading: Reading) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "revision": reading.revision, "key": uuid.uuid4(), "comment": reading.comment
    }  # fmt: skip
    for mark in reading.marks.select_related("criterion"):
        kept[f"mark_{mark.criterion.code}"] = mark.value
        kept[f"why_{mark.criterion.code}"] = mark.comment
    return kept


def _sentences(criterion: Criterion) -> list[tuple[int, str]]:
    return [
        (mark, format_html('<strong class="mark-number">{}</strong> <span>{}</span>', mark, sentence(criterion, mark)))
        for mark in MARKS
    ]  # fmt: skip


def sentence(criterion: Criterion, mark: int) -> str:
    """What this mark means, in the page's language, else the other; the number alone where the rules say nothing."""
    told: Mapping[str, str] = criterion.descriptors.get(str(mark), {})
    shown = told.get(get_language() or "fr") or told.get("fr") or told.get("ar")
    return shown or _("%(mark)s sur 5") % {"mark": mark}


class MessageForm(forms.Form):
    """What a juror says to those who marked the entry too; the same form sent twice says it once."""

    text = forms.CharField(
        label=gettext_lazy("Votre message aux jurés de cette candidature"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Écrivez votre message."), "max_length": _LONG},
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()}, auto_id="message_%s")
