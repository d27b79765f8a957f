"""What the pages of applications say."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy

from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import Step
from bpc.portal.vault.visibility import papers_visible_to

STEP_BUTTONS = {
    Step.SEND: gettext_lazy("Nous l’avons envoyé"),
    Step.ASK_MORE: gettext_lazy("On nous demande un complément"),
    Step.ANSWER: gettext_lazy("Nous avons envoyé le complément"),
    Step.GRANT: gettext_lazy("C’est accordé"),
    Step.REFUSE: gettext_lazy("C’est refusé"),
    Step.PAY: gettext_lazy("Nous avons reçu de l’argent"),
    Step.ABANDON: gettext_lazy("Nous abandonnons cette demande"),
}
STEP_ICONS = {
    Step.SEND: "mail",
    Step.ASK_MORE: "need-papers",
    Step.ANSWER: "mail",
    Step.GRANT: "check",
    Step.REFUSE: "close",
    Step.PAY: "funding",
    Step.ABANDON: "flag",
}


def source_name(application: Application) -> str:
    """The source as it was called when the file was opened, in the language of the page."""
    return application.source_name_ar if get_language() == "ar" else application.source_name_fr


def events_told(application: Application, person: Any) -> list[dict[str, Any]]:
    """Everything that happened, corrections and steps taken back included, the newest first."""
    rows = application.events.select_related("made_by", "undone_by").order_by("-position", "-pk")
    seen = papers_visible_to(person).kept().filter(proves__application=application)
    proofs = set(seen.values_list("pk", flat=True))
    return [_told(event, proofs) for event in rows]


def _told(event: ApplicationEvent, proofs: set[int]) -> dict[str, Any]:
    return {
        "row": event,
        "proof": event.proof_id if event.proof_id in proofs else None,
        "icon": STEP_ICONS[Step(event.step)],
        "stands": event.undone_at is None and event.corrected_by_id is None,
    }
