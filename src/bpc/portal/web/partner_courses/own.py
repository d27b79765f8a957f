"""A learner's own: the partner courses they opened, how they stand, and what each partner receives of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.partner_courses.identities import choose_sharing
from bpc.portal.partner_courses.models import PartnerIdentity
from bpc.portal.partner_courses.queries import own_identities, own_results
from bpc.portal.partner_courses.record_store import record_store
from bpc.portal.people.consents import TRAINING_RECORDS
from bpc.portal.people.delivery import agreed_to
from bpc.portal.web.partner_courses.forms import SharingForm
from bpc.portal.web.partner_courses.words import result_words

_PER_PAGE = 20


@never_cache
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """One's partner courses and partners."""
    person: Any = request.user
    page_obj = Paginator(own_results(person), _PER_PAGE).get_page(request.GET.get("page"))
    store = record_store()
    context = {
        "page_obj": page_obj,
        "results": [result_words(row) for row in page_obj],
        "partners": [(one, _form_of(person, one)) for one in own_identities(person)],
        "notes": store is not None and store.is_on,
        "agreed": agreed_to(person, TRAINING_RECORDS),
    }
    return render(request, "partner_courses/my_courses.html", context)


def _form_of(person: Any, identity: PartnerIdentity) -> SharingForm:
    return SharingForm(person=person, partner=identity.partner, kept=identity)


@never_cache
@require_POST
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a partner receives from now on."""
    rows = PartnerIdentity.objects.select_related("partner")
    identity = get_visible_or_404(request.user, rows, pk=pk)
    form = SharingForm(request.POST, person=request.user, partner=identity.partner)
    if form.is_valid():
        said = form.cleaned_data
        choose_sharing(
            partner=identity.partner,
            name=said["name"],
            email=said["email"],
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(
            request, _("Votre choix est enregistré. Il vaut dès la prochaine ouverture d’un cours.")
        )
    return redirect("web:my_partner_courses")
