"""The paper form: one A4 page per code, in one language, with a receipt to tear off and keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.foundation.typesetting import document_data, drawable, qr_drawing, typeset
from bpc.portal.foundation.wording import labelled
from bpc.portal.foundation.writing import written_date
from bpc.portal.gatherings.models import Gathering
from bpc.portal.ideas.states import Speaker
from bpc.portal.reference.models import Sector

TEMPLATE = Path(__file__).parent / "templates" / "paper_form.typ"


@dataclass(frozen=True)
class Print:
    """What is printed: codes of one language, made on a day; `follow` is the address that codes are added to."""

    gathering: Gathering
    codes: Sequence[str]
    language: str
    made_on: date
    follow: str


def paper_forms(printed: Print) -> bytes:
    """The PDF: as many pages as codes."""
    with translation.override(printed.language):
        return typeset(TEMPLATE, form_data(printed))


def form_data(printed: Print) -> dict[str, Any]:
    """What the template is given, in the active language."""
    gathering = printed.gathering
    day = written_date(gathering.date) if gathering.date is not None else ""
    place = " · ".join(part for part in (gathering.title or gathering.city, day) if part)
    sectors = [drawable(one.name, 40) for one in Sector.objects.all()]
    document = document_data(
        title=_("Mon idée pour ma commune"),
        place=place,
        language=printed.language,
        made_on=printed.made_on,
        address="",
    )
    return {
        **document,
        "kind": _("Formulaire de la rencontre régionale"),
        "office": _("Banque de projets coopératifs"),
        "fields": _fields(),
        "sector": {"label": _("Secteur (une seule case)"), "choices": sectors},
        "speaker": {"label": _("Je parle comme"), "choices": [str(label) for label in Speaker.labels]},
        "names": [labelled(_("Mon nom"), ""), labelled(_("Mon téléphone (facultatif)"), "")],
        "consents": [
            _("J’accepte que mon nom et mon numéro soient gardés pour me répondre."),
            _("J’accepte que mon nom soit publié avec mon idée."),
        ],
        "notice": _(
            "Mon idée sera lue par la délégation régionale, puis publiée sur le site. Mon numéro n’est jamais publié. "
            "Je peux demander à voir, corriger ou effacer ce qui me concerne (loi 09-08)."
        ),
        "receipt": {
            "title": _("À détacher et à garder"),
            "code": labelled(_("Code de mon idée"), ""),
            "words": _(
                "Pour savoir ce que devient mon idée, sans compte : je photographie ce dessin, ou j’écris ce code sur"
            ),
            "address": printed.follow.removeprefix("https://").removeprefix("http://").rstrip("/"),
        },
        "slips": [{"code": code, "qr": qr_drawing(printed.follow + code)} for code in printed.codes],
        "qr_words": _("Ce que devient l’idée de ce code"),
    }  # fmt: skip


def _fields() -> list[dict[str, Any]]:
    """What is written by hand, and on how many lines."""
    return [
        {"label": _("Mon idée, en une phrase"), "lines": 1},
        {"label": _("Le besoin : qu’est-ce qui manque chez nous ?"), "lines": 3},
        {"label": _("La proposition : que pourrait-on faire, et avec qui ?"), "lines": 5},
        {"label": _("Ma commune"), "lines": 1},
    ]
