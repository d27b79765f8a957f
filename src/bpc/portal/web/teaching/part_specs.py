"""The boxes of a diagram, an exercise and each kind of question; and those parts as the boxes hold them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.core.learning.questions import Kind
from bpc.portal.web.boxes.specs import Spec

_EXPLAINED = Spec("words", "feedback", _("Explication"), required=False, count=2)
_WORTH = Spec(
    "number", "fraction", _("Vaut"), _("100 : juste. 0 : fausse. Moins de 0 : retire des points."),
    percent=True, low=-1.0, high=1.0,
)  # fmt: skip

DIAGRAM = (
    Spec("choice", "kind", _("Quel schéma ?"), choices="diagram_kind"),
    Spec("words", "title", _("Titre")),
    Spec("words", "unit", _("Unité"), _("MAD, % ou un autre mot, quand le schéma a des valeurs."), required=False),
    Spec(
        "rows", "items", _("Éléments"), ordered=True,
        children=(
            Spec("words", "label", _("Nom")),
            Spec("words", "text", _("Une précision"), required=False),
            Spec("number", "value", _("Valeur"), required=False),
            Spec("choice", "side", _("Côté"), required=False, choices="side"),
            Spec("choice", "icon", _("Pictogramme"), required=False, choices="icon"),
        ),
    ),
)  # fmt: skip

EXERCISE = (
    Spec("words", "aim", _("Ce que l’on fait"), _("« Calculez ce que coûte une unité de votre produit. »")),
    Spec(
        "rows", "fields", _("Ce qui est demandé"), ordered=True,
        children=(
            Spec("words", "ask", _("Ce qui est demandé")),
            Spec("choice", "kind", _("Genre"), choices="kind"),
            Spec("line", "code", _("Nom dans les formules"), _("Vide : fait de la première question."), required=False),
            Spec("words", "hint", _("Aide"), required=False),
            Spec("choice", "known", _("Repris du projet"), required=False, choices="known"),
            Spec(
                "rows", "options", _("Choix possibles"), _("Seulement pour « Un choix »."), required=False,
                ordered=True, children=(Spec("words", "words", _("Choix")),),
            ),
        ),
    ),
    Spec(
        "rows", "results", _("Ce qui est calculé"), ordered=True,
        children=(
            Spec("words", "say", _("Ce qui est dit devant le chiffre")),
            Spec("choice", "kind", _("Genre"), choices="result_kind"),
            Spec("line", "code", _("Nom dans les formules"), _("Vide : fait de la première question."), required=False),
            Spec("line", "formula", _("Formule")),
        ),
    ),
    Spec(
        "rows", "verdicts", _("Ce qui est conseillé"), ordered=True,
        children=(
            Spec("line", "when", _("Quand"), _("Une formule vraie ou fausse : « left < 0 ».")),
            Spec("words", "say", _("Conseil"), count=2),
        ),
    ),
)  # fmt: skip

_ASKED = Spec("words", "text", _("Question"), count=2)
_GENERAL = Spec(
    "words",
    "feedback",
    _("Explication pour tous"),
    _("Dite quelle que soit la réponse."),
    required=False,
    count=2,
)


def _options(*children: Spec) -> Spec:
    return Spec("rows", "options", _("Réponses"), ordered=True, children=children)


_CHOSEN = (_ASKED, _options(Spec("words", "text", _("Réponse")), _WORTH, _EXPLAINED), _GENERAL)
QUESTIONS: Mapping[str, tuple[Spec, ...]] = {
    Kind.ONE: _CHOSEN,
    Kind.SEVERAL: _CHOSEN,
    Kind.SHORT: _CHOSEN,
    Kind.TRUE_FALSE: (
        _ASKED,
        Spec("choice", "right", _("La bonne réponse"), choices="right"),
        Spec("words", "if_true", _("Explication à qui répond « vrai »"), required=False, count=2),
        Spec("words", "if_false", _("Explication à qui répond « faux »"), required=False, count=2),
        _GENERAL,
    ),
    Kind.NUMBER: (
        _ASKED,
        _options(
            Spec("number", "number", _("Nombre attendu")),
            Spec("number", "tolerance", _("Marge acceptée"), required=False, low=0.0),
            _WORTH,
            _EXPLAINED,
        ),
        Spec("words", "otherwise", _("Explication pour tout autre nombre"), required=False, count=2),
        _GENERAL,
    ),
    Kind.PAIRS: (
        _ASKED,
        _options(Spec("words", "text", _("Ceci")), Spec("words", "match", _("va avec cela"))),
        _GENERAL,
    ),
}  # fmt: skip


def diagram_shown(part: Mapping[str, Any] | None) -> dict[str, Any]:
    """The diagrams of each language as one, each word in both."""
    drawn = {language: one for language, one in (part or {}).items() if one}
    if not drawn:
        return {}
    first = next(iter(drawn.values()))
    items = [
        {
            **{name: item[name] for name in ("value", "side", "icon") if item.get(name) is not None},
            "label": _each(drawn, lambda one, at=at: _item(one, at).get("label")),
            "text": _each(drawn, lambda one, at=at: _item(one, at).get("text")),
        }
        for at, item in enumerate(first["items"])
    ]  # fmt: skip
    words = {name: _each(drawn, lambda one, name=name: one.get(name)) for name in ("title", "unit")}
    return {"kind": first["kind"], **words, "items": items}


def _item(drawn: Mapping[str, Any], at: int) -> Mapping[str, Any]:
    items = drawn["items"]
    found: Mapping[str, Any] = items[at] if at < len(items) else {}
    return found


def _each(drawn: Mapping[str, Any], read: Any) -> dict[str, str]:
    said = {language: read(one) for language, one in drawn.items()}
    return {language: text for language, text in said.items() if text}


def diagram_kept(shown: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    """One diagram for each language in which it is entirely named; None for the others."""
    return {language: _drawn(shown, language) for language in languages}


def _drawn(shown: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    if language not in (shown.get("title") or {}) or any(
        language not in one["label"] for one in shown["items"]
    ):
        return None
    items = [
        {
            "label": one["label"][language],
            **({"text": text} if (text := (one.get("text") or {}).get(language)) else {}),
            **{name: one[name] for name in ("value", "side", "icon") if one.get(name) is not None},
        }
        for one in shown["items"]
    ]
    unit = (shown.get("unit") or {}).get(language)
    return {
        "kind": shown["kind"],
        "title": shown["title"][language],
        **({"unit": unit} if unit else {}),
        "items": items,
    }


def question_shown(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question as its boxes hold it: words by language under each name."""
    shown = {name: _words(question["words"], name) for name in ("text", "feedback")}
    options = [
        {
            **{name: _words(one["words"], name) for name in ("text", "match", "feedback")},
            "fraction": one["fraction"], "number": one.get("number"), "tolerance": one.get("tolerance") or None,
        }
        for one in question["options"]
    ]  # fmt: skip
    if question["kind"] == Kind.TRUE_FALSE:
        right = "true" if options[0]["fraction"] >= 1 else "false"
        return {
            **shown,
            "right": right,
            "if_true": options[0]["feedback"],
            "if_false": options[1]["feedback"],
        }
    if question["kind"] == Kind.NUMBER:
        others = [one for one in options if one["number"] is None]
        options = [one for one in options if one["number"] is not None]
        return {**shown, "options": options, "otherwise": others[0]["feedback"] if others else {}}
    return {**shown, "options": options}


