"""What the pages of messages say of files."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy

from bpc.portal.projects.received import PaperRefusal
from bpc.portal.threads.voice import VoiceRefusal
from bpc.portal.web.vault.forms import REFUSED_PAPERS

REFUSALS: dict[Enum, Any] = {
    **REFUSED_PAPERS,
    PaperRefusal.WRONG_TYPE: gettext_lazy(
        "Ce fichier n’est ni un PDF, ni une photo (JPEG ou PNG), ni un enregistrement de voix."
    ),
    PaperRefusal.DAMAGED: gettext_lazy("Ce fichier est abîmé ou incomplet. Envoyez-le de nouveau."),
    VoiceRefusal.TOO_HEAVY: gettext_lazy("Cet enregistrement est trop lourd : 4 Mo au plus."),
    VoiceRefusal.TOO_LONG: gettext_lazy(
        "Cet enregistrement dure plus d’une minute. Faites-en deux plus courts."
    ),
    VoiceRefusal.DAMAGED: gettext_lazy(
        "Cet enregistrement est abîmé ou incomplet. Enregistrez-le de nouveau."
    ),
    VoiceRefusal.FILM: gettext_lazy("Les films ne sont pas acceptés : enregistrez seulement votre voix."),
}
