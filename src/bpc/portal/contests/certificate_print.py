"""A laureate's certificate as a page to print: who, for what, decided when, and how anybody checks it."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bpc.portal.contests.certificates import public_names
from bpc.portal.contests.models import Certificate, Publication
from bpc.portal.contests.states import Outcome
from bpc.portal.foundation.typesetting import document_data, drawable, typeset
from bpc.portal.foundation.writing import written_date, written_number

TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"
MOST_NAMES = 14  # on one page; the page of the laureate names everybody


def certificate_pdf(certificate: Certificate, language: Literal["fr", "ar"], address: str) -> bytes:
    """One A4 page, in `language`. `address`: the full address at which the code is checked."""
    with translation.override(language):
        return typeset(TEMPLATE, certificate_data(certificate, language, address))


def certificate_data(certificate: Certificate, language: Literal["fr", "ar"], address: str) -> dict[str, Any]:
    """What the template is given, in the active language."""
    entry, edition = certificate.entry, certificate.entry.edition
    decision = entry.decision
    issued = _day(certificate)
    names, head = public_names(entry), _head(certificate)
    return {
        **document_data(
            title=entry.title, place=str(entry.commune.name), language=language, made_on=issued, address=address
        ),
        "kind": _("Attestation de lauréat") if decision.outcome == Outcome.LAUREATE else _("Attestation de mention"),
        "office": _("Banque de projets coopératifs"),
        "body": _("Office du développement de la coopération"),
        "intro": _("Le jury de"),
        "edition": drawable(edition.name, 120),
        "theme": drawable(edition.theme, 200),
        "to": _("distingue"),
        "entry": drawable(entry.title, 120),
        "where": drawable(str(entry.commune.name), 80),
        "outcome": _outcome(decision.outcome, decision.place),
        "team_label": _("Les membres de l’équipe qui ont accepté d’être nommés"),
        "names": [drawable(name, 60) for name in names[:MOST_NAMES]],
        "day": _("Décision publiée le %(day)s.") % {"day": written_date(issued)},
        "code_label": _("Code"),
        "code": certificate.code,
        "check": _("Pour vérifier cette attestation, lisez le code carré ou tapez le code à cette adresse :"),
        "address": address,
        "head": head,
        "head_label": _("Empreinte du verdict publié") if head else "",
    }  # fmt: skip


def _day(certificate: Certificate) -> date:
    return timezone.localtime(certificate.issued_at).date()


def _outcome(outcome: str, place: int | None) -> str:
    if outcome != Outcome.LAUREATE or place is None:
        return _("Mention du jury")
    return _("Lauréat, place %(place)s") % {"place": written_number(place)}


def _head(certificate: Certificate) -> str:
    heads = Publication.objects.filter(edition=certificate.entry.edition_id).values_list("head", flat=True)
    return heads.first() or ""
