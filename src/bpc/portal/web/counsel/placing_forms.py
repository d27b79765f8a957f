"""The forms with which a delegate chooses advisors: for one project, for several at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bpc.portal.counsel.placing import Proposal, Ranked, Seat
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.web.counsel.words import person_name, reason_words, seat_words
from bpc.portal.web.ideas.fields import PlainText

_CHOOSE = {
    "required": _("Choisissez un conseiller."),
    "invalid_choice": _("Choisissez un conseiller de la liste."),
}
_WHY_MISSING = _("Ce conseiller est complet ou absent : écrivez pourquoi vous le choisissez quand même.")


def _why(**options: Any) -> PlainText:
    return PlainText(
        label=_("Pourquoi ce choix ?"),
        help_text=_("À écrire si le conseiller est complet ou absent. Il le lira, le groupe non."),
        longest=500,
        lines=2,
        required=False,
        **options,
    )


class ChooseForm(forms.Form):
    """One project: every advisor of the region, the best placed first, with the reasons."""

    to = forms.ChoiceField(
        label=_("Quel conseiller pour ce projet ?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    note = _why()
    before = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, ranked: Sequence[Ranked], people: Mapping[int, User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._seats = {one.seat.person: one.seat for one in ranked}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(one.seat.person), _labelled(one, people.get(one.seat.person))) for one in ranked
        ]

    def clean(self) -> dict[str, Any]:
        """Nobody is filled beyond what was planned without a reason."""
        cleaned = super().clean() or {}
        seat = self._seats.get(int(cleaned["to"])) if cleaned.get("to") else None
        if seat is not None and not seat.may_be_proposed and not cleaned.get("note"):
            self.add_error("note", _WHY_MISSING)
        return cleaned


def _labelled(one: Ranked, user: User | None) -> Any:
    facts = " · ".join([seat_words(one.seat), *reason_words(one.reasons)])
    return format_html('<bdi>{}</bdi> <span class="meta">{}</span>', person_name(user), facts)


class SeveralForm(forms.Form):
    """Several projects: for each the advisor proposed, which a person may change, or leave it without."""

    def __init__(
        self, *args: Any, proposals: Iterable[Proposal], seats: Sequence[Seat], people: Mapping[int, User],
        rows: Mapping[int, Project], groups: Mapping[int, frozenset[int]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._seats = {one.person: one for one in seats}
        self._proposals = list(proposals)
        self._rows = rows
        for one in self._proposals:
            able = [seat for seat in seats if seat.person not in groups[one.project]]
            choices = [
                (str(seat.person), f"{person_name(people.get(seat.person))} – {seat_words(seat)}")
                for seat in able
            ]
            self.fields[f"to_{one.project}"] = forms.ChoiceField(
                label=_("Conseiller"),
                choices=[("", _("Laisser sans conseiller")), *choices],
                initial=str(one.person or ""),
                required=False,
                error_messages=_CHOOSE,
            )
            self.fields[f"note_{one.project}"] = _why()

    def lines(self) -> list[dict[str, Any]]:
        """Each project with its two fields and the reasons of the proposal."""
        return [
            {
                "project": self._rows[one.project],
                "to": self[f"to_{one.project}"],
                "note": self[f"note_{one.project}"],
                "reasons": reason_words(one.reasons),
                "nobody": one.person is None,
            }
            for one in self._proposals
        ]

    def clean(self) -> dict[str, Any]:
        """Counted together: the place that fills an advisor is the last one without a reason."""
        cleaned = super().clean() or {}
        given = Counter[int]()
        for one in self._proposals:
            to = cleaned.get(f"to_{one.project}")
            seat = self._seats.get(int(to)) if to else None
            if seat is None:
                continue
            is_over = seat.is_away or seat.projects + given[seat.person] >= seat.projects_most
            given[seat.person] += 1
            if is_over and not cleaned.get(f"note_{one.project}"):
                self.add_error(f"note_{one.project}", _WHY_MISSING)
        return cleaned

    def chosen(self) -> list[tuple[Project, int, str]]:
        """What a person confirmed: the projects left without an advisor are not in it."""
        found = [
            (
                self._rows[one.project],
                self.cleaned_data[f"to_{one.project}"],
                self.cleaned_data[f"note_{one.project}"],
            )
            for one in self._proposals
        ]
        return [(row, int(to), note) for row, to, note in found if to]
