"""The form with which the office writes one step of a path, in both languages."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.path_templates import MOST_STEPS, Condition
from bpc.portal.followup.contents import Content
from bpc.portal.followup.law_dates import CLOCK_TITLES, EVENT_WORDS
from bpc.portal.followup.words import DUTY_WORDS, REASONS
from bpc.portal.training.catalogue import catalogue
from bpc.portal.web.followup.template_forms import (
    ICONS,
    LANGUAGES,
    PartForm,
    both,
    choices,
    in_language,
    text_field,
)
from bpc.portal.web.training.words import said

#: How sure a text is, in words.
EVIDENCE = (
    ("official", gettext_lazy("source officielle")),
    ("sourced", gettext_lazy("source citée")),
    ("deduced", gettext_lazy("déduit")),
    ("estimate", gettext_lazy("estimation")),
    ("to_verify", gettext_lazy("à vérifier")),
)
#: (name, label, lines, required): the texts of a step, one field per language.
TEXTS: tuple[tuple[str, Any, int, bool], ...] = (
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
LISTS = ("papers", "wrong")
_SOURCED = ("official", "sourced")


class StepForm(PartForm):
    """One step, in both languages."""

    def __init__(self, content: Content, step: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(step if "title" in step else {}, *args, **kwargs)
        self.content, self.step = content, step
        for name, label, lines, required in TEXTS:
            for language in LANGUAGES:
                self.fields[f"{name}_{language[0]}"] = text_field(label, language, lines, required=required)
        self._add_choices()
        self._add_numbers()
        self.initial = {**_flat(step), **self.initial}

    def _add_choices(self) -> None:
        above = []
        for one in self.content["steps"]:
            if one["id"] == self.step.get("id"):
                break
            above.append((one["id"], in_language(one["title"])))
        phases = [(one["id"], in_language(one["title"])) for one in self.content["phases"]]
        sources = [(key, in_language(one["name"])) for key, one in self.content.get("sources", {}).items()]
        conditions: list[tuple[str, Any]] = [(name, REASONS[name]) for name in get_args(Condition)]
        events = [(event.value, words) for event, words in EVENT_WORDS.items()]
        one_of: tuple[tuple[str, Any, list[tuple[str, Any]], bool], ...] = (
            ("phase", _("Partie du parcours"), phases, True),
            ("icon", _("Pictogramme"), list(ICONS.items()), True),
            ("duty", _("Qui le demande"), list(DUTY_WORDS.items()), True),
            ("confidence", _("Fiabilité"), list(EVIDENCE), True),
            ("cost_confidence", _("Fiabilité du coût"), list(EVIDENCE), False),
            ("delay_confidence", _("Fiabilité du délai"), list(EVIDENCE), False),
            ("asks", _("Date à demander quand c’est fait"), events, False),
            ("clock", _("Délai de la loi qui fixe la date"), list(CLOCK_TITLES.items()), False),
            ("badge", _("Attestation demandée : elle coche l’étape"), self._badges(), False),
        )  # fmt: skip
        for name, label, pairs, required in one_of:
            shown = pairs if required else choices(pairs, _("aucun"))
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

    def _badges(self) -> list[tuple[str, str]]:
        """The certificate of each published course; one that is no longer published stays while the step asks it."""
        found = {f"course:{one.code}": said(one.course.name) for one in catalogue().values()}
        kept = self.step.get("badge")
        return list(({kept: kept} if kept and kept not in found else {}).items()) + list(found.items())

    def _add_numbers(self) -> None:
        for name, label in (
            ("cost_low", _("Coût le plus bas, en MAD")),
            ("cost_high", _("Coût le plus haut, en MAD")),
        ):
            self.fields[name] = forms.FloatField(
                label=label, required=False, min_value=0, max_value=10**9, localize=True
            )
        for name, label, least, most in (
            ("delay_days", _("Délai de la loi, en jours"), 0, 3650),
            ("usual_days", _("Durée habituelle, en jours (une estimation)"), 1, 730),
        ):
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=least, max_value=most
            )

    def clean(self) -> dict[str, Any]:
        """Lists have as many lines in both languages; an optional text is in both or none; figures have their words."""
        data: dict[str, Any] = super().clean() or {}
        for name, message in (*self._texts_missing(data), *_parts_missing(data)):
            if name not in self.errors:
                self.add_error(name, message)
        if data.get("confidence") in _SOURCED and not data.get("sources"):
            if "sources" in self.fields:
                self.add_error("sources", _("Cette fiabilité demande une source : cochez-la."))
            else:
                self.add_error(
                    "confidence", _("Cette fiabilité demande une source : ajoutez-la d’abord au parcours.")
                )
        if "title" not in self.step and len(self.content["steps"]) >= MOST_STEPS:
            self.add_error(None, _("Un parcours a %(most)s étapes au plus.") % {"most": MOST_STEPS})
        return data

    def _texts_missing(self, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, _label, _lines, required in TEXTS:
            first, second = (str(data.get(f"{name}_{code}") or "") for code in ("fr", "ar"))
            if name in LISTS and len(lines_of(first)) != len(lines_of(second)):
                yield f"{name}_ar", _("Écrivez autant de lignes qu’en français.")
            elif not required and bool(first) != bool(second):
                yield (f"{name}_ar" if first else f"{name}_fr", _("Écrivez ce texte dans les deux langues."))

    def written(self) -> dict[str, Any]:
        """The step with what was typed; what is empty is left out."""
        data = self.cleaned_data
        names = [name for name, _label, _lines, _required in TEXTS if name not in LISTS]
        texts = {name: both(data, name) for name in names if data[f"{name}_fr"]}
        cost_note, delay_text = texts.pop("cost_note", None), texts.pop("delay_text", None)
        step = {"id": self.step["id"], **texts, **{name: _pairs(data, name) for name in LISTS}}
        for name in ("phase", "icon", "duty", "confidence"):
            step[name] = data[name]
        for name in ("after", "sources", "ticked_by", "dropped_by"):
            step[name] = data.get(name, [])
        for name in ("asks", "clock", "badge", "usual_days"):
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


def _parts_missing(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a cost or a delay lacks to be said whole."""
    for part, text in (("cost", "cost_note_fr"), ("delay", "delay_text_fr")):
        if data.get(text) and not data.get(f"{part}_confidence"):
            yield f"{part}_confidence", _("Dites d’où vient ce que vous écrivez.")
    low, high, days = (data.get(name) for name in ("cost_low", "cost_high", "delay_days"))
    if (low is not None or high is not None) and not data.get("cost_note_fr"):
        yield "cost_note_fr", _("Dites en mots ce que compte ce coût.")
    if (low is None) != (high is None):
        yield (
            "cost_low" if low is None else "cost_high",
            _("Donnez les deux bouts du coût, le même montant s’il n’y en a qu’un."),
        )
    elif low is not None and high is not None and low > high:
        yield "cost_high", _("Le coût le plus haut est au-dessous du plus bas.")
    if days is not None and not data.get("delay_text_fr"):
        yield "delay_text_fr", _("Dites ce délai en mots.")


