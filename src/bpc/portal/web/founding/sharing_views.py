"""The surplus by member: what each did in the year, typed or taken from a table, and what each receives."""

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.writing import isolated
from bpc.portal.founding.answers import UnlawfulAnswers, value_of
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.operations import MOST_LINES, RowError, read_operations, record_operations
from bpc.portal.founding.sharing import Sharing, sharing_of
from bpc.portal.register.sheets import UnreadableError
from bpc.portal.web.founding.fields import MoneyBox
from bpc.portal.web.founding.reading import UNACCEPTABLE, file_or_404, frame
from bpc.portal.web.founding.words import fault_words, is_arabic, law_words
from bpc.portal.web.plans.typed_numbers import shown_number

_ROWS = {
    "no_name": gettext_lazy("le nom manque"),
    "unknown_name": gettext_lazy("aucun membre du dossier ne porte ce nom"),
    "two_of_this_name": gettext_lazy("deux membres portent ce nom : écrivez leurs montants à la main"),
    "twice": gettext_lazy("ce membre est déjà plus haut dans le fichier"),
    "no_amount": gettext_lazy("ce n’est pas un montant de zéro ou plus"),
}
_FILES = {
    "empty_file": gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
    "no_columns": gettext_lazy("Il faut deux colonnes avec leur titre : « Nom » et « Opérations »."),
    "too_many_rows": gettext_lazy("Ce fichier a trop de lignes."),
}
_UNREADABLE = gettext_lazy("Ce fichier n’est ni un CSV ni un classeur XLSX lisible.")
_REFUSALS = {
    "more_than_left": gettext_lazy(
        "Le total partagé dépasse ce qui reste après la réserve légale (%(law)s)."
    ),
    "interest_not_in_statutes": gettext_lazy("Vos statuts ne prévoient pas d’intérêt aux parts (%(law)s)."),
    "no_paid_shares": gettext_lazy(
        "Aucune part n’est entièrement payée : aucun intérêt ne peut être versé (%(law)s)."
    ),
    "no_operations": gettext_lazy(
        "Aucun membre n’a fait d’opération : aucune ristourne ne peut être versée (%(law)s)."
    ),
}
_MOST_BYTES = 2_000_000


class OperationsForm(forms.Form):
    """One box by member; empty is not known."""

    def __init__(self, *args: Any, shared: Sharing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in shared.rows:
            first = "" if one.operations is None else shown_number(float(one.operations))
            name = one.member.name_in("ar" if is_arabic() else "fr")
            self.fields[f"member-{one.member.pk}"] = MoneyBox(
                label=isolated(name), required=False, initial=first
            )

    def amounts(self) -> dict[int, Decimal | None]:
        """By the key of the member."""
        return {int(name.rpartition("-")[2]): value for name, value in self.cleaned_data.items()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """The table; for who changes the project, the boxes and the file."""
    file = file_or_404(request, reference)
    members = list(file.founders.all())
    shared = sharing_of(file.answers, members)
    if request.method != "POST":
        return _page(request, file, shared, OperationsForm(shared=shared))
    check(request.user, "projects.fill", file.project)
    sent = request.FILES.get("table")
    if isinstance(sent, UploadedFile):
        return _taken(request, file, shared, sent)
    form = OperationsForm(request.POST, shared=shared)
    if not form.is_valid() or not _recorded(request, file, form.amounts(), form):
        return _page(request, file, shared, form)
    return redirect("web:founding_sharing", reference)


def _recorded(
    request: HttpRequest, file: CreationFile, amounts: dict[int, Decimal | None], form: OperationsForm
) -> bool:
    try:
        record_operations(file=file, amounts=amounts, actor=request.user, at=timezone.now())
    except UnlawfulAnswers as refused:
        for fault in refused.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault_words(fault))
        return False
    messages.success(request, _("Les opérations des membres sont enregistrées."))
    return True


def _taken(
    request: HttpRequest, file: CreationFile, shared: Sharing, sent: "UploadedFile[Any]"
) -> HttpResponse:
    """Everything or nothing: one row that cannot be taken keeps the others out too."""
    form = OperationsForm({}, shared=shared)
    problem, errors = "", list[RowError]()
    if (sent.size or 0) > _MOST_BYTES:
        problem = _("Ce fichier est trop lourd : 2 Mo au plus.")
    else:
        with tempfile.NamedTemporaryFile() as kept:
            kept.write(sent.read())
            kept.flush()
            try:
                read = read_operations(Path(kept.name), [one.member for one in shared.rows])
            except UnreadableError as fault:
                problem = str(_FILES.get(fault.code, _UNREADABLE))
            else:
                errors = read.errors
                if not errors and _recorded(request, file, dict(read.amounts), form):
                    return redirect("web:founding_sharing", file.project.reference)
    told = [(one.line, one.written, str(_ROWS[one.code])) for one in errors]
    return _page(
        request,
        file,
        shared,
        OperationsForm(shared=shared),
        problem=problem,
        row_errors=told,
        status=UNACCEPTABLE,
    )


def _page(
    request: HttpRequest,
    file: CreationFile,
    shared: Sharing,
    form: OperationsForm,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    refusals = [
        str(_REFUSALS.get(one.code, _REFUSALS["more_than_left"])) % {"law": law_words(one.article)}
        for one in shared.refusals
    ]
    context = frame(
        request, file.project, form=form, shared=shared, refusals=refusals, most=MOST_LINES,
        year=value_of(file.answers, "year_closed_on"), surplus=value_of(file.answers, "surplus"), **more,
    )  # fmt: skip
    return render(
        request, "founding/sharing.html", context, status=status or (UNACCEPTABLE if form.errors else 200)
    )
