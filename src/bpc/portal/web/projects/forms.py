"""The forms of a project: what it is, who founds it, who is let in."""

from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.blueprints.catalogue import Published
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.models import Idea
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.queries import organisations_of
from bpc.portal.projects.actions import Description
from bpc.portal.projects.founders import Founder
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.states import Answer, Function, MemberRole, Stage
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.web.ideas.fields import ExpectedText, PlainText
from bpc.portal.web.ideas.places import commune_answered, commune_fault
from bpc.portal.web.people.forms import ContactForm
from bpc.portal.web.projects.words import INVITED_ROLES, STAGES_IN_WORDS

LONGEST_SUMMARY = 2000
_LONGEST_SLUG = 64
_CHOOSE = {"invalid_choice": _("Choisissez une réponse de la liste.")}


class FreshKey(forms.UUIDField):
    """The key of a form, which nobody types; a broken one is replaced, since it only tells a form sent twice."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        """The key, or a new one."""
        try:
            return cast(UUID, super().clean(value))
        except ValidationError:
            return uuid4()


class ProjectForm(forms.Form):
    """What every project says: its name, where it is, its sector."""

    name = PlainText(
        label=_("Le nom du projet"),
        help_text=_("Tel que le groupe l’appelle. Vous pourrez le changer."),
        longest=120,
        shortest=3,
        required_message=_("Donnez un nom au projet, même provisoire."),
    )
    commune_name = ExpectedText(
        label=_("Dans quelle commune ?"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    commune = forms.CharField(required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(required=False, widget=forms.HiddenInput)
    sector = forms.ModelChoiceField(
        label=_("Dans quel secteur ?"),
        queryset=Sector.objects.all(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez le secteur le plus proche de votre projet."),
            "invalid_choice": _("Choisissez un secteur de la liste."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune_choices: list[Territory] = []
        self.chosen_commune: Territory | None = None

    def clean(self) -> dict[str, Any]:
        """The commune from its code or its name."""
        cleaned = super().clean() or self.cleaned_data
        answer = commune_answered(cleaned)
        self.chosen_commune, self.commune_choices = answer.commune, answer.choices
        if answer.commune is None:
            missing = _("Dites dans quelle commune est votre projet.")
            self.add_error("commune_name", commune_fault(answer, cleaned.get("commune_name", ""), missing))
        return cleaned

    def offered_communes(self) -> list[Territory]:
        """What the commune box shows to choose from."""
        return self.commune_choices or ([self.chosen_commune] if self.chosen_commune else [])


class NewProjectForm(ProjectForm):
    """The short form that begins a project, whatever it starts from."""

    stage = forms.ChoiceField(
        label=_("Où en êtes-vous ?"),
        choices=STAGES_IN_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites où en est le projet."), **_CHOOSE},
    )
    idea = forms.CharField(required=False, widget=forms.HiddenInput)
    modele = forms.CharField(required=False, widget=forms.HiddenInput)
    submission_key = FreshKey()

    def clean_modele(self) -> str:
        """The slug, in the form slugs have."""
        return model_slug(self.cleaned_data["modele"])

    def description(self, idea: Idea | None) -> Description:
        """What was said, once the form is valid; an idea lends its proposal as the first summary."""
        assert self.chosen_commune is not None
        name = self.cleaned_data["name"]
        summary = idea.proposal[:LONGEST_SUMMARY] if idea is not None else ""
        return Description(
            name,
            summary,
            language_of(f"{name} {summary}"),
            self.cleaned_data["sector"].pk,
            self.chosen_commune,
        )


def model_slug(text: str) -> str:
    """The slug of a model as an address or a form gives it; empty when it can be none.

    >>> model_slug("safran-taliouine"), model_slug("../etc"), model_slug("x" * 65)
    ('safran-taliouine', '', '')
    """
    return text if len(text) <= _LONGEST_SLUG and slug_re.fullmatch(text) else ""


def start_values(idea: Idea | None, model: Published | None) -> dict[str, Any]:
    """The first values of the short form: those of the idea or of the model it starts from."""
    values: dict[str, Any] = {"submission_key": uuid4(), "stage": Stage.IDEA}
    if model is not None:
        name = model.model.name.in_language(get_language() or "")
        values |= {"modele": model.slug, "name": name, "sector": model.model.sector}
    if idea is not None:
        values |= {
            "name": idea.title,
            "sector": idea.sector_id,
            "idea": idea.reference,
            **commune_values(idea.commune),
        }
    return values


def revision_in(form: forms.Form) -> int:
    """The revision the form was opened at; 0, older than any, when it does not say."""
    text = form.cleaned_data["revision"]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def commune_values(place: Territory) -> dict[str, str]:
    """The values of the commune box for a commune already known."""
    return {"commune_name": place.name, "commune": place.pk, "commune_for": place.name}


class EditProjectForm(ProjectForm):
    """The same, with the summary, the organisation, and what the form held when it was opened."""

    summary = PlainText(
        label=_("Le projet en quelques phrases"),
        help_text=_("Que ferez-vous ensemble, avec quoi, pour qui ?"),
        longest=LONGEST_SUMMARY,
        lines=6,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("Ce projet est-il celui d’une organisation ?"),
        queryset=Organisation.objects.none(),
        required=False,
        blank=True,  # else radio buttons would leave out the one that says no
        empty_label=_("Non, pas encore"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une organisation dont vous êtes membre.")},
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["name", "summary", "commune_name", "sector", "organisation"]

    def __init__(self, *args: Any, person: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_of(person)
        if project.organisation_id is not None:  # another member may have named theirs
            own = (own | Organisation.objects.filter(pk=project.organisation_id)).distinct()
        if own.exists():
            cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = own
        else:
            del self.fields["organisation"]

    def description(self) -> Description:
        """What was said, once the form is valid."""
        assert self.chosen_commune is not None
        data = self.cleaned_data
        organisation = data.get("organisation")
        return Description(
            name=data["name"],
            summary=data["summary"],
            language=language_of(f"{data['name']} {data['summary']}"),
            sector_id=data["sector"].pk,
            commune=self.chosen_commune,
            organisation_id=organisation.pk if organisation is not None else None,
        )


class StageForm(forms.Form):
    """Where the project stands now."""

    stage = forms.ChoiceField(
        label=_("Où en êtes-vous ?"),
        choices=STAGES_IN_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites où en est le projet."), **_CHOOSE},
    )


class PersonForm(forms.Form):
    """One of the people who found the cooperative."""

    name = PlainText(
        label=_("Son nom"),
        help_text=_("Comme on l’appelle dans le groupe. Ni numéro de carte, ni date de naissance."),
        longest=80,
        shortest=2,
        required_message=_("Écrivez le nom de cette personne."),
    )
    function = forms.ChoiceField(
        label=_("Sa place dans la coopérative"),
        help_text=_("Telle que le groupe la voit aujourd’hui."), choices=Function.choices, initial=Function.MEMBER,
        error_messages=_CHOOSE,
    )  # fmt: skip
    woman = forms.ChoiceField(
        label=_("Est-ce une femme ?"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect, error_messages=_CHOOSE,
    )  # fmt: skip
    young = forms.ChoiceField(
        label=_("A-t-elle moins de 35 ans ?"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect, error_messages=_CHOOSE,
    )  # fmt: skip
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def founder(self) -> Founder:
        """What was said, once the form is valid."""
        data = self.cleaned_data
        return Founder(data["name"], data["function"], data["woman"], data["young"])


def person_values(person: ProjectPerson) -> dict[str, Any]:
    """The values of the form for somebody already written."""
    return {
        "name": person.name, "function": person.function, "woman": person.woman, "young": person.young,
        "revision": person.revision,
    }  # fmt: skip


class InviteForm(ContactForm):
    """Whom to let into the group, and to do what."""

    role = forms.ChoiceField(
        label=_("Que pourra faire cette personne ?"),
        choices=INVITED_ROLES,
        initial=MemberRole.EDITOR,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    field_order = ["contact", "role"]


class AdvisorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Advisors by the name they chose; never by their address."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, or that there is none."""
        return str(obj.display_name or _("Conseiller de la délégation"))


class AdvisorForm(forms.Form):
    """Which advisor of the region is let in."""

    advisor = AdvisorChoice(
        label=_("À quel conseiller ouvrez-vous le projet ?"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez un conseiller."),
            "invalid_choice": _("Choisissez un conseiller de la liste."),
        },
    )

    def __init__(self, *args: Any, advisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AdvisorChoice, self.fields["advisor"]).queryset = advisors


class DeleteForm(forms.Form):
    """The name typed, so that nobody erases a project by a slip of the thumb."""

    name = forms.CharField(
        label=_("Pour confirmer, écrivez le nom du projet"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez le nom du projet pour l’effacer.")},
    )

    def refuse_name(self) -> None:
        """Say that what was typed is another name."""
        self.add_error(
            "name", ValidationError(_("Ce n’est pas le nom du projet. Recopiez-le tel quel."), "other")
        )
