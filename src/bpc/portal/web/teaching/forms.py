"""The small forms of the desk: how a course presents itself, the words of a lesson, why a version is sent back."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.lesson_body import faults_of_body
from bpc.datasets.paths import DATA
from bpc.datasets.validate.training import source_codes
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.teaching.choices import ICONS
from bpc.portal.web.teaching.lack_choices import lack_families
from bpc.portal.web.training.words import ROLES, STAGES

_FEW, _TEXT = 120, 20_000
LANGUAGES = ("fr", "ar")
_WORDS = ("name", "about", "outcome")


def _line(label: Any, language: str, longest: int, *, lines: int = 1) -> PlainText:
    attrs = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    return PlainText(label=label, longest=longest, lines=lines, required=False, attrs=attrs)


class CourseForm(forms.Form):
    """How a course presents itself, in both languages side by side; one language is enough to begin."""

    stage = forms.ChoiceField(label=gettext_lazy("À quel moment sert-il ?"), choices=list(STAGES.items()))
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Pour qui ?"), choices=list(ROLES.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins une case.")},
    )  # fmt: skip
    icon = forms.ChoiceField(label=gettext_lazy("Pictogramme"), choices=list(ICONS.items()))
    name_fr = _line(gettext_lazy("Nom du cours, en français"), "fr", _FEW)
    name_ar = _line(gettext_lazy("Nom du cours, en arabe"), "ar", _FEW)
    about_fr = _line(gettext_lazy("En une phrase, en français"), "fr", 300, lines=2)
    about_ar = _line(gettext_lazy("En une phrase, en arabe"), "ar", 300, lines=2)
    outcome_fr = _line(gettext_lazy("Ce que l’on emporte, en français"), "fr", 200)
    outcome_ar = _line(gettext_lazy("Ce que l’on emporte, en arabe"), "ar", 200)
    base = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Each text in one language at least."""
        data = super().clean() or {}
        for name in _WORDS:
            boxes = [f"{name}_{language}" for language in LANGUAGES]
            if not any(data.get(box) or self.has_error(box) for box in boxes):
                self.add_error(boxes[0], _("Écrivez ce texte, dans une langue au moins."))
        return data

    def written(self) -> dict[str, Any]:
        """What the part "course" says."""
        data = self.cleaned_data
        words = {
            name: {
                language: data[f"{name}_{language}"] for language in LANGUAGES if data[f"{name}_{language}"]
            }
            for name in _WORDS
        }
        return {**words, "icon": data["icon"], "stage": data["stage"], "roles": data["roles"]}

    def pairs(self) -> list[list[forms.BoundField]]:
        """The texts, one language beside the other."""
        return [[self[f"{name}_{language}"] for language in LANGUAGES] for name in _WORDS]


