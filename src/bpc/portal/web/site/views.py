"""Open data, and what the service says of itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.sources import Source, read_sources
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.people.consents import purposes
from bpc.portal.web.site import downloads
from bpc.portal.web.site.api_reference import describe_api


def _trail(label: str, *above: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Accueil"), reverse("web:home")), *above, (label, "")]


def _open_data_step() -> tuple[str, str]:
    return _("Données ouvertes"), reverse("web:open_data")


@kept_for_strangers("reference")
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, on which terms, and how to cite it."""
    read_on = {source.id: source.read_on for source in read_sources(settings.DATA)}
    groups: list[dict[str, Any]] = []
    for group in downloads.GROUPS:
        lines = [
            {
                "file": file,
                "url": reverse("web:download", args=[file.name]),
                "kilobytes": downloads.kilobytes(file),
                "read_on": max((read_on[source] for source in file.sources), default=None),
            }
            for file in group.files
        ]
        groups.append({"title": group.title, "text": group.text, "lines": lines})
    origin = f"{request.scheme}://{request.get_host()}"
    context = {"groups": groups, "origin": origin, "trail": _trail(_("Données ouvertes"))}
    return render(request, "site/open_data.html", context)


def download(request: HttpRequest, name: str) -> HttpResponse:
    """One file, whole."""
    file = downloads.DOWNLOADS.get(name)
    if file is None:
        raise Http404(name)
    return downloads.content(file).respond(request)


@kept_for_strangers("ideas", "observations", "resources", "register", "blueprints", "results", "reference")
def api_docs(request: HttpRequest) -> HttpResponse:
    """The programming interface: addresses, parameters, and real answers asked from it just now."""
    origin = f"{request.scheme}://{request.get_host()}"
    context = {"api": describe_api(origin), "origin": origin, "trail": _trail(_("API"), _open_data_step())}
    return render(request, "site/api_docs.html", context)


def _in_this_language(source: Source) -> dict[str, Any]:
    language = get_language() or "fr"
    words = {
        name: getattr(source, f"{name}_{language}", "") or getattr(source, f"{name}_fr")
        for name in ("title", "publisher", "licence", "attribution", "changes")
    }
    return {"id": source.id, "url": source.url, "read_on": source.read_on, **words}


@kept_for_strangers("reference")
def sources(request: HttpRequest) -> HttpResponse:
    """Every source with its date, its licence and what was changed."""
    told = [_in_this_language(source) for source in read_sources(settings.DATA)]
    context = {"sources": told, "trail": _trail(_("Sources"), _open_data_step())}
    return render(request, "site/sources.html", context)


@kept_for_strangers("reference")
def about(request: HttpRequest) -> HttpResponse:
    """What the bank is, for whom, and who answers for it."""
    return render(request, "site/about.html", {"trail": _trail(_("À propos"))})


@kept_for_strangers("reference")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is done with personal data, in plain words (law 09-08, article 5)."""
    context = {"purposes": purposes().values(), "trail": _trail(_("Données personnelles"))}
    return render(request, "site/privacy.html", context)


@kept_for_strangers("reference")
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for everybody, what was not tested, and whom to tell."""
    return render(request, "site/accessibility.html", {"trail": _trail(_("Accessibilité"))})
