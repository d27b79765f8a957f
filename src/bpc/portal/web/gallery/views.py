"""The page that shows every component with believable content, for whoever writes or checks a page."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.reference.places import places_by_code

#: Béni Mellal-Khénifra, Azilal, Demnate, Agadir
_SHOWN = ("05", "05.081", "05.081.01.03", "09.001.01.01")


class SampleForm(forms.Form):
    """One field of each kind; never saved."""

    title = forms.CharField(
        label=gettext_lazy("Titre de l’idée"), help_text=gettext_lazy("Une phrase courte.")
    )
    text = forms.CharField(label=gettext_lazy("Le besoin"), widget=forms.Textarea, required=False)
    who = forms.ChoiceField(
        label=gettext_lazy("Qui parle ?"),
        choices=[
            ("citizen", gettext_lazy("Citoyenne ou citoyen")),
            ("cooperative", gettext_lazy("Coopérative")),
        ],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.SelectDateWidget, required=False)
    budget = forms.DecimalField(label=gettext_lazy("Budget"), required=False)
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False, help_text=gettext_lazy("JPEG ou PNG.")
    )
    agree = forms.BooleanField(label=gettext_lazy("J’accepte que mon idée soit publiée"))


class SampleFilter(forms.Form):
    """What a filter drawer holds."""

    words = forms.CharField(label=gettext_lazy("Mots à chercher"), required=False)
    women = forms.BooleanField(label=gettext_lazy("Les femmes"), required=False)


def icon_names() -> list[str]:
    """The pictograms of the sprite, in its order."""
    sprite = Path(str(finders.find("web/icons/icons.svg"))).read_text(encoding="utf-8")
    return re.findall(r'<symbol id="([^"]+)"', sprite)


def _samples() -> dict[str, Any]:
    region, azilal, demnate, agadir = (name_of(code) for code in _SHOWN)
    return {
        "names": {"azilal": azilal, "demnate": demnate, "agadir": agadir},
        "crumbs": [(_("Carte"), "#"), (region, "#"), (azilal, None)],
        "tabs": [
            {"label": _("Aperçu"), "url": "#", "current": True},
            {"label": _("Idées"), "url": "#", "current": False, "count": 12},
        ],
        "comparisons": [
            {"label": azilal, "value": 41.3, "share": 41.3},
            {"label": region, "value": 32.4, "share": 32.4},
            {"label": _("Maroc"), "value": None, "share": None},
        ],
        "steps": [
            {"title": _("Choisir une idée"), "text": "", "state": "done"},
            {
                "title": _("Réunir cinq membres"),
                "text": _("Il vous manque deux membres."),
                "state": "current",
            },
            {"title": _("Tenir l’assemblée"), "text": "", "state": "todo"},
        ],
        "events": [{"date": date(2026, 3, 3), "title": _("Idée publiée"), "text": "", "icon": "idea"}],
        "columns": [{"label": _("Commune")}, {"label": _("Habitants"), "numeric": True}],
        "rows": [[azilal, "38\u202f520"], [demnate, "29\u202f504"]],
    }


def name_of(code: str) -> str:
    """A territory's name in the language of the page."""
    place = places_by_code()[code]
    return str(getattr(place, f"name_{get_language()}", "") or place.name_fr)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, in the language and direction of the page; numbers here are samples."""
    context = {
        **_samples(),
        "icons": icon_names(),
        "form": SampleFilter(auto_id="filter_%s"),
        "wrong": SampleForm({"title": "", "budget": "douze"}),
        "results": Paginator(range(200), 20).get_page(4),
        "deadline": date(2026, 3, 3),
    }
    return render(request, "gallery/gallery.html", context)
