"""What becomes of projects, for everybody: published figures, narrowed by region and sector, and words of alumni."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.results.names import GENERATION
from bpc.portal.results.public_figures import PublicRow, current_quarter, rows_of
from bpc.portal.results.queries import alumni_cards
from bpc.portal.web.results.figure_words import answered_words, figure_list, rows_table

CARDS = 12  # a page


class NarrowingForm(forms.Form):
    """A region, a sector, both. An address written by hand with a wrong value narrows nothing."""

    region = forms.ModelChoiceField(
        label=gettext_lazy("Région"),
        queryset=Territory.objects.filter(level=Territory.Level.REGION).order_by("code"),
        required=False,
        empty_label=gettext_lazy("Toutes"),
    )
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Secteur"), queryset=Sector.objects.all(), required=False,
        empty_label=gettext_lazy("Tous"),
    )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        """Codes, empty where nothing was chosen."""
        self.full_clean()
        found = {name: self.cleaned_data.get(name) for name in ("region", "sector")}
        return {name: str(one.pk) if one is not None else "" for name, one in found.items()}


@kept_for_strangers(GENERATION, "reference")
@require_safe
def public_results(request: HttpRequest) -> HttpResponse:
    """The figures as published, with what is not known; then the cards."""
    form = NarrowingForm(request.GET)
    chosen = form.chosen()
    quarter = current_quarter()
    row, parts = rows_of(quarter, **chosen)
    page = Paginator(alumni_cards(**chosen), CARDS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "is_narrowed": any(chosen.values()),
        "quarter": quarter,
        "row": row,
        "answered": answered_words(row) if row is not None else "",
        "figures": figure_list(row) if row is not None and row.answered else [],
        "tables": _tables(parts, chosen),
        "page": page,
        "file": reverse("web:download", args=["results.csv"]),
        "reading": f"/api/v1/results?{urlencode({name: code for name, code in chosen.items() if code})}".rstrip("?"),
    }  # fmt: skip
    return render(request, "results/public.html", context)


def _tables(parts: list[PublicRow], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Tables of what the row shown is made of; none for a sector of one region."""
    sectors = [row for row in parts if row.sector and row.sector != chosen["sector"]]
    places = [row for row in parts if row.sector == chosen["sector"]]
    tables = []
    if places and chosen["region"]:
        tables.append(
            rows_table(
                _("Province par province"),
                _("Chiffres de chaque province"),
                _("Province"),
                places,
                by_sector=False,
            )
        )
    elif places:
        tables.append(
            rows_table(
                _("Région par région"), _("Chiffres de chaque région"), _("Région"), places, by_sector=False
            )
        )
    if sectors:
        tables.append(
            rows_table(
                _("Secteur par secteur"),
                _("Chiffres de chaque secteur"),
                _("Secteur"),
                sectors,
                by_sector=True,
            )
        )
    return tables  # fmt: skip
