"""What meetings say in the forms by which people register, and why one is cancelled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.seats.forms import DeskForm, RegistrationForm


class MeetingRegistrationForm(RegistrationForm):
    """On the site."""

    agreement = _(
        "J’accepte que les organisateurs gardent mon nom et mon contact pour cette rencontre, "
        "puis les effacent six mois après."
    )


class MeetingDeskForm(DeskForm):
    """By phone or on the spot."""

    agreement = _(
        "La personne a été informée : nom et contact gardés pour cette rencontre, effacés six mois après."
    )


class ReasonForm(forms.Form):
    """Why a meeting is cancelled: everybody reads it."""

    reason = PlainText(
        label=_("Pourquoi"), longest=1000, shortest=5, lines=3,
        required_message=_("Dites pourquoi : les personnes inscrites le liront."),
    )  # fmt: skip
