"""The form of a visit: the same online, without network and to put a report right."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.ideas.languages import language_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Territory
from bpc.portal.visits.models import LONGEST_LINE, LONGEST_TEXT, MOST_PEOPLE, VisitReport
from bpc.portal.visits.photos import MOST_PHOTOS
from bpc.portal.visits.states import THEMES, Mood, Need
from bpc.portal.visits.told import MOST_AGREEMENTS, Agreed, Told, Unfit, check_told
from bpc.portal.web.appointments.forms import HourField
from bpc.portal.web.ideas.fields import ManyFiles, ManyFilesInput, PlainText
from bpc.portal.web.projects.forms import FreshKey
from bpc.portal.web.visits.words import THEME_HINTS, UNFIT

_NUMBER = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    """A day in three boxes; a kept page may be filled next year."""
    this_year = timezone.localdate().year
    return forms.DateField(
        label=label, required=required,
        widget=forms.SelectDateWidget(years=range(this_year - 1, this_year + 6)),
        error_messages={"required": gettext_lazy("Donnez cette date."),
                        "invalid": gettext_lazy("Cette date n’existe pas. Vérifiez le jour et le mois.")},
    )  # fmt: skip


def _line(label: Any, **more: Any) -> PlainText:
    return PlainText(
        label=label, longest=LONGEST_LINE, required=False, attrs={"data-longest": LONGEST_LINE}, **more
    )


def _text(label: Any, lines: int = 3, **more: Any) -> PlainText:
    attrs = {"data-longest": LONGEST_TEXT}
    return PlainText(label=label, longest=LONGEST_TEXT, lines=lines, required=False, attrs=attrs, **more)


def _people(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST_PEOPLE, widget=forms.TextInput(_NUMBER)
    )


class VisitForm(forms.Form):
    """What is told of a visit. `places`: the communes offered, (code, name)."""

    use_required_attribute = False

    visited_on = _day(gettext_lazy("Le jour de la visite"), required=True)
    visited_time = HourField(label=gettext_lazy("L’heure"))
    commune = forms.CharField(
        label=gettext_lazy("Dans quelle commune ?"), required=False, widget=forms.Select
    )
    place = _line(
        gettext_lazy("Le lieu, en quelques mots"),
        help_text=gettext_lazy("Par exemple : au local du groupe, à la maison de la présidente."),
    )
    women = _people(gettext_lazy("Femmes"))
    men = _people(gettext_lazy("Hommes"))
    young = _people(gettext_lazy("Dont moins de 35 ans"))
    need = forms.ChoiceField(
        label=gettext_lazy("De quoi le groupe a-t-il besoin ?"), choices=Need.choices, initial=Need.NONE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    blocked_on = _line(gettext_lazy("S’il est bloqué : par quoi ?"))
    photos_agreed = forms.BooleanField(
        label=gettext_lazy("Le groupe est d’accord pour ces photos, et pour qu’elles soient dans ce compte rendu"),
        required=False,
    )  # fmt: skip
    photos = ManyFiles(
        label=gettext_lazy("Photos : quatre au plus"), required=False,
        widget=ManyFilesInput({"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    mood = forms.ChoiceField(
        label=gettext_lazy("Comment avez-vous trouvé le groupe ?"), required=False,
        choices=[("", gettext_lazy("Je ne le dis pas")), *Mood.choices], widget=forms.RadioSelect,
    )  # fmt: skip
    staff_text = _text(gettext_lazy("Vos remarques pour les conseillers"))
    submission_key = FreshKey()

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in THEMES.items():
            self.fields[name] = _text(label, help_text=THEME_HINTS[name])
        for rank in range(1, MOST_AGREEMENTS + 1):
            self.fields[f"what_{rank}"] = _line(gettext_lazy("Quoi"))
            self.fields[f"who_{rank}"] = _line(gettext_lazy("Qui"))
            self.fields[f"due_{rank}"] = _day(gettext_lazy("Avant quel jour"))
        widget: Any = self.fields["commune"].widget
        widget.choices = [("", _("Ailleurs, ou je ne sais pas")), *places]

    def clean_commune(self) -> str:
        """A commune of the country, even one that was not offered: the page may be an old one."""
        code: str = self.cleaned_data["commune"]
        known = Territory.objects.filter(code=code, level=Territory.Level.COMMUNE)
        if code and not known.exists():
            raise ValidationError(_("Choisissez la commune dans la liste."), "unknown")
        return code

    def clean_photos(self) -> list[Any]:
        """As many as a report may have; each is checked by its content when it is kept."""
        files: list[Any] = self.cleaned_data["photos"]
        if len(files) > MOST_PHOTOS:
            raise ValidationError(_("Quatre photos au plus dans un compte rendu."), "many")
        return files

    def clean(self) -> dict[str, Any]:
        """One rule for every door: the report's own."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("photos") and not cleaned.get("photos_agreed"):
            self.add_error(
                "photos_agreed", _("Sans l’accord du groupe, les photos ne peuvent pas être gardées.")
            )
        for rank in range(1, MOST_AGREEMENTS + 1):
            if not cleaned.get(f"what_{rank}") and (cleaned.get(f"who_{rank}") or cleaned.get(f"due_{rank}")):
                self.add_error(f"what_{rank}", UNFIT["what", "empty"])
        if not self.errors:
            try:
                check_told(self.told(), timezone.now())
            except Unfit as fault:
                self.add_error(fault.name, UNFIT[_kind_of(fault.name), fault.why])
        return cleaned

    def told(self) -> Told:
        """What was told, once every field is well formed."""
        said = self.cleaned_data
        themes = {name: said[name] for name in THEMES}
        agreed = tuple(
            Agreed(said[f"what_{rank}"], said[f"who_{rank}"], said[f"due_{rank}"])
            for rank in range(1, MOST_AGREEMENTS + 1)
            if said[f"what_{rank}"]
        )
        words = (*themes.values(), *(one.what for one in agreed), said["blocked_on"], said["staff_text"])
        return Told(
            timezone.make_aware(datetime.combine(said["visited_on"], said["visited_time"])),
            said["commune"], said["place"], said["women"], said["men"], said["young"], themes, agreed,
            # who says by what the group is blocked says that it is
            Need.BLOCKED if said["blocked_on"] else Need(said["need"]), said["blocked_on"],
            said["photos_agreed"], said["mood"], said["staff_text"], language_of(" ".join(words)),
        )  # fmt: skip

    @property
    def theme_fields(self) -> list[forms.BoundField]:
        """The themes in order."""
        return [self[name] for name in THEMES]

    @property
    def agreement_rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """What, who, until when; row by row."""
        return [
            (rank, self[f"what_{rank}"], self[f"who_{rank}"], self[f"due_{rank}"])
            for rank in range(1, MOST_AGREEMENTS + 1)
        ]


