"""What became of a need or an opportunity, read from the trail, in plain words; and what its author can do next."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.ideas.timeline import Step
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import Closing, ObservationState

# Verbs everybody may read once it is public; the others are between the author and the moderators.
_PUBLIC_VERBS = frozenset({"submit", "publish", "answer", "close", "reopen", "reopen_answered"})
_MODERATORS_VERBS = frozenset({"read_contact"})
_LABELS: dict[str, str | Promise] = {
    "submit": gettext_lazy("Reçu"),
    "publish": gettext_lazy("Mis en ligne"),
    "return": gettext_lazy("Renvoyé à son auteur pour être complété"),
    "answer": gettext_lazy("La délégation a répondu"),
    "close": gettext_lazy("Clos"),
    "reopen": gettext_lazy("Rouvert"),
    "reopen_answered": gettext_lazy("Rouvert"),
    "archive": gettext_lazy("Archivé par la délégation"),
    "restore": gettext_lazy("Remis à l’examen"),
    "withdraw": gettext_lazy("Retiré par son auteur"),
    "read_contact": gettext_lazy("Contact de l’auteur consulté"),
}
_AGAIN: dict[tuple[str, str], str | Promise] = {
    ("submit", ObservationState.RETURNED): gettext_lazy("Complété et renvoyé par son auteur"),
    ("publish", ObservationState.ARCHIVED): gettext_lazy("De nouveau en ligne"),
}
# Names in the sprite of pictograms
_ICONS = {
    "submit": "need", "publish": "check", "return": "comment", "answer": "comment", "close": "check",
    "reopen": "clock", "reopen_answered": "clock", "archive": "close", "restore": "clock", "withdraw": "close",
    "read_contact": "key",
}  # fmt: skip


def public_timeline(observation: Observation) -> list[Step]:
    """What everybody may know: received, online, answered, closed with its reason. No name."""
    steps = [_step(entry) for entry in _entries(observation) if entry.verb in _PUBLIC_VERBS]
    closings = [entry for entry in _entries(observation) if entry.verb == "close"]
    reasons = {(entry.at, entry.verb): entry.reason for entry in closings}  # said to everybody
    return [replace(step, reason=reasons.get((step.at, step.verb), "")) for step in steps]


def author_timeline(observation: Observation) -> list[Step]:
    """Every move with its reason, for whoever told it."""
    entries = (entry for entry in _entries(observation) if entry.verb not in _MODERATORS_VERBS)
    return [_step(entry, reasons=True) for entry in entries]


def moderator_timeline(observation: Observation) -> list[Step]:
    """Every move with its reason and who made it, for those who answer for them."""
    entries = _entries(observation).select_related("actor")
    return [_step(entry, reasons=True, names=True) for entry in entries]


def next_step(observation: Observation) -> str:
    """One sentence for the author: what happens now, or what they can do."""
    sentences = {
        ObservationState.DRAFT: _("Terminez, puis envoyez."),
        ObservationState.SUBMITTED: _(
            "La délégation de votre région le lit. Vous serez prévenu de sa réponse."
        ),
        ObservationState.RETURNED: _("Complétez votre texte, puis renvoyez-le."),
        ObservationState.PUBLISHED: _(
            "Faites-le connaître autour de vous : chacun peut dire qu’il le vit aussi."
        ),
        ObservationState.ANSWERED: _("Lisez la réponse. Si c’est réglé, vous pouvez clore."),
        ObservationState.CLOSED: _("C’est clos. Si cela revient, signalez-le de nouveau."),
        ObservationState.ARCHIVED: _("Il n’est plus en ligne. Vous pouvez signaler autre chose."),
    }
    return sentences[ObservationState(observation.state)]


def last_reasons(observations: Sequence[Observation]) -> dict[int, str]:
    """The reason of the last move of each, by its key, where there is one: one query a page."""
    keys = {str(one.pk): one for one in observations}
    entries = AuditEntry.objects.filter(
        object_kind=Observation._meta.label_lower, object_key__in=keys, verb__in=_LABELS
    )
    last = {entry.object_key: entry for entry in entries.exclude(after="").order_by("at", "pk")}
    return {keys[key].pk: entry.reason for key, entry in last.items() if entry.reason}


def _entries(observation: Observation) -> QuerySet[AuditEntry]:
    return trail_of(observation).filter(verb__in=_LABELS)


def _step(entry: AuditEntry, *, reasons: bool = False, names: bool = False) -> Step:
    label = str(_AGAIN.get((entry.verb, entry.before), _LABELS[entry.verb]))
    if entry.verb == "close" and (closing := entry.data.get("closing")) in Closing.values:
        label = _("%(name)s : %(value)s") % {"name": label, "value": Closing(closing).label}
    return Step(
        verb=entry.verb,
        label=label,
        at=entry.at,
        reason=entry.reason if reasons else "",
        who=(str(entry.actor) if entry.actor is not None else _("sans compte")) if names else "",
        icon_name=_ICONS[entry.verb],
    )