def course_values(part: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the boxes for the part "course"."""
    words = {f"{name}_{language}": text for name in _WORDS for language, text in part.get(name, {}).items()}
    return {**words, "icon": part["icon"], "stage": part["stage"], "roles": list(part["roles"])}


class LessonForm(forms.Form):
    """A lesson in one language."""

    title = PlainText(
        label=gettext_lazy("Titre"), longest=_FEW, required_message=gettext_lazy("Donnez un titre.")
    )
    aim = PlainText(
        label=gettext_lazy("Ce que l’on saura faire"), longest=300, lines=2,
        help_text=gettext_lazy("Commencez par « Vous saurez »."),
        required_message=gettext_lazy("Dites ce que l’on saura faire."),
    )  # fmt: skip
    body = forms.CharField(
        label=gettext_lazy("Texte"), widget=forms.Textarea({"rows": 24}), max_length=_TEXT,
        error_messages={"required": gettext_lazy("Écrivez le texte de la leçon.")},
    )  # fmt: skip
    base = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "aim", "body"):
            attrs = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
            self.fields[name].widget.attrs.update(attrs)

    def clean_body(self) -> str:
        """Only the small Markdown of lessons."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()
        if "\x00" in body:
            raise ValidationError(_("Ce texte contient un signe qui ne s’écrit pas."))
        if found := list(dict.fromkeys(told_fault(one) for one in faults_of_body(body))):
            raise ValidationError(found)
        return body

    def written(self) -> dict[str, str]:
        """What the part "text" says."""
        return {name: self.cleaned_data[name] for name in ("title", "aim", "body")}


class NewLessonForm(LessonForm):
    """A lesson more, in the language one begins with."""

    language = forms.ChoiceField(
        label=gettext_lazy("Dans quelle langue l’écrivez-vous d’abord ?"),
        choices=[("fr", gettext_lazy("En français")), ("ar", gettext_lazy("En arabe"))],
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes, exercice et questions compris"),
        min_value=3,
        max_value=30,
        initial=10,
    )


def told_fault(fault: str) -> str:
    """What a text holds that lessons do not, in words."""
    kind = fault.split(" at line ")[0]
    line = fault.partition(" at line ")[2]
    words = {
        "HTML": _("Les balises comme <b> ne sont pas acceptées : écrivez **gras**."),
        "code_block": _("Une ligne commence par quatre espaces : retirez-les."),
        "fence": _("Les blocs de code ne sont pas acceptés."),
        "code_inline": _("Retirez les accents graves ` autour d’un mot."),
        "image": _("Les images ne sont pas acceptées : utilisez le schéma de la leçon."),
    }
    if kind.startswith("a link to"):
        told = _("Un lien ne mène qu’à une autre leçon : [mots](lesson:cours/lecon).")
    elif kind.startswith("a heading"):
        told = _("Les titres s’écrivent avec ## ou ###.")
    else:
        told = words.get(kind, _("Ce texte contient quelque chose qu’une leçon ne montre pas."))
    return _("Ligne %(line)s : %(reason)s") % {"line": line, "reason": told} if line else told


class FactsForm(forms.Form):
    """What is known of a lesson beside its words."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes, exercice et questions compris"), min_value=3, max_value=30
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("Manques auxquels elle répond"), required=False,
        help_text=gettext_lazy(
            "La leçon est proposée aux projets où l’un d’eux est trouvé. Cochez ce qu’elle apprend vraiment à faire."
        ),
    )  # fmt: skip
    sources = PlainText(
        label=gettext_lazy("Sources"), longest=600, required=False, attrs={"dir": "ltr"},
        help_text=gettext_lazy("Leurs codes : « model:miel law:ag_notice », ou « own » pour vos propres mots."),
    )  # fmt: skip
    base = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._families = lack_families()
        known = {code: words for family in self._families for code, words in family.lacks}
        #: Codes that the lesson has and no page finds today: kept unless unticked.
        self._others = [(one, one) for one in self.initial.get("answers", ()) if one not in known]
        cast(forms.MultipleChoiceField, self.fields["answers"]).choices = [*known.items(), *self._others]

    def lacks(self) -> Iterator[dict[str, Any]]:
        """The families with what is ticked in each, for the page."""
        ticked = set(self["answers"].value() or ())
        named = [(family.name, family.lacks) for family in self._families]
        if self._others:
            named.append((_("Autres"), tuple(self._others)))
        for name, lacks in named:
            rows = [(code, words, code in ticked) for code, words in lacks]
            yield {"name": name, "rows": rows, "ticked": sum(row[2] for row in rows)}

    def clean_answers(self) -> list[str]:
        """In the order the lesson had them, the new ones after: a lesson sent back as it was is the same."""
        ticked = self.cleaned_data["answers"]
        before = [one for one in self.initial.get("answers", ()) if one in ticked]
        return list(dict.fromkeys([*before, *ticked]))

    def clean_sources(self) -> list[str]:
        """Codes of what the site knows; a wrong one is named."""
        codes = self.cleaned_data["sources"].replace(",", " ").replace("،", " ").replace(";", " ").split()
        unknown = set(codes) - source_codes(DATA) - {"own"}
        if unknown:
            told = {"codes": ", ".join(f"\u2068{one}\u2069" for one in codes if one in unknown)}
            raise forms.ValidationError(_("Aucune source ne porte ce code : %(codes)s.") % told)
        return list(dict.fromkeys(codes))

    def written(self) -> dict[str, Any]:
        """What the part "facts" says."""
        return {name: self.cleaned_data[name] for name in ("minutes", "answers", "sources")}


class PublishForm(forms.Form):
    """What changed, for those who will read the history; and the will to publish."""

    note = PlainText(
        label=gettext_lazy("Qu’est-ce qui change, et pourquoi ?"), longest=500, shortest=3, lines=3,
        help_text=gettext_lazy("Cette note reste dans l’historique du cours."),
        required_message=gettext_lazy("Dites en quelques mots ce qui change."),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=gettext_lazy(
            "J’ai lu les deux langues, l’exercice et les questions : ce cours peut être publié."
        ),
        error_messages={"required": gettext_lazy("Cochez cette case pour publier.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ReasonForm(forms.Form):
    """Why a version is sent back, or a course retired."""

    reason = PlainText(
        label=gettext_lazy("Pourquoi ?"), longest=500, shortest=3, lines=3,
        required_message=gettext_lazy("Dites pourquoi en quelques mots."),
    )  # fmt: skip


class ImportForm(forms.Form):
    """A course as a ZIP of its files."""

    file = forms.FileField(
        label=gettext_lazy("Le ZIP du cours"), widget=forms.FileInput({"accept": ".zip"}),
        help_text=gettext_lazy("Comme celui que donne « Télécharger le cours » : 2 Mo au plus."),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."), "empty": gettext_lazy("Ce fichier est vide."),
        },
    )  # fmt: skip


class SoundForm(forms.Form):
    """A lesson read aloud."""

    file = forms.FileField(
        label=gettext_lazy("L’enregistrement"), widget=forms.FileInput({"accept": ".mp3,.m4a,.ogg,.opus,audio/*"}),
        help_text=gettext_lazy("MP3, M4A ou Opus, 12 Mo et 20 minutes au plus."),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."), "empty": gettext_lazy("Ce fichier est vide."),
        },
    )  # fmt: skip
