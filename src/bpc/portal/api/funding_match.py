"""Can we have it? A profile in, one verdict a source out, each with its reasons; nothing kept."""

import json
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema

from bpc.core.matching.facts import Interval
from bpc.core.matching.next_question import next_screen
from bpc.core.matching.verdict import Reason
from bpc.core.matching.vocabulary import FIELDS, Field
from bpc.portal.api.problems import Problem, RefusedError, problem
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.matching import Match, known_facts, match_profile
from bpc.portal.funding.profile_answers import (
    MOST_AMOUNT,
    MOST_LISTED,
    MOST_NUMBER,
    InvalidAnswers,
    read_profile,
)
from bpc.portal.funding.queries import schemes
from bpc.portal.funding.question_words import question_words
from bpc.portal.funding.verdict_words import change_words, reason_words

router = Router()
VerdictName = Literal["eligible", "excluded", "to_complete", "to_confirm"]
Result = Literal["met", "unmet", "unknown"]


class ReasonOut(Schema):
    """One rule, the fact held against it and what came of it; `parts` are its ways where one of several is enough."""

    rule: str
    field: str
    op: str
    value: Any
    fact: Any
    result: Result
    inferred: bool
    text: str
    parts: list["ReasonOut"] = []


class ChangeOut(Schema):
    """A fact that would lift an exclusion, at its nearest value."""

    field: str
    to: Any
    text: str
    within_reach: bool


class WindowOut(Schema):
    """The next window: a forecast is never an announcement."""

    kind: Literal["dated", "forecast", "permanent", "unknown", "closed"]
    opens: date | None
    closes: date | None


class VerdictOut(Schema):
    """The verdict of one source; `missing` are fields to answer, `checks` are read by a person, never evaluated."""

    id: str
    name: str
    kind: str
    verdict: VerdictName
    reasons: list[ReasonOut]
    missing: list[str]
    changes: list[ChangeOut]
    bonuses: list[ReasonOut]
    checks: list[str]
    window: WindowOut


class ChoiceOut(Schema):
    """One value of a closed field."""

    value: str
    label: str


class QuestionOut(Schema):
    """The question that decides the most; `fields` are those of its screen worth asking."""

    field: str
    fields: list[str]
    kind: str
    label: str
    question: str
    help: str
    choices: list[ChoiceOut]


class MatchOut(Schema):
    """Verdicts of every source shown, what to ask next, and how many of each."""

    verdicts: list[VerdictOut]
    next_question: QuestionOut | None
    counts: dict[str, int]


