"""Around a form by which somebody tells something: machines held off, what the page needs, what is shown again."""

from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.client import client_address
from bpc.portal.ideas.limits import TooManyDeposits, filled_by_hand, note_deposit, stamp
from bpc.portal.ideas.pending import pending_files
from bpc.portal.web.ideas.photo_words import KEPT, PENDING, lines, new_words, put_in_page_order
from bpc.portal.web.ideas.telling_form import TellingForm

_TOO_QUICK = "too-quick"


def form_context(form: TellingForm, written: Any = None) -> dict[str, Any]:
    """What the page of the form needs whatever is told: files, communes offered, and when it was opened."""
    # a form sent back keeps the moment it was first opened, unless that is what is wrong with it
    opened = form.data.get("opened", "") if form.is_bound else ""
    pending = lines(form, pending_files(form.key), PENDING)
    kept = lines(form, written.attachments.all(), KEPT) if written else []
    put_in_page_order(form)
    keeps_moment = bool(opened) and not form.has_error(NON_FIELD_ERRORS, _TOO_QUICK)
    key = form.key
    return {
        "form": form,
        "key": key,
        "pending": pending,
        "kept": kept,
        "new_words": new_words(form, pending + kept),
        "commune_choices": form.commune_choices or ([form.chosen_commune] if form.chosen_commune else []),
        "opened": opened if keeps_moment else stamp(str(key), timezone.now()),
    }


def show_again(form: TellingForm, name: str, value: str) -> None:
    """Change what the form shows again."""
    data = cast(QueryDict, form.data).copy()
    data[name] = value
    form.data = data


def hold_off_machines(request: HttpRequest, form: TellingForm) -> None:
    """The trap, the time, the day's numbers; each fault says what a person caught by mistake can do."""
    now = timezone.now()
    if form.cleaned_data["website"]:
        form.add_error(
            "website", _("Laissez ce champ vide : il sert à reconnaître les machines. Effacez-le.")
        )
        return
    if not filled_by_hand(form.cleaned_data["opened"], str(form.key), now):
        message = _("Ce formulaire est revenu trop vite pour avoir été lu. Relisez-le, puis envoyez-le.")
        form.add_error(None, ValidationError(message, _TOO_QUICK))
        return
    try:
        note_deposit(address=client_address(request), contact=str(form.cleaned_data["contact"]), at=now)
    except TooManyDeposits as reached:
        form.add_error("contact" if reached.by == "contact" else None, _too_many(reached.by))


def _too_many(by: str) -> str:
    if by == "contact":
        return _(
            "Cinq textes ont déjà été envoyés aujourd’hui avec ce contact. Revenez demain, ou créez un compte."
        )
    return _(
        "Beaucoup de textes sont arrivés aujourd’hui de cette connexion. Revenez demain, ou créez un compte."
    )
