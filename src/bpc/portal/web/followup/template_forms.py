"""The forms with which the office writes a template: a new one, its heading, a part, a source, publication.

Each form carries what was written when it was opened: changed by somebody else meanwhile, it is told and nothing typed
is lost; what others changed elsewhere in the draft stays.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.followup.contents import Content, hash_content
from bpc.portal.projects.states import Stage
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.vault.forms import day_field

#: The pictograms a part or a step may carry, in words.
ICONS: dict[str, Any] = {
    "path": gettext_lazy("un chemin"),
    "idea": gettext_lazy("une idée"),
    "people": gettext_lazy("des personnes"),
    "need-papers": gettext_lazy("des papiers"),
    "document": gettext_lazy("un document"),
    "flag": gettext_lazy("un drapeau"),
    "key": gettext_lazy("une clé"),
    "need-money": gettext_lazy("de l’argent"),
    "funding": gettext_lazy("un financement"),
    "house": gettext_lazy("une maison"),
    "calendar": gettext_lazy("un calendrier"),
    "meeting": gettext_lazy("une réunion"),
    "training": gettext_lazy("une formation"),
    "need-coaching": gettext_lazy("un accompagnement"),
    "need-tools": gettext_lazy("des outils"),
    "need-premises": gettext_lazy("un local"),
    "souk": gettext_lazy("un souk"),
    "model": gettext_lazy("un plan"),
    "search": gettext_lazy("une loupe"),
    "share": gettext_lazy("un partage"),
    "check": gettext_lazy("une coche"),
    "clock": gettext_lazy("une horloge"),
    "mail": gettext_lazy("une lettre"),
    "phone": gettext_lazy("un téléphone"),
    "star8": gettext_lazy("une étoile"),
    "info": gettext_lazy("une information"),
    "fund-in-kind": gettext_lazy("un don en nature"),
    "fund-prize": gettext_lazy("un prix"),
    "comment": gettext_lazy("une parole"),
    "opportunity": gettext_lazy("une occasion"),
}
LANGUAGES = (("fr", gettext_lazy("français")), ("ar", gettext_lazy("arabe")))
_ATTRIBUTES = {"fr": {"lang": "fr", "dir": "ltr"}, "ar": {"lang": "ar", "dir": "rtl"}}


def text_field(label: Any, language: tuple[str, Any], lines: int, *, required: bool) -> PlainText:
    """The box of one text in one language."""
    return PlainText(
        longest=2000,
        lines=lines,
        required=required,
        label=_("%(label)s (%(language)s)") % {"label": label, "language": language[1]},
        required_message=_("Écrivez ce texte dans les deux langues."),
        attrs=_ATTRIBUTES[language[0]],
    )


def both(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """A text in both languages, from its two boxes."""
    return {code: data[f"{name}_{code}"] for code, _label in LANGUAGES}


def in_language(words: Mapping[str, str]) -> str:
    """A title of the template as the page speaks."""
    return words.get(get_language() or "fr", words["fr"])


def choices(pairs: Iterable[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
    """The choices, after the one that says none."""
    return [("", empty), *pairs]


class PartForm(forms.Form):
    """A form that writes a part of a draft. `part` is what is written now, empty for what does not exist yet."""

    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, part: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = hash_content(part) if part else ""
        self.initial["base"] = self.now
        self.overtaken = False

    def clean(self) -> dict[str, Any]:
        """Changed since it was opened: told once; sent again, what is typed stands."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("base", "") != self.now:
            self.overtaken = True
            sent: Any = self.data
            sent = sent.copy()
            sent["base"] = self.now  # sent again, it is based on what is written now
            self.data = sent
            self.add_error(
                None,
                _(
                    "Quelqu’un a changé ce passage pendant que vous écriviez. Votre texte est gardé ci-dessous : "
                    "comparez, puis enregistrez de nouveau pour le garder."
                ),
            )
        return data


