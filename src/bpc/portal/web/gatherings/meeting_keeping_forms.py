"""What organisers fill in: the meeting, its programme, its report, a photo."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.actions import MeetingContent, ProgrammeLine
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import PhotoConsent
from bpc.portal.gatherings.visibility import organises
from bpc.portal.web.ideas.fields import ExpectedText, PlainText
from bpc.portal.web.ideas.places import Answer, commune_answered, commune_at, commune_fault

MOST_SEATS, MOST_PARTNERS, MOST_LINES = 20_000, 20, 20
_DECIMAL = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}
_BAR = "|"


class HourField(forms.TimeField):
    """An hour of the day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput({"type": "time", "dir": "ltr"}, format="%H:%M")
        messages = {"invalid": _("Écrivez l’heure ainsi : 09:30.")}
        super().__init__(required=False, widget=widget, error_messages=messages, **kwargs)


class MeetingForm(forms.Form):
    """One meeting. The organiser's region is checked on the commune."""

    commune_name = ExpectedText(
        label=_("Dans quelle commune ?"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    commune = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Le jour"),
        required=False,
        help_text=_("Laissez vide si la date n’est pas décidée : elle sera dite inconnue."),
        widget=forms.SelectDateWidget(years=range(2024, 2100)),
    )
    starts = HourField(label=_("Heure de début"))
    ends = HourField(label=_("Heure de fin"))
    title_fr = PlainText(
        label=_("Titre en français"), longest=160, required=False,
        help_text=_("Vide : « Rencontre régionale à » suivi de la ville."),
    )  # fmt: skip
    title_ar = PlainText(label=_("Titre en arabe"), longest=160, required=False, attrs={"lang": "ar"})
    theme_fr = PlainText(label=_("Thème en français"), longest=300, required=False)
    theme_ar = PlainText(label=_("Thème en arabe"), longest=300, required=False, attrs={"lang": "ar"})
    contest_fr = PlainText(label=_("Concours d’idées ce jour-là, en français"), longest=160, required=False)
    contest_ar = PlainText(
        label=_("Concours d’idées ce jour-là, en arabe"), longest=160, required=False, attrs={"lang": "ar"}
    )
    venue_fr = PlainText(
        label=_("Lieu en français"), longest=200, required=False, help_text=_("Le nom de la salle.")
    )
    venue_ar = PlainText(label=_("Lieu en arabe"), longest=200, required=False, attrs={"lang": "ar"})
    address = PlainText(label=_("Adresse"), longest=200, required=False)
    lat = forms.CharField(
        label=_("Latitude de la salle"), max_length=24, required=False, widget=forms.TextInput(_DECIMAL)
    )
    lon = forms.CharField(
        label=_("Longitude de la salle"), max_length=24, required=False, widget=forms.TextInput(_DECIMAL)
    )
    partners = PlainText(
        label=_("Partenaires"), longest=3000, lines=4, required=False,
        help_text=_("Un par ligne : nom français | nom arabe."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Nombre de places"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("Vide : les places ne sont pas limitées."),
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr"}),
    )
    until = forms.DateField(
        label=_("Dernier jour pour s’inscrire"),
        required=False,
        help_text=_("Vide : jusqu’au début de la rencontre."),
        widget=forms.SelectDateWidget(years=range(2024, 2100)),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.answer = person, Answer(None, [])

    def clean_lat(self) -> float | None:
        """Degrees north."""
        return _degrees(self.cleaned_data["lat"])

    def clean_lon(self) -> float | None:
        """Degrees east."""
        return _degrees(self.cleaned_data["lon"])

    def clean_partners(self) -> tuple[tuple[str, str], ...]:
        """Pairs of names; one language may be missing."""
        pairs = []
        for line in self.cleaned_data["partners"].split("\n"):
            french, _bar, arabic = (part.strip() for part in line.partition(_BAR))
            if french or arabic:
                pairs.append((french[:160], arabic[:160]))
        if len(pairs) > MOST_PARTNERS:
            raise ValidationError(_("Vingt partenaires au plus."), "many")
        return tuple(pairs)

    def clean(self) -> dict[str, Any]:
        """A commune of the organiser's region; hours of a known day, in order; a point in that commune."""
        cleaned = super().clean() or self.cleaned_data
        self._check_commune(cleaned)
        self._check_hours(cleaned)
        self._check_point(cleaned)
        return cleaned

    def content(self) -> MeetingContent:
        """What was filled in, once valid."""
        said, commune = self.cleaned_data, self.answer.commune
        assert commune is not None  # checked by `clean`
        names = (
            "title_fr", "title_ar", "theme_fr", "theme_ar", "contest_fr", "contest_ar", "venue_fr", "venue_ar",
            "address", "lon", "lat", "partners", "capacity",
        )  # fmt: skip
        return MeetingContent(
            commune=commune, day=said["day"], starts_at=_moment(said["day"], said["starts"]),
            ends_at=_moment(said["day"], said["ends"]), registration_until=_moment(said["until"], time(23, 59)),
            **{name: said[name] for name in names},
        )  # fmt: skip

    def _check_commune(self, cleaned: dict[str, Any]) -> None:
        self.answer = commune_answered(cleaned)
        commune = self.answer.commune
        if commune is None:
            missing = _("Dites dans quelle commune se tient la rencontre.")
            self.add_error(
                "commune_name", commune_fault(self.answer, cleaned.get("commune_name", ""), missing)
            )
        elif not organises(self.person, Gathering(region_id=commune.region_code)):
            self.add_error(
                "commune_name", ValidationError(_("Cette commune n’est pas de votre région."), "region")
            )

    def _check_hours(self, cleaned: dict[str, Any]) -> None:
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if (starts or ends) and day is None and not self.has_error("day"):
            self.add_error("day", ValidationError(_("Donnez le jour avec l’heure."), "hour"))
        if ends and starts is None:
            self.add_error("starts", ValidationError(_("Donnez aussi l’heure de début."), "start"))
        elif starts and ends and ends <= starts:
            self.add_error("ends", ValidationError(_("La fin vient après le début."), "order"))
        until = cleaned.get("until")
        if until and day and until > day:
            self.add_error("until", ValidationError(_("Ce jour vient après la rencontre."), "late"))

    def _check_point(self, cleaned: dict[str, Any]) -> None:
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if self.has_error("lat") or self.has_error("lon") or (lat is None and lon is None):
            return
        if lat is None or lon is None:
            message = _("Donnez la latitude et la longitude, ou aucune des deux.")
            self.add_error("lat" if lat is None else "lon", ValidationError(message, "half"))
            return
        found = commune_at(lat, lon)
        if self.answer.commune is not None and (found is None or found.pk != self.answer.commune.pk):
            self.add_error(
                "lat", ValidationError(_("Ce point n’est pas dans la commune choisie."), "elsewhere")
            )


def initial_of(gathering: Gathering) -> dict[str, Any]:
    """The form as the meeting stands."""
    names = (
        "title_fr", "title_ar", "theme_fr", "theme_ar", "contest_fr", "contest_ar", "venue_fr", "venue_ar", "address",
        "capacity", "revision",
    )  # fmt: skip
    commune = gathering.commune
    return {
        **{name: getattr(gathering, name) for name in names},
        "commune": gathering.commune_id or "",
        "commune_name": commune.name if commune is not None else "",
        "commune_for": commune.name if commune is not None else "",
        "day": gathering.date,
        "starts": _hour(gathering.starts_at),
        "ends": _hour(gathering.ends_at),
        "lat": "" if gathering.lat is None else f"{gathering.lat:.6f}",
        "lon": "" if gathering.lon is None else f"{gathering.lon:.6f}",
        "partners": "\n".join(
            f"{one.get('fr', '')} {_BAR} {one.get('ar', '')}" for one in gathering.partners
        ),
        "until": timezone.localdate(gathering.registration_until) if gathering.registration_until else None,
    }


class ProgrammeLineForm(forms.Form):
    """One line of the programme; a line without a title is left out."""

    starts = HourField(label=_("De"))
    ends = HourField(label=_("Jusqu’à"))
    title_fr = PlainText(label=_("Quoi, en français"), longest=160, required=False)
    title_ar = PlainText(label=_("Quoi, en arabe"), longest=160, required=False, attrs={"lang": "ar"})
    by_fr = PlainText(
        label=_("Qui, en français"), longest=160, required=False,
        help_text=_("Une fonction ou un organisme."),
    )  # fmt: skip
    by_ar = PlainText(label=_("Qui, en arabe"), longest=160, required=False, attrs={"lang": "ar"})

    def clean(self) -> dict[str, Any]:
        """A title wherever something is said; hours in order."""
        cleaned = super().clean() or self.cleaned_data
        titled = cleaned.get("title_fr") or cleaned.get("title_ar")
        if not titled and any(cleaned.get(name) for name in ("starts", "ends", "by_fr", "by_ar")):
            self.add_error("title_fr", ValidationError(_("Dites ce qui se passe à cette heure."), "title"))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", ValidationError(_("La fin vient après le début."), "order"))
        return cleaned

    def line(self) -> ProgrammeLine | None:
        """The line, once valid; None for an empty one."""
        said = self.cleaned_data
        if not (said.get("title_fr") or said.get("title_ar")):
            return None
        return ProgrammeLine(
            title_fr=said["title_fr"] or said["title_ar"], title_ar=said["title_ar"], starts=said["starts"],
            ends=said["ends"], by_fr=said["by_fr"], by_ar=said["by_ar"],
        )  # fmt: skip


class ReportForm(forms.Form):
    """The report in the two languages; one may come later."""

    text_fr = PlainText(label=_("Compte rendu en français"), longest=10_000, lines=12, required=False)
    text_ar = PlainText(
        label=_("Compte rendu en arabe"), longest=10_000, lines=12, required=False, attrs={"lang": "ar"}
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """At least one language."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("text_fr") or cleaned.get("text_ar")):
            self.add_error(
                "text_fr", ValidationError(_("Écrivez le compte rendu dans une langue au moins."), "empty")
            )
        return cleaned


class MeetingPhotoForm(forms.Form):
    """One photo, and what is known of the people on it."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("En JPEG, PNG ou WebP, 15 Mo au plus. Le lieu caché dans la photo est effacé."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choisissez une photo."), "empty": _("Ce fichier est vide.")},
    )
    alt = PlainText(
        label=_("Ce que montre la photo"), longest=160, shortest=5,
        required_message=_("Dites ce que l’on voit, pour les personnes qui ne voient pas."),
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("Qui est sur la photo ?"),
        choices=PhotoConsent.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Sans l’accord des personnes reconnaissables, la photo n’est pas gardée.")
        },
    )
    statement = PlainText(
        label=_("Comment l’accord a été donné"), longest=300, lines=2, required=False,
        help_text=_("Exemple : demandé à voix haute avant la photo, feuille signée gardée à la délégation."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """People on it: how they agreed is written down."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("consent") == PhotoConsent.EVERYBODY and not cleaned.get("statement"):
            self.add_error(
                "statement", ValidationError(_("Dites comment ces personnes ont donné leur accord."), "how")
            )
        return cleaned


def _moment(day: Any, hour: time | None) -> datetime | None:
    """That hour of that day in Morocco."""
    if day is None or hour is None:
        return None
    return timezone.make_aware(datetime.combine(day, hour))


def _hour(moment: datetime | None) -> time | None:
    return timezone.localtime(moment).time() if moment is not None else None


def _degrees(text: str) -> float | None:
    """The number typed, with a comma or a point; None when nothing was."""
    if not text.strip():
        return None
    try:
        value = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        raise ValidationError(_("Écrivez un nombre, par exemple 31,7917."), "number") from None
    if not abs(value) <= 180:
        raise ValidationError(_("Écrivez un nombre, par exemple 31,7917."), "number")
    return value
