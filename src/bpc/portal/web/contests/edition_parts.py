"""The parts of an edition as forms: each knows what stands, what was written, and what it makes of it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.contests.edition_content import MARKS, CriterionContent, EditionContent
from bpc.portal.contests.eligibility import BadRules, checked_rules
from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import Entrant
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.web.contests.edition_rows import (
    CriterionRow,
    PrizeRow,
    QuestionRow,
    RowForm,
    kept_rows,
    make_rows,
    with_codes,
)
from bpc.portal.web.contests.rules_words import place_name
from bpc.portal.web.ideas.fields import PlainText

_LONGEST_RULES, _LONGEST_ABOUT = 20_000, 3_000


def reason_field(**more: Any) -> PlainText:
    """Why something announced changes: read by everybody."""
    label = gettext_lazy("Pourquoi ? Cette raison est publiée et envoyée aux équipes et au jury.")
    return PlainText(label=label, longest=1000, lines=3, shortest=3, **more)


class PartForm(forms.Form):
    """A part of an edition. With `revising` it asks why, and makes a new version of the rules."""

    name: ClassVar[str]
    title: ClassVar["str | Promise"]
    hint: ClassVar["str | Promise"] = ""
    row_form: ClassVar[type[RowForm] | None] = None
    most_rows: ClassVar[int] = 0
    row_title: ClassVar["str | Promise"] = ""
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None, edition: Edition, *, revising: bool) -> None:
        super().__init__(data, initial={**self.standing(edition), "revision": edition.revision})
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1
        )
        if revising:
            self.fields["reason"] = reason_field()
        self.rows: list[RowForm] = []
        if self.row_form is not None:
            self.rows = make_rows(self.row_form, data, self.standing_rows(edition), self.most_rows)

    def standing(self, edition: Edition) -> dict[str, Any]:
        """The boxes as the edition stands."""
        return {name: getattr(edition, name) for name in self.base_fields if hasattr(edition, name)}

    def standing_rows(self, edition: Edition) -> Sequence[Mapping[str, Any]]:
        """The rows as the edition stands."""
        return ()

    def is_valid(self) -> bool:
        """The boxes and every row."""
        rows = [row.is_valid() or bool(row.data.get(row.add_prefix("gone"))) for row in self.rows]
        return super().is_valid() and all(rows)

    def content(self) -> EditionContent:
        """What it makes of the edition."""
        return EditionContent({name: self.cleaned_data[name] for name in self.base_fields})

    def boxes(self) -> list[forms.BoundField]:
        """The boxes one sees, but the reason, which comes last."""
        return [self[name] for name in self.fields if name not in {"revision", "reason"}]

    @property
    def forms_at_fault(self) -> list[forms.Form]:
        """The form and the rows that have something to mend."""
        return [one for one in (self, *self.rows) if one.errors]

    @property
    def stale(self) -> str:
        """The words for somebody who was overtaken."""
        return _(
            "Quelqu’un a changé cet idéathon entre-temps. Relisez vos réponses, puis envoyez de nouveau."
        )


class AboutPart(PartForm):
    """Names, theme, words."""

    name, title = "presentation", gettext_lazy("Nom, thème et présentation")
    name_fr = PlainText(label=gettext_lazy("Nom en français"), longest=120)
    name_ar = PlainText(label=gettext_lazy("Nom en arabe"), longest=120)
    theme_fr = PlainText(label=gettext_lazy("Thème en français, en une phrase"), longest=300, lines=2)
    theme_ar = PlainText(label=gettext_lazy("Thème en arabe, en une phrase"), longest=300, lines=2)
    about_fr = PlainText(
        label=gettext_lazy("Présentation en français"), longest=_LONGEST_ABOUT, lines=5, required=False
    )
    about_ar = PlainText(
        label=gettext_lazy("Présentation en arabe"), longest=_LONGEST_ABOUT, lines=5, required=False
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=50, required=False)


def _flag(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class WhoPart(PartForm):
    """Who may enter, in the closed vocabulary of `eligibility`."""

    name, title = "participants", gettext_lazy("Qui peut participer")
    hint = gettext_lazy("Ce que vous ne demandez pas reste vide : chaque règle écarte des gens.")
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Qui"),
        choices=Entrant.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Régions"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Aucune : tout le Maroc."),
    )  # fmt: skip
    members_min = _number(gettext_lazy("Nombre de personnes dans l’équipe, au moins"))
    members_max = _number(gettext_lazy("Nombre de personnes dans l’équipe, au plus"))
    women_min = _number(gettext_lazy("Femmes dans l’équipe, au moins"))
    young_min = _number(gettext_lazy("Personnes de moins de 35 ans, au moins"))
    all_young = _flag(gettext_lazy("Toute l’équipe a moins de 35 ans"))
    has_idea = _flag(gettext_lazy("Partir d’une idée déposée sur ce site"))
    has_project = _flag(gettext_lazy("Partir d’un projet ouvert sur ce site"))
    has_document = _flag(gettext_lazy("Joindre un document PDF"))
    has_video = _flag(gettext_lazy("Donner le lien d’une vidéo"))

    def __init__(self, data: Mapping[str, Any] | None, edition: Edition, *, revising: bool) -> None:
        super().__init__(data, edition, revising=revising)
        self.kept = dict(edition.who_may_enter)
        regions = reference().at(Territory.Level.REGION)
        offered = [(one.code, place_name(one.code)) for one in regions]
        self.fields["regions"].choices = offered  # type: ignore[attr-defined]

    def standing(self, edition: Edition) -> dict[str, Any]:
        return {name: edition.who_may_enter.get(name) for name in self.base_fields}

    def clean(self) -> dict[str, Any]:
        """Numbers that go together."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            checked_rules(self._asked(said))
        except BadRules:
            words = _("Le nombre au plus est plus petit que le nombre au moins.")
            self.add_error("members_max", ValidationError(words, "order"))
        return said

    def content(self) -> EditionContent:
        return EditionContent({"who_may_enter": checked_rules(self._asked(self.cleaned_data))})

    def _asked(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was written over what stands: a rule this form does not offer is kept."""
        return {**self.kept, **{name: said.get(name) for name in self.base_fields}}


class QuestionsPart(PartForm):
    """What the entry's form asks beside its title and summary."""

    name, title = "formulaire", gettext_lazy("Questions du formulaire")
    hint = gettext_lazy("Le titre, le résumé, la commune et l’équipe sont toujours demandés.")
    row_form, most_rows, row_title = QuestionRow, 12, gettext_lazy("Question")

    def standing_rows(self, edition: Edition) -> Sequence[Mapping[str, Any]]:
        return list(edition.form)

    def content(self) -> EditionContent:
        return EditionContent({"form": with_codes(kept_rows(self.rows), "label_fr")})


class CriteriaPart(PartForm):
    """Criteria, weights and sentences."""

    name, title = "criteres", gettext_lazy("Critères")
    hint = gettext_lazy(
        "Les quatre critères proposés sont ceux annoncés en 2025. Leurs phrases et leurs poids égaux sont une "
        "proposition : changez-les."
    )
    row_form, most_rows, row_title = CriterionRow, 8, gettext_lazy("Critère")

    def standing_rows(self, edition: Edition) -> Sequence[Mapping[str, Any]]:
        return [
            {
                "code": one.code, "weight": one.weight, "name_fr": one.name_fr, "name_ar": one.name_ar,
                "question_fr": one.question_fr, "question_ar": one.question_ar,
                **{
                    f"mark{mark}_{language}": one.descriptors.get(mark, {}).get(language, "")
                    for mark in MARKS for language in ("fr", "ar")
                },
            }
            for one in edition.criteria.all()
        ]  # fmt: skip

    def content(self) -> EditionContent:
        criteria = []
        for row in with_codes(kept_rows(self.rows), "name_fr"):
            said = {
                mark: {"fr": row.pop(f"mark{mark}_fr"), "ar": row.pop(f"mark{mark}_ar")} for mark in MARKS
            }
            criteria.append(CriterionContent(**row, descriptors=said))
        return EditionContent(criteria=criteria)


class JuryPart(PartForm):
    """How entries are read."""

    name, title = "jury", gettext_lazy("Lecture par le jury")
    readings_per_entry = forms.IntegerField(
        label=gettext_lazy("Nombre de lectures par candidature"), min_value=1, max_value=9,
        help_text=gettext_lazy("Trois ou plus : le classement dit mieux ce dont il est sûr."),
    )  # fmt: skip
    laureates = forms.IntegerField(
        label=gettext_lazy("Nombre de lauréats, au plus"), min_value=1, max_value=99
    )
    is_blind = _flag(gettext_lazy("Le jury note sans connaître les noms de l’équipe"))


class PrizesPart(PartForm):
    """What laureates receive."""

    name, title = "prix", gettext_lazy("Ce que reçoivent les lauréats")
    row_form, most_rows, row_title = PrizeRow, 8, gettext_lazy("Ligne")

    def standing_rows(self, edition: Edition) -> Sequence[Mapping[str, Any]]:
        return list(edition.prizes)

    def content(self) -> EditionContent:
        rows = kept_rows(self.rows)
        return EditionContent({"prizes": [{"rank": place, **row} for place, row in enumerate(rows, start=1)]})


class RulesPart(PartForm):
    """The text of the rules."""

    name, title = "reglement", gettext_lazy("Texte du règlement")
    hint = gettext_lazy("Une ligne vide entre deux articles.")
    rules_fr = PlainText(label=gettext_lazy("Règlement en français"), longest=_LONGEST_RULES, lines=18)
    rules_ar = PlainText(label=gettext_lazy("Règlement en arabe"), longest=_LONGEST_RULES, lines=18)


PARTS: dict[str, type[PartForm]] = {
    part.name: part
    for part in (AboutPart, WhoPart, QuestionsPart, CriteriaPart, JuryPart, PrizesPart, RulesPart)
}
#: The part in which what lacks is written; the days have a page of their own.
PART_OF = {
    "names": "presentation", "theme": "presentation", "past": "dates", "form": "formulaire",
    "criteria": "criteres", "descriptors": "criteres", "prizes": "prix", "rules": "reglement",
}  # fmt: skip
