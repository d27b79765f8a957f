"""Themes: the organisers' desk where they are drawn, renamed, accepted or refused, and the public page of one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.gatherings import themes
from bpc.portal.gatherings.models import Gathering, Theme, ThemeState
from bpc.portal.gatherings.theme_visibility import themes_checked_by
from bpc.portal.gatherings.visibility import gatherings_organised_by
from bpc.portal.ideas.cards import as_cards
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory
from bpc.portal.web.gatherings.meeting_words import title_of

_PER_PAGE, _PER_DESK, _MEETINGS_OFFERED = 30, 20, 50


class DrawForm(forms.Form):
    """Of which region, or of which meeting."""

    source = forms.ChoiceField(label=gettext_lazy("Tirer les thèmes des idées de"))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Territory.objects.filter(level=Territory.Level.REGION).order_by("pk")
        if not is_administrator(person):
            regions = regions.filter(pk__in=person.regions_as(Role.DELEGATE))
        meetings = gatherings_organised_by(person).filter(gathered_ideas__isnull=False).distinct()
        meetings = meetings.order_by("-date", "-pk")[:_MEETINGS_OFFERED]
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (_("Régions"), [(f"region:{row.pk}", _name(row)) for row in regions]),
            (_("Rencontres"), [(f"meeting:{row.key}", title_of(row)) for row in meetings]),
        ]

    def chosen(self) -> tuple[Territory, Gathering | None]:
        """The region, and the meeting where one was chosen."""
        kind, key = self.cleaned_data["source"].split(":", 1)
        if kind == "region":
            return get_object_or_404(Territory, pk=key), None
        gathering = get_object_or_404(Gathering.objects.select_related("region"), key=key)
        return gathering.region, gathering


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Proposed themes first, then the accepted ones; each with its ideas. POST proposes anew."""
    if request.method == "POST":
        return _draw(request)
    rows = themes_checked_by(request.user).exclude(state=ThemeState.REFUSED)
    rows = rows.select_related("region", "gathering", "gathering__region", "gathering__commune")
    rows = rows.prefetch_related("members__idea").order_by("-state", "-pk")
    page = Paginator(rows, _PER_DESK).get_page(request.GET.get("page"))
    context = {
        "form": DrawForm(person=request.user),
        "page": page,
        "themes": [_line(theme) for theme in page],
    }
    return render(request, "gatherings/themes.html", context)


def _draw(request: HttpRequest) -> HttpResponse:
    form = DrawForm(request.POST, person=request.user)
    if form.is_valid():
        region, gathering = form.chosen()
        made = themes.draw_themes(region=region, gathering=gathering, actor=request.user, at=timezone.now())
        if made:
            messages.success(request, _("Des thèmes sont proposés : relisez-les avant de les publier."))
        else:
            messages.info(request, _("Aucun nouveau thème : trop peu d’idées publiées se ressemblent."))
    return redirect("web:idea_themes")


@never_cache
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept with its names and the ideas kept, or refuse; the button says which."""
    theme = get_visible_or_404(request.user, Theme, pk=pk)
    if request.POST.get("act") == "refuse":
        themes.refuse_theme(theme=theme, actor=request.user, at=timezone.now())
        messages.success(request, _("Le thème n’est pas publié."))
        return redirect("web:idea_themes")
    kept = [
        int(key) for key in request.POST.getlist("kept") if key.isascii() and key.isdigit() and len(key) < 12
    ]
    try:
        themes.accept_theme(
            theme=theme, name_fr=request.POST.get("name_fr", "")[:80], name_ar=request.POST.get("name_ar", "")[:80],
            kept=kept, actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except themes.NothingLeft:
        messages.error(request, _("Gardez au moins une idée, et donnez un nom en français et en arabe."))
    else:
        messages.success(request, _("Le thème est publié."))
    return redirect("web:idea_themes")


@require_safe
@kept_for_strangers("ideas", "gatherings", "reference")
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    """A theme with its ideas."""
    rows = Theme.objects.select_related("region", "gathering")
    row = get_visible_or_404(request.user, rows, pk=pk)
    ideas = themes.ideas_of(row)
    page = Paginator(ideas, _PER_PAGE).get_page(request.GET.get("page"))
    first = max(page.start_index() - 1, 0)
    context = {
        "theme": row,
        "name": _name(row),
        "meeting": title_of(row.gathering) if row.gathering else "",
        "words": [pair[_place()] for pair in row.words],
        "page": page,
        "cards": as_cards(ideas[first : first + _PER_PAGE]),
        "ideas_url": f"{reverse('web:ideas')}?region={row.region_id}",
    }
    return render(request, "gatherings/theme.html", context)


def _line(row: Theme) -> dict[str, Any]:
    return {
        "theme": row,
        "meeting": title_of(row.gathering) if row.gathering else "",
        "words": [pair[_place()] for pair in row.words],
        "members": row.members.all(),
    }


def _name(row: Any) -> str:
    return str(row.name_ar if get_language() == "ar" else row.name_fr)


def _place() -> int:
    return 1 if get_language() == "ar" else 0
