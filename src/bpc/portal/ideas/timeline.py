"""What became of an idea, read from the trail, in plain words; and what its author can do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState

# Verbs everybody may read once the idea is public; the others are between the author and the moderators.
_PUBLIC_VERBS = frozenset({"submit", "said", "publish", "merge", "receive"})
_MODERATORS_VERBS = frozenset({"read_contact"})
_LABELS: dict[str, str | Promise] = {
    "submit": gettext_lazy("Idée reçue"),
    "said": gettext_lazy("Dite dans une rencontre régionale"),
    "publish": gettext_lazy("Publiée"),
    "return": gettext_lazy("Renvoyée à son auteur pour être complétée"),
    "merge": gettext_lazy("Regroupée avec une idée proche"),
    "receive": gettext_lazy("Une idée proche la rejoint"),
    "archive": gettext_lazy("Archivée"),
    "restore": gettext_lazy("Remise à l’examen"),
    "withdraw": gettext_lazy("Retirée par son auteur"),
    "read_contact": gettext_lazy("Contact de l’auteur consulté"),
}
_PROJECT = "become_project"  # not in the trail of the idea: the project's owner may take it back
_AGAIN: dict[tuple[str, str], str | Promise] = {
    ("submit", IdeaState.RETURNED): gettext_lazy("Complétée et renvoyée par son auteur"),
    ("publish", IdeaState.ARCHIVED): gettext_lazy("Publiée de nouveau"),
}
# Names in the sprite of pictograms
_ICONS = {
    "submit": "idea", "said": "meeting", "publish": "check", "return": "comment", "merge": "people",
    "receive": "people",
    "archive": "close", "restore": "clock", "withdraw": "close", "read_contact": "key",
    "become_project": "path",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing that happened. `reason` is people's text; `reference` names the other idea of a merge.

    `link`, `link_name`: the page it leads to; `hands`: those counted in the meeting; `detail`: how it came.
    """

    verb: str
    label: str
    at: datetime
    reason: str = ""
    reference: str = ""
    who: str = ""
    icon_name: str = ""
    link: str = ""
    link_name: str = ""
    detail: str = ""
    hands: int | None = None

    @property
    def icon(self) -> str:
        """The pictogram beside the label."""
        return self.icon_name or _ICONS[self.verb]


def public_timeline(idea: Idea) -> list[Step]:
    """What everybody may know: received, published, grouped. No reason, no name."""
    return [_step(entry) for entry in _entries(idea) if entry.verb in _PUBLIC_VERBS]


def author_timeline(idea: Idea) -> list[Step]:
    """Every move with its reason, for whoever wrote the idea."""
    return [_step(entry, reasons=True) for entry in _entries(idea) if entry.verb not in _MODERATORS_VERBS]


def moderator_timeline(idea: Idea) -> list[Step]:
    """Every move with its reason and who made it, for those who answer for them."""
    return [_step(entry, reasons=True, names=True) for entry in _entries(idea).select_related("actor")]


def project_step(at: datetime) -> Step:
    """That the idea became a project, which everybody may know once the project's owner agreed."""
    return Step(verb=_PROJECT, label=_("Devenue un projet"), at=at)


def next_step(idea: Idea) -> str:
    """One sentence for the author: what happens now, or what they can do."""
    sentences = {
        IdeaState.DRAFT: _("Terminez votre idée, puis envoyez-la."),
        IdeaState.SUBMITTED: _("La délégation de votre région la lit. Vous serez prévenu de sa réponse."),
        IdeaState.RETURNED: _("Complétez votre idée, puis renvoyez-la."),
        IdeaState.PUBLISHED: _(
            "Faites-la connaître autour de vous : chacun peut la soutenir et la commenter."
        ),
        IdeaState.MERGED: _("Suivez l’idée qui regroupe la vôtre : vos soutiens y comptent."),
        IdeaState.ARCHIVED: _("Elle n’est plus en ligne. Vous pouvez en proposer une autre."),
    }
    return sentences[IdeaState(idea.state)]


def last_reasons(ideas: Sequence[Idea]) -> dict[int, str]:
    """The reason of the last move of each idea, by its key, where there is one: one query a page."""
    keys = {str(idea.pk): idea for idea in ideas}
    entries = AuditEntry.objects.filter(
        object_kind=Idea._meta.label_lower, object_key__in=keys, verb__in=_LABELS
    )
    last = {entry.object_key: entry for entry in entries.exclude(after="").order_by("at", "pk")}
    return {keys[key].pk: entry.reason for key, entry in last.items() if entry.reason}


def _entries(idea: Idea) -> QuerySet[AuditEntry]:
    return trail_of(idea).filter(verb__in=_LABELS)


def _step(entry: AuditEntry, *, reasons: bool = False, names: bool = False) -> Step:
    return Step(
        verb=entry.verb,
        label=str(_AGAIN.get((entry.verb, entry.before), _LABELS[entry.verb])),
        at=entry.at,
        reason=entry.reason if reasons else "",
        reference=str(entry.data.get("into") or entry.data.get("from") or ""),
        who=(str(entry.actor) if entry.actor is not None else _("sans compte")) if names else "",
    )