class FieldForm(VisitForm):
    """The same, on one of the visitor's projects."""

    project = forms.ChoiceField(
        label=gettext_lazy("Quel projet ?"),
        error_messages={"required": gettext_lazy("Choisissez le projet."),
                        "invalid_choice": gettext_lazy("Vous ne suivez plus ce projet : choisissez-en un autre.")},
    )  # fmt: skip

    def __init__(self, *args: Any, projects: list[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["project"]
        offered = [(row.reference, f"{row.name} ({_commune_name(row.commune)})") for row in projects]
        choice.choices = offered if len(offered) == 1 else [("", _("Choisissez le projet")), *offered]


def _kind_of(name: str) -> str:
    """`due_2` → `due`: the rows of agreements share their words."""
    head, _sep, rank = name.rpartition("_")
    return head if rank.isdigit() else name


def _commune_name(place: Territory) -> str:
    return str(place.name_ar if get_language() == "ar" and place.name_ar else place.name_fr)


def places_for(person: Any) -> list[tuple[str, str]]:
    """The communes of the regions where the person advises, by name."""
    regions = sorted(person.regions_as(Role.ADVISOR))
    name = "name_ar" if get_language() == "ar" else "name_fr"
    rows = Territory.objects.filter(level=Territory.Level.COMMUNE).order_by(name)
    return [(code, label) for code, label in rows.values_list("code", name) if code.split(".")[0] in regions]


def values_of(visit: VisitReport) -> dict[str, Any]:
    """What the form shows of a report already written, by its author."""
    moment = timezone.localtime(visit.visited_at)
    values: dict[str, Any] = {
        "visited_on": moment.date(), "visited_time": moment.time(), "commune": visit.commune_id or "",
    }  # fmt: skip
    for name in ("place", "women", "men", "young", *THEMES, "need", "blocked_on", "photos_agreed"):
        values[name] = getattr(visit, name)
    for one in visit.agreements.all():
        values |= {
            f"what_{one.position}": one.what, f"who_{one.position}": one.who, f"due_{one.position}": one.due_on
        }  # fmt: skip
    if (part := getattr(visit, "staff_part", None)) is not None:
        values |= {"mood": part.mood, "staff_text": part.text}
    return values
