"""What a cooperative of the register is, and what becomes of an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class Status(models.TextChoices):
    """What the register says of a cooperative's life."""

    ACTIVE = "active", _("En activité")
    DISSOLVED = "dissolved", _("Dissoute")
    UNKNOWN = "unknown", _("Situation inconnue")


class ImportState(models.TextChoices):
    """The life of an imported file: read, checked, applied, undone. `failed` keeps the reason."""

    DRAFT = "draft", _("À préparer")
    CHECKING = "checking", _("Vérification en cours")
    CHECKED = "checked", _("Vérifié, rien n’est encore changé")
    APPLYING = "applying", _("Application en cours")
    APPLIED = "applied", _("Appliqué")
    UNDOING = "undoing", _("Annulation en cours")
    UNDONE = "undone", _("Annulé")
    FAILED = "failed", _("Arrêté par une erreur")


#: What counts and is listed: dissolved cooperatives and those gone from the register only have their sheet.
PRESENT_STATUSES = (Status.ACTIVE, Status.UNKNOWN)

BUSY = (ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)
#: From these nothing is in the register: the file can be thrown away.
LOOSE = (ImportState.DRAFT, ImportState.CHECKED, ImportState.FAILED)
RIGHT = "register.import"
_S = ImportState
IMPORT_MOVES = StateTable(
    moves=(
        Move("check", frozenset({_S.DRAFT, _S.CHECKED, _S.FAILED}), _S.CHECKING, RIGHT),
        Move("checked", frozenset({_S.CHECKING}), _S.CHECKED, RIGHT),
        Move("fail", frozenset({_S.CHECKING}), _S.FAILED, RIGHT),
        Move("apply", frozenset({_S.CHECKED}), _S.APPLYING, RIGHT),
        Move("applied", frozenset({_S.APPLYING}), _S.APPLIED, RIGHT),
        Move("give up applying", frozenset({_S.APPLYING}), _S.CHECKED, RIGHT),
        Move("undo", frozenset({_S.APPLIED}), _S.UNDOING, RIGHT),
        Move("undone", frozenset({_S.UNDOING}), _S.UNDONE, RIGHT),
        Move("give up undoing", frozenset({_S.UNDOING}), _S.APPLIED, RIGHT),
    ),
    timestamps={state.value: "moved_at" for state in BUSY}
    | {_S.APPLIED.value: "applied_at", _S.UNDONE.value: "undone_at"},
)
