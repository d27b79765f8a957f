"""What is drawn of a badge: the page to print, for its holder; the picture, for everybody."""

from pathlib import Path
from typing import Any, Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.foundation.typesetting import document_data, draw, drawable, typeset
from bpc.portal.foundation.writing import written_date

Language = Literal["fr", "ar"]
_TEMPLATES = Path(__file__).parent / "templates"
CERTIFICATE = _TEMPLATES / "certificate.typ"
BADGE = _TEMPLATES / "badge.typ"
SIDE = 720  # pixels of the picture


def certificate_pdf(award: Award, language: Language, address: str) -> bytes:
    """One A4 page, in `language`, under its holder's name. `address`: the full address at which the code is checked."""
    with translation.override(language):
        return typeset(CERTIFICATE, certificate_data(award, language, address))


def certificate_data(award: Award, language: Language, address: str) -> dict[str, Any]:
    """What the template is given, in the active language."""
    day, version = timezone.localtime(award.achieved_at).date(), award.version
    name = version.told("name", language)
    return {
        **document_data(title=name, place="", language=language, made_on=day, address=address),
        "kind": _("Attestation de formation"),
        "office": _("Banque de projets coopératifs"),
        "body": _("Office du développement de la coopération"),
        "to": _("délivrée à"),
        "holder": drawable(award.user.display_name if award.user is not None else "", 80),
        "intro": version.achievement.get_kind_display(),
        "name": drawable(name, 160),
        "criteria": drawable(version.told("criteria", language), 700),
        "evidence": drawable(award.evidence(language), 400),
        "day": _("Obtenue le %(day)s.") % {"day": written_date(day)},
        "honest": _("Le nom est celui que la personne a donné à son compte."),
        "code_label": _("Code"),
        "code": award.code,
        "check": _("Pour vérifier cette attestation, lisez le code carré ou tapez le code à cette adresse :"),
        "address": address,
    }


def badge_picture(version: AchievementVersion, language: Language, form: Literal["svg", "png"]) -> bytes:
    """The picture of an achievement, in a language; square."""
    with translation.override(language):
        data = {
            "language": language,
            "name": drawable(version.told("name", language), 120),
            "kind": drawable(str(version.achievement.get_kind_display()), 40),
            "office": _("Banque de projets coopératifs"),
        }
        return draw(BADGE, data, form, side=SIDE, title=version.told("name", language))
