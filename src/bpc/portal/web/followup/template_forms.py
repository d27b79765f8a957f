"""The forms with which the office writes a template: its heading, one step, a source, publication."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.followup.contents import Content
from bpc.portal.followup.words import CLOCK_TITLES, DUTY_WORDS, EVENT_WORDS, REASONS
from bpc.portal.projects.states import Stage
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.vault.forms import day_field

_EVIDENCE = (
    ("official", gettext_lazy("source officielle")),
    ("sourced", gettext_lazy("source citée")),
    ("deduced", gettext_lazy("déduit")),
    ("estimate", gettext_lazy("estimation")),
    ("to_verify", gettext_lazy("à vérifier")),
)
ICONS = (
    "path", "idea", "people", "need-papers", "document", "flag", "key", "need-money", "funding", "house", "calendar",
    "meeting", "training", "need-coaching", "need-tools", "need-premises", "souk", "model", "search", "share", "check",
    "clock", "mail", "phone", "star8", "info", "fund-in-kind", "fund-prize", "comment", "opportunity",
)  # fmt: skip
#: (name, label, lines, required): the texts of a step, one field per language.
_TEXTS: tuple[tuple[str, Any, int, bool], ...] = (
    ("title", gettext_lazy("Titre"), 1, True),
    ("call", gettext_lazy("Ce qu’il faut faire, à l’impératif, sans point final ni date"), 1, True),
    ("why", gettext_lazy("Pourquoi"), 3, True),
    ("who", gettext_lazy("Qui"), 2, True),
    ("where", gettext_lazy("Où"), 2, True),
    ("done_when", gettext_lazy("C’est fait quand"), 2, True),
    ("papers", gettext_lazy("Papiers, un par ligne"), 4, False),
    ("wrong", gettext_lazy("Ce qui peut mal se passer, un par ligne"), 4, False),
    ("article", gettext_lazy("Article de loi"), 1, False),
    ("cost_note", gettext_lazy("Coût en mots"), 2, False),
    ("delay_text", gettext_lazy("Délai de la loi en mots"), 2, False),
)
_LISTS = ("papers", "wrong")
_LANGUAGES = (("fr", gettext_lazy("français")), ("ar", gettext_lazy("arabe")))
_ATTRIBUTES = {"fr": {"lang": "fr", "dir": "ltr"}, "ar": {"lang": "ar", "dir": "rtl"}}


def _text(label: Any, language: tuple[str, Any], lines: int, *, required: bool) -> PlainText:
    return PlainText(
        longest=2000,
        lines=lines,
        required=required,
        label=_("%(label)s (%(language)s)") % {"label": label, "language": language[1]},
        required_message=_("Écrivez ce texte dans les deux langues."),
        attrs=_ATTRIBUTES[language[0]],
    )


def _choices(pairs: Iterable[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *pairs]


def _in_language(words: Mapping[str, str]) -> str:
    """A title of the template as the page speaks."""
    return words.get(get_language() or "fr", words["fr"])


class _Revised(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class HeadingForm(_Revised):
    """The name of the path, its sentence, the stages it is proposed for, the names of its phases."""

    def __init__(self, content: Content, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        for name, label, lines in (("name", _("Nom du parcours"), 1), ("about", _("En une phrase"), 2)):
            for language in _LANGUAGES:
                self.fields[f"{name}_{language[0]}"] = _text(label, language, lines, required=True)
                self.initial.setdefault(f"{name}_{language[0]}", content[name][language[0]])
        self.fields["stages"] = forms.MultipleChoiceField(
            label=_("Proposé aux projets à l’étape"),
            choices=Stage.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.initial.setdefault("stages", content.get("stages", []))
        for phase in content["phases"]:
            for language in _LANGUAGES:
                key = f"phase_{phase['id']}_{language[0]}"
                self.fields[key] = _text(
                    _("Partie « %(name)s »") % {"name": _in_language(phase["title"])},
                    language,
                    1,
                    required=True,
                )
                self.initial.setdefault(key, phase["title"][language[0]])

    def written(self) -> Content:
        """The content with what was typed."""
        data = self.cleaned_data
        phases = [
            {**phase, "title": {code: data[f"phase_{phase['id']}_{code}"] for code in ("fr", "ar")}}
            for phase in self.content["phases"]
        ]
        texts = {name: {code: data[f"{name}_{code}"] for code in ("fr", "ar")} for name in ("name", "about")}
        return {**self.content, **texts, "phases": phases, "stages": data["stages"]}


class StepForm(_Revised):
    """One step, in both languages."""

    def __init__(self, content: Content, step: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.step = content, step
        for name, label, lines, required in _TEXTS:
            for language in _LANGUAGES:
                self.fields[f"{name}_{language[0]}"] = _text(label, language, lines, required=required)
        self._add_choices()
        self._add_numbers()
        self.initial = {**_flat(step), **self.initial}

    def _add_choices(self) -> None:
        above = []
        for one in self.content["steps"]:
            if one["id"] == self.step.get("id"):
                break
            above.append((one["id"], _in_language(one["title"])))
        phases = [(one["id"], _in_language(one["title"])) for one in self.content["phases"]]
        sources = [(key, _in_language(one["name"])) for key, one in self.content.get("sources", {}).items()]
        conditions: list[tuple[str, Any]] = [(str(name), words) for name, words in REASONS.items()]
        events = [(event.value, words) for event, words in EVENT_WORDS.items()]
        one_of: tuple[tuple[str, Any, list[tuple[str, Any]], bool], ...] = (
            ("phase", _("Partie du parcours"), phases, True),
            ("icon", _("Pictogramme"), [(name, name) for name in ICONS], True),
            ("duty", _("Qui le demande"), list(DUTY_WORDS.items()), True),
            ("confidence", _("Fiabilité"), list(_EVIDENCE), True),
            ("cost_confidence", _("Fiabilité du coût"), list(_EVIDENCE), False),
            ("delay_confidence", _("Fiabilité du délai"), list(_EVIDENCE), False),
            ("asks", _("Date à demander quand c’est fait"), events, False),
            ("clock", _("Délai de la loi qui fixe la date"), list(CLOCK_TITLES.items()), False),
        )  # fmt: skip
        for name, label, pairs, required in one_of:
            shown = pairs if required else _choices(pairs, _("aucun"))
            self.fields[name] = forms.ChoiceField(label=label, choices=shown, required=required)
        for name, label, pairs in (
            ("after", _("Vient après"), above),
            ("sources", _("Sources"), sources),
            ("ticked_by", _("Se coche seule quand"), conditions),
            ("dropped_by", _("Se retire seule quand"), conditions),
        ):
            if pairs:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, choices=pairs, required=False, widget=forms.CheckboxSelectMultiple
                )

    def _add_numbers(self) -> None:
        for name, label in (
            ("cost_low", _("Coût le plus bas, en MAD")),
            ("cost_high", _("Coût le plus haut, en MAD")),
        ):
            self.fields[name] = forms.FloatField(label=label, required=False, min_value=0, max_value=1e9)
        for name, label, least in (
            ("delay_days", _("Délai de la loi, en jours"), 0),
            ("usual_days", _("Durée habituelle, en jours (une estimation)"), 1),
        ):
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=least, max_value=730
            )

    def clean(self) -> dict[str, Any]:
        """Lists have as many lines in both languages; an optional text is in both or none."""
        data: dict[str, Any] = super().clean() or {}
        for name, _label, _lines, required in _TEXTS:
            first, second = (str(data.get(f"{name}_{code}") or "") for code in ("fr", "ar"))
            if name in _LISTS and len(_lines_of(first)) != len(_lines_of(second)):
                self.add_error(f"{name}_ar", _("Écrivez autant de lignes qu’en français."))
            elif not required and bool(first) != bool(second):
                self.add_error(
                    f"{name}_ar" if first else f"{name}_fr", _("Écrivez ce texte dans les deux langues.")
                )
        for part, text in (("cost", "cost_note_fr"), ("delay", "delay_text_fr")):
            if data.get(text) and not data.get(f"{part}_confidence"):
                self.add_error(f"{part}_confidence", _("Dites d’où vient ce que vous écrivez."))
        if data.get("cost_low") is not None and not data.get("cost_note_fr"):
            self.add_error("cost_note_fr", _("Dites en mots ce que compte ce coût."))
        return data

    def written(self) -> dict[str, Any]:
        """The step with what was typed; what is empty is left out."""
        data = self.cleaned_data
        names = [name for name, _label, _lines, _required in _TEXTS if name not in _LISTS]
        texts = {name: _both(data, name) for name in names if data[f"{name}_fr"]}
        cost_note, delay_text = texts.pop("cost_note", None), texts.pop("delay_text", None)
        step = {"id": self.step["id"], **texts, **{name: _pairs(data, name) for name in _LISTS}}
        for name in ("phase", "icon", "duty", "confidence"):
            step[name] = data[name]
        for name in ("after", "sources", "ticked_by", "dropped_by"):
            step[name] = data.get(name, [])
        for name in ("asks", "clock", "usual_days"):
            if data[name]:
                step[name] = data[name]
        if cost_note:
            step["cost"] = _kept(
                low=data["cost_low"],
                high=data["cost_high"],
                note=cost_note,
                confidence=data["cost_confidence"],
            )
        if delay_text:
            step["delay"] = _kept(
                text=delay_text, days=data["delay_days"], confidence=data["delay_confidence"]
            )
        return step


class SourceForm(_Revised):
    """A page that was read."""

    url = forms.URLField(label=gettext_lazy("Adresse de la page"), max_length=600, assume_scheme="https")
    read_on = day_field(gettext_lazy("Lue le"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in _LANGUAGES:
            self.fields[f"name_{language[0]}"] = _text(_("Nom de la source"), language, 1, required=True)


class PublishForm(_Revised):
    """What changed, and the will to publish."""

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


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _both(data: Mapping[str, Any], name: str) -> dict[str, str]:
    return {code: data[f"{name}_{code}"] for code in ("fr", "ar")}


def _pairs(data: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    french, arabic = (_lines_of(data[f"{name}_{code}"]) for code in ("fr", "ar"))
    return [{"fr": one, "ar": other} for one, other in zip(french, arabic, strict=True)]


def _kept(**values: Any) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in values.items() if value is not None}


def _flat(step: Mapping[str, Any]) -> dict[str, Any]:
    """The step as the fields show it."""
    texts: dict[str, Any] = {name: step.get(name) or {} for name, _label, _lines, _required in _TEXTS}
    cost, delay = step.get("cost") or {}, step.get("delay") or {}
    texts |= {"cost_note": cost.get("note", {}), "delay_text": delay.get("text", {})}
    first: dict[str, Any] = {}
    for name, value in texts.items():
        for code in ("fr", "ar"):
            told = "\n".join(one[code] for one in value) if isinstance(value, list) else value.get(code, "")
            first[f"{name}_{code}"] = told
    for name in ("phase", "icon", "duty", "confidence", "after", "sources", "ticked_by", "dropped_by", "asks", "clock",
                 "usual_days"):  # fmt: skip
        first[name] = step.get(name)
    first |= {
        "cost_low": cost.get("low"),
        "cost_high": cost.get("high"),
        "cost_confidence": cost.get("confidence"),
    }
    return first | {"delay_days": delay.get("days"), "delay_confidence": delay.get("confidence")}
