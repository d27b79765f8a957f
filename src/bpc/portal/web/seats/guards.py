"""What holds off machines from the registration forms without asking people to prove they are people."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.client import client_address
from bpc.portal.ideas.limits import TooManyDeposits, filled_by_hand, note
from bpc.portal.web.seats.forms import RegistrationForm

PER_ADDRESS, PER_CONTACT = 60, 10  # a day: a whole village may register behind one connection


def hold_off_machines(request: HttpRequest, form: RegistrationForm) -> None:
    """For strangers: the trap, the time, the day's numbers; each says what a person caught by mistake can do."""
    if request.user.is_authenticated:
        return
    now, said = timezone.now(), form.cleaned_data
    if said["website"]:
        form.add_error(
            "website", _("Laissez ce champ vide : il sert à reconnaître les machines. Effacez-le.")
        )
    elif not filled_by_hand(said["opened"], str(form.key), now):
        message = _("Ce formulaire est revenu trop vite pour avoir été lu. Relisez-le, puis envoyez-le.")
        form.add_error(None, ValidationError(message, "too-quick"))
    else:
        try:
            note("registration from", client_address(request), PER_ADDRESS, now)
            note("registration of", str(form.contact_given), PER_CONTACT, now)
        except TooManyDeposits:
            message = _("Trop d’inscriptions sont venues d’ici aujourd’hui. Appelez les organisateurs.")
            form.add_error(None, ValidationError(message, "too-many"))
