"""The log of a device as a file: the last resort when it cannot send."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.models import Device, Gathering

MOST_BYTES = 8 * 1024 * 1024
MOST_EVENTS = 20_000


class LogFileForm(forms.Form):
    """One file, as the device wrote it."""

    log = forms.FileField(
        label=_("Fichier gardé par l’appareil"),
        widget=forms.FileInput({"accept": ".json,application/json"}),
        error_messages={"required": _("Choisissez le fichier que l’appareil a enregistré.")},
    )

    def clean_log(self) -> dict[str, Any]:
        """The document, of a size and shape that a device writes."""
        file = self.cleaned_data["log"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Ce fichier est trop lourd : 8 Mo au plus."))
        try:
            document = json.loads(file.read())
            told: dict[str, Any] = {"device": UUID(document["device"]), "events": list(document["events"])}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise ValidationError(_("Ce fichier n’est pas celui d’un appareil de la salle.")) from None
        if len(told["events"]) > MOST_EVENTS:
            raise ValidationError(_("Ce fichier n’est pas celui d’un appareil de la salle."))
        return told


@dataclass(frozen=True)
class Log:
    """What a file holds, and the device it comes from."""

    device: Device
    events: list[Any]


def read_log(form: LogFileForm, gathering: Gathering) -> Log | None:
    """The log of a device of this meeting, even one shut out since; None, said beside the field, for any other."""
    told = form.cleaned_data["log"]
    device = Device.objects.filter(gathering=gathering, key=told["device"]).first()
    if device is None:
        form.add_error("log", _("Cet appareil n’a pas été ouvert pour cette rencontre."))
        return None
    return Log(device, told["events"])