def lines_of(text: str) -> list[str]:
    """The lines of a box, empty ones aside."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _pairs(data: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    french, arabic = (lines_of(data[f"{name}_{code}"]) for code in ("fr", "ar"))
    return [{"fr": one, "ar": other} for one, other in zip(french, arabic, strict=True)]


def _kept(**values: Any) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in values.items() if value is not None}


def _flat(step: Mapping[str, Any]) -> dict[str, Any]:
    """The step as the fields show it."""
    texts: dict[str, Any] = {name: step.get(name) or {} for name, _label, _lines, _required in TEXTS}
    cost, delay = step.get("cost") or {}, step.get("delay") or {}
    texts |= {"cost_note": cost.get("note", {}), "delay_text": delay.get("text", {})}
    first: dict[str, Any] = {}
    for name, value in texts.items():
        for code in ("fr", "ar"):
            told = "\n".join(one[code] for one in value) if isinstance(value, list) else value.get(code, "")
            first[f"{name}_{code}"] = told
    for name in ("phase", "icon", "duty", "confidence", "after", "sources", "ticked_by", "dropped_by", "asks", "clock",
                 "badge", "usual_days"):  # fmt: skip
        first[name] = step.get(name)
    first |= {
        "cost_low": cost.get("low"),
        "cost_high": cost.get("high"),
        "cost_confidence": cost.get("confidence"),
    }
    return first | {"delay_days": delay.get("days"), "delay_confidence": delay.get("confidence")}
