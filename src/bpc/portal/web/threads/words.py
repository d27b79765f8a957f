"""What the pages of messages say of files."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy

from bpc.portal.projects.received import PaperRefusal
from bpc.portal.threads.voice import VoiceRefusal

REFUSALS: dict[Enum, Any] = {
    PaperRefusal.TOO_HEAVY: gettext_lazy("Ce fichier est trop lourd : 10 Mo au plus en PDF, 15 Mo en photo."),
    PaperRefusal.EMPTY: gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
    PaperRefusal.WRONG_TYPE: gettext_lazy(
        "Ce fichier n’est ni un PDF, ni une photo (JPEG ou PNG), ni un enregistrement de voix."
    ),
    PaperRefusal.HEIC: gettext_lazy(
        "Cette photo est au format HEIC, que tout le monde ne lit pas. Envoyez une capture d’écran de la photo."
    ),
    PaperRefusal.DAMAGED: gettext_lazy("Ce fichier est abîmé ou incomplet. Envoyez-le de nouveau."),
    PaperRefusal.LOCKED: gettext_lazy("Ce PDF est protégé par un mot de passe. Envoyez-le sans protection."),
    PaperRefusal.ACTIVE: gettext_lazy(
        "Ce PDF contient un programme ou des fichiers cachés. Imprimez-le en PDF, puis envoyez le nouveau fichier."
    ),
    PaperRefusal.TOO_LARGE: gettext_lazy("Ce fichier est trop grand. Réduisez-le ou envoyez-en un autre."),
    PaperRefusal.INFECTED: gettext_lazy("L’antivirus a trouvé un virus dans ce fichier. Il n’est pas gardé."),
    PaperRefusal.UNSCANNED: gettext_lazy("L’antivirus ne répond pas. Réessayez dans quelques minutes."),
    VoiceRefusal.TOO_HEAVY: gettext_lazy("Cet enregistrement est trop lourd : 4 Mo au plus."),
    VoiceRefusal.TOO_LONG: gettext_lazy(
        "Cet enregistrement dure plus d’une minute. Faites-en deux plus courts."
    ),
    VoiceRefusal.DAMAGED: gettext_lazy(
        "Cet enregistrement est abîmé ou incomplet. Enregistrez-le de nouveau."
    ),
    VoiceRefusal.FILM: gettext_lazy("Les films ne sont pas acceptés : enregistrez seulement votre voix."),
}
