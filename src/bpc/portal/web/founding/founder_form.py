"""The form of a founder, as the law needs one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.founding.models import FoundingMember
from bpc.portal.founding.states import CONDITIONS, Leaving, Office, PersonKind
from bpc.portal.founding.told import Told
from bpc.portal.projects.states import Answer
from bpc.portal.web.founding.fields import MoneyBox, WholeBox, day_box
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import shown_number

_CHOOSE = {"invalid_choice": _("Choisissez une réponse de la liste.")}


def _condition(label: Any, words: Any = "") -> forms.ChoiceField:
    """One of the four conditions of article 65."""
    return forms.ChoiceField(
        label=label, choices=Answer.choices, required=False, widget=forms.RadioSelect, help_text=words,
        error_messages=_CHOOSE,
    )  # fmt: skip


class FounderForm(forms.Form):
    """A founder as the law needs one. Never a number of an identity paper: the papers leave a line for it."""

    kind = forms.ChoiceField(
        label=_("Qui est-ce ?"), choices=PersonKind.choices, widget=forms.RadioSelect, required=False,
        help_text=_(
            "Les personnes morales ont au plus le tiers des voix et 35 % du capital (loi 112-12, art. 26 et "
            "38)."
        ),
        error_messages=_CHOOSE,
    )  # fmt: skip
    name_fr = PlainText(
        label=_("Nom et prénom, en lettres latines"), longest=100, required=False,
        help_text=_(
            "Comme sur la pièce d’identité. Le numéro de la pièce s’écrit à la main sur les papiers : ne le "
            "donnez pas ici."
        ),
    )  # fmt: skip
    name_ar = PlainText(label=_("Nom et prénom, en lettres arabes"), longest=100, required=False)
    stands_for = PlainText(
        label=_("Si ce n’est pas une personne : qui la représente ?"), longest=100, required=False
    )
    profession = PlainText(label=_("Profession"), longest=80, required=False)
    address = PlainText(
        label=_("Adresse"), longest=200, required=False,
        help_text=_(
            "Douar ou rue, commune. Elle figure dans les statuts et la liste des membres ; elle part avec le "
            "projet s’il est effacé."
        ),
    )  # fmt: skip
    shares = WholeBox(
        label=_("Nombre de parts souscrites"), required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    cash_paid = MoneyBox(
        label=_("Argent versé jusqu’ici"), required=False,
        help_text=_("Au moins le quart de chaque part en argent est versé au départ (loi 112-12, art. 7 et 26)."),
    )  # fmt: skip
    in_kind = MoneyBox(
        label=_("Valeur des apports en nature"), required=False,
        help_text=_(
            "Terrain, machine, bêtes… comptés dans les parts et évalués par un expert judiciaire (loi "
            "112-12, art. 27). Écrivez 0 s’il n’y en a pas."
        ),
    )  # fmt: skip
    in_kind_what = PlainText(label=_("Ce qui est apporté en nature"), longest=200, required=False)
    in_kind_released = forms.ChoiceField(
        label=_("L’apport en nature est-il remis en entier ?"), choices=Answer.choices, required=False,
        widget=forms.RadioSelect, error_messages=_CHOOSE,
    )  # fmt: skip
    office = forms.ChoiceField(
        label=_("Fonction"), choices=Office.choices, required=False, error_messages=_CHOOSE
    )
    civil_rights = _condition(_("A-t-elle tous ses droits civils ?"))
    not_banned = _condition(_("Est-elle libre de toute interdiction de diriger ou de gérer ?"))
    no_competing_business = _condition(
        _("Est-elle sans affaire qui concurrence la coopérative ?"),
        _("Oui : elle n’a pas d’affaire concurrente."),
    )
    dues_paid = _condition(
        _("A-t-elle payé ce qui est dû sur ses parts ?"),
        _("Le reste, s’il n’est pas encore appelé, ne compte pas."),
    )
    adult = forms.ChoiceField(
        label=_("Est-elle majeure ?"), choices=Answer.choices, required=False, widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )  # fmt: skip
    in_the_trade = forms.ChoiceField(
        label=_("Travaille-t-elle dans l’activité de la coopérative ?"), choices=Answer.choices, required=False,
        widget=forms.RadioSelect, help_text=_("(loi 112-12, art. 16)"), error_messages=_CHOOSE,
    )  # fmt: skip
    same_object_elsewhere = forms.ChoiceField(
        label=_("Est-elle déjà membre d’une coopérative de même objet, sur le même territoire ?"),
        choices=Answer.choices, required=False, widget=forms.RadioSelect, help_text=_("(loi 112-12, art. 16)"),
        error_messages=_CHOOSE,
    )  # fmt: skip
    entered_on = day_box(
        _("Entrée après la création, le"),
        _("Vide pour un fondateur. L’assemblée ordinaire vote l’admission (loi 112-12, art. 16)."),
    )
    left_on = day_box(
        _("Départ de la coopérative, le"), _("Le registre des membres garde la ligne (loi 112-12, art. 17).")
    )
    left_because = forms.ChoiceField(
        label=_("Raison du départ"), choices=Leaving.choices, required=False, error_messages=_CHOOSE
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A founder has a name, in one of the two scripts."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("name_fr") and not cleaned.get("name_ar"):
            self.add_error("name_fr", _("Écrivez le nom dans l’une des deux écritures au moins."))
        return cleaned

    def told(self) -> Told:
        """What was said, once the form is valid."""
        data = {name: self.cleaned_data[name] for name in FOUNDER_FIELDS}
        for name in _ANSWERS:
            data[name] = data[name] or Answer.UNKNOWN
        return Told(**{**data, "kind": data["kind"] or PersonKind.NATURAL})


_ANSWERS = ("in_kind_released", *CONDITIONS, "adult", "in_the_trade", "same_object_elsewhere")
FOUNDER_FIELDS = tuple(Told.__dataclass_fields__)


def founder_values(founder: FoundingMember) -> dict[str, Any]:
    """The values of the form for a founder already written."""
    values = {name: getattr(founder, name) for name in FOUNDER_FIELDS}
    for name in ("in_kind", "cash_paid", "shares"):
        values[name] = "" if values[name] is None else shown_number(float(values[name]))
    return {**values, "revision": founder.revision}
