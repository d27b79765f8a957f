"""What the platform holds on a person: shown, downloaded, deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.people.actions import LastAdministrator
from bpc.portal.people.departure import delete_account, organisations_in_the_way
from bpc.portal.people.organisation_actions import LastManager
from bpc.portal.people.personal_data import export, holdings
from bpc.portal.web.people.forms import LeavingForm
from bpc.portal.web.people.readable import readable_rows


def my_data(request: HttpRequest) -> HttpResponse:
    """A readable page with everything."""
    person: Any = request.user
    kinds = [(holding.title, readable_rows(rows)) for holding, rows in export(person)]
    return render(request, "people/my_data.html", {"kinds": kinds})


def download(request: HttpRequest) -> HttpResponse:
    """The same as a JSON file that other programs read."""
    person: Any = request.user
    now = timezone.now()
    document = {
        "exported_at": now,
        "language": person.language,
        **{holding.key: rows for holding, rows in export(person)},
    }
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{now:%Y-%m-%d}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def delete(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then, once confirmed, the end of the account."""
    person: Any = request.user
    form = LeavingForm(request.POST if request.method == "POST" else None)
    obstacle = ""
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(user=person, actor=person, at=timezone.now())
        except LastAdministrator:
            obstacle = _(
                "Vous êtes le seul administrateur national : donnez d’abord ce rôle à une autre personne."
            )
        except LastManager:
            obstacle = _("Une organisation n’a que vous pour la gérer.")
        else:
            logout(request)
            messages.success(request, _("Votre compte est supprimé. Merci d’avoir participé."))
            return redirect("web:home")
    context = {
        "form": form,
        "obstacle": obstacle,
        "organisations": organisations_in_the_way(person),
        "kinds": [(holding.title, holding.on_leaving) for holding in holdings()],
    }
    return render(
        request, "people/delete_account.html", context, status=422 if form.errors or obstacle else 200
    )
