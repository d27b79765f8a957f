"""The files of the deposit form: each is checked alone, the good ones are put aside, the others told why."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.client import client_address
from bpc.portal.ideas.documents import DocumentRefusal, RefusedDocument
from bpc.portal.ideas.limits import TooManyDeposits, note_file
from bpc.portal.ideas.models import PendingFile
from bpc.portal.ideas.pending import (
    Holder,
    NoRoom,
    describe_pending,
    drop_pending,
    put_document_aside,
    put_photo_aside,
)
from bpc.portal.ideas.photos import PhotoRefusal, RefusedPhoto
from bpc.portal.web.ideas import photo_words
from bpc.portal.web.ideas.telling_form import TellingForm

PHOTO_FAULTS: dict[PhotoRefusal, Promise] = {
    PhotoRefusal.TOO_HEAVY: gettext_lazy("cette photo pèse plus de 15 Mo. Envoyez-en une plus légère."),
    PhotoRefusal.EMPTY: gettext_lazy("ce fichier est vide. Choisissez-en un autre."),
    PhotoRefusal.NOT_A_PHOTO: gettext_lazy("ce fichier n’est pas une photo JPEG, PNG ou WebP."),
    PhotoRefusal.HEIC: gettext_lazy(
        "cette photo est au format HEIC, que tous les téléphones ne lisent pas. Sur iPhone : Réglages, Appareil "
        "photo, Formats, « Le plus compatible » ; ou envoyez une capture d’écran de la photo."
    ),
    PhotoRefusal.ANIMATED: gettext_lazy("cette image est animée. Envoyez une photo fixe."),
    PhotoRefusal.TOO_MANY_PIXELS: gettext_lazy(
        "cette photo est trop grande. Réduisez-la ou envoyez-en une autre."
    ),
    PhotoRefusal.DAMAGED: gettext_lazy("cette photo est abîmée ou incomplète. Envoyez-la de nouveau."),
}
_DOCUMENT_FAULTS: dict[DocumentRefusal, Promise] = {
    DocumentRefusal.TOO_HEAVY: gettext_lazy("ce document pèse plus de 10 Mo. Envoyez-en un plus léger."),
    DocumentRefusal.EMPTY: gettext_lazy("ce fichier est vide. Choisissez-en un autre."),
    DocumentRefusal.NOT_A_PDF: gettext_lazy(
        "ce fichier n’est pas un PDF. Enregistrez-le en PDF ou en photo."
    ),
    DocumentRefusal.DAMAGED: gettext_lazy("ce document est incomplet. Envoyez-le de nouveau."),
    DocumentRefusal.LOCKED: gettext_lazy(
        "ce document est protégé par un mot de passe. Envoyez-le sans protection."
    ),
}


def take_files(request: HttpRequest, form: TellingForm, idea: Holder | None = None) -> None:
    """Put the good files of the form aside under its key; write each fault beside its field."""
    drop_pending(form.key, _numbers(request, "remove_pending"))
    words = photo_words.words_received(form, photo_words.PENDING)
    photos = [
        _keep(upload, put_photo_aside, "photos", request, form, idea)
        for upload in form.cleaned_data["photos"]
    ]
    for upload in form.cleaned_data["document"]:
        _keep(upload, put_document_aside, "document", request, form, idea)
    describe_pending(form.key, words | photo_words.follow(form, photos))


def removed_attachments(request: HttpRequest) -> tuple[int, ...]:
    """The files of the idea that the author ticked for removal."""
    return tuple(_numbers(request, "remove_attachment"))


def _keep(
    upload: Any,
    put_aside: Callable[..., PendingFile],
    name: str,
    request: HttpRequest,
    form: TellingForm,
    idea: Holder | None,
) -> PendingFile | None:
    """Keep one file; None when it is refused, which is told beside the field `name`."""
    now = timezone.now()
    try:
        if not request.user.is_authenticated:
            note_file(address=client_address(request), at=now)
        return put_aside(upload.file, size=upload.size, name=upload.name, key=form.key, at=now, idea=idea)
    except RefusedPhoto as refusal:
        fault = str(PHOTO_FAULTS[refusal.reason])
    except RefusedDocument as refusal:
        fault = str(_DOCUMENT_FAULTS[refusal.reason])
    except NoRoom:
        fault = _("il y a déjà trois photos, ou un document. Retirez-en un pour ajouter celui-ci.")
    except TooManyDeposits:
        fault = _("trop de fichiers sont venus de cette connexion aujourd’hui. Envoyez sans celui-ci.")
    told = _("%(name)s : %(value)s") % {"name": upload.name, "value": fault}
    form.add_error(name, ValidationError(told, "file"))
    return None


def _numbers(request: HttpRequest, name: str) -> list[int]:
    values = (value for value in request.POST.getlist(name) if value.isascii() and value.isdigit())
    return [int(value) for value in values if len(value) < 18]