def _words(by_language: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    return {language: said[name] for language, said in by_language.items() if said.get(name)}


def question_kept(kind: str, code: str, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the boxes of a question say, as the schema has it, in the languages its text is written in."""
    languages = tuple(shown.get("text") or {})
    return {
        "code": code, "kind": str(kind),
        "words": {name: _said(shown, name, ("text", "feedback")) for name in languages},
        "options": [_option(one, languages) for one in _kept_options(kind, shown)],
    }  # fmt: skip


def _kept_options(kind: str, shown: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    options: list[Mapping[str, Any]] = list(shown.get("options") or ())
    if kind == Kind.TRUE_FALSE:
        is_true = shown.get("right") == "true"
        return [
            {"fraction": float(is_true), "feedback": shown.get("if_true")},
            {"fraction": float(not is_true), "feedback": shown.get("if_false")},
        ]
    if kind == Kind.PAIRS:
        return [{**one, "fraction": 1.0} for one in options]
    if kind == Kind.NUMBER and shown.get("otherwise"):
        return [*options, {"fraction": 0.0, "feedback": shown["otherwise"]}]
    return options


def _option(shown: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "fraction": shown["fraction"], "number": shown.get("number"), "tolerance": shown.get("tolerance") or 0.0,
        "words": {name: _said(shown, name, ("text", "match", "feedback")) for name in languages},
    }  # fmt: skip


def _said(shown: Mapping[str, Any], language: str, names: tuple[str, ...]) -> dict[str, str]:
    said = {name: (shown.get(name) or {}).get(language, "") for name in names}
    # a question is one line: what was typed on several becomes one
    return {name: " ".join(text.split()) for name, text in said.items() if text}
