"""The report put together: four pages, whatever is known of the place and however long its names are."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.atlas.report.assets import assets_page
from bpc.portal.atlas.report.context import ReportContext
from bpc.portal.atlas.report.people import people_page
from bpc.portal.atlas.report.prospects import prospects_page
from bpc.portal.atlas.report.voices import voices_page
from bpc.portal.foundation.typesetting import document_data, drawable, pictogram, typeset
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_date

TEMPLATE = Path(__file__).parent / "templates" / "territory_report.typ"


def territory_report(context: ReportContext) -> bytes:
    """The PDF, exactly four A4 pages, in the language of the context."""
    with translation.override(context.language):
        return typeset(TEMPLATE, report_data(context))


def report_data(context: ReportContext) -> dict[str, Any]:
    """What the template is given, in the active language."""
    place = context.place
    holders = [context.name_of(one.code) for one in reversed(context.country.path_to(place.code)[1:-1])]
    about = f"{kind_words(place)} ({enumerated(holders)})" if holders else kind_words(place)
    return {
        **document_data(
            title=context.name,
            place=about,
            language=context.language,
            made_on=context.made_on,
            address=context.address,
        ),
        "kind": _("Fiche du territoire pour la rencontre régionale"),
        "office": _("Banque de projets coopératifs"),
        "banner": _(
            "Démonstration : les besoins, les idées et les coopératives sont fictifs, "
            "les chiffres du recensement sont réels."
        )
        if context.is_demo
        else "",
        "other_name": drawable(place.name_ar if context.language == "fr" else place.name_fr, 60),
        "made_words": _("Établie le %(date)s") % {"date": written_date(context.made_on)},
        "address": context.address.removeprefix("https://").removeprefix("http://"),
        "pen": pictogram("document"),
        "qr_words": _("La fiche à jour de ce territoire"),
        "page_words": _("page %(number)s sur %(total)s") % {"number": "{n}", "total": "{total}"},
        "estimates": _("Les estimations sont dites estimations ; chaque bloc dit sa source et sa date."),
        "pages": [
            people_page(context),
            assets_page(context),
            voices_page(context),
            prospects_page(context),
        ],
    }
