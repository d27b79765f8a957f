"""The learning record store: where statements leave for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.partner_courses import record_store as kept
from bpc.portal.web.partner_courses.forms import RecordStoreForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_store(request: HttpRequest) -> HttpResponse:
    """Name the store, turn it on or off; what left and what waits."""
    store = kept.record_store()
    initial = {} if store is None else {"endpoint": store.endpoint, "key": store.key, "is_on": store.is_on}
    posted = request.POST if request.method == "POST" else None
    form = RecordStoreForm(posted, has_secret=store is not None, initial=initial)
    if posted is not None and form.is_valid():
        kept.keep_record_store(**form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(request, _("Le registre est enregistré."))
        return redirect("web:record_store")
    context = {"form": form, "store": store, "counts": kept.statement_counts()}
    return render(request, "partner_courses/record_store.html", context, status=422 if form.errors else 200)