class WrongProfileError(RefusedError):
    """Raised for a profile that cannot be used, with the path of each fault."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(422, "invalid_profile", gettext("Ce profil ne peut pas être utilisé."))
        self.faults = faults


def on_wrong_profile(request: HttpRequest, wrong: Any) -> Any:
    """The profile that was sent cannot be used."""
    errors = [{"parameter": path, "reason": words} for path, words in wrong.faults[:100]]
    return problem(wrong.status, wrong.code, wrong.detail, errors)


@router.post(
    "/funding/match",
    response={200: MatchOut, 413: Problem, 422: Problem, 429: Problem},
    summary=_("Peut-on l’avoir ? Un verdict par financement"),
    description=_(
        "Envoyez ce que vous savez d’un groupe : chaque champ est facultatif, un champ absent ou null est inconnu. "
        "Les parts vont de 0 à 1, les montants sont en MAD ; un lieu se dit par son code ou son nom. Rien n’est "
        "enregistré ; 60 calculs par minute au plus."
    ),
    openapi_extra={
        "x-example": "/api/v1/funding/match",
        "x-body": {
            "legal_form": "cooperative",
            "province": "Taroudant",
            "sector": "argan",
            "members": 20,
            "women": 20,
        },
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/FundingProfile"},
                    "examples": {
                        "women": {
                            "value": {
                                "legal_form": "cooperative",
                                "region": "09",
                                "members": 20,
                                "women_share": 1.0,
                            }
                        }
                    },
                }
            },
        },
    },
)
def match_funding(request: HttpRequest) -> dict[str, Any]:
    """Judged now."""
    answers, today = _profile(request.body), timezone.localdate()
    matches = match_profile(answers, today=today)
    verdicts = [_verdict(one, today) for one in matches]
    counts = dict.fromkeys(("eligible", "to_confirm", "to_complete", "excluded"), 0)
    for one in matches:
        counts[one.verdict.verdict] += 1
    return {"verdicts": verdicts, "next_question": _question(answers, today), "counts": counts}


def profile_schemas() -> dict[str, Any]:
    """The JSON schema of a profile, by the name the document refers to."""
    fields = {name: {**_schema(field), **_described(name, field)} for name, field in FIELDS.items()}
    return {"FundingProfile": {"type": "object", "properties": fields, "additionalProperties": False}}


def _described(name: str, field: Field) -> dict[str, str]:
    """In words; the sectors are rows, which the document does without."""
    return {} if field.nature == "sector" else {"description": str(question_words(name).label)}


def _schema(field: Field) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "boolean": {"type": ["boolean", "null"]},
        "number": {"type": ["number", "null"], "minimum": 0, "maximum": MOST_NUMBER},
        "amount": {"type": ["number", "null"], "minimum": 0, "maximum": MOST_AMOUNT},
        "share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "day": {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
        "choice": {"enum": [*field.choices, None]},
        "list": {"type": ["array", "null"], "items": {"type": "string"}, "maxItems": MOST_LISTED},
    }
    kinds["badges"] = kinds["list"]
    return kinds.get(field.nature, {"type": ["string", "null"], "maxLength": 100})


def _profile(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise WrongProfileError((("", gettext("Ce n’est pas du JSON.")),)) from None
    try:
        return read_profile(content)
    except InvalidAnswers as refused:
        raise WrongProfileError(refused.faults) from None


def _verdict(match: Match, today: date) -> dict[str, Any]:
    source, verdict, language = match.source, match.verdict, get_language() or "fr"
    window = next_window(source, today)
    return {
        "id": verdict.id,
        "name": source.name.in_language(language),
        "kind": source.kind,
        "verdict": verdict.verdict,
        "reasons": [_reason(one) for one in verdict.reasons],
        "missing": list(verdict.missing),
        "changes": [
            {
                "field": one.field,
                "to": _plain(one.to),
                "text": change_words(one),
                "within_reach": one.within_reach,
            }
            for one in verdict.changes
        ],
        "bonuses": [_reason(one) for one in verdict.bonuses],
        "checks": [one.words.in_language(language) for one in source.checks],
        "window": {"kind": window.kind, "opens": window.opens, "closes": window.closes},
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "field": reason.field,
        "op": str(reason.op),
        "value": _plain(reason.value),
        "fact": _plain(reason.fact),
        "result": reason.truth.value,
        "inferred": reason.inferred,
        "text": reason_words(reason),
        "parts": [_reason(one) for one in reason.parts],
    }


def _question(answers: dict[str, Any], today: date) -> dict[str, Any] | None:
    fields = next_screen(tuple(schemes().values()), known_facts(answers, today=today), today)
    if not fields:
        return None
    words = question_words(fields[0])
    return {
        "field": fields[0],
        "fields": list(fields),
        "kind": words.kind,
        "label": str(words.label),
        "question": str(words.question),
        "help": str(words.help),
        "choices": [{"value": value, "label": str(label)} for value, label in words.choices],
    }


def _plain(value: Any) -> Any:
    """A fact as JSON: bounds as `low` and `high`, days written, sets as lists."""
    if isinstance(value, Interval):
        return {"low": _plain(value.low), "high": _plain(value.high)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple | list):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(one) for one in items]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
