"""What is wrong in a part, beside the box it is in: formulas that say nothing, answers without words in a language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from bpc.core.learning.formulas import InvalidFormula, names, parse
from bpc.core.learning.questions import Kind
from bpc.datasets.training_exercises import RECKONED
from bpc.datasets.training_quiz import QuizQuestion
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.foundation.wording import enumerated
from bpc.portal.training.editing import Unwritable, kept_question
from bpc.portal.web.boxes.entries import Faults
from bpc.portal.web.boxes.nodes import in_language
from bpc.portal.web.teaching.words import GIFT_PROBLEMS

_VALUED = ("bars", "split", "months")


def diagram_faults(said: Mapping[str, Any], faults: Faults, others: list[str]) -> None:
    """What the kind of diagram asks and does not find."""
    items = said.get("items") or []
    if not 2 <= len(items) <= 12:
        others.append(_("Un schéma a deux éléments au moins, douze au plus."))
    if said["kind"] == "months" and len(items) != 12:
        others.append(_("Une année a douze mois : il faut douze éléments."))
    for at, item in enumerate(items):
        if said["kind"] in _VALUED and item.get("value") is None:
            faults.setdefault(f"items-{at}-value", []).append(
                _("Ce schéma demande une valeur pour chaque élément.")
            )
        if said["kind"] == "split" and (item.get("value") or 0) < 0:
            faults.setdefault(f"items-{at}-value", []).append(_("Une part n’est pas négative."))
        if said["kind"] == "compare" and item.get("side") is None:
            faults.setdefault(f"items-{at}-side", []).append(_("Dites de quel côté il est."))
        for name, longest in (("label", 60), ("text", 160)):
            for language, text in (item.get(name) or {}).items():
                if len(text) > longest:
                    faults.setdefault(f"items-{at}-{name}-{language}", []).append(_too_long(longest))


def _too_long(longest: int) -> str:
    return _("Ce texte est trop long : %(longest)s caractères au plus.") % {"longest": longest}


def with_codes(said: Mapping[str, Any]) -> dict[str, Any]:
    """The exercise with a name in formulas for each field, result and choice that was given none."""
    taken = {one["code"] for name in ("fields", "results") for one in said.get(name) or () if one.get("code")}
    written = {name: said[name] for name in said}
    for name, word in (("fields", "ask"), ("results", "say")):
        written[name] = [_coded(one, word, taken) for one in said.get(name) or ()]
    for one in written["fields"]:
        choices: set[str] = set()
        if one["kind"] == "choice":
            one["options"] = [_coded(option, "words", choices) for option in one.get("options") or ()]
        else:
            one.pop("options", None)
    return written


def _coded(one: Mapping[str, Any], word: str, taken: set[str]) -> dict[str, Any]:
    code = one.get("code") or slug_of(
        str(one[word].get("fr", "")), {c.replace("_", "-") for c in taken}, "valeur"
    )
    code = str(code).strip().replace("-", "_")[:60]
    taken.add(code)
    return {**one, "code": code}


def exercise_faults(written: Mapping[str, Any], faults: Faults) -> None:
    """Names given twice or misspelt, formulas that are none, or that read what is not asked."""
    if not written["fields"]:
        faults.setdefault("fields", []).append(_("Demandez au moins une chose."))
    seen: set[str] = set()
    known: set[str] = set()
    for at, one in enumerate(written["fields"]):
        _check_code(one["code"], f"fields-{at}-code", seen, faults)
        if one["kind"] in RECKONED:
            known.add(one["code"])
        if one["kind"] == "choice" and not one["options"]:
            faults.setdefault(f"fields-{at}-options", []).append(_("Donnez au moins un choix."))
    for at, one in enumerate(written["results"]):
        _check_code(one["code"], f"results-{at}-code", seen, faults)
        _check_formula(one["formula"], f"results-{at}-formula", known, faults)
        known.add(one["code"])
    for at, one in enumerate(written.get("verdicts") or ()):
        _check_formula(one["when"], f"verdicts-{at}-when", known, faults)


def _check_code(code: str, box: str, seen: set[str], faults: Faults) -> None:
    if not (code.isascii() and code.replace("_", "").isalnum() and code == code.lower()):
        faults.setdefault(box, []).append(
            _("Des lettres minuscules sans accent, des chiffres et « _ » seulement.")
        )
    elif code in seen:
        faults.setdefault(box, []).append(_("Ce nom est déjà pris."))
    seen.add(code)


def _check_formula(formula: str, box: str, known: set[str], faults: Faults) -> None:
    try:
        unknown = sorted(set(names(parse(formula))) - known)
    except InvalidFormula as error:
        words = {"part": str(error)[:60]}
        faults.setdefault(box, []).append(
            _(
                "« %(part)s » n’est pas compris. Une formule se compose de noms, de nombres, de + - * / ( ), "
                "de min et max, de < <= > >= ==, et de and, or, not."
            )
            % words
        )
        return
    if unknown:
        told = _(
            "La formule lit %(unknown)s, qui n’est ni demandé en chiffres ni calculé avant. Noms connus : %(known)s."
        )
        words = {"unknown": enumerated(unknown), "known": enumerated(sorted(known)) or "–"}
        faults.setdefault(box, []).append(told % words)


def checked_question(written: dict[str, Any], faults: Faults, others: list[str]) -> dict[str, Any] | None:
    """The question as it will be kept; None with what is wrong: an answer without words, or none that is right."""
    languages = list(written["words"])
    needed = {Kind.PAIRS: ("text", "match")}.get(written["kind"], ("text",))
    if written["kind"] not in (Kind.TRUE_FALSE, Kind.NUMBER):
        for at, option in enumerate(written["options"]):
            for name in needed:
                for language in languages:
                    if not option["words"][language].get(name):
                        _missing(f"options-{at}-{name}-{language}", language, faults)
    if not written["options"]:
        others.append(_("Donnez au moins une réponse."))
    if faults or others:
        return None
    try:
        question = kept_question(QuizQuestion.model_validate(written))
    except Unwritable as refused:
        others.append(str(GIFT_PROBLEMS.get(refused.code, _("Cette question n’est pas comprise."))))
        return None
    except ValidationError:
        others.append(_("Une réponse n’est pas possible, ou trop longue : reprenez cette page."))
        return None
    return question.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _missing(box: str, language: str, faults: Faults) -> None:
    told = _("La question est écrite dans cette langue : écrivez aussi ceci. (%(language)s)")
    faults.setdefault(box, []).append(told % {"language": in_language(language)})
