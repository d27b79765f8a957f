"""What funders and delegations change most in a sheet, section by section; the rest of the document stays as it is."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.funding_sources import SourceProblem
from bpc.portal.web.funding.boxes import DatedBox, NumberBox, shown_dated
from bpc.portal.web.funding.edit_paths import (
    BILINGUAL,
    CONTACTS,
    FIELD_OF,
    NUMBERS,
    PLAIN,
    place_at,
    value_in,
)
from bpc.portal.web.funding.words import PAYMENTS, STATUSES
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import shown_number

_MOST_AMOUNT = 10**12
_MOST_CHECKS = 20


def _text(label: "str | Promise", longest: int, lines: int = 1, **more: Any) -> PlainText:
    return PlainText(label=label, longest=longest, lines=lines, **{"required": False, **more})


class EditForm(forms.Form):
    """The fields of a sheet that change most. Empty means not known, never « sans limite »."""

    name_fr = _text(gettext_lazy("Nom en français"), 200, required=True)
    name_ar = _text(gettext_lazy("Nom en arabe"), 200, required=True)
    summary_fr = _text(gettext_lazy("En une phrase, en français"), 300, 2, required=True)
    summary_ar = _text(gettext_lazy("En une phrase, en arabe"), 300, 2, required=True)
    description_fr = _text(gettext_lazy("Ce que c’est, en français"), 2000, 4, required=True)
    description_ar = _text(gettext_lazy("Ce que c’est, en arabe"), 2000, 4, required=True)
    status = forms.ChoiceField(label=gettext_lazy("État"), choices=list(STATUSES.items()))
    permanent = forms.BooleanField(
        label=gettext_lazy("Les dossiers sont reçus toute l’année"), required=False
    )
    opens = DatedBox(
        label=gettext_lazy("Prochaine édition : ouverture"),
        help_text=gettext_lazy("Jour (10/03/2027), mois (03/2027) ou année (2027), comme vous l’annoncez."),
    )
    closes = DatedBox(label=gettext_lazy("Prochaine édition : dernier jour"))
    closes_at = forms.RegexField(
        r"^([01]\d|2[0-3]):[0-5]\d$",
        label=gettext_lazy("Heure limite"),
        help_text=gettext_lazy("Par exemple 16:30."),
        required=False,
        error_messages={"invalid": gettext_lazy("Écrivez l’heure ainsi : 16:30.")},
    )
    every_months = NumberBox(label=gettext_lazy("Revient tous les… mois"), least=1, most=72)
    max_mad = NumberBox(
        label=gettext_lazy("Plafond par dossier (MAD)"),
        help_text=gettext_lazy("Seulement un plafond que vous publiez."),
        least=1,
        most=_MOST_AMOUNT,
    )
    min_mad = NumberBox(label=gettext_lazy("Montant le plus petit (MAD)"), least=1, most=_MOST_AMOUNT)
    max_pct = NumberBox(label=gettext_lazy("Part du coût payée, au plus (%)"), most=100)
    own_min_pct = NumberBox(label=gettext_lazy("Apport demandé, au moins (% du coût)"), most=100)
    in_kind_max_pct = NumberBox(label=gettext_lazy("De cet apport, en nature au plus (%)"), most=100)
    payment = forms.ChoiceField(label=gettext_lazy("Comment c’est payé"), choices=list(PAYMENTS.items()))
    prior_approval = forms.BooleanField(
        label=gettext_lazy("Rien ne doit commencer avant l’accord écrit"), required=False
    )
    how_fr = _text(gettext_lazy("Comment demander, en français"), 1000, 3, required=True)
    how_ar = _text(gettext_lazy("Comment demander, en arabe"), 1000, 3, required=True)
    apply_url = forms.URLField(
        label=gettext_lazy("Adresse du formulaire ou de l’appel"),
        required=False,
        max_length=600,
        assume_scheme="https",
    )
    contact_fr = _text(gettext_lazy("Qui appeler, en français"), 200)
    contact_ar = _text(gettext_lazy("Qui appeler, en arabe"), 200)
    contact_phone = forms.RegexField(
        r"^[+0-9 ]{4,20}$",
        label=gettext_lazy("Téléphone"),
        required=False,
        error_messages={"invalid": gettext_lazy("Des chiffres et des espaces seulement.")},
    )
    checks_fr = _text(
        gettext_lazy("À vérifier par les groupes, en français"),
        6000,
        5,
        help_text=gettext_lazy("Une condition par ligne ; les mêmes lignes, dans le même ordre, en arabe."),
    )
    checks_ar = _text(gettext_lazy("À vérifier par les groupes, en arabe"), 6000, 5)
    page_url = forms.URLField(
        label=gettext_lazy("Page qui l’annonce"), required=False, max_length=600, assume_scheme="https"
    )
    page_title = _text(gettext_lazy("Titre de cette page"), 200)
    note = _text(
        gettext_lazy("Qu’est-ce qui change, et d’où le savez-vous ?"),
        500,
        3,
        shortest=3,
        required=True,
        help_text=gettext_lazy("Cette note est lue par la personne qui accepte, et reste dans l’historique."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def sections(self) -> Iterator[tuple["str | Promise", list[BoundField]]]:
        """The boxes under their titles, in the order of the page."""
        for title, names in SECTIONS:
            yield title, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Lines that match, days in order, a title with each page."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        french, arabic = _lines(said.get("checks_fr", "")), _lines(said.get("checks_ar", ""))
        if len(french) != len(arabic):
            counts = {"french": len(french), "arabic": len(arabic)}
            message = _(
                "Autant de lignes dans les deux langues : %(french)s en français, %(arabic)s en arabe."
            )
            self.add_error("checks_ar", ValidationError(message % counts, "lines"))
        elif len(french) > _MOST_CHECKS:
            self.add_error("checks_fr", ValidationError(_("Vingt lignes au plus."), "many"))
        opens, closes = said.get("opens", ""), said.get("closes", "")
        if opens and closes and closes < opens[: len(closes)]:
            self.add_error("closes", ValidationError(_("Le dernier jour vient après l’ouverture."), "order"))
        if bool(said.get("page_url")) != bool(said.get("page_title")):
            self.add_error(
                "page_title", ValidationError(_("Donnez l’adresse et le titre, ou aucun."), "page")
            )
        if bool(said.get("contact_fr")) != bool(said.get("contact_ar")):
            self.add_error("contact_ar", ValidationError(_("Donnez le nom dans les deux langues."), "pair"))
        return said

    def show_problems(self, problems: tuple[SourceProblem, ...]) -> None:
        """What the schema refuses, beside its box where there is one."""
        for problem in problems:
            name = next((FIELD_OF[path] for path in FIELD_OF if problem.path.startswith(path)), None)
            words = _("Cette valeur n’est pas possible : %(why)s") % {"why": problem.message}
            self.add_error(name if name in self.fields else None, ValidationError(words, "schema"))


SECTIONS: tuple[tuple["str | Promise", tuple[str, ...]], ...] = (
    (
        gettext_lazy("État et dates"),
        ("status", "permanent", "opens", "closes", "closes_at", "every_months"),
    ),
    (
        gettext_lazy("Combien"),
        ("max_mad", "min_mad", "max_pct", "own_min_pct", "in_kind_max_pct", "payment", "prior_approval"),
    ),
    (
        gettext_lazy("Comment demander, qui appeler"),
        ("how_fr", "how_ar", "apply_url", "contact_fr", "contact_ar", "contact_phone"),
    ),
    (gettext_lazy("À vérifier"), ("checks_fr", "checks_ar")),
    (
        gettext_lazy("Textes"),
        ("name_fr", "name_ar", "summary_fr", "summary_ar", "description_fr", "description_ar"),
    ),
    (gettext_lazy("D’où cela vient"), ("page_url", "page_title", "note")),
)


def initial_of(content: Mapping[str, Any], version: int, today: str) -> dict[str, Any]:
    """The form as the sheet stands."""
    window = _next_window(content, today) or {}
    said = {name: value_in(content, path) for name, path in PLAIN.items()}
    said |= {name: _box(value_in(content, path)) for name, path in NUMBERS.items()}
    contact: Mapping[str, Any] = next(iter(content.get("contacts") or ()), {})
    return {
        **said,
        "version": version,
        "opens": shown_dated(window.get("opens")),
        "closes": shown_dated(window.get("closes")),
        "closes_at": window.get("closes_at") or "",
        "checks_fr": "\n".join(one["fr"] for one in content.get("checks") or ()),
        "checks_ar": "\n".join(one["ar"] for one in content.get("checks") or ()),
        **{name: contact.get(key) or "" for name, key in CONTACTS.items()},
    }


def edited(content: Mapping[str, Any], said: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The document with what was written; a field left as it was is not touched."""
    new = copy.deepcopy(dict(content))
    changed = []
    for name, path in {**PLAIN, **NUMBERS}.items():
        value = said[name] if said[name] != "" or name in BILINGUAL else None
        if value != value_in(content, path):
            place_at(new, path, _whole(value) if name in {"every_months"} else value)
            changed.append(path)
    if "amounts.max_mad" in changed:
        new["amounts"]["basis"] = "stated" if said["max_mad"] is not None else None
    changed += _put_lists(new, content, said, today)
    settled = tuple(f"{path}." for path in changed)
    new["inferred"] = [
        one
        for one in content.get("inferred") or ()
        if one not in changed and not f"{one}.".startswith(settled)
    ]
    if said["page_url"]:
        _cite(new, said, changed, today)
    return new