def _add_texts(form: forms.Form, texts: Iterable[tuple[str, Any, int]], now: Mapping[str, Any]) -> None:
    for name, label, lines in texts:
        for language in LANGUAGES:
            key = f"{name}_{language[0]}"
            form.fields[key] = text_field(label, language, lines, required=True)
            form.initial.setdefault(key, (now.get(name) or {}).get(language[0], ""))


def _icon_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Pictogramme"), choices=list(ICONS.items()))


def _stages_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Proposé aux projets à l’étape"),
        choices=Stage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


_NAMES = (("name", gettext_lazy("Nom du parcours"), 1), ("about", gettext_lazy("En une phrase"), 2))


class HeadingForm(PartForm):
    """The name of the path, its sentence, its pictogram, the stages it is proposed for."""

    PARTS = ("name", "about", "icon", "stages")

    def __init__(self, content: Content, *args: Any, **kwargs: Any) -> None:
        super().__init__({name: content.get(name) for name in self.PARTS}, *args, **kwargs)
        self.content = content
        _add_texts(self, _NAMES, content)
        self.fields["icon"], self.fields["stages"] = _icon_field(), _stages_field()
        self.initial.update(icon=content["icon"], stages=content.get("stages", []))

    def written(self) -> Content:
        """The content with what was typed."""
        data = self.cleaned_data
        texts = {name: both(data, name) for name in ("name", "about")}
        return {**self.content, **texts, "icon": data["icon"], "stages": data["stages"]}


class NewTemplateForm(forms.Form):
    """A path of its own: its name, its sentence, its first part; the steps come after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_texts(self, (*_NAMES, ("phase", _("Titre de la première partie"), 1)), {})
        self.fields["icon"], self.fields["stages"] = _icon_field(), _stages_field()

    def written(self) -> Content:
        """The content of the first draft."""
        data = self.cleaned_data
        phase = {"id": "part_1", "icon": data["icon"], "title": both(data, "phase")}
        return {
            "name": both(data, "name"), "about": both(data, "about"), "icon": data["icon"],
            "stages": data["stages"], "phases": [phase], "steps": [],
        }  # fmt: skip


class PhaseForm(PartForm):
    """A part of the path: its title and its pictogram."""

    def __init__(self, phase: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(phase if "title" in phase else {}, *args, **kwargs)
        self.phase = phase
        _add_texts(self, (("title", _("Titre de la partie"), 1),), phase)
        self.fields["icon"] = _icon_field()
        self.initial["icon"] = phase.get("icon")

    def written(self) -> dict[str, Any]:
        """The part with what was typed."""
        return {
            "id": self.phase["id"],
            "icon": self.cleaned_data["icon"],
            "title": both(self.cleaned_data, "title"),
        }


class SourceForm(PartForm):
    """A page that was read."""

    url = forms.URLField(label=gettext_lazy("Adresse de la page"), max_length=600, assume_scheme="https")
    read_on = day_field(gettext_lazy("Lue le"), required=True)

    def __init__(self, source: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(source, *args, **kwargs)
        _add_texts(self, (("name", _("Nom de la source"), 1),), source)
        self.initial.update({name: source[name] for name in ("url", "read_on") if name in source})

    def written(self) -> dict[str, Any]:
        """The source as the draft stores it."""
        data = self.cleaned_data
        return {"name": both(data, "name"), "url": data["url"], "read_on": data["read_on"].isoformat()}


class PublishForm(forms.Form):
    """What changed, and the will to publish."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    note = PlainText(
        label=gettext_lazy("Qu’est-ce qui change, et pourquoi ?"),
        help_text=gettext_lazy("Les groupes la lisent avant de passer à cette version."),
        longest=500,
        shortest=3,
        lines=3,
        required_message=gettext_lazy("Dites en quelques mots ce qui change."),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy(
            "Je publie : les nouveaux parcours suivront cette version, les autres gardent la leur."
        ),
        error_messages={"required": gettext_lazy("Cochez cette case pour publier.")},
    )
