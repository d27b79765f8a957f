"""The deposit form of an idea: three short screens, one set of fields, each fault told beside its field."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.deposit import Content
from bpc.portal.ideas.models import Idea
from bpc.portal.observations.open_data import open_observation
from bpc.portal.observations.states import Kind
from bpc.portal.reference.models import Sector
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.ideas.telling_form import TellingForm, initial_of_telling


class IdeaForm(TellingForm):
    """What an author says. A `draft` needs less."""

    sector = forms.ModelChoiceField(
        label=_("Dans quel secteur ?"),
        queryset=Sector.objects.all(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez le secteur le plus proche de votre idée."),
            "invalid_choice": _("Choisissez un secteur de la liste."),
        },
    )
    title = PlainText(
        label=_("Le titre de votre idée"),
        longest=120,
        shortest=5,
        required_message=_("Donnez un titre à votre idée, en quelques mots."),
    )
    need = PlainText(
        label=_("Le besoin"),
        help_text=_("Qu’est-ce qui manque ou ne va pas aujourd’hui, et pour qui ?"),
        longest=3000,
        shortest=10,
        lines=5,
        required_message=_("Dites en une ou deux phrases quel est le besoin."),
    )
    proposal = PlainText(
        label=_("Votre proposition"),
        help_text=_("Que feriez-vous ensemble, avec quoi, où en êtes-vous ?"),
        longest=5000,
        shortest=10,
        lines=7,
        required_message=_("Dites en une ou deux phrases ce que vous proposez."),
    )
    commune_missing = _("Dites dans quelle commune est votre idée.")
    own_words: ClassVar[dict[str, dict[str, Any]]] = {
        "organisation": {
            "label": _("Proposez-vous cette idée au nom d’une organisation ?"),
            "help_text": _("Son nom paraîtra avec l’idée."),
        },
        "show_author": {"label": _("Afficher mon nom avec l’idée")},
        "agreed": {
            "label": _(
                "J’accepte que mon idée soit publiée, sans mon contact, et que la délégation me réponde."
            ),
            "required": _("Cochez cette case pour que nous puissions lire et publier votre idée."),
        },
    }
    field_order = [
        "commune_name", "commune", "commune_for", "lat", "lon", "sector", "title", "need", "proposal"
    ]  # fmt: skip

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft:
            for name in ("need", "proposal", "speaker"):
                self.fields[name].required = False

    def content(self) -> Content:
        """What was said, once the form is valid."""
        data = self.cleaned_data
        assert self.chosen_commune is not None
        return Content(
            title=data["title"], need=data["need"], proposal=data["proposal"],
            sector_id=data["sector"].pk, commune=self.chosen_commune,
            **self.told_columns(f"{data['title']} {data['need']} {data['proposal']}"),
        )  # fmt: skip


def initial_answering(reference: str) -> dict[str, Any]:
    """The need (or opportunity) of this code, already written in the form of an idea that answers it; {} for none."""
    told = open_observation(Kind.NEED, reference[:40]) or open_observation(Kind.OPPORTUNITY, reference[:40])
    if told is None:
        return {}
    return {
        "need": f"{told.title}\n{told.text}"[:3000],
        "sector": told.sector or "",
        "audience": told.audience,
    }


def initial_of(idea: Idea) -> dict[str, Any]:
    """The form's values for an idea to be amended."""
    return {
        "commune_name": idea.commune.name, "commune": idea.commune_id,
        "sector": idea.sector_id, "title": idea.title, "need": idea.need, "proposal": idea.proposal,
        **initial_of_telling(idea),
    }  # fmt: skip
