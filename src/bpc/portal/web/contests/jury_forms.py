"""The forms of a jury: inviting, accepting a seat, declaring a conflict, giving a reason."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.jury_actions import Acceptance
from bpc.portal.projects.states import Answer
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.people.forms import CommuneByName, ContactForm

MOST_READINGS = 200


class InviteForm(ContactForm):
    """Who is asked to sit."""

    name = PlainText(
        label=_("Son nom"),
        help_text=_("Tel que vous l’appelez : il figure dans le message et dans la liste du jury."),
        longest=80,
        required_message=_("Écrivez le nom de la personne."),
    )
    is_president = forms.BooleanField(
        label=_("Pour présider le jury"),
        required=False,
        help_text=_(
            "Un jury a un seul président. Il lit tout, décide avec des raisons et publie les résultats."
        ),
    )
    language = forms.ChoiceField(
        label=_("Langue du message"), choices=settings.LANGUAGES, widget=forms.RadioSelect, initial="fr"
    )
    field_order = ["name", "contact", "is_president", "language"]


class AcceptForm(CommuneByName):
    """What somebody says when they accept: only what the assignment needs."""

    languages = forms.MultipleChoiceField(
        label=_("Dans quelles langues pouvez-vous lire une candidature ?"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une langue.")},
    )
    most_readings = forms.IntegerField(
        label=_("Combien de candidatures pouvez-vous lire au plus ?"),
        help_text=_(
            "Laissez vide pour une part égale à celle des autres. Comptez une demi-heure par candidature."
        ),
        required=False,
        min_value=0,
        max_value=MOST_READINGS,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    woman = forms.ChoiceField(
        label=_("Êtes-vous une femme ?"),
        help_text=_(
            "Sert seulement à ce que chaque candidature soit lue, autant que possible, par une femme au moins."
        ),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        initial=Answer.UNKNOWN,
        required=False,
    )
    body = PlainText(
        label=_("Votre organisme ou votre métier"),
        help_text=_("Par exemple : « Chambre d’agriculture », « Enseignante »."),
        longest=160,
        required=False,
    )
    accepts_rules = forms.BooleanField(
        label=_("Je m’engage à lire avec impartialité et à ne rien dire des candidatures ni des notes"),
        error_messages={"required": _("Sans cet engagement, on ne peut pas siéger.")},
    )
    field_order = ["languages", "most_readings", "woman", "place", "commune", "body", "accepts_rules"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].help_text = _(
            "Vous ne lirez pas les candidatures de votre commune ; celles d’autres régions, de préférence."
        )
        self.fields["place"].required = False

    def acceptance(self) -> Acceptance:
        """What was said, once the form is valid."""
        said = self.cleaned_data
        return Acceptance(
            languages=tuple(said["languages"]),
            accepts_rules=said["accepts_rules"],
            woman=said["woman"] or Answer.UNKNOWN,
            commune=self.chosen_commune(),
            body=said["body"],
            most_readings=said["most_readings"],
        )


class ConflictForm(forms.Form):
    """Why the juror stands too near; nobody has to tell their private life."""

    note = PlainText(
        label=_("En quelques mots"),
        help_text=_("Par exemple : « parenté », « voisin », « ancien associé ». Vous pouvez ne rien écrire."),
        longest=300,
        required=False,
    )


class WhyForm(forms.Form):
    """A decision and its reason."""

    reason = PlainText(
        label=_("Pourquoi ?"),
        help_text=_("La raison est gardée avec la décision."),
        longest=300,
        shortest=5,
        required_message=_("Écrivez la raison."),
    )