def _put_lists(
    new: dict[str, Any], content: Mapping[str, Any], said: Mapping[str, Any], today: str
) -> list[str]:
    """The lines of checks, the next window and the first contact; the paths that changed."""
    changed = []
    pairs = zip(_lines(said["checks_fr"]), _lines(said["checks_ar"]), strict=True)
    checks = [{"fr": french, "ar": arabic} for french, arabic in pairs]
    if checks != list(content.get("checks") or ()):
        new["checks"] = checks
        changed.append("checks")
    former = _next_window(content, today)
    wanted = {name: said[name] or None for name in ("opens", "closes", "closes_at")}
    if any(wanted.values()) and wanted != {name: (former or {}).get(name) for name in wanted}:
        windows = [one for one in new["calendar"].get("windows") or () if one != former]
        new["calendar"]["windows"] = [*windows, {**(former or {"edition": None, "page": None}), **wanted}]
        changed.append("calendar")
    contact = {key: said[name] or None for name, key in CONTACTS.items()}
    first, *others = content.get("contacts") or [{}]
    if contact["name_fr"] and contact != {key: first.get(key) for key in contact}:
        new["contacts"] = [{**first, **contact}, *others]
        changed.append("contacts")
    return changed


def _cite(new: dict[str, Any], said: Mapping[str, Any], changed: list[str], today: str) -> None:
    """Add the page, and say that what changed comes from it."""
    known = {page["id"] for page in new.get("pages") or ()}
    number = next(one for one in range(1, 1000) if f"o{one}" not in known)
    told = {"title_fr": said["page_title"], "url": said["page_url"], "published": None, "read": today}
    page = {"id": f"o{number}", **told}
    new["pages"] = [*(new.get("pages") or ()), page]
    new["cites"] = {**(new.get("cites") or {}), **dict.fromkeys(changed, page["id"])}
    if new["confidence"] == "to_verify":
        new["confidence"] = "high"


def _next_window(content: Mapping[str, Any], today: str) -> dict[str, Any] | None:
    """The written window that is not over yet, if there is one."""
    for one in content["calendar"].get("windows") or ():
        last = one.get("closes") or one.get("opens") or ""
        if last and last >= today[: len(last)]:
            return dict(one)
    return None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _box(value: Any) -> str:
    return "" if value is None else shown_number(float(value), 4)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
