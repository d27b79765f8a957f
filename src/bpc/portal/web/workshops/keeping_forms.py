"""What who holds a session fills in: the course, the place, the days, for whom."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import OrganisationKind
from bpc.portal.training.models import Course
from bpc.portal.web.gatherings.meeting_keeping_forms import HourField
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.workshops.filters import course_choices
from bpc.portal.web.workshops.forms import CommuneForm, initial_commune
from bpc.portal.workshops.courses import course_names, said
from bpc.portal.workshops.models import MOST_SEATS, Workshop
from bpc.portal.workshops.queries import active_trainers
from bpc.portal.workshops.sessions import DayHours, SessionContent
from bpc.portal.workshops.states import Spoken
from bpc.portal.workshops.visibility import may_open_in

MOST_DAYS = 10


class SessionForm(CommuneForm):
    """One session. The region of the commune must be one where the person opens sessions."""

    course = forms.ChoiceField(label=_("Le cours"), error_messages={"required": _("Choisissez le cours.")})
    place = PlainText(
        label=_("Le lieu"), longest=160, required_message=_("Dites le nom de la salle."),
        help_text=_("Exemple : maison de la culture, salle de réunion."),
    )  # fmt: skip
    address = PlainText(label=_("L’adresse"), longest=200, required=False)
    spoken = forms.MultipleChoiceField(
        label=_("Quelles langues y parlera-t-on ?"), choices=Spoken.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez une langue au moins.")},
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Nombre de places"), min_value=1, max_value=MOST_SEATS,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Dites combien de places a la salle.")},
    )  # fmt: skip
    trainers = forms.MultipleChoiceField(
        label=_("Qui anime ?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ces personnes tiennent la séance. Il en faut une pour l’annoncer."),
    )  # fmt: skip
    cooperative = PlainText(
        label=_("Réservée à une coopérative"), longest=160, required=False,
        help_text=_("Le nom exact de la coopérative sur ce site. Vide : ouverte à tous."),
    )  # fmt: skip
    note = PlainText(
        label=_("À savoir avant de venir"), longest=600, lines=3, required=False,
        help_text=_("Ce qu’il faut apporter, comment venir, garde d’enfants, repas."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Dernier jour pour s’inscrire"), required=False, help_text=_("Vide : jusqu’au début de la séance."),
        widget=forms.SelectDateWidget(years=range(2024, 2100)),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    no_commune = _("Dites dans quelle commune se tient la séance.")

    def __init__(self, *args: Any, person: Any, workshop: Workshop | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.organisation: Organisation | None = None
        self.fields["course"].choices = _courses(workshop)  # type: ignore[attr-defined]
        self.fields["trainers"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.display_name or _("sans nom")) for one in active_trainers()
        ]

    def clean(self) -> dict[str, Any]:
        """A commune where the person opens sessions; a cooperative that is on the site."""
        cleaned = super().clean()
        commune = self.answer.commune
        if commune is not None and not may_open_in(self.person, commune.region_code):
            self.add_error(
                "commune_name", ValidationError(_("Cette commune n’est pas de votre région."), "region")
            )
        if name := cleaned.get("cooperative"):
            self.organisation = self._cooperative(name)
        return cleaned

    def content(self, days: tuple[DayHours, ...]) -> SessionContent:
        """What was filled in, once valid, with its days."""
        said, commune = self.cleaned_data, self.answer.commune
        assert commune is not None  # checked by `clean`
        until = said["until"]
        return SessionContent(
            course=Course.objects.get(code=said["course"]), commune=commune, days=days, capacity=said["capacity"],
            place=said["place"], address=said["address"], note=said["note"], spoken=tuple(said["spoken"]),
            trainers=tuple(map(int, said["trainers"])), language=get_language() or "fr",
            organisation=self.organisation,
            registration_until=until and timezone.make_aware(datetime.combine(until, time(23, 59))),
        )  # fmt: skip

    def _cooperative(self, name: str) -> Organisation | None:
        """The cooperative of this name, of the commune of the session where several have it."""
        kinds = (OrganisationKind.COOPERATIVE, OrganisationKind.UNION)
        found = list(Organisation.objects.filter(kind__in=kinds, name__iexact=name).order_by("pk")[:20])
        if len(found) > 1 and self.answer.commune is not None:
            found = [one for one in found if one.commune_id == self.answer.commune.pk]
        if len(found) == 1:
            return found[0]
        message = (
            _("Plusieurs coopératives portent ce nom, aucune ou plusieurs dans cette commune.")
            if found
            else _("Aucune coopérative de ce nom n’a d’espace sur ce site.")
        )
        self.add_error("cooperative", ValidationError(message, "unknown"))
        return None


class DayForm(forms.Form):
    """One day of a session; an empty one is left out."""

    day = forms.DateField(
        label=_("Le jour"), required=False, widget=forms.SelectDateWidget(years=range(2024, 2100))
    )
    starts = HourField(label=_("De"))
    ends = HourField(label=_("Jusqu’à"))

    def clean(self) -> dict[str, Any]:
        """A day with its hours, in order."""
        cleaned = super().clean() or self.cleaned_data
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if (starts or ends) and day is None and not self.has_error("day"):
            self.add_error("day", ValidationError(_("Donnez le jour avec l’heure."), "hour"))
        if day and starts is None and not self.has_error("starts"):
            self.add_error("starts", ValidationError(_("Donnez aussi l’heure de début."), "start"))
        if day and ends is None and not self.has_error("ends"):
            self.add_error("ends", ValidationError(_("Donnez aussi l’heure de fin."), "end"))
        if starts and ends and ends <= starts:
            self.add_error("ends", ValidationError(_("La fin vient après le début."), "order"))
        return cleaned

    def hours(self) -> DayHours | None:
        """The day, once valid; None for an empty one."""
        said = self.cleaned_data
        return DayHours(said["day"], said["starts"], said["ends"]) if said.get("day") else None


class _Days(BaseFormSet[DayForm]):
    """At least one day, none twice."""

    def clean(self) -> None:
        """Said at the first line, or at the line that repeats a day."""
        if any(self.errors):
            return
        seen = set()
        for form in self.forms:
            day = form.cleaned_data.get("day")
            if day in seen:
                form.add_error("day", ValidationError(_("Ce jour est déjà dit plus haut."), "twice"))
            if day is not None:
                seen.add(day)
        if not seen:
            self.forms[0].add_error("day", ValidationError(_("Donnez au moins un jour."), "none"))


def days_of(forms_of_days: BaseFormSet[DayForm]) -> tuple[DayHours, ...]:
    """The days, in order, once valid."""
    return tuple(sorted(hours for form in forms_of_days.forms if (hours := form.hours()) is not None))


DayForms = formset_factory(DayForm, formset=_Days, extra=3, max_num=MOST_DAYS, absolute_max=MOST_DAYS)


def initial_of(workshop: Workshop) -> dict[str, Any]:
    """The form as the session stands."""
    names = ("place", "address", "note", "capacity", "spoken", "revision")
    until = workshop.registration_until
    return {
        **{name: getattr(workshop, name) for name in names}, **initial_commune(workshop.commune),
        "course": workshop.course.code, "trainers": [str(one.user_id) for one in workshop.trainers.all()],
        "cooperative": workshop.organisation.name if workshop.organisation is not None else "",
        "until": timezone.localdate(until) if until else None,
    }  # fmt: skip


def initial_days(workshop: Workshop) -> list[dict[str, Any]]:
    """Its days as lines."""
    return [{"day": one.day, "starts": one.starts, "ends": one.ends} for one in workshop.days.all()]


def _courses(workshop: Workshop | None) -> list[tuple[str, str]]:
    """The published courses, and the one of the session even if it was retired."""
    choices = course_choices()
    if workshop is not None and workshop.course.code not in dict(choices):
        names = course_names([workshop.course_id])[workshop.course_id]
        choices.append((workshop.course.code, said(names, get_language() or "fr")))
    return choices
